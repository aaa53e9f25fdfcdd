"""Taking records away: everything that was written, and only that; logged, and stopped by a hold."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from changing import change
from sqs_core.errors import HeldError, RecordError, UsageError
from sqs_core.records.case import Answer
from sqs_core.records.narrative import Narrative
from sqs_core.records.second_marking import decide
from sqs_core.storage.atomic import append_durably
from sqs_core.storage.audit import history
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.audit.purge import cases_before, hold, hold_entry, purge, purge_plan
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.merge.apply import apply
from sqs_core.storage.merge.plan import plan as merging
from sqs_core.storage.moderation.agreed import markings, save_decisions
from sqs_core.storage.moderation.second import (
    as_second,
    draw_seconds,
    finish_second,
    save_second,
    second_case,
)
from sqs_core.storage.rescue import copy_name, rescue_folder
from systems import links

CANARY = "Zanzibar"


@pytest.fixture
def written(folder: InspectionFolder) -> InspectionFolder:
    """Case 01 with a canary everywhere that somebody's words can be."""
    for note in ("evidence", "said", "learning", "strength"):
        change(folder, "01", lambda s, n=note: s.noting("roh.plan", n, f"{CANARY} {n}"), why=f"{CANARY} why")
    change(folder, "01", lambda s: s.flagging("roh.plan", later=f"{CANARY} later"))
    change(folder, "01", lambda s: s.setting("order_length", f"{CANARY} months"))
    path = folder.path / "cases" / "01.toml"
    path.write_text(path.read_text().replace("[facts]", f"# {CANARY} comment\n[facts]"))
    change(folder, "01", lambda s: s.setting("custody", True))
    (path.parent / ".01.toml.0123456789abcdef.tmp").write_text(CANARY)
    (folder.path / "takeaway-01.txt").write_text(CANARY)
    change(folder, "02", lambda s: s.noting("roh.plan", "evidence", "stays"))
    return folder


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where copies of what could not be saved are kept in this test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return rescue_folder()


def holding_it(folder: Path) -> list[str]:
    return sorted(
        str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and CANARY in p.read_text()
    )


def marked_twice(folder: InspectionFolder) -> None:
    """Case 01 with a second marking and a decision about it, the canary in all of them."""
    draw_seconds(folder, 1, 20)
    stored = second_case(folder, "01")
    marked = stored.record.answering("roh.plan", Answer("insufficient", evidence=f"{CANARY} second"))
    save_second(folder, evolve(marked, inspector="ZZ"), expect=stored.hash)
    finish_second(folder, "01", incomplete=True)
    both = markings(folder, "01")
    views = (folder.criteria, both.first.record, both.second.record)
    save_decisions(folder, "01", {"roh.plan": decide(*views, "roh.plan", "second", f"{CANARY} decision")})


def test_a_second_marking_what_was_agreed_and_merged_copies_go_too(written: InspectionFolder) -> None:
    marked_twice(written)
    other = open_inspection(shutil.copytree(written.path, written.path.parent / "other"), actor=written.actor)
    change(other, "02", lambda s: s.noting("roh.plan", "said", "stays"))
    apply(merging(written, [other], lambda difference: None))
    places = {Path(name).parts[0] for name in holding_it(written.path)}
    assert places == {"cases", "second", "agreed", "merged", "history-texts.jsonl", "takeaway-01.txt"}
    purge(written, ["01"], "retention")
    assert holding_it(written.path) == []
    assert verify_inspection(written.path) == ()
    change(other, "02", lambda s: s.noting("roh.plan", "said", "stays too"))
    apply(merging(written, [other], lambda difference: "ours"))
    assert holding_it(written.path) == []


def test_copies_of_what_could_not_be_saved_go_too_but_not_those_of_a_namesake(
    written: InspectionFolder, elsewhere: Path, tmp_path: Path
) -> None:
    elsewhere.mkdir(parents=True)
    namesake = tmp_path / "another" / written.path.name
    kept = {copy_name(namesake, "case", "01"), copy_name(written.path, "case", "02")}
    mine = {copy_name(written.path, kind, "01") for kind in ("case", "second")}
    mine |= {name.replace(".toml", "~2.toml") for name in mine}  # one that had to stand beside another
    for name in (*kept, *mine, *(f".{name}.lock" for name in mine)):
        (elsewhere / name).write_text(CANARY)
    assert {Path(name).name for name in purge_plan(written, ["01"]).files} >= mine
    purge(written, ["01"], "retention")
    assert {path.name for path in elsewhere.iterdir()} == kept


def test_nothing_that_was_written_about_a_purged_case_is_left_in_any_file(written: InspectionFolder) -> None:
    assert len(holding_it(written.path)) > 3
    purge(written, ["01"], "retention")
    assert holding_it(written.path) == []
    assert not [p for p in (written.path / "cases").iterdir() if "01.toml" in p.name]
    assert written.case("02").record.answer("roh.plan").evidence == "stays"


def test_the_chain_and_heads_printed_before_still_fit(written: InspectionFolder) -> None:
    head = history.head(written.path)
    purge(written, ["01"], "retention")
    assert verify_inspection(written.path, head) == ()


def test_a_purge_leaves_a_tombstone_with_counts(written: InspectionFolder) -> None:
    found = purge(written, ["01"], "retention schedule")
    last = history.read(written.path)[0][-1]
    assert (last.what, last.who, last.why) == ("purge", "CN", "retention schedule")
    assert last.new == {"cases": ["01"], "files": len(found.files), "texts_of": found.texts}
    assert found.texts == 8


def test_planning_a_purge_touches_nothing(written: InspectionFolder) -> None:
    before = {p: p.read_bytes() for p in written.path.rglob("*") if p.is_file()}
    assert "cases/01.toml" in purge_plan(written, ["01"]).files
    assert {p: p.read_bytes() for p in written.path.rglob("*") if p.is_file()} == before


def test_a_hold_stops_every_purge_until_it_is_lifted(written: InspectionFolder) -> None:
    assert hold(written, "complaint")
    assert not hold(written, "complaint")
    with pytest.raises(HeldError, match="a hold since .* by CN stops every purge"):
        purge(written, ["01"], "retention")
    assert written.case("01").record.judged("roh.plan") == "sufficient"
    assert hold(written, "closed", off=True)
    assert hold_entry(written.path) is None
    assert purge(written, ["01"], "retention").cases == ("01",)


def test_a_purge_that_was_stopped_half_way_is_completed_by_doing_it_again(written: InspectionFolder) -> None:
    written.journal.note("purge", new={"cases": ["01"], "files": 0, "texts_of": 0}, why="retention")
    (written.path / "cases" / "01.toml").unlink()
    purge(written, ["01"], "retention")
    assert holding_it(written.path) == []
    assert verify_inspection(written.path) == ()
    assert purge(written, ["01"], "retention").files == ()


@links
def test_what_may_not_be_looked_into_stops_a_purge_before_it_is_entered(written: InspectionFolder) -> None:
    entries = history.read(written.path)[0]
    merged = written.path / "merged"
    merged.symlink_to(merged)  # to whoever may read everything, a folder that cannot be read
    with pytest.raises(RecordError, match="merged: R"):
        purge(written, ["01"], "retention")
    assert history.read(written.path)[0] == entries


def test_texts_kept_with_merged_histories_go_too(written: InspectionFolder) -> None:
    copy = written.path / "merged" / "0123456789ab-texts.jsonl"
    for line in (written.path / "history-texts.jsonl").read_bytes().splitlines():
        append_durably(copy, line)
    purge(written, ["01"], "retention")
    assert holding_it(written.path) == []
    assert "stays" in copy.read_text()


def test_cases_nobody_changed_since_a_day_can_be_purged_together(written: InspectionFolder) -> None:
    assert cases_before(written, date(2012, 11, 12)) == ()
    assert cases_before(written, date(2012, 11, 13)) == ("01", "02")
    assert len(cases_before(written, date(2012, 12, 31))) == 14


def test_a_purge_without_a_reason_or_of_an_unknown_case_is_refused(written: InspectionFolder) -> None:
    with pytest.raises(UsageError, match="say why"):
        purge(written, ["01"], " ")
    with pytest.raises(UsageError, match="no case '99'"):
        purge(written, ["99"], "why")
    with pytest.raises(UsageError, match="cannot be used"):
        purge_plan(written, ["../01"])


def test_a_case_added_after_a_purge_begins_anew(written: InspectionFolder) -> None:
    purge(written, ["01"], "retention")
    written.add_case(written.new_case("01"))
    change(written, "01", lambda s: s.setting("custody", True))
    assert len(open_session(written, "01")[0].past) == 1
    assert verify_inspection(written.path) == ()


def test_nothing_that_was_written_about_a_purged_interview_is_left_nor_comes_back_with_a_merge(
    folder: InspectionFolder, tmp_path: Path
) -> None:
    for person in ("A", "B"):
        words = f"{CANARY} {person}"
        change(folder.staff, person, lambda s, w=words: s.setting("note", w), why=words)
    other = open_inspection(shutil.copytree(folder.path, tmp_path / "other"))
    change(other.staff, "B", lambda s: s.setting("role", "senior-practitioner"))
    found = purge(folder.staff, ["A"], "asked for it")
    assert (found.cases, found.texts) == (("interviews/A",), 1)
    apply(merging(folder, [other], lambda difference: "ours"))
    assert not [name for name in holding_it(folder.path) if f"{CANARY} A" in (folder.path / name).read_text()]
    assert (folder.people()[0], folder.interview("B").record.note) == ("B", f"{CANARY} B")
    assert verify_inspection(folder.path) == ()
    with pytest.raises(UsageError, match="no file from which another could judge it again"):
        draw_seconds(as_second(folder.staff), 1, 1)


def test_a_purged_case_called_as_the_letter_is_not_the_letter(folder: InspectionFolder) -> None:
    folder.save_narrative(Narrative(summary="Sound."), expect=folder.narrative().hash)
    folder.add_case(folder.new_case("letter"))
    purge(folder, ["letter"], "asked for")
    assert "letter.toml" in known_records(folder.path).hashes
