"""What was opened and what left the machine, from the screens, is in the history; and by whose hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sqs_core.storage.audit import history
from sqs_core.storage.audit.history_versions import head_of_changes
from sqs_core.storage.folder import open_inspection


@pytest.fixture
def kept(example: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example with a history; the person at the screens is CN."""
    monkeypatch.setenv("SQS_WHO", "CN")
    folder = open_inspection(example)
    stored = folder.case("01")
    folder.save_case(stored.record.noting("custody", True), expect=stored.hash)
    return example


def done(folder: Path) -> list[tuple[str, str, str]]:
    return [(e.what, e.who, e.case) for e in history.read(folder)[0]][2:]


def test_an_inspection_and_each_case_opened_are_entered_once_a_day(kept: Path, play: Any) -> None:
    for question in ("roh.plan", "lor.plan"):
        play(kept, "^G", f"07 {question}", "Enter")
    assert done(kept) == [("open", "CN", ""), ("open", "CN", "07")]


def test_a_folder_without_a_history_is_looked_at_without_being_written_to(example: Path, play: Any) -> None:
    before = sorted(example.rglob("*"))
    play(example, "at:07 roh.plan")
    assert sorted(example.rglob("*")) == before


def test_a_letter_exported_carries_the_head_and_is_entered(kept: Path, play: Any) -> None:
    head = head_of_changes(kept)
    play(kept, "4", "X", *("Back",) * 4, "json", "Enter")
    assert json.loads((kept / "letter.json").read_text())["history_head"] == head
    last = history.read(kept)[0][-1]
    assert (last.what, last.who, last.new) == ("render", "CN", {"renderer": "json", "head": head})


def test_what_is_kept_aside_of_a_file_edited_by_hand_is_said(kept: Path, play: Any) -> None:
    path = kept / "cases" / "01.toml"
    path.write_text(path.read_text().replace("[facts]", "# a comment\n[facts]"))
    played = play(kept, "at:01 lor.plan", "n", size=(120, 40))
    assert any("cases/01.toml was changed by hand" in words for _, words in played.app.messages)
