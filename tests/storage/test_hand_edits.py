"""Records changed in an editor: noticed, checked, never overwritten, their comments kept."""

from __future__ import annotations

import pytest

from changing import change
from sqs_core.errors import HeldError
from sqs_core.storage.audit import history
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.audit.verify import changed_outside, verify_inspection
from sqs_core.storage.check import check_inspection
from sqs_core.storage.folder import InspectionFolder


def edit(folder: InspectionFolder, old: str, new: str) -> None:
    path = folder.path / "cases" / "01.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_an_edit_outside_the_program_is_noticed(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    edit(folder, "psr_prepared = true", "psr_prepared = false")
    (problem,) = verify_inspection(folder.path)
    assert (problem.where, problem.code, problem.advice) == ("cases/01.toml", "H008", False)
    assert changed_outside(folder.path)[0].advice


def test_an_edit_is_entered_with_the_next_save_and_then_everything_fits(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    edit(folder, "psr_prepared = true", "psr_prepared = false")
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    entries = history.read(folder.path)[0]
    assert [(e.what, e.who) for e in entries[1:]] == [
        ("fact", "CN"),
        ("edit", "outside the program"),
        ("answer", "CN"),
    ]
    assert entries[2].new["set"] == {"facts": {"psr_prepared": False}}
    assert verify_inspection(folder.path) == ()


def test_an_edit_is_not_overwritten_by_who_read_the_record_before(folder: InspectionFolder) -> None:
    stored = folder.case("01")
    edit(folder, "custody = false", "custody = true")
    edited = (folder.path / "cases" / "01.toml").read_bytes()
    with pytest.raises(HeldError, match="changed outside this program"):
        folder.save_case(stored.record.noting("review_due", None), expect=stored.hash)
    assert (folder.path / "cases" / "01.toml").read_bytes() == edited


def test_an_edit_can_be_entered_as_it_is(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    edit(folder, "custody = true", "custody = false")
    entry = folder.journal.enter_missed("cases/01.toml", why="mended", accepting=True)
    assert entry is not None
    assert (entry.what, entry.who) == ("edit", "CN")
    assert verify_inspection(folder.path) == ()
    assert folder.journal.enter_missed("cases/01.toml", why="mended") is None


def test_a_record_that_is_gone_is_told_and_can_be_entered(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    record = folder.case("01").record
    (folder.path / "cases" / "01.toml").unlink()
    assert "is gone" in verify_inspection(folder.path)[0].what
    folder.journal.enter_missed("cases/01.toml", why="deleted by mistake")
    assert verify_inspection(folder.path) == ()
    folder.add_case(record)
    assert verify_inspection(folder.path) == ()
    assert open_session(folder, "01")[0].past == ()


def test_a_broken_edit_is_told_by_file_and_line(folder: InspectionFolder) -> None:
    edit(folder, 'outcome = "sufficient"', 'outcome = "suficient"')
    (problem,) = check_inspection(folder)[0]
    assert problem.where.startswith("cases/01.toml:")
    assert "did you mean 'sufficient'" in problem.remedy


def test_comments_are_kept_aside_with_a_sentence(folder: InspectionFolder, told: list[str]) -> None:
    edit(folder, "[facts]", "# see the file of 2011\n[facts]")
    edited = (folder.path / "cases" / "01.toml").read_bytes()
    change(folder, "01", lambda s: s.setting("custody", True))
    (kept,) = (folder.path / "cases").glob(".01.toml.comments-????????")
    assert kept.read_bytes() == edited
    assert told == [
        f"cases/01.toml was changed by hand; what it held before this save is kept in cases/{kept.name}"
    ]
    assert history.read(folder.path)[0][-1].new["aside"] == [f"cases/{kept.name}"]


def test_a_hash_in_a_note_is_no_comment(folder: InspectionFolder, told: list[str]) -> None:
    change(folder, "01", lambda s: s.noting("roh.plan", "evidence", "# of visits: 3\n# more"))
    change(folder, "01", lambda s: s.setting("custody", True))
    assert told == []


def test_comments_are_kept_aside_also_when_the_edit_was_accepted_first(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    edit(folder, "[facts]", "# see the file of 2011\n[facts]")
    folder.journal.enter_missed("cases/01.toml", why="a comment")
    change(folder, "01", lambda s: s.setting("custody", False))
    (kept,) = (folder.path / "cases").glob(".01.toml.comments-????????")
    assert "# see the file of 2011" in kept.read_text()
