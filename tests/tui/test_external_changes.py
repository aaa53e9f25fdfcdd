"""Records that somebody else changes while they are on the desk: shown as they are, never overwritten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from sqs_core.records import Answer
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.rescue import unsaved_copies
from sqs_tui.app import SqsApp


def answered(folder: Path, case: str, question: str, outcome: str) -> Callable[[], object]:
    """Somebody else answers a question of a case."""

    def change() -> None:
        theirs = open_inspection(folder)
        session, expect = open_session(theirs, case)
        theirs.save_case(session.answering(question, Answer(outcome)).record, expect=expect)

    return change


def test_the_grid_shows_what_somebody_else_answered(example: Path, play: Any) -> None:
    played = play(example, first=("Down",), meanwhile=answered(example, "01", "lor.assess", "not-applicable"))
    assert "changed elsewhere, and shown as it is now: case 01" in played.rows[0]
    assert next(row for row in played.rows if " 01 " in row).split()[6].startswith("-yyyyy")


def test_the_board_counts_what_somebody_else_answered(example: Path, play: Any) -> None:
    played = play(example, first=("2",), meanwhile=answered(example, "01", "lor.assess", "insufficient"))
    assert next(row for row in played.rows if row.startswith(" ▶ 1.1 first assessment")).split()[4:6] == [
        "11",
        "14",
    ]


def test_a_case_that_somebody_else_added_stands_in_its_place(example: Path, play: Any) -> None:
    def add() -> None:
        theirs = open_inspection(example)
        theirs.add_case(theirs.new_case("09a"))

    played = play(example, first=("Down",), meanwhile=add)
    assert played.app.workspace.cases[8:11] == ("09", "09a", "10")


def test_an_interview_and_the_letter_are_taken_up_too(example: Path, play: Any) -> None:
    def change() -> None:
        theirs = open_inspection(example)
        letter = theirs.narrative()
        theirs.save_narrative(evolve(letter.record, summary="Theirs."), expect=letter.hash)
        person = theirs.interview("A")
        theirs.save_interview(person.record.noting("note", "Theirs too."), expect=person.hash)

    played = play(example, first=("Down",), meanwhile=change)
    terminal = played.app.workspace
    assert (terminal.narrative.summary, terminal.people()[0].note) == ("Theirs.", "Theirs too.")


def test_an_answer_given_after_it_was_taken_up_is_saved_beside_theirs(example: Path, play: Any) -> None:
    theirs = answered(example, "01", "roh.assess", "insufficient")
    played = play(example, "n", first=("at:01 lor.plan",), meanwhile=theirs)
    answers = open_inspection(example).case("01").record.answers
    assert "NOT SAVED" not in played.rows[0]
    assert (answers["lor.plan"].outcome, answers["roh.assess"].outcome) == ("insufficient", "insufficient")


def test_what_somebody_else_did_can_be_undone_and_is_not_lost(example: Path, play: Any) -> None:
    theirs = answered(example, "01", "lor.plan", "insufficient")
    played = play(example, "u", first=("at:01 lor.plan",), meanwhile=theirs)
    assert open_inspection(example).case("01").record.answers["lor.plan"].outcome == "sufficient"
    assert "taken back" in played.rows[0]


def test_a_note_being_written_is_not_taken_from_under_the_hand(example: Path, play: Any) -> None:
    theirs = answered(example, "01", "roh.assess", "insufficient")
    played = play(example, " late", first=("at:01 lor.plan", "e", "too"), meanwhile=theirs)
    assert "! NOT SAVED: case 01 was changed by" in played.rows[0]
    assert played.app.workspace.record("01").answers["lor.plan"].evidence.endswith("too late")
    assert open_inspection(example).case("01").record.answers["roh.assess"].outcome == "insufficient"


def test_a_record_that_somebody_broke_is_told_and_kept_as_it_was(example: Path, play: Any) -> None:
    file = example / "cases" / "02.toml"
    played = play(example, first=("Down",), meanwhile=lambda: file.write_text("format = 1\ncase = \n"))
    assert "02" in played.app.workspace.cases
    assert "cases/02.toml:2: R011 the file seems cut short" in played.rows[0]


def test_what_one_saved_oneself_is_no_news(example: Path, play: Any) -> None:
    keys = ("at:01 lor.plan", "n", "^S")
    played = play(example, first=keys)
    assert not [words for _, words in played.app.messages if "elsewhere" in words]


def collided(
    example: Path, stage: Any, theirs: Callable[[], object], *keys: str, then: tuple[str, ...] = ()
) -> tuple[Any, str]:
    """Answer case 01 while somebody else saves it; then the screens look for what others did, as ever."""

    async def go() -> tuple[Any, str]:
        app = SqsApp(str(example))
        async with app.run_test(size=(120, 24)) as pilot:
            on = stage(app, pilot)
            await on.records_in()
            await on.keys(
                "at:01 lor.plan",
            )
            theirs()
            await on.keys(*keys)
            app.commit()
            app.autosave.flush(3)
            assert app.autosave.failures
            app.poll_external_changes()
            await on.settled()
            row = on.text().split("\n")[0]
            await on.keys(*then)
            app.commit()
            assert app.autosave.flush(3)
            await on.settled()
            return app, row

    with pytest.MonkeyPatch.context() as patched:  # on a slow machine they would look before we save
        patched.setattr("sqs_tui.app.POLL_SECONDS", 3600.0)
        return asyncio.run(go())


def test_two_who_answer_different_questions_of_a_case_at_once_are_both_saved(
    example: Path, stage: Any
) -> None:
    theirs = answered(example, "01", "roh.assess", "insufficient")
    app, row = collided(example, stage, theirs, "n")
    answers = open_inspection(example).case("01").record.answers
    assert (answers["lor.plan"].outcome, answers["roh.assess"].outcome) == ("insufficient", "insufficient")
    assert app.workspace.record("01").answers == answers
    assert "changed elsewhere, and shown as it is now: case 01" in row
    assert unsaved_copies(example) == ()


def test_one_question_answered_by_two_is_told_with_both_and_blocks_no_other(
    example: Path, stage: Any
) -> None:
    theirs = answered(example, "01", "lor.plan", "not-applicable")
    _, row = collided(example, stage, theirs, "n", then=("at:01 roh.assess", "n"))
    answers = open_inspection(example).case("01").record.answers
    assert (answers["lor.plan"].outcome, answers["roh.assess"].outcome) == ("not-applicable", "insufficient")
    assert "two of you changed case 01, 1.5: theirs stands; yours is in" in row
    (copy,) = unsaved_copies(example)
    assert 'outcome = "insufficient"' in copy.read_text().partition('[answers."lor.plan"]')[2][:40]


def test_of_two_answers_to_one_question_ours_can_be_put_back(example: Path, stage: Any) -> None:
    theirs = answered(example, "01", "lor.plan", "not-applicable")
    collided(example, stage, theirs, "n", then=("n",))
    assert open_inspection(example).case("01").record.answers["lor.plan"].outcome == "insufficient"


def test_a_note_written_while_somebody_else_answers_in_the_same_case_is_saved_beside_that(
    example: Path, stage: Any
) -> None:
    theirs = answered(example, "01", "roh.assess", "insufficient")
    collided(example, stage, theirs, "e", "too", "Esc")
    answers = open_inspection(example).case("01").record.answers
    assert answers["lor.plan"].evidence.endswith("too")
    assert answers["roh.assess"].outcome == "insufficient"
