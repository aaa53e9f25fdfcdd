"""While a case is marked a second time, nothing of its first marking is on any screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from tests.tui.conftest import LOOK

from conftest import Staged
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.moderation.second import (
    draw_seconds,
    first_name,
    read_marking,
    save_second,
    second_case,
    second_ids,
)

CANARY = "kingfisher"
AT_PLAN = ("at:07 roh.plan",)
WAYS: dict[str, tuple[str, ...]] = {
    "overview": (*("Down",) * 6,),
    "facts": ("f",),
    "question": ("^G", "08 roh.plan", "Enter"),
    "board": ("2", *("Down",) * 8, "Enter"),
    "letter": ("4", "]", "]", "Enter"),
    "interviews": ("3",),
    "check": ("5",),
    "search": ("/", CANARY[:6]),
    "go-to": ("G", "07"),
    "take-away": ("p",),
    "messages": ("^P", "messages", "Enter"),
}


def with_canaries(path: Path) -> None:
    """The canary in every note of every case that can be drawn."""
    folder = open_inspection(path)
    for case in folder.case_ids():
        stored = folder.case(case)
        answers = {
            name: evolve(a, evidence=CANARY, said=CANARY, learning=CANARY, strength=CANARY)
            for name, a in stored.record.answers.items()
        }
        folder.save_case(
            evolve(stored.record, case_manager="KF", answers=answers, inspector="KI"), expect=stored.hash
        )


@pytest.fixture
def marked(staged: Staged, tmp_path: Path) -> Path:
    """The example with the canary in it."""
    return staged(with_canaries, tmp_path)


def draw(folder: Path, n: int = 14) -> Callable[[], object]:
    """A draw of ``n`` cases."""
    return lambda: draw_seconds(open_inspection(folder), n, seed=7)


def drawn(path: Path) -> None:
    """Every case, with the canary in it, drawn for a second marking."""
    with_canaries(path)
    draw(path)()


@pytest.fixture
def shut(staged: Staged, tmp_path: Path) -> Path:
    """The example with the canary in it, each of its cases being marked a second time."""
    return staged(drawn, tmp_path)


def shows_first(text: str) -> bool:
    """Whether a screen shows anything of a first marking."""
    typed = f"> {CANARY[:6]}"
    return CANARY in text.replace(typed, "") or "KF" in text or "KI " in text


def test_the_canary_is_seen_while_nothing_is_shut(marked: Path, play: Any) -> None:
    looks = play(marked, *WAYS["overview"], LOOK, *AT_PLAN, LOOK).looks
    assert [shows_first(seen.text) for seen in looks] == [True, True]


@pytest.mark.parametrize("name", WAYS)
def test_nothing_of_a_first_marking_is_on_a_screen_while_it_is_shut(name: str, shut: Path, play: Any) -> None:
    assert not shows_first(play(shut, *WAYS[name], size=(120, 40)).text)


@pytest.mark.parametrize("name", WAYS)
def test_the_second_marking_shows_nothing_of_the_first(name: str, shut: Path, play: Any) -> None:
    played = play(shut, *WAYS[name], size=(120, 40), second=True)
    assert not shows_first(played.text)
    assert "econd marking" in played.rows[0] or name in ("board", "interviews")  # they say why they refuse
    assert played.app.workspace is not None
    assert len(played.app.workspace.cases) == 14


@pytest.mark.parametrize(
    "first",
    [AT_PLAN, (*AT_PLAN, "e"), (*AT_PLAN, "p"), ("/", CANARY[:6]), ("2",), (*AT_PLAN, "Z"), ("4", "h", "K")],
)
def test_screens_that_are_open_when_the_draw_is_made_put_the_first_marking_away(
    first: tuple[str, ...], marked: Path, play: Any
) -> None:
    played = play(marked, size=(120, 40), first=first, meanwhile=draw(marked))
    assert not shows_first(played.text)
    assert "blinded, being marked a second time" in played.rows[0]
    assert played.app.workspace.sessions == {}
    assert "draft" not in played.text


@pytest.mark.parametrize("keys", [("G",), ("p",), ("F",), ("f",), ("Esc",)])
def test_a_screen_that_comes_into_view_after_the_draw_shows_nothing_of_it(
    keys: tuple[str, ...], marked: Path, play: Any
) -> None:
    first = (*AT_PLAN, LOOK)
    played = play(marked, *keys, size=(120, 40), first=first, meanwhile=draw(marked), tick=False)
    assert shows_first(played.looks[0].text)
    assert not shows_first(played.text)


def test_a_shut_case_is_told_as_shut_and_not_as_broken(marked: Path, play: Any) -> None:
    draw(marked, 2)()
    played = play(marked)
    blinded = played.app.workspace.blinded
    assert len(blinded) == 2
    assert f"Blinded, being marked a second time: {', '.join(blinded)}" in played.text
    assert f"{blinded[0]}    blinded: being marked a second time" in played.text
    assert "cannot be read" not in played.text


def test_the_letter_waits_while_a_case_is_shut(marked: Path, play: Any) -> None:
    draw(marked, 1)()
    played = play(marked, "4", "Enter", "E", "Right")
    assert "The letter waits: case" in played.text


def test_what_the_second_inspector_answers_goes_into_the_second_marking(shut: Path, play: Any) -> None:
    before = (shut / "cases" / "07.toml").read_bytes()
    play(shut, "at:07 lor.plan", "y", "u", "n", second=True)
    folder = open_inspection(shut)
    assert second_case(folder, "07").record.answers["lor.plan"].outcome == "insufficient"
    assert (shut / "cases" / "07.toml").read_bytes() == before


def test_a_second_marking_is_finished_after_a_yes_and_nothing_opens_it_again(
    example: Path, play: Any
) -> None:
    draw(example, 1)()
    folder = open_inspection(example)
    (case,) = second_ids(folder)
    first = read_marking(folder, first_name(case)).record
    save_second(folder, evolve(first, inspector="ZZ"), expect=second_case(folder, case).hash)
    played = play(example, "F", "F", "no", "Enter", "^U", "yes", "Enter", "R", second=True)
    assert second_case(open_inspection(example), case).record.status == "finished"
    assert f"the second marking of case {case} is finished and stays as it is" in played.rows[0]
    assert "for good" in played.text
    assert "reopen" not in played.text


def test_undo_in_a_second_marking_never_goes_back_to_the_first(shut: Path, play: Any) -> None:
    played = play(shut, "at:07 lor.plan", "u", "u", second=True)
    assert "nothing to undo" in played.rows[0]
    assert second_case(open_inspection(shut), "07").record.blank


def test_undo_and_redo_of_a_second_marking_survive_a_restart(shut: Path, play: Any) -> None:
    first = (shut / "cases" / "07.toml").read_bytes()

    def outcome_after(*keys: str) -> str | None:
        play(shut, "at:07 lor.plan", *keys, second=True)
        return second_case(open_inspection(shut), "07").record.answer("lor.plan").outcome

    told = [
        outcome_after("y"),
        outcome_after("n"),
        outcome_after("u"),
        outcome_after("u"),
        outcome_after("U"),
    ]
    assert told == ["sufficient", "insufficient", "sufficient", None, "sufficient"]
    assert (shut / "cases" / "07.toml").read_bytes() == first
