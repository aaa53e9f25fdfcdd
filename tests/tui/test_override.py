"""Overriding from the question: five fields, the effect first, the answer untouched."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import LOOK

from sqs_core.records.override import TIME
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.moderation.pending_decisions import PendingChoice, read_choices
from sqs_core.storage.moderation.second import draw_seconds
from sqs_core.storage.moderation.sign_off import finish, override

AT = ("at:02 roh.plan",)
SAID = ("n", "e", "no victim named", "Esc", "A", "lead inspector", "Enter")


def made(folder: Path) -> list[tuple[str, ...]]:
    """The overrides of case 02, but for their time."""
    record = open_inspection(folder).case("02").record
    assert all(re.fullmatch(TIME, o.time) for o in record.overrides)
    return [(o.question, o.old, o.new, o.remark, o.authority) for o in record.overrides]


def test_an_answer_of_a_finished_case_is_overridden_as_the_command_does(
    example: Path, play: Any, tmp_path: Path
) -> None:
    finish(open_inspection(example), "02")
    other = Path(shutil.copytree(example, tmp_path / "by-command"))
    play(example, *AT, "M", *SAID, "W", "W")
    override(
        open_inspection(other),
        "02",
        "roh.plan",
        "insufficient",
        why="no victim named",
        authority="lead inspector",
    )
    assert (
        made(example)
        == made(other)
        == [("roh.plan", "sufficient", "insufficient", "no victim named", "lead inspector")]
    )
    record = open_inspection(example).case("02").record
    assert (record.status, record.answer("roh.plan").outcome) == ("finished", "sufficient")


def test_the_effect_on_board_and_letter_stands_there_before_it_is_written(example: Path, play: Any) -> None:
    whole = play(example, *AT, "M", "n", LOOK, *SAID[1:], "W", size=(120, 40))
    text = whole.looks[0].text
    assert "risk of harm plan 7 of 10 → 6 of 10" in text
    assert "2.2 “seven of the ten” becomes “six of the ten”" in text
    assert "in [seven] of the ten cases" in whole.text
    assert made(example) == []


def test_the_question_says_what_was_put_over_its_answer(example: Path, play: Any) -> None:
    text = play(example, *AT, "M", *SAID, "W", "W").text
    assert "Overridden: “no, not good enough” counts, by authority of lead inspector:" in text
    assert "● y  yes, good enough" in text


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ((), "the outcome that is to count (its letter), why (e), by whose authority (A)"),
        (("n", "e", "no victim", "Esc"), "still to say: by whose authority (A)"),
        (("n", "A", "HL", "Enter"), "still to say: why (e)"),
    ],
)
def test_nothing_is_written_before_all_five_fields_are_there(
    keys: tuple[str, ...], words: str, example: Path, play: Any
) -> None:
    played = play(example, *AT, "M", *keys, "W", size=(120, 40))
    assert words in played.rows[0]
    assert made(example) == []


def test_the_outcome_that_counts_already_is_refused(example: Path, play: Any) -> None:
    assert "'sufficient' counts for roh.plan of case 02 already" in play(example, *AT, "M", "y").rows[0]


def test_a_half_made_override_is_there_after_a_restart(example: Path, play: Any) -> None:
    play(example, *AT, "M", *SAID, "Esc", "Esc")
    choice = read_choices(example, "override", "02").record.choice("roh.plan")
    assert choice == PendingChoice("insufficient", "no victim named", authority="lead inspector")
    assert "lead inspector" in play(example, *AT, "M").text
    assert made(example) == []


def test_a_second_marking_and_a_case_that_is_shut_cannot_be_overridden(example: Path, play: Any) -> None:
    drawn = draw_seconds(open_inspection(example), 14, 7)[1]
    assert "02" in drawn
    played = play(example, "at:02 lor.plan", "M", second=True)
    assert "no part of a second marking" in played.rows[0]


def test_a_case_that_is_drawn_meanwhile_leaves_the_screen(example: Path, play: Any) -> None:
    played = play(
        example,
        first=(*AT, "M", "n"),
        meanwhile=lambda: draw_seconds(open_inspection(example), 14, 7),
    )
    assert "blinded, being marked a second time" in played.rows[0]
    assert "Override" not in played.text


def test_both_boxes_are_as_high_and_what_was_put_over_before_stands_under_them(
    example: Path, play: Any
) -> None:
    override(open_inspection(example), "02", "roh.plan", "insufficient", why="none named", authority="lead")
    played = play(example, *AT, "M", "y", also=((60, 18), (80, 24), (120, 40)))
    for shown in played.sizes.values():
        assert any("╯┗" in row for row in shown.split("\n"))
    assert ", lead: yes → no: none named" in played.text
    assert "nothing written yet  ✓ kept 00:00:00" in played.rows[0]
