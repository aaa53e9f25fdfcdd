"""Interviews: notes quoted only where ticked, undo, and no split that shows a person."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqs_core.storage.folder import open_inspection

TO_C = ("3", "Right", "Right")
NOTE = ("e", "supervision is about the person", "Enter")


def letter(folder: Path) -> str:
    """The words of the letter as it stands on the disk."""
    return " ".join(p.words for p in open_inspection(folder).report().document.paragraphs())


def test_a_note_is_in_the_letter_only_where_it_is_ticked(example: Path, play: Any) -> None:
    play(example, *TO_C, *NOTE)
    assert "supervision is about the person" not in letter(example)
    ticked = play(example, *TO_C, "Q")
    assert "Q [x]    the note stands in the letter" in ticked.text
    assert "“supervision is about the person”" in letter(example)
    left = play(example, *TO_C, "Q")
    assert "Q [ ]    a note goes into the letter only when ticked" in left.text
    assert "supervision is about the person" not in letter(example)


def test_a_person_without_a_note_has_nothing_to_quote(example: Path, play: Any) -> None:
    assert "there is no note to quote yet; e writes it" in play(example, *TO_C, "Q").rows[0]


def test_an_answer_is_taken_back_also_in_a_later_run_and_made_again(example: Path, play: Any) -> None:
    def answer() -> str | None:
        return open_inspection(example).interview("C").record.answers.get("staff.wanted")

    play(example, *TO_C, "n")
    assert answer() == "no"
    play(example, *TO_C, "u")
    assert answer() == "yes"
    play(example, *TO_C, "U")
    assert answer() == "no"


def test_no_split_by_role_is_shown_where_a_person_could_be_known(example: Path, play: Any) -> None:
    assert (
        "No split by role: where fewer than 5 answered, a person could be known." in play(example, "3").text
    )


def test_who_gave_no_views_is_named_so(example: Path, play: Any) -> None:
    assert "F  case manager, gave no views" in play(example, "3", *("Right",) * 5).text


def test_whose_column_is_empty_is_told_first_under_the_grid(example: Path, play: Any) -> None:
    played = play(example, "3")
    told = next(row for row in played.rows if row.startswith("  A  case manager"))
    assert told == "  A  case manager    F case manager, gave no views   B C D case manager …"


def test_a_click_chooses_a_person_and_a_question_and_one_on_a_letter_answers(
    example: Path, play: Any
) -> None:
    rows = play(example, "3").rows
    at = next(i for i, row in enumerate(rows) if "policies on safeguarding" in row)
    under = next(i for i, row in enumerate(rows) if "y yes" in row)
    cell = (rows[3].index("D"), at)
    play(example, "3", cell, (rows[under].index("y yes"), under))
    assert open_inspection(example).interview("D").record.answers["staff.policy.vul"] == "yes"


def test_words_found_in_a_note_lead_to_the_person(example: Path, play: Any) -> None:
    play(example, *TO_C, *NOTE)
    played = play(example, "/", "supervision is about", "Enter")
    assert "[Interviews]" in played.rows[1]
    assert "  C  case manager" in played.text
