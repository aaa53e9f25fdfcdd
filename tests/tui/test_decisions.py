"""Finishing and reopening from the screens: what the command line refuses and enters, so do they."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import LOOK

from sqs_core.storage.audit.history_versions import versions
from sqs_core.storage.folder import open_inspection
from sqs_tui.app import SqsApp

REVIEW = ("^G", "case 01", "Enter", "F")
WHY = "order varied"


def entries(folder: Path, case: str) -> list[str]:
    """The words of the entries on a case."""
    return [version.entry.what for version in versions(folder, f"cases/{case}.toml")]


def test_finishing_is_entered_in_the_history_as_the_command_line_does(example: Path, play: Any) -> None:
    played = play(example, *REVIEW, "F", "Esc", "f", "XY")
    assert entries(example, "01")[-1] == "finish"
    assert "case 01 is finished, its answers locked: F, then R opens it again" in played.rows[0]
    assert open_inspection(example).case("01").record.inspector == "AB"


def test_a_finished_case_is_opened_again_only_with_a_reason_that_the_history_keeps(
    example: Path, play: Any
) -> None:
    played = play(example, *REVIEW, "F", "R", "Enter", LOOK, "R", WHY, "Enter")
    assert "it stays finished" in played.looks[0].words, "without a reason"
    assert "case 01 is open again" in played.rows[0]
    assert entries(example, "01")[-2:] == ["finish", "reopen"]
    assert open_inspection(example).case("01").record.status == "open"


def test_a_case_that_someone_else_changed_is_not_finished_unseen(
    example: Path, play: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SqsApp, "poll_external_changes", lambda self: None)  # it would be taken up, and seen
    file = example / "cases" / "01.toml"
    theirs = file.read_text().replace('inspector = "AB"', 'inspector = "ZZ"')
    played = play(example, *REVIEW, "F", meanwhile=lambda: file.write_text(theirs))
    assert "changed outside this program" in played.rows[0]
    assert open_inspection(example).case("01").record.status == "open"


def test_undo_and_redo_survive_a_restart(example: Path, play: Any) -> None:
    to_plan = ("at:07 roh.plan",)

    def outcome_after(*keys: str) -> str | None:
        play(example, *to_plan, *keys)
        return open_inspection(example).case("07").record.answers["roh.plan"].outcome

    told = [outcome_after("y"), outcome_after("u"), outcome_after("U"), outcome_after("u")]
    assert told == ["sufficient", "insufficient", "sufficient", "insufficient"]


def test_a_mark_to_come_back_stops_a_case_before_it_is_finished(example: Path, play: Any) -> None:
    flag = ("at:01 roh.plan", "l", "ask Jo", "Enter", "F")
    played = play(example, *flag, LOOK, "F")
    assert "1 thing to put right before this case can be finished" in played.looks[0].text
    assert "is marked to come back to: “ask Jo”" in played.looks[0].text
    assert "1 thing to put right first" in played.rows[0]
