"""Merging on the screen: the same records as by command, and nothing before it is said."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import LOOK

from conftest import Staged
from sqs_core.storage.audit import history
from sqs_core.storage.audit.verify import verify_inspection
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.moderation.pending_decisions import begun_merges
from sqs_core.storage.moderation.second import draw_seconds
from twice import gone_apart

OPEN = ("^P", "inspection.merge", "Enter", "Enter")
WHY = "the system was down"


@pytest.fixture
def apart(staged: Staged, tmp_path: Path) -> Path:
    """The example, with a copy beside it that went its own way."""
    return staged(gone_apart, tmp_path)


def records(folder: Path) -> dict[str, bytes]:
    """Every record of an inspection."""
    return {
        str(p.relative_to(folder)): p.read_bytes()
        for p in sorted(folder.rglob("[!.]*.toml"))
        if not {"undecided", "merged"} & set(p.relative_to(folder).parts)
    }


def by_command(ours: Path, theirs: Path, *take: str) -> None:
    """``sqs merge``, as typed."""
    choices = [word for choice in take for word in ("--take", choice)]
    arguments = [sys.executable, "-m", "sqs_core.cli", "merge", str(ours), str(theirs), *choices, "--apply"]
    subprocess.run(arguments, check=True, capture_output=True)


def test_the_counts_what_both_changed_and_what_is_taken_without_asking_are_shown(
    apart: Path, play: Any
) -> None:
    played = play(apart, *OPEN, LOOK, "T")
    assert "03  right plan, judgement" in played.text
    assert "15  the whole record" in played.text
    text = played.looks[0].text
    assert "20 records equal · 2 fields to take · 2 differ · 2 left to decide" in text
    assert "The plan names no victim." in text
    assert "The system was down." in text


def test_the_records_are_those_that_the_command_makes_and_the_reason_is_in_the_history(
    apart: Path, play: Any, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(apart, tmp_path / "elsewhere" / "by-command"))
    by_command(
        other,
        apart.parent / "leeds-cd",
        "02:answers.roh.plan.evidence=ours",
        "02:answers.roh.plan.outcome=theirs",
    )
    played = play(apart, *OPEN, "Left", "Enter", "Right", "e", WHY, "Esc", "W", "W")
    assert "merged: 3 records written from leeds-cd" in played.rows[0]
    assert records(apart) == records(other)
    assert verify_inspection(apart) == ()
    assert begun_merges(apart) == ()

    last = history.read(apart)[0][-1]
    assert (last.what, last.case, last.new["side"]) == ("decide", "02", "theirs"), "with the reason"


def test_work_goes_on_with_the_records_as_they_are_merged(apart: Path, play: Any) -> None:
    played = play(apart, *OPEN, "<", "Down", "e", WHY, "Esc", "W", "W", "Esc")
    assert "14 of 15 cases" in played.rows[0]
    assert played.app.workspace is not None
    assert "15" in played.app.workspace.cases


def test_the_effect_is_shown_and_nothing_written_before_it_is_said(apart: Path, play: Any) -> None:
    before = records(apart)
    text = play(apart, *OPEN, ">", "e", WHY, "Esc", "Down", "e", WHY, "Esc", "W", size=(120, 40)).text
    assert "cases                                         14 of 14 → 15 of 15" in text
    assert "[15] recent cases" in text
    assert records(apart) == before


def test_choices_are_there_after_esc_and_a_restart(apart: Path, play: Any) -> None:
    before = records(apart)
    play(apart, *OPEN, "Right", "e", WHY, "Esc", "Esc", "Esc")
    (begun,) = begun_merges(apart)
    assert begun.about == str((apart.parent / "leeds-cd").resolve())
    again = play(apart, *OPEN[:-1], LOOK, OPEN[-1])
    assert "1 choice kept" in again.looks[0].text
    assert "1 left to decide" in again.text
    assert "02  risk of harm plan, judgement" in again.text
    assert records(apart) == before


def test_a_judgement_put_over_another_needs_a_reason(apart: Path, play: Any) -> None:
    played = play(apart, *OPEN, ">", "W")
    assert "say why first (e): 02:answers.roh.plan.outcome" in played.rows[0]
    assert "a reason is needed: two judgements" in played.text


def test_nothing_is_written_while_a_difference_is_left(apart: Path, play: Any) -> None:
    before = records(apart)
    played = play(apart, *OPEN, "Right", "W", "W")
    assert "1 difference to decide first; Enter goes there" in played.rows[0]
    assert records(apart) == before


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nowhere-at-all", "no inspection in nowhere-at-all"),
        (".", "no inspection in ."),
        ("{itself}", "that is this folder"),
    ],
)
def test_a_folder_that_is_none_or_this_one_is_told(typed: str, words: str, apart: Path, play: Any) -> None:
    typed = typed.format(itself=apart)
    assert words in play(apart, *OPEN[:-1], "o", typed, "Enter").text


def test_a_case_drawn_meanwhile_leaves_the_screen_and_is_not_written_over(apart: Path, play: Any) -> None:
    before = records(apart)
    decided = ("<", "Down", "e", WHY, "Esc", "W")
    draw = lambda: draw_seconds(open_inspection(apart), 14, 7)  # noqa: E731
    played = play(apart, first=(*OPEN, *decided), meanwhile=draw)
    assert "blinded, being marked a second time" in played.rows[0]
    assert "The plan names no victim." not in played.text
    assert {name: data for name, data in records(apart).items() if name in before and "cases" in name} == {
        name: data for name, data in before.items() if "cases" in name
    }


def test_while_a_case_is_marked_a_second_time_nothing_of_it_is_merged(apart: Path, play: Any) -> None:
    draw_seconds(open_inspection(apart), 2, 7)
    played = play(apart, *OPEN)
    assert "is being marked a second time, blind" in played.rows[0]
    assert "The plan names no victim." not in played.text


def test_merging_is_in_the_palette_of_a_question_and_not_in_its_shared_view(example: Path, play: Any) -> None:
    at = ("at:07 roh.plan",)
    played = play(example, *at, "Z", "^P", LOOK, "Z", "^P", "merge", "Enter")
    assert "not in the shared view" in played.looks[0].rows[0]
    assert "Which folder is to be merged into this one?" in played.text
