"""Forms: every way out of a line keeps it, and what is refused stays to be mended."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sqs_core.storage.folder import open_inspection

FACTS = ("Down", "f")
TO_MADE_ON = ("Up", "Up")  # from the first line round to the last but one


@pytest.mark.parametrize(("key", "lands"), [("Tab", 2), ("Down", 2), ("Enter", 2), ("Up", 0)])
def test_a_line_of_the_facts_is_kept_by_every_key_that_leaves_it(
    key: str, lands: int, example: Path, play: Any
) -> None:
    played = play(example, *FACTS, "Down", "zz", key)
    assert open_inspection(example).case("02").record.inspector == "zz"
    assert played.rows[2 + lands].startswith(" ▶ ")


def test_a_click_on_another_line_keeps_what_is_being_written_in_its_own_line(
    example: Path, play: Any
) -> None:
    played = play(example, *FACTS, "zz", (6, 4))
    record = open_inspection(example).case("02").record
    assert (record.case_manager, record.inspector) == ("zz", "AB")
    assert played.rows[4].startswith(" ▶ ")


@pytest.mark.parametrize("words", ["13/09/2012", "13 Sep 2012", "2012-09-13"])
def test_the_day_of_the_order_is_written_as_people_write_days(words: str, example: Path, play: Any) -> None:
    play(example, *FACTS, *TO_MADE_ON, "Space", "^U", words, "Enter")
    assert open_inspection(example).case("02").record.facts["order_made"] == date(2012, 9, 13)


def test_a_refused_line_stays_open_with_its_words(example: Path, play: Any) -> None:
    played = play(example, *FACTS, *TO_MADE_ON, "32/09/2012", "Enter")
    assert "is a date such as 2012-11-26 or 26/11/2012, not '32/09/2012'" in played.rows[0]
    assert played.rows[-2].endswith(": 32/09/2012")


def test_a_letter_typed_after_a_line_was_left_is_not_swallowed(example: Path, play: Any) -> None:
    played = play(example, *FACTS, "Down", "zz", "Esc", "q")
    assert played.rows[-2].endswith(": q")


def test_the_footer_says_what_the_keys_do_while_a_line_is_written(example: Path, play: Any) -> None:
    assert play(example, *FACTS, "z").rows[-1].startswith(" Enter keep it  Esc leave it")


def test_a_question_mark_asks_for_help_on_every_line(example: Path, play: Any) -> None:
    assert play(example, *FACTS, "?").rows[0].startswith(" Help")


def test_at_80_columns_no_effect_of_a_fact_is_cut_off(example: Path, play: Any) -> None:
    rows = [row for row in play(example, *FACTS).rows[2:18] if "add" in row]
    assert rows
    assert not [row for row in rows if "…" in row]


@pytest.mark.parametrize(
    ("line", "words", "refusal"),
    [
        (1, "soon", "'soon' are not dates"),
        (2, "many", "a number of cases from 0 to 999, not many"),
        (3, "sqs-2021", "did you mean 'sqs-2012'?"),
    ],
)
def test_a_new_inspection_refuses_a_wrong_line_at_once(
    line: int, words: str, refusal: str, play: Any
) -> None:
    before = ("Leeds", "Tab", "26/11/2012", "Tab", "Tab")
    played = play(None, "n", *before[: (0, 2, 4, 5)[line]], "^U", words, "Enter")
    assert refusal in played.rows[0]
    assert played.rows[-2].endswith(words)


def test_shift_tab_goes_back_to_the_line_before(play: Any, tmp_path: Path) -> None:
    played = play(None, "n", "Leeds", "Tab", "26/11/2012", "Up")
    assert played.rows[-2].startswith(" Service whose work is screened: Leeds")
    assert "26/11/2012" in played.text
