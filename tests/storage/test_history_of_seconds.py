"""A second marking and what was agreed are entered like any other change, and verified like any other record."""

from __future__ import annotations

import pytest
from attrs import evolve

from changing import change
from sqs_core.records.case import Answer
from sqs_core.records.second_marking import decide
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history import HistoryEntry
from sqs_core.storage.audit.history_versions import with_texts
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.moderation.agreed import markings, save_decisions
from sqs_core.storage.moderation.second import draw_seconds, finish_second, save_second, second_case

NOTE = "seen p.4"


@pytest.fixture
def marked(folder: InspectionFolder) -> InspectionFolder:
    """Case 07 drawn, marked by ZZ, finished, and settled for the second view."""
    folder = draw_seconds(folder, 3, 11)[0]
    stored = second_case(folder, "07")
    record = stored.record.answering("roh.plan", Answer("sufficient", evidence=NOTE))
    save_second(folder, evolve(record, inspector="ZZ"), expect=stored.hash)
    finish_second(folder, "07", incomplete=True)
    both = markings(folder, "07")
    views = (folder.criteria, both.first.record, both.second.record)
    save_decisions(folder, "07", {"roh.plan": decide(*views, "roh.plan", "second", "the curfew is enough")})
    return folder


def about_07(folder: InspectionFolder) -> list[HistoryEntry]:
    texts = history.read_texts(folder.path)
    return [with_texts(entry, texts) for entry in history.read(folder.path)[0] if entry.case == "07"]


def test_a_draw_a_second_marking_and_a_decision_are_entered(marked: InspectionFolder) -> None:
    entries = about_07(marked)
    assert [(e.what, e.new["path"]) for e in entries] == [
        ("drawn", "second/first/07.toml"),
        ("add", "second/07.toml"),
        ("answer", "second/07.toml"),
        ("finish", "second/07.toml"),
        ("agree", "agreed/07.toml"),
        ("found", "cases/07.toml"),
        ("agree", "cases/07.toml"),
    ]
    assert entries[2].question == "roh.plan"
    assert entries[2].new["set"]["answers"]["roh.plan"] == {"outcome": "sufficient", "evidence": NOTE}
    assert [e.why for e in entries if e.what == "agree"] == ["the curfew is enough"] * 2
    assert verify_inspection(marked.path) == ()


def test_what_was_written_in_a_second_marking_stands_beside_the_chain(marked: InspectionFolder) -> None:
    chain = (marked.path / history.NAME).read_text()
    assert NOTE not in chain
    assert "curfew" not in chain


@pytest.mark.parametrize("name", ["second/07.toml", "second/first/07.toml", "agreed/07.toml"])
def test_a_marking_or_decision_changed_behind_the_history_is_told(
    marked: InspectionFolder, name: str
) -> None:
    path = marked.path / name
    path.write_text("# looked at\n" + path.read_text())
    assert [(p.where, p.code) for p in verify_inspection(marked.path)] == [(name, "H008")]
    path.unlink()
    assert [(p.where, p.code) for p in verify_inspection(marked.path)] == [(name, "H008")]


def test_a_first_decision_stopped_before_its_entry_is_entered_when_it_is_made_again(
    marked: InspectionFolder,
) -> None:
    log = marked.path / history.NAME
    entries = history.read(marked.path)[0]
    upto = next(n for n, entry in enumerate(entries) if entry.what == "agree")
    log.write_bytes(b"".join(line + b"\n" for line in log.read_bytes().split(b"\n")[:upto]))
    both = markings(marked, "07")
    save_decisions(marked, "07", {"roh.plan": both.agreed.record.answers["roh.plan"]})
    assert [(e.what, e.new["path"]) for e in about_07(marked)][4:] == [("agree", "agreed/07.toml")]
    assert about_07(marked)[4].why == "the curfew is enough"


def test_what_was_agreed_is_not_undone(marked: InspectionFolder) -> None:
    change(marked, "07", lambda s: s.setting("custody", False))
    assert [r.judged("roh.plan") for r in open_session(marked, "07")[0].past] == ["sufficient"]


def test_finishing_again_after_being_stopped_before_the_entry_completes_it(marked: InspectionFolder) -> None:
    log, texts = (marked.path / name for name in (history.NAME, history.TEXTS))
    stored = second_case(marked, "05")
    save_second(marked, evolve(stored.record, inspector="ZZ"), expect=stored.hash)
    before = log.read_bytes(), texts.read_bytes()
    finish_second(marked, "05", incomplete=True)
    log.write_bytes(before[0])
    texts.write_bytes(before[1])
    assert [p.code for p in verify_inspection(marked.path)] == ["H009"]
    finish_second(marked, "05", incomplete=True)
    assert verify_inspection(marked.path) == ()


def test_second_markings_that_a_migration_leaves_behind_are_not_missed(marked: InspectionFolder) -> None:
    from sqs_core.cli import main

    for case in ("05", "14"):
        stored = second_case(marked, case)
        save_second(marked, evolve(stored.record, inspector="ZZ"), expect=stored.hash)
        finish_second(marked, case, incomplete=True)
    assert main(["criteria", "migrate", str(marked.path), "--to", "yjs-2018", "--apply"]) == 0
    assert [p for p in verify_inspection(marked.path) if not p.advice] == []
