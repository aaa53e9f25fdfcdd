"""^O: a letter on every field, and pressing it goes there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import LOOK

from sqs_core.storage.folder import open_inspection

AT_ROH_PLAN = ("at:07 roh.plan",)


def test_each_field_of_a_question_has_its_own_letter(example: Path, play: Any) -> None:
    keys = ("^O", LOOK, "c", LOOK, "^O", "r", LOOK)
    letters, said, reasons = (seen.text for seen in play(example, *AT_ROH_PLAN, *keys).looks)
    assert [letter for letter in "jrects" if f"[{letter}]" in letters] == list("jrects")
    assert "▸c What the case manager said" in said
    assert "▸r Why not?" in reasons


def test_jumping_out_of_a_note_keeps_it_and_esc_comes_back_to_the_same_place(
    example: Path, play: Any
) -> None:
    back = ("e", "Left", "Left", "one ", "^O", "Esc", "two ")
    play(example, *AT_ROH_PLAN, *back, "Right", "Right", "three", "^O", "t", "four")
    answer = open_inspection(example).case("07").record.answers["roh.plan"]
    assert answer.evidence.endswith("assessmenone two t.three")
    assert answer.learning.endswith("four")


def test_a_letter_on_the_outline_goes_to_that_question(example: Path, play: Any) -> None:
    played = play(example, *AT_ROH_PLAN, "^O", "a", size=(120, 40))
    assert "Does the first assessment explain" in played.text


@pytest.mark.parametrize(
    ("keys", "letter", "row"),
    [
        ((*("Down",) * 6, "f"), "d", " ▶ Pre-sentence report"),
        ((*AT_ROH_PLAN, "Back", "F"), "b", ""),
        ((), "c", " ▶ "),
    ],
)
def test_on_a_list_it_moves_the_mark_and_does_nothing_else(
    example: Path, play: Any, keys: tuple[str, ...], letter: str, row: str
) -> None:
    before = open_inspection(example).cases()
    played = play(example, *keys, "^O", letter)
    assert row in played.text
    if "Back" not in keys:
        assert open_inspection(example).cases() == before


def test_a_key_that_is_no_letter_on_the_screen_changes_nothing(example: Path, play: Any) -> None:
    before = open_inspection(example).case("07").record
    played = play(example, *AT_ROH_PLAN, "^O", "y", "1")
    assert "jump: press a letter" in played.text
    assert open_inspection(example).case("07").record == before
