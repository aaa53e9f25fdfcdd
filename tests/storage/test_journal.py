"""Every change is entered in the history: who, when, what, old, new, why."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from attrs import evolve

from changing import change
from sqs_core.errors import NotSavedError, Problem, UsageError
from sqs_core.records.case import Answer
from sqs_core.storage.atomic import content_hash, write_durably
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history_versions import with_texts
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.fsync import PerhapsSavedError
from systems import links, long_names

NOTE = "RMP p.2 names the curfew only."


def test_an_answer_is_entered_with_old_and_new_who_when_and_why(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    change(folder, "01", lambda s: s.judging("roh.plan", "insufficient", ("victims",)), why="seen again")
    entry = with_texts(history.read(folder.path)[0][-1], history.read_texts(folder.path))
    assert (entry.time, entry.who, entry.what, entry.case) == ("2012-11-12T09:02:00Z", "CN", "answer", "01")
    assert (entry.question, entry.why) == ("roh.plan", "seen again")
    assert entry.old["set"] == {"answers": {"roh.plan": {"outcome": "sufficient", "reasons": None}}}
    assert entry.new["set"] == {"answers": {"roh.plan": {"outcome": "insufficient", "reasons": ["victims"]}}}
    assert entry.new["hash"] == folder.case("01").hash


def test_what_was_written_stands_beside_the_chain_and_not_in_it(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.noting("roh.plan", "evidence", NOTE), why="from the file")
    change(folder, "01", lambda s: s.noting("roh.plan", "evidence", "Shorter."))
    chain = (folder.path / history.NAME).read_text()
    assert NOTE not in chain
    assert "from the file" not in chain
    last = with_texts(history.read(folder.path)[0][-1], history.read_texts(folder.path, "01"))
    assert last.old["set"] == {"answers": {"roh.plan": {"evidence": NOTE}}}
    assert last.new["set"] == {"answers": {"roh.plan": {"evidence": "Shorter."}}}


def test_the_kinds_of_change_have_their_words(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    change(folder, "01", lambda s: s.attending(case_manager="XY"))
    folder.add_case(folder.new_case("15"))
    interview = folder.interview("A")
    folder.save_interview(interview.record.answering("staff.wanted", Answer("no")), expect=interview.hash)
    narrative = folder.narrative()
    folder.save_narrative(narrative.record, expect=narrative.hash)
    words = [entry.what for entry in history.read(folder.path)[0]]
    assert words == ["found", "fact", "answer", "header", "add", "found", "interview"]


def test_a_save_that_changes_nothing_is_not_entered(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    change(folder, "01", lambda s: s.setting("custody", True))
    assert [e.what for e in history.read(folder.path)[0]] == ["found", "fact"]


def test_a_reason_that_no_record_may_hold_stops_the_save(folder: InspectionFolder) -> None:
    before = folder.case("01")
    with pytest.raises(UsageError, match="the reason holds U\\+001B"):
        change(folder, "01", lambda s: s.setting("custody", True), why="\x1b[31m")
    assert folder.case("01") == before


def test_a_save_leaves_one_lock_beside_the_record(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    hidden = [path.name for path in (folder.path / "cases").iterdir() if path.name.startswith(".")]
    assert hidden == [".01.toml.lock"]


def test_a_history_moved_aside_between_two_saves_begins_again_with_the_record_as_it_was(
    folder: InspectionFolder,
) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    (folder.path / history.NAME).rename(folder.path / "aside.jsonl")
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    assert [e.what for e in history.read(folder.path)[0]] == ["found", "answer"]
    assert verify_inspection(folder.path) == ()


def stopped_between(folder: InspectionFolder) -> str:
    """Save as the program does, and stop before the entry; gives the hash."""
    change(folder, "01", lambda s: s.setting("custody", True))
    path = folder.path / "cases" / "01.toml"
    data = path.read_bytes().replace(b"custody = true", b"custody = false")
    return write_durably(path, data, expect=content_hash(path.read_bytes()), who="AB")


def test_a_program_stopped_between_the_save_and_its_entry_is_no_tampering(folder: InspectionFolder) -> None:
    stopped_between(folder)
    (problem,) = verify_inspection(folder.path)
    assert (problem.where, problem.code, problem.advice) == ("cases/01.toml", "H009", True)


def test_the_next_save_enters_what_was_missed_under_the_name_of_who_saved_it(
    folder: InspectionFolder,
) -> None:
    stopped_between(folder)
    change(folder, "01", lambda s: s.judging("roh.plan", "not-known"))
    entries = history.read(folder.path)[0]
    assert [(e.what, e.who) for e in entries[1:]] == [("fact", "CN"), ("save", "AB"), ("answer", "CN")]
    assert entries[2].new["set"] == {"facts": {"custody": False}}
    assert verify_inspection(folder.path) == ()


def test_nothing_is_saved_while_the_history_cannot_be_used_and_it_works_again_after(
    folder: InspectionFolder,
) -> None:
    stored = folder.case("01")
    record = stored.record.noting("custody", True)
    (folder.path / history.NAME).mkdir()
    with pytest.raises(NotSavedError, match="R026 not saved, for the history cannot be written"):
        folder.save_case(record, expect=stored.hash)
    assert folder.case("01") == stored
    (folder.path / history.NAME).rmdir()
    folder.save_case(record, expect=stored.hash)
    assert [e.what for e in history.read(folder.path)[0]] == ["found", "fact"]


def test_a_record_that_is_saved_but_not_entered_says_so_and_is_entered_when_saved_again(
    folder: InspectionFolder,
) -> None:
    ticks = iter([folder.actor.clock(), folder.actor.clock()])

    def clock() -> datetime:
        time = next(ticks, None)
        if time is None:
            raise NotSavedError(Problem("history.jsonl", "not saved: the disk is full"))
        return time

    limited = evolve(folder, actor=evolve(folder.actor, clock=clock))
    change(limited, "01", lambda s: s.setting("custody", True))
    stored = folder.case("01")
    record = stored.record.noting("custody", False)
    with pytest.raises(PerhapsSavedError, match="R025 saved, but not entered") as refused:
        limited.save_case(record, expect=stored.hash)
    assert folder.case("01").record == record
    folder.save_case(record, expect=refused.value.new_hash)
    assert [e.what for e in history.read(folder.path)[0]] == ["found", "fact", "save"]
    assert verify_inspection(folder.path) == ()


def test_entries_follow_the_saves_when_several_write_one_case(folder: InspectionFolder) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from sqs_core.errors import HeldError

    questions = [q.id for q in folder.criteria.questions][:8]

    def work(question: str) -> None:
        while True:
            try:
                change(folder, "01", lambda s: s.noting(question, "learning", f"of {question}"))
            except HeldError:
                continue
            return

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, questions))
    entries = history.read(folder.path)[0]
    hashes = [(e.old["hash"], e.new["hash"]) for e in entries]
    assert hashes[0][0] == "absent"
    assert [old for old, _ in hashes[1:]] == [new for _, new in hashes[:-1]]
    assert hashes[-1][1] == folder.case("01").hash
    assert {e.question for e in entries[1:]} == set(questions)


def test_a_text_changed_beside_the_chain_is_found(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.noting("roh.plan", "evidence", NOTE))
    path = folder.path / history.TEXTS
    path.write_text(path.read_text().replace("curfew", "tagging"))
    codes = {problem.code for problem in verify_inspection(folder.path)}
    assert codes == {"H006", "H007"}


def test_nothing_is_written_about_reading_where_no_history_is_kept(folder: InspectionFolder) -> None:
    from sqs_core.storage.audit.access_log import log_opening, log_output

    log_opening(folder)
    log_output(folder, "render", {})
    assert not (folder.path / history.NAME).exists()


def test_an_opening_is_entered_once_a_day_for_each_person_and_case(folder: InspectionFolder) -> None:
    from changing import as_seen_by
    from sqs_core.storage.audit.access_log import log_opening

    change(folder, "01", lambda s: s.setting("custody", True))
    for who in ("CN", "CN", "AB"):
        for case in ("", "01", "01"):
            log_opening(as_seen_by(folder, who), case)
    opened = [(e.who, e.case) for e in history.read(folder.path)[0] if e.what == "open"]
    assert opened == [("CN", ""), ("CN", "01"), ("AB", ""), ("AB", "01")]


def test_a_history_that_names_a_file_elsewhere_leads_nowhere(
    folder: InspectionFolder, tmp_path: Path
) -> None:
    outside = tmp_path / "outside.toml"
    outside.write_text("secret")
    folder.journal.note("answer", new={"path": "../outside.toml", "hash": content_hash(b"secret")})
    (problem,) = verify_inspection(folder.path)
    assert "is gone" in problem.what


def test_a_change_of_any_one_byte_of_the_history_or_its_texts_is_found(folder: InspectionFolder) -> None:
    folder.add_case(folder.new_case("15"))
    change(folder, "15", lambda s: s.noting("roh.plan", "evidence", 'p.3 "x"'), why="seen")
    unseen = []
    for name in (history.NAME, history.TEXTS):
        path = folder.path / name
        data = path.read_bytes()
        for at in range(len(data)):
            path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
            if not [p for p in verify_inspection(folder.path) if not p.advice]:
                unseen.append((name, at))
        path.write_bytes(data)
    assert unseen == []
    assert verify_inspection(folder.path) == ()


def test_texts_taken_away_without_a_purge_are_missed(folder: InspectionFolder) -> None:
    change(folder, "01", lambda s: s.noting("roh.plan", "evidence", NOTE))
    (folder.path / history.TEXTS).unlink()
    assert {p.code for p in verify_inspection(folder.path)} == {"H007"}
    assert open_session(folder, "01")[0].past == ()


@long_names
def test_a_record_that_cannot_be_read_is_told_so_and_is_not_called_changed(folder: InspectionFolder) -> None:
    name = f"cases/{'x' * 300}.toml"  # no system has a file of such a name: it refuses to look
    folder.journal.note("answer", case="01", new={"path": name, "hash": "sha256:0"})
    found = [(p.where, p.what, p.code) for p in verify_inspection(folder.path)]
    assert found == [(name, "the file cannot be read (File name too long)", "R003")]


@links
def test_a_missed_entry_that_cannot_be_made_is_not_called_a_save_that_was_not_made(
    folder: InspectionFolder,
) -> None:
    change(folder, "01", lambda s: s.setting("custody", True))
    path = folder.path / "cases" / "01.toml"
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")
    with pytest.raises(NotSavedError) as refused:
        folder.journal.enter_missed("cases/01.toml")
    what = "what was last done to it is not entered in the history yet: this is no ordinary file"
    again = "the same command again enters it"
    assert refused.value.problems == (Problem("cases/01.toml", what, again, "R025"),)
