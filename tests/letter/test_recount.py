"""Every number of letters on made-up inspections is what an independent recount of the files gives.

A quick share runs always; ``SQS_LETTERS=320 pytest tests/letter/test_recount.py`` tries as many of each version.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from made_up import version_file, versions_with_a_letter, write_inspection
from recount import SO_FEW, Records, paragraphs, recounted
from sqs_core import open_inspection
from sqs_core.renderers.json import render_json
from sqs_core.workflow.composing import compose_report

LETTERS = int(os.environ.get("SQS_LETTERS", "14"))


@pytest.mark.parametrize("version", versions_with_a_letter())
def test_every_number_of_a_letter_is_what_the_files_say(version: str, tmp_path: Path) -> None:
    asked, numbers, wrong = version_file(version), 0, []
    for seed in range(LETTERS):
        folder = write_inspection(tmp_path / str(seed), version, seed)
        letter = json.loads(render_json(compose_report(open_inspection(folder))))
        found, faults = recounted(letter, Records(folder, asked))
        numbers += found
        wrong += [f"seed {seed}, {fault}" for fault in faults]
    assert wrong == []
    assert numbers > 10 * LETTERS


def corrupted(letter: dict[str, Any], kind: str) -> None:
    """Make the letter wrong in one way, as one of the faults did that were found in letters."""
    figures = [run for p in paragraphs(letter) for run in p["runs"] if not isinstance(run, str)]
    partly = next(f for f in figures if f["form"] == "of" and 0 < f["k"] < f["n"] - 2 and f["n"] < f["asked"])
    total = next(f for f in figures if f["form"] == "total" and f["n"] < f["asked"])
    paragraph = next(p for p in paragraphs(letter) if p["id"] == "4.1")
    if kind == "the population is taken from those judged":
        total["text"], total["asked"], total["asked_cases"] = f"{total['n']} cases", total["n"], total["of"]
    elif kind == "the words state another number":
        partly["text"] = partly["text"].replace("the", "the 99", 1)
    elif kind == "the words do not say that some could not be judged":
        partly["text"] = SO_FEW.sub("", partly["text"])
    elif kind == "a case is behind a number that is not counted":
        partly["cases"] = [*partly["cases"], "99"]
    elif kind == "the number stated is not that of the words":
        partly["counted"] = partly["n"]
    elif kind == "a number is no figure":
        paragraph["runs"] = ["In seven cases this was done well."]
    else:
        paragraph = next(p for p in paragraphs(letter) if p["id"] == "1.2")
        paragraph["text"] = "We saw no cases with a pre-sentence report (PSR)."


@pytest.mark.parametrize(
    "kind",
    [
        "the population is taken from those judged",
        "the words state another number",
        "the words do not say that some could not be judged",
        "a case is behind a number that is not counted",
        "the number stated is not that of the words",
        "a number is no figure",
        "an absence is told that is none",
    ],
)
def test_the_recount_finds_what_is_wrong(kind: str, tmp_path: Path) -> None:
    asked, found = version_file("sqs-2012"), 0
    for seed in range(60):
        folder = write_inspection(tmp_path / str(seed), "sqs-2012", seed, authored=False)
        letter = json.loads(render_json(compose_report(open_inspection(folder))))
        try:
            corrupted(letter, kind)
        except StopIteration:
            continue
        found += 1
        if "absence" not in kind or Records(folder, asked).parts("lor.psr")[2]:
            assert recounted(letter, Records(folder, asked))[1] != []
            return
    assert found
