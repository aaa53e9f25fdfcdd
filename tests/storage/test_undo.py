"""Undo and redo after the program was closed, from the history."""

from __future__ import annotations

import pytest
from attrs import evolve

from changing import change
from sqs_core.errors import HeldError
from sqs_core.records.case import MOST_STEPS
from sqs_core.storage.audit import history
from sqs_core.storage.audit.journal import NONE
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.converter import unstructured
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.moderation.second import as_second, draw_seconds, finish_second
from sqs_core.storage.moderation.sign_off import finish, reopen


def test_a_note_written_before_a_restart_is_undone_after_it(folder: InspectionFolder) -> None:
    original = folder.case("01").record
    change(folder, "01", lambda s: s.noting("roh.plan", "evidence", "First."))
    change(folder, "01", lambda s: s.noting("roh.plan", "evidence", "Second."))
    session, now = open_session(open_inspection(folder.path), "01")
    assert now == folder.case("01").hash
    assert session.undoing().record.answer("roh.plan").evidence == "First."
    assert session.undoing().undoing().record == original
    assert len(session.past) == 2


def test_what_was_undone_before_a_restart_is_redone_after_it(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    session, now = open_session(folder, "01")
    folder.save_case(session.undoing().record, expect=now)
    again = open_session(folder, "01")[0]
    assert (len(again.past), len(again.future)) == (0, 1)
    assert again.redoing().record.facts["custody"] is True


def test_a_new_change_after_an_undo_ends_what_could_be_redone(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    session, now = open_session(folder, "01")
    folder.save_case(session.undoing().record, expect=now)
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    assert open_session(folder, "01")[0].future == ()


def test_a_change_made_in_an_editor_is_a_step_like_any_other(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    path = folder.path / "cases" / "01.toml"
    path.write_text(path.read_text().replace("custody = true", "custody = false"))
    session = open_session(folder, "01")[0]
    assert session.record.facts["custody"] is False
    assert session.undoing().record.facts["custody"] is True


@pytest.mark.parametrize("late", [False, True])
def test_finishing_is_not_undone_where_its_entry_was_missed(folder: InspectionFolder, late: bool) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    names = (history.NAME, history.TEXTS)
    before = [(folder.path / name).read_bytes() for name in names]
    finish(folder, "01")
    for name, data in zip(names, before, strict=True):
        (folder.path / name).write_bytes(data)
    if late:
        folder.journal.enter_missed("cases/01.toml")
    assert open_session(folder, "01")[0].past == ()


def test_finishing_is_not_undone(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    change(folder, "01", lambda s: s.setting("custody", False))
    finish(folder, "01")
    assert open_session(folder, "01")[0].past == ()
    reopen(folder, "01", "to look again")
    assert open_session(folder, "01")[0].past == ()


def test_a_session_kept_open_while_the_case_is_finished_cannot_undo(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    session = open_session(folder, "01")[0]
    done = evolve(session, record=evolve(session.record, status="finished"))
    with pytest.raises(HeldError, match="is finished; reopen it"):
        done.undoing()


def test_no_more_steps_are_kept_than_a_session_keeps(folder: InspectionFolder) -> None:
    name, before = "cases/01.toml", unstructured(folder.case("01").record)
    for n in range(MOST_STEPS + 5):
        after = {**before, "case_manager": f"M{n}"}
        was = (f"sha256:{n}", before) if n else NONE
        folder.journal.enter(name, was, (f"sha256:{n + 1}", after), what="header" if n else "found")
        before = after
    assert len(open_session(folder, "01")[0].past) == MOST_STEPS


def test_an_interview_is_taken_back_after_a_restart_too(folder: InspectionFolder) -> None:
    original = folder.interview("A")
    first = original.record.noting("role", None)
    now = folder.save_interview(first, expect=original.hash)
    folder.save_interview(first.noting("note", "Came late."), expect=now)
    session, _ = open_session(folder.staff, "A")
    assert session.past == (original.record, first)
    assert session.future == ()


def test_a_second_marking_is_taken_back_after_a_restart_to_the_blank_one_and_no_further(
    folder: InspectionFolder,
) -> None:
    change(folder, "07", lambda s: s.noting("roh.plan", "evidence", "First marking."))
    second = as_second(draw_seconds(folder, 14, seed=7)[0])
    change(second, "07", lambda s: s.judging("roh.plan", "sufficient"))
    change(second, "07", lambda s: s.noting("roh.plan", "evidence", "Seen."))
    session = open_session(as_second(open_inspection(folder.path)), "07")[0]
    assert [record.answer("roh.plan").outcome for record in session.past] == [None, "sufficient"]
    assert session.undoing().undoing().record.blank
    assert session.undoing().undoing().undoing() == session.undoing().undoing()


def test_what_was_undone_of_a_second_marking_before_a_restart_is_redone_after_it(
    folder: InspectionFolder,
) -> None:
    second = as_second(draw_seconds(folder, 14, seed=7)[0])
    change(second, "07", lambda s: s.judging("roh.plan", "sufficient"))
    session, now = open_session(second, "07")
    second.save_case(session.undoing().record, expect=now)
    session = open_session(as_second(open_inspection(folder.path)), "07")[0]
    assert (session.record.blank, len(session.past), len(session.future)) == (True, 0, 1)
    assert session.redoing().record.answer("roh.plan").outcome == "sufficient"


def test_a_second_marking_that_is_finished_is_not_taken_back(folder: InspectionFolder) -> None:
    second = as_second(draw_seconds(folder, 14, seed=7)[0])
    change(second, "07", lambda s: s.attending(inspector="ZZ").judging("roh.plan", "sufficient"))
    finish_second(second, "07", incomplete=True)
    assert open_session(second, "07")[0].past == ()
