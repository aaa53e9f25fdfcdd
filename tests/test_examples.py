"""Every public name shows how it is used, and its examples come out as they say."""

from __future__ import annotations

import doctest
import inspect
import shutil
from pathlib import Path

import pytest

import sqs_core
from conftest import CHECKOUT, EXAMPLE
from sqs_core.plugins import testing
from sqs_core.storage.findings import doubts_about, findings_of
from sqs_core.workflow.composing import compose_report

LETTER = "2.2 Plans to manage the risk of harm were good enough in six of the ten cases."
OPTIONS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
LONGEST = 120
"""Characters in the repr of a public value: it fits a line of a notebook."""


def test_the_examples_of_the_public_names_come_out_as_they_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(EXAMPLE, "darlington-2012")
    shutil.copy(CHECKOUT / "criteria/sqs_criteria/local-audit.toml", "my-audit.toml")
    Path("letter.txt").write_text(LETTER)
    names = {name: getattr(sqs_core, name) for name in sqs_core.__all__}
    known = {**names, **{name: getattr(testing, name) for name in testing.__all__}, "Path": Path}
    finder, without = doctest.DocTestFinder(recurse=False), []
    runner = doctest.DocTestRunner(verbose=False, optionflags=OPTIONS)
    said: list[str] = []
    for name, value in known.items():
        for one in finder.find(value, name, globs=dict(known), module=inspect.getmodule(value)):
            runner.run(one, out=said.append)
            if not one.examples and getattr(value, "__module__", "").startswith("sqs_core"):
                without.append(name)
    assert "".join(said) == ""
    assert without == []


def test_the_repr_of_a_public_value_fits_a_line(darlington: Path) -> None:
    folder = sqs_core.open_inspection(darlington)
    letter = darlington / "letter.txt"
    letter.write_text(LETTER)
    report, findings = compose_report(folder), findings_of(folder)
    criteria, stored = folder.criteria, folder.case("07")
    checked = sqs_core.check_letter(folder, letter)
    audit = sqs_core.load_criteria("local-audit")
    values = [
        criteria,
        criteria.question("roh.plan"),
        folder.inspection,
        folder.narrative().record,
        folder.interview("A").record,
        stored.record,
        *stored.record.answers.values(),
        sqs_core.Session(criteria, stored.record),
        report,
        report.document,
        *report.document.blocks,
        *(figure for _, figure in report.document.figures()),
        findings,
        *findings.tallies.values(),
        findings.count("roh.plan"),
        sqs_core.wilson(7, 10),
        *sqs_core.compute_ratings(audit, sqs_core.count_findings(audit, ())),
        sqs_core.agreement(folder),
        sqs_core.programme([folder]),
        *sqs_core.export(folder).values(),
        checked,
        *checked.claims,
        sqs_core.load_plugins(plugins=False),
        *(offer.value for offer in sqs_core.load_plugins(plugins=False).renderers),
        *doubts_about(folder),
    ]
    assert [repr(value) for value in values if len(repr(value)) > LONGEST or "\n" in repr(value)] == []
    assert len(repr(folder).replace(str(darlington), "")) < LONGEST
