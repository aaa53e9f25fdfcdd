"""Forms: every way out of a line keeps it, and what is refused stays to be mended."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sqs_core.storage.audit import history
from sqs_core.storage.folder import open_inspection

FACTS = ("Down", "f")
TO_MADE_ON = ("Up", "Up")  # from the first line round to the last but one


@pytest.mark.parametrize(("key", "lands"), [("Tab", 2), ("Down", 2), ("Enter", 2), ("Up", 0)])
def test_a_line_of_the_facts_is_kept_by_every_key_that_leaves_it(
    key: str, lands: int, example: Path, play: Any
) -> None:
    played = play(example, *FACTS, "Down", "zz", key)
    assert open_inspection(example).case("02").record.case_manager == "zz"
    assert played.rows[2 + lands].startswith(" ▶ ")


def test_a_click_on_another_line_keeps_what_is_being_written_in_its_own_line(
    example: Path, play: Any
) -> None:
    played = play(example, *FACTS, "zz", (6, 4))
    record = open_inspection(example).case("02").record
    assert (record.inspector, record.case_manager) == ("zz", "PQ")
    assert played.rows[4].startswith(" ▶ ")


@pytest.mark.parametrize("words", ["13/09/2012", "13 Sep 2012", "2012-09-13"])
def test_the_day_of_the_order_is_written_as_people_write_days(words: str, example: Path, play: Any) -> None:
    play(example, *FACTS, *TO_MADE_ON, "Space", "^U", words, "Enter")
    assert open_inspection(example).case("02").record.facts["order_made"] == date(2012, 9, 13)


def test_a_refused_line_stays_open_with_its_words(example: Path, play: Any) -> None:
    played = play(example, *FACTS, *TO_MADE_ON, "32/09/2012", "Enter")
    at = next(y for y, row in enumerate(played.rows) if row.startswith(" ▶ Order made on"))
    assert "32/09/2012" in played.rows[at].split()
    assert "is a date such as 2012-11-26 or 26/11/2012, not '32/09/2012'" in played.words


def test_a_refused_line_is_neither_lost_nor_saved_where_its_screen_is_left(example: Path, play: Any) -> None:
    before = open_inspection(example).case("02").record
    played = play(example, *FACTS, *TO_MADE_ON, "32/09/2012", "Esc", "q", "f")  # q says so first
    assert "32/09/2012" in played.text
    assert open_inspection(example).case("02").record == before


def test_a_letter_typed_after_a_line_was_left_is_not_swallowed(example: Path, play: Any) -> None:
    played = play(example, *FACTS, "zz", "Enter", "q")
    assert played.rows[3].split() == ["▶", "Case", "manager", "q"]


def test_the_footer_says_what_the_keys_do_while_a_line_is_written(example: Path, play: Any) -> None:
    assert play(example, *FACTS, "z").rows[-1].startswith(" Esc keep it, back  Enter next line  ")


def test_a_box_says_what_enter_does_with_the_line(example: Path, play: Any) -> None:
    for keys, does in {
        ("a",): "add it",
        ("X",): "write them",
        ("^G", "07 roh.plan", "Enter", "l"): "mark it",
    }.items():
        assert f"Enter  {does}" in play(example, *keys).text


def test_what_esc_leaves_of_a_new_inspection_is_there_again(play: Any) -> None:
    assert " Leeds " in play(None, "n", "Leeds", "Esc", "n").text


@pytest.mark.parametrize("keys", [("F1",), ("Down", "Down", "?"), ("?",)])
def test_help_is_one_key_away_on_every_line(keys: tuple[str, ...], example: Path, play: Any) -> None:
    assert "Help ▸ Darlington ▸ Case 02 ▸ Facts" in play(example, *FACTS, *keys).text


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
    at = next(y for y, row in enumerate(played.rows) if row.strip() == words)
    assert refusal in played.rows[at + 1]


def test_a_new_inspection_asks_who_one_is_where_nobody_said_so_and_the_proposed_folder_is_typed_over(
    play: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SQS_WHO", "")
    lines = ("Leeds YJS", "Enter", "26/11/2012", "Enter", "Enter", "Enter", "pilot", "Enter", "CN", "^J")
    played = play(None, "n", *lines)
    (entry, *_), _ = history.read(tmp_path / "pilot")
    assert "0 of 14 cases" in played.rows[0]
    assert entry.who == "CN"


def test_shift_tab_goes_back_to_the_line_before(play: Any, tmp_path: Path) -> None:
    played = play(None, "n", "Leeds", "Tab", "26/11/2012", "ShiftTab", "York")
    at = next(y for y, row in enumerate(played.rows) if "Service whose work is screened" in row)
    assert played.rows[at + 1].strip() == "York"
    assert "26/11/2012" in played.text
