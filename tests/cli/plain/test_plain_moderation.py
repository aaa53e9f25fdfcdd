"""Moderating, merging and overriding in lines: by the same engine, with the same records at the end."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from attrs import evolve

from conftest import Staged
from sqs_core.records.case import Answer
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.examples import write_example
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.moderation.agreed import markings
from sqs_core.storage.moderation.pending_decisions import PendingChoice, begun_merges, read_choices
from twice import gone_apart, mark_again, marked_twice

Sqs = Callable[..., CompletedProcess[str]]
WHY = "the log has it"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    return write_example(tmp_path / "leeds")[0].path


@pytest.fixture
def twice(staged: Staged, tmp_path: Path) -> Path:
    return staged(marked_twice, tmp_path)


def told(done: CompletedProcess[str]) -> str:
    """What was said, with the line breaks of its paragraphs taken out."""
    assert done.returncode == 0, done.stderr
    return " ".join(done.stdout.split())


def records(folder: Path) -> dict[str, bytes]:
    kept = (p for p in folder.rglob("[!.]*.toml") if not {"undecided", "merged"} & set(p.parts))
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(kept)}


def test_both_markings_are_read_out_with_the_agreement_and_the_effect(sqs: Sqs, twice: Path) -> None:
    said = told(
        sqs("screen", twice, "--plain", typed=("moderate 05", "2", WHY, "both", "stop", "no", "quit"))
    )
    for words in (
        "Still being marked a second time, blind, so not shown: 14.",
        "65 of 67 questions were given the same answer; alpha 0.90, AC1 0.97.",
        "First, by CD: yes, good enough.",
        "Second, by ZZ: no, not good enough.",
        "Board, right plan: 13 of 13 becomes 12 of 13.",
        "Letter 1.4 then: The YOS was good at planning.",
        "Nothing is written. What you chose is kept.",
    ):
        assert words in said
    assert not (twice / "agreed").exists()


def test_what_is_written_is_what_the_command_writes(sqs: Sqs, twice: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(twice, tmp_path / "by-command"))
    sqs(
        "screen",
        twice,
        "--plain",
        typed=("moderate 05", "2", WHY, "both", "stop", "yes", "quit"),
        SQS_WHO="MM",
    )
    words = ("agree", other, "05", "lor.plan", "second", "--why", WHY, "--keep", "both", "--by", "MM")
    assert sqs("second", *words, "--apply").returncode == 0
    assert records(twice) == records(other)


def test_choices_outlast_the_end_of_the_input_and_are_offered_again(sqs: Sqs, twice: Path) -> None:
    sqs("screen", twice, "--plain", typed=("moderate 05", "2"))
    assert read_choices(twice, "agree", "05").record.choice("lor.plan") == PendingChoice("second")
    said = told(sqs("screen", twice, "--plain", typed=("moderate 05", "stop", "quit")))
    assert "Chosen, not written yet: second." in said
    assert "Not written, as nobody said why: 05 1.5" in said


def test_another_outcome_the_lead_and_both_reasons_can_be_chosen(sqs: Sqs, twice: Path) -> None:
    lines = (
        *("9", "3", "x", WHY, ""),
        *("4", "for the lead", ""),
        *("5", "each saw a part", ""),
        *("2", WHY),
    )
    said = told(sqs("screen", twice, "--plain", typed=("moderate", *lines, "yes", "quit")))
    assert said.count("Type a number from the list.") == 1
    folder = open_inspection(twice)
    made = {**markings(folder, "05").agreed.record.answers, **markings(folder, "06").agreed.record.answers}
    assert {item: d.taken for item, d in made.items()} == {
        "lor.plan": "other",
        "roh.plan": "open",
        "vul.assess": "both",
    }
    assert folder.case("05").record.answer("lor.plan").outcome == "not-applicable"
    assert folder.case("07").record.facts["custody"] is False


def test_the_second_inspector_and_the_shared_view_have_no_moderation(sqs: Sqs, twice: Path) -> None:
    blind = told(sqs("screen", twice, "--plain", "--second", typed=("moderate", "merge x", "quit")))
    assert '"moderate" is no part of a second marking.' in blind
    assert '"merge" is no part of a second marking.' in blind
    shared = told(sqs("screen", twice, "--plain", typed=("shared", "moderate", "quit")))
    assert "Moderation tells of other cases" in shared


def test_an_answer_is_overridden_with_why_and_by_whose_authority(sqs: Sqs, example: Path) -> None:
    lines = ("goto 2 2.3", "override n", "no victim named", "lead inspector", "yes", "read", "quit")
    said = told(sqs("screen", example, "--plain", typed=lines))
    assert "Board, risk of harm plan: 7 of 10 becomes 6 of 10." in said
    assert "Overridden: no, not good enough counts, by authority of lead inspector: no victim named" in said
    (made,) = open_inspection(example).case("02").record.overrides
    assert (made.question, made.old, made.new) == ("roh.plan", "sufficient", "insufficient")


def test_an_override_half_said_is_kept_and_not_written(sqs: Sqs, example: Path) -> None:
    lines = ("goto 2 2.3", "override zz", "override n", "no victim", "", "override", "", "", "", "quit")
    said = told(sqs("screen", example, "--plain", typed=lines))
    assert "Nothing is overridden: that is no outcome of this question." in said
    assert "Chosen, not written yet: insufficient. no victim" in said
    assert said.count("Nothing is written: why, and by whose authority, has to be said.") == 2
    kept = read_choices(example, "override", "02").record.choice("roh.plan")
    assert kept == PendingChoice("insufficient", "no victim")
    assert open_inspection(example).case("02").record.overrides == ()


def test_a_folder_is_merged_as_the_command_does(sqs: Sqs, example: Path, tmp_path: Path) -> None:
    theirs = gone_apart(example)
    other = Path(shutil.copytree(example, tmp_path / "by-command"))
    take = ("--take", "02:answers.roh.plan.evidence=ours", "--take", "02:answers.roh.plan.outcome=theirs")
    assert sqs("merge", other, theirs, *take, "--apply").returncode == 0
    lines = (f"merge {theirs}", "3", "1", "", "2", "the system was down", "yes", f"merge {theirs}", "quit")
    said = told(sqs("screen", example, "--plain", typed=lines))
    assert "20 records equal, 2 fields to take as one side alone changed them, 2 to decide." in said
    assert "Board, risk of harm plan: 6 of 10 becomes 6 of 9." in said
    assert "Type 1 for ours, 2 for theirs." in said
    assert "Merged: 3 records written." in said
    assert "There is nothing to merge: everything is here already." in said
    assert records(example) == records(other)
    assert begun_merges(example) == ()


def test_a_merge_half_decided_is_kept_and_nothing_is_written(sqs: Sqs, example: Path) -> None:
    theirs = gone_apart(example)
    before = records(example)
    said = told(sqs("screen", example, "--plain", typed=(f"merge {theirs}", "1", "", "2", "", "quit")))
    assert "Nothing is written: 0 to decide, 1 without a reason. The rest is kept." in said
    again = told(sqs("screen", example, "--plain", typed=("merge", "", "quit")))
    assert "2 choices kept." in again
    assert records(example) == before


def test_points_that_two_weighed_otherwise_stand_beside_the_judgement(sqs: Sqs, tmp_path: Path) -> None:
    audit, asked = tmp_path / "audit", "assess.quality"
    new = ("--criteria", "social-care-audit", "--service", "Anytown", "--dates", "2026-11-23")
    sqs("new", audit, *new, "--cases", "children=1")
    folder = open_inspection(audit)
    (record,) = synthetic_records(folder.criteria, 1, 3, practice=False)
    weighed = Answer("good", prompts={"sources": "yes", "daily-life": "no"})
    record = evolve(record, inspector="CD").answering(asked, weighed)
    folder.save_case(record, expect=folder.case("01").hash)
    sqs("second", "draw", audit, "--n", "1", "--seed", "1")
    blind = told(sqs("screen", audit, "--plain", typed=("moderate", "quit")))
    assert "daily life" not in blind
    again = Answer("good", prompts={"sources": "yes", "daily-life": "yes"})
    mark_again(folder, "01", lambda first: first.answering(asked, again))
    typed = ("moderate 01", "2", WHY, "", "yes", "quit")
    said = told(sqs("screen", audit, "--plain", typed=typed))
    assert "6 of 6 questions were given the same answer" in said
    assert "Points weighed the same: 1 of 2." in said
    assert "Same answer, points weighed otherwise." in said
    assert "First, by CD: good. Points weighed otherwise: the child's daily life: no." in said
    assert "Second, by ZZ: good. Points weighed otherwise: the child's daily life: yes." in said
    assert open_inspection(audit).case("01").record.answer(asked) == again
    (row,) = json.loads(sqs("second", "differences", audit, "01", "--json").stdout)["differences"]
    assert row["kind"] == "points"
    assert row["points"] == {"daily-life": {"first": "no", "second": "yes"}}
    points = json.loads(sqs("agreement", audit, "--json").stdout)["points"]
    assert (points["all"]["units"], points["all"]["raw"]["value"]) == (2, 0.5)
    assert [(q["id"], q["units"]) for q in points["questions"]] == [(asked, 2)]
