"""Interviews: a population of the inspection, with a note that is quoted only where somebody says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.tui.conftest import LOOK

from sqs_core.records import Answer
from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.composing import compose_report

TO_C = ("3", "Down", "Down")
NOTE = ("f", "Down", "Down", "supervision is about the person", "Esc")


def letter(folder: Path) -> str:
    """The words of the letter as it stands on the disk."""
    return " ".join(p.words for p in compose_report(open_inspection(folder)).document.paragraphs())


def test_a_note_is_in_the_letter_only_while_it_is_quoted_and_is_found_by_its_words(
    example: Path, play: Any
) -> None:
    assert "there is no note to quote yet" in play(example, *TO_C, "Q", LOOK, *NOTE).looks[0].rows[0]
    assert "supervision is about the person" not in letter(example)
    play(example, *TO_C, "Q")
    assert "“supervision is about the person”" in letter(example)
    found = play(example, "/", "supervision is about", "Enter")
    assert "Interview C ▸ Facts" in found.rows[0]
    play(example, *TO_C, "Q")
    assert "supervision is about the person" not in letter(example)


def test_an_interview_is_finished_reopened_and_taken_back_as_a_case_is(example: Path, play: Any) -> None:
    def record() -> Any:
        return open_inspection(example).interview("C").record

    play(example, *TO_C, "Enter", "n", "e", "said so twice", "Esc")
    assert record().answer("staff.wanted") == Answer("no", evidence="said so twice")
    play(example, *TO_C, "F", "u", "u")
    for _ in range(3):  # a slow machine saves what is typed in several parts, and takes back one at a time
        if record().answer("staff.wanted") != Answer("yes"):
            play(example, *TO_C, "u")
    assert record().answer("staff.wanted") == Answer("yes")
    play(example, *TO_C, "F", "F")
    assert record().status == "finished"


def test_the_views_lead_from_the_interviews_to_the_cases_and_the_letter(example: Path, play: Any) -> None:
    keys = ("3", *("Down",) * 5, LOOK, "1", LOOK, "3", "2", LOOK, "Esc", "3", "4", LOOK)
    shown, cases, board, letters = play(example, *keys).looks
    assert "[Interviews]" in shown.rows[1]
    assert "senior practitioner    yyyyyyyyyyy" in shown.text
    assert "case manager, no views              –     –" in shown.text  # nothing asked
    assert "[Cases]" in cases.rows[1]
    assert "[Board]" in board.rows[1]
    assert "S.2 training for the current job       5    5" in board.text
    assert "Darlington ▸ Letter" in letters.rows[0]
