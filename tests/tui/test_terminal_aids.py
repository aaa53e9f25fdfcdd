"""On a real terminal: the person's own editor, the cursor that follows the mark, the second screen."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from emulator import Terminal
from sqs_core.storage.folder import open_inspection

F4, ESC, DOWN = "\x1bOS", "\x1b", "\x1b[B"


def at_roh_plan(folder: Path, **environment: str) -> Terminal:
    """The screens on the risk of harm plan of case 07."""
    terminal = Terminal("tui", str(folder), environment=environment)
    terminal.shows("not good enough so far")
    terminal.press("G07 roh.plan\r", "▸Judgement")
    return terminal


def evidence(folder: Path) -> str:
    return open_inspection(folder).case("07").record.answers["roh.plan"].evidence


@pytest.fixture
def editor(homes: Path) -> Path:
    """An editor that adds a line to the note, says so on the screen, and waits to be let go."""
    script = homes / "editor.sh"
    script.write_text(
        '#!/bin/sh\nprintf "no colour: ${NO_COLOR:-0}\\n" >> "$1"; printf "\\r\\nIN THE EDITOR"\n'
        f'while ! [ -e "{homes}/go" ]; do sleep 0.05; done\n'
    )
    script.chmod(0o700)
    return script


def test_f4_gives_the_screen_to_the_editor_and_takes_it_back(
    example: Path, editor: Path, homes: Path
) -> None:
    before = evidence(example)
    with at_roh_plan(example, EDITOR=str(editor), NO_COLOR="1") as terminal:
        terminal.press("e Typed first.", "Typed first.")
        terminal.press(F4, "IN THE EDITOR")
        terminal.child.sendintr()  # Ctrl-C in an editor is the editor's, also after it has ended
        (homes / "go").touch()
        terminal.shows("▸e Evidence")
        terminal.press("Typed after.", "Typed after.")
        terminal.press(ESC, "▸Judgement")
        terminal.press("q")
        assert terminal.ended() == 0
    assert evidence(example).startswith(before + " Typed first.")


def test_what_the_editor_left_is_the_note_and_knows_of_no_color(
    example: Path, editor: Path, homes: Path
) -> None:
    before = evidence(example)
    (homes / "go").touch()
    with at_roh_plan(example, EDITOR=str(editor), NO_COLOR="1") as terminal:
        terminal.press("e" + F4, "no colour: 1")
        terminal.press(" Then.", "no colour: 1 Then.")
        terminal.press(ESC, "▸Judgement")
        terminal.press("q")
        assert terminal.ended() == 0
    assert evidence(example) == f"{before}\nno colour: 1 Then."
    assert [p.name for p in (example / "cases").iterdir() if p.name.endswith(".txt")] == []


def test_killed_with_the_editor_open_what_it_saved_is_told_of_and_opened_again(
    example: Path, editor: Path, homes: Path
) -> None:
    before = evidence(example)
    with at_roh_plan(example, EDITOR=str(editor)) as terminal:
        terminal.press("e" + F4, "IN THE EDITOR")
        terminal.child.kill(signal.SIGKILL)
    (homes / "go").touch()
    with at_roh_plan(example, EDITOR=str(editor)) as terminal:
        terminal.shows("left in an editor")
        terminal.press("e" + F4, "had left here")
        terminal.press(ESC, "▸Judgement")
        terminal.press("q")
        assert terminal.ended() == 0
    assert evidence(example) == f"{before}\nno colour: 0\nno colour: 0"


@pytest.mark.parametrize(("command", "said"), [("", "no editor is set"), ("false", "ended with an error")])
def test_an_editor_that_is_missing_or_fails_is_told_and_the_note_stays(
    example: Path, command: str, said: str
) -> None:
    before = evidence(example)
    with at_roh_plan(example, EDITOR=command, VISUAL="") as terminal:
        terminal.press("e" + F4, said)
        terminal.press(ESC, "▸Judgement")
        terminal.press("q")
        assert terminal.ended() == 0
    assert evidence(example) == before


def test_the_cursor_of_the_terminal_follows_the_mark_where_that_is_wanted(example: Path, homes: Path) -> None:
    (homes / "config" / "sqs").mkdir(parents=True)
    (homes / "config" / "sqs" / "config.toml").write_text("reader_cursor = true\n")
    with Terminal("tui", str(example)) as terminal:
        terminal.shows("not good enough so far")
        assert b"\x1b[?25h" in terminal.painted
        for keys, what, place in (
            (DOWN, "a case", (1, 5)),
            (DOWN, "the next case", (1, 6)),
            ("G07 roh.plan\r", "the outcome given", (4, 8)),
            (DOWN, "the next outcome", (4, 9)),
            ("r" + DOWN, "a reason", (34, 8)),
            ("ex", "the end of the note", (14, 17)),
        ):
            terminal.press(keys)
            terminal.until(lambda place=place: terminal.cursor == place, what)
            terminal.still()
            terminal.points_at(place)  # and stays there, though it moves while a row is painted
        terminal.press(ESC, "▸Judgement")
        terminal.press(ESC, "[Cases]")
        terminal.points_at((1, 10))  # the case that one comes from
        terminal.press("2", "1.1 first assessment")  # a key before it has counted finds no line to leave
        terminal.press(DOWN)
        terminal.points_at((1, 7))  # the second line of the board
        terminal.press("?", "Help ▸")
        terminal.points_at((5, 2))  # where the words of a page begin
        terminal.press(ESC, "[Board]")
        terminal.press("4S", "Letter ▸ summary")
        terminal.points_at((75, 5))  # the end of a text of several rows


def test_a_drag_over_the_ticks_of_a_case_selects_their_words_and_ticks_nothing(example: Path) -> None:
    with Terminal("tui", str(example)) as terminal:
        terminal.shows("not good enough so far")
        terminal.press("f", "In custody, or released on licence")
        terminal.press("\x1b[<0;4;7M\x1b[<32;30;7M\x1b[<32;58;7M\x1b[<0;58;7m", "▶ In custody")
        before = terminal.rows[6]
        terminal.press("\x03", "characters sent to the terminal's clipboard")
        assert terminal.rows[6] == before
        terminal.press("\x1b[<0;50;7M\x1b[<0;50;7m", "✓ saved")
        assert terminal.rows[6] != before


def test_a_second_screen_follows_the_first_and_shows_no_private_note(example: Path) -> None:
    with at_roh_plan(example) as first, Terminal("view", str(example), "07", "--follow") as second:
        second.shows("Was the planning to manage the risk of harm")
        first.press("e Never seen by both.", "Never seen by both.")
        first.press(ESC, "▸Judgement")
        first.press("c Seen by both.", "Seen by", "both.")
        second.shows("written up. Seen by")
        assert b"Never seen" not in second.painted
        first.press(ESC, "▸Judgement")
        first.press("]", "Were the plans to protect")
        second.shows("Were the plans to protect")
        first.press("q")
        assert first.ended() == 0
        before = {p: p.read_bytes() for p in example.rglob("*") if p.is_file()}
        second.press("ynexq")
        assert second.ended() == 0
        assert {p: p.read_bytes() for p in example.rglob("*") if p.is_file()} == before


def test_the_second_screen_says_when_the_case_is_gone_and_when_it_is_back(example: Path) -> None:
    case = example / "cases" / "07.toml"
    with Terminal("view", str(example), "07", "--follow") as second:
        second.shows("Does the first assessment")
        case.rename(case.with_suffix(".aside"))
        second.shows("there is no case 07 in the folder any more")
        case.with_suffix(".aside").rename(case)
        second.shows("Does the first assessment")


def test_a_dumb_terminal_gets_the_view_as_lines(example: Path) -> None:
    with Terminal("view", str(example), "07", "--follow", environment={"TERM": "dumb"}) as second:
        second.shows("following; Ctrl-C ends it")
        second.child.sendintr()
        assert second.ended() == 130
