"""A letter is written by commands alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run
from sqs_core.records.narrative import EditedParagraph, Improvement, Narrative, Strength
from sqs_core.storage.folder import open_inspection


@pytest.fixture
def leeds(sqs: Run, tmp_path: Path) -> Path:
    folder = tmp_path / "leeds"
    assert sqs("new", folder, "--service", "Leeds YJS", "--dates", "2026-11-23", "--cases", 1).returncode == 0
    return folder


def narrative(folder: Path) -> Narrative:
    return open_inspection(folder).narrative().record


def test_the_summary_a_paragraph_and_the_lists_are_written_and_taken_back(sqs: Run, leeds: Path) -> None:
    words = leeds.parent / "words.txt"
    words.write_text("Plans were read.\n")
    for given in (
        ("summary", "--text", "We saw {cases|of cases}."),
        ("instead", "1.4", "--file", words),
        ("strength", "--text", "Clear plans.", "--link", "lor.plan"),
        ("strength", "--text", "Kind words."),
        ("strength", "2", "--move", "1"),
        ("improvement", "--text", "Reviews.", "--link", "roh.plan", "--link", "2.4"),
        ("strength", "1", "--remove"),
    ):
        assert sqs("letter", "write", leeds, *given).returncode == 0
    written = Narrative(
        summary="We saw {cases|of cases}.",
        paragraphs={"1.4": EditedParagraph(text="Plans were read.")},
        strengths=(Strength("Clear plans.", ("lor.plan",)),),
        improvements=(Improvement("Reviews.", ("roh.plan", "roh.plan.review")),),
    )
    assert narrative(leeds) == written
    assert sqs("letter", "undo", leeds).stderr == "taken back: strengths\n"
    assert len(narrative(leeds).strengths) == 2
    assert sqs("letter", "redo", leeds).stderr == "made again: strengths\n"
    assert narrative(leeds) == written


def test_a_part_is_shown_with_the_words_of_its_figures(sqs: Run, darlington: Path) -> None:
    sqs("letter", "write", darlington, "summary", "--text", "Plans were good in {roh.plan|of cases}.")
    assert sqs("letter", "write", darlington, "summary").stdout == (
        "Plans were good in [seven of the ten cases].\n\n"
        "live figures:\nseven of the ten cases: {roh.plan|of cases}\n"
    )
    assert "{roh.plan@custody|of cases}" in sqs("letter", "figures", darlington, "2.3", "custody").stdout


def test_what_is_left_is_numbered_and_kept_with_a_reason(sqs: Run, darlington: Path) -> None:
    first = sqs("letter", "left", darlington)
    count = len(first.stdout.splitlines())
    assert first.stderr.startswith(f"{count} things left")
    refused = sqs("letter", "left", darlington, "--keep", 99, "--why", "x")
    assert refused.stderr == f"sqs: there is no line 99; they are numbered 1 to {count}\n"
    kept = sqs("letter", "left", darlington, "--keep", count, "--why", "agreed with the lead")
    assert len(kept.stdout.splitlines()) == count - 1


def test_a_part_that_is_none_and_a_list_that_is_none_are_refused_with_what_there_is(
    sqs: Run, leeds: Path
) -> None:
    refused = sqs("letter", "write", leeds, "9.9", "--text", "x")
    assert (refused.returncode, "known: summary, strength" in refused.stderr) == (2, True)
    refused = sqs("letter", "write", leeds, "summary", "--remove")
    assert refused.stderr == "sqs: --link, --move and --remove are for strengths and improvements\n"
    refused = sqs("letter", "write", leeds, "summary", "--file", "nowhere.txt")
    assert (refused.returncode, refused.stderr.startswith("sqs: nowhere.txt: not read (")) == (2, True)
