"""Keys that hold on the question and in its text fields, and what they leave in the files."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import LOOK, Stage

from emulator import Terminal
from sqs_core.records import Answer
from sqs_core.storage.folder import open_inspection
from sqs_tui.app import SqsApp

AT_ROH_PLAN = ("at:07 roh.plan",)


def answer(folder: Path) -> Answer:
    return open_inspection(folder).case("07").record.answers["roh.plan"]


def test_come_back_later_is_one_key_inside_a_note_and_keeps_it(example: Path, play: Any) -> None:
    play(example, *AT_ROH_PLAN, "e", "x", "^L", "ask again", "Enter")
    found = answer(example)
    assert (found.later, found.evidence.endswith(".x")) == ("ask again", True)


def test_save_inside_a_note_writes_at_once_and_says_when(example: Path, play: Any) -> None:
    played = play(example, *AT_ROH_PLAN, "e", "x", "^S")
    assert played.rows[0].split("  ")[0] in (" already saved at 00:00:00", " everything is saved")
    assert answer(example).evidence.endswith(".x")


@pytest.mark.parametrize("key", ["^J", "^Enter"])
def test_done_keeps_the_note_and_goes_on(example: Path, play: Any, key: str) -> None:
    play(example, "at:07 vul.plan", "Back")
    played = play(example, *AT_ROH_PLAN, "e", "x", key)
    assert answer(example).evidence.endswith(".x")
    assert "Case 07 · 3." in played.rows[0]


def test_brackets_go_through_the_questions_in_their_order(example: Path, play: Any) -> None:
    looks = play(example, *AT_ROH_PLAN, LOOK, "]", LOOK, "]", "[", LOOK).looks
    before, there, back = (seen.rows[2:4] for seen in looks)
    assert before != there == back


@pytest.mark.parametrize(("keys", "sent"), [(("Y",), 78), (("c", "^P", "copy", "Enter"), 62)])
def test_copying_sends_the_note_one_is_in_to_the_terminal(
    example: Path, play: Any, keys: tuple[str, ...], sent: int
) -> None:
    assert f"{sent} characters sent to the terminal" in play(example, *AT_ROH_PLAN, *keys).rows[0]


def test_the_keys_of_a_line_editor_work_in_a_note(example: Path, play: Any) -> None:
    play(
        example,
        *AT_ROH_PLAN,
        "t",
        "^U",
        "one two",
        "^A",
        "zero ",
        "^E",
        " three",
        "^W",
        "four",
        "^A",
        "^K",
        "end",
    )
    assert answer(example).learning == "end"


def test_f4_outside_a_text_and_without_a_terminal_says_so_in_words(
    example: Path, play: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    played = play(example, *AT_ROH_PLAN, "F4", LOOK, "e", "F4")
    assert "F4 works in a text that is being written" in played.looks[0].rows[0]
    none_set = "no editor is set: name one in the variable"
    if sys.platform == "win32":  # where there is always Notepad
        none_set = "cannot be handed to an editor"
    assert none_set in played.rows[0]
    monkeypatch.setenv("EDITOR", "true")
    assert "cannot be handed to an editor" in play(example, *AT_ROH_PLAN, "e", "F4").rows[0]


@pytest.mark.parametrize("keys", [AT_ROH_PLAN, ("1",), ("F",)])
def test_every_key_here_is_in_the_help_and_in_the_palette(
    example: Path, play: Any, keys: tuple[str, ...]
) -> None:
    shown, offered = play(example, *keys, "?", LOOK, "Esc", "^P", LOOK, size=(160, 200)).looks
    for words in ("^O        jump", "F4        editor"):
        assert words in shown.text
    for words in ("jump   ^O", "editor   F4"):
        assert words in offered.text
    if keys == AT_ROH_PLAN:
        assert "v opens a text beside the question" in shown.text
        for words in ("move the text", "forget the text"):
            assert words in shown.text
            assert words in offered.text


def test_the_reader_cursor_is_a_setting_that_is_kept(example: Path, play: Any, homes: Path) -> None:
    play(example, "^P", "settings", "Enter", "Up", "Space")
    assert (homes / "config" / "sqs" / "config.toml").read_text() == "reader_cursor = true\n"


def test_a_key_that_means_nothing_here_says_so(example: Path, play: Any) -> None:
    assert play(example, "w").rows[0].startswith(" w does nothing here; ? lists the keys")


def test_the_palette_puts_what_is_called_so_before_what_is_said_so(example: Path, play: Any) -> None:
    rows = play(example, "at:01 lor.plan", "^P", "again").rows
    called = next(at for at, row in enumerate(rows) if "  read from disk again  " in row)
    said = next(at for at, row in enumerate(rows) if "make the change taken back again" in row)
    assert called < said


def test_the_number_of_characters_follows_the_keys(example: Path, play: Any) -> None:
    async def typed() -> list[str]:
        app = SqsApp(str(example))
        async with app.run_test(size=(80, 24)) as pilot:
            on = Stage(app, pilot)
            await on.records_in()
            await on.keys(*AT_ROH_PLAN, "e")
            before = on.seen()
            await on.keys("abc")  # saved or not: that takes its time
            return [row for seen in (before, on.seen()) for row in seen.rows if "▸e Evidence" in row]

    before, after = asyncio.run(typed())
    assert " 78 characters " in before
    assert " 81 characters " in after


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ((), "e opens the evidence, v a text to read; paste there"),
        (("Z",), "c opens what the case manager said"),
    ],
)
def test_a_paste_that_has_nowhere_to_go_is_answered_with_what_would_work(
    keys: tuple[str, ...], words: str, example: Path, play: Any
) -> None:
    before = answer(example)
    played = play(example, *AT_ROH_PLAN, *keys, "paste:y n 1 2")
    assert f"nothing was pasted: {words}" in played.rows[0]
    assert answer(example) == before
    assert "nothing was pasted: no text is" in play(example, "paste:abc").rows[0]


def test_a_paste_in_one_packet_with_the_key_before_it_goes_into_the_box_that_key_opens(example: Path) -> None:
    with Terminal("tui", str(example)) as terminal:
        terminal.shows("not good enough so far")
        terminal.press("G", "type 07")
        terminal.press("07 roh.plan\r", "Judgement")
        terminal.press("c\x1b[200~ynx pasted\x1b[201~", "ynx pasted")
        terminal.press("\x1b", "▸Judgement")
        terminal.press("l\x1b[200~pasted why\x1b[201~\r", "⚑ come back: pasted")
        terminal.press("q")
        terminal.ended()
    found = answer(example)
    assert found.said.endswith("ynx pasted")
    assert (found.outcome, found.later) == ("insufficient", "pasted why")


def test_keys_wait_for_no_box_that_was_left_with_its_screen(example: Path, play: Any) -> None:
    assert "[Board]" in play(example, "G", "08", "Esc", "2").rows[1]
