"""On a real terminal: the person's own editor, the cursor that follows the mark, the second screen."""

from __future__ import annotations

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pytest

from sqs_core.storage.folder import open_inspection

SQS = [sys.executable, "-m", "sqs_core.cli"]
AT_ROH_PLAN = ("G", "07 roh.plan", "\r")
MOVED = re.compile(rb"\x1b\[(\d+);(\d+)H")


@contextmanager
def screens(*words: str, first: str, **environment: str) -> Iterator[pexpect.spawn]:
    """``sqs`` with ``words`` in a terminal of its own, once ``first`` was drawn."""
    around = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **environment}
    child = pexpect.spawn(SQS[0], [*SQS[1:], *words], env=around, dimensions=(24, 80), timeout=15)
    try:
        child.expect(first)
        yield child
    finally:
        if child.isalive():
            child.kill(signal.SIGKILL)
            child.wait()
        child.close()


def typed(child: pexpect.spawn, *keys: str) -> None:
    """Press ``keys``, with the pause a terminal needs to tell Esc from an arrow."""
    for key in keys:
        child.send(key)
        time.sleep(0.2)


def drawn(child: pexpect.spawn) -> bytes:
    """Everything drawn until nothing has been for a while; a terminal that nobody reads would stop."""
    found = b""
    while True:
        try:
            found += child.read_nonblocking(100_000, timeout=0.5)
        except pexpect.TIMEOUT:
            return found


def cursor(child: pexpect.spawn) -> tuple[int, int]:
    """Row and column, from 1, where the last thing drawn left the terminal's cursor."""
    found = drawn(child)
    while not MOVED.search(found):
        found += drawn(child)
    row, column = MOVED.findall(found)[-1]
    return int(row), int(column)


def evidence(folder: Path) -> str:
    return open_inspection(folder).case("07").record.answers["roh.plan"].evidence


@pytest.fixture
def editor(homes: Path) -> Path:
    """An editor that says so on the screen, adds a line to the note, and waits to be let go."""
    script = homes / "editor.sh"
    script.write_text(
        '#!/bin/sh\nprintf "IN THE EDITOR"; printf "no colour: ${NO_COLOR:-0}\\n" >> "$1"\n'
        f'while ! [ -e "{homes}/go" ]; do sleep 0.05; done\n'
    )
    script.chmod(0o700)
    return script


def test_f4_gives_the_screen_to_the_editor_and_takes_it_back(
    example: Path, editor: Path, homes: Path
) -> None:
    before = evidence(example)
    with screens(
        "tui", str(example), first="not good enough so far", EDITOR=str(editor), NO_COLOR="1"
    ) as child:
        typed(child, *AT_ROH_PLAN, "e", " Typed first.", "\x1bOS")
        child.expect("IN THE EDITOR")
        child.sendintr()  # Ctrl-C in an editor is the editor's, also after it has ended
        (homes / "go").touch()
        child.expect("Evidence")
        typed(child, "Typed after.", "\x1b")
        time.sleep(0.5)
        typed(child, "q")
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 0
    assert evidence(example).startswith(before + " Typed first.")


def test_what_the_editor_left_is_the_note_and_knows_of_no_color(
    example: Path, editor: Path, homes: Path
) -> None:
    before = evidence(example)
    (homes / "go").touch()
    with screens(
        "tui", str(example), first="not good enough so far", EDITOR=str(editor), NO_COLOR="1"
    ) as child:
        typed(child, *AT_ROH_PLAN, "e", "\x1bOS")
        child.expect("IN THE EDITOR")
        child.expect("Evidence")
        typed(child, " Then.", "\x1b")
        time.sleep(0.5)
        typed(child, "q")
        child.expect(pexpect.EOF)
    assert evidence(example) == f"{before}\nno colour: 1 Then."
    assert [p.name for p in (example / "cases").iterdir() if p.name.endswith(".txt")] == []


def test_killed_with_the_editor_open_what_it_saved_is_told_of_and_opened_again(
    example: Path, editor: Path, homes: Path
) -> None:
    before = evidence(example)
    with screens("tui", str(example), first="not good enough so far", EDITOR=str(editor)) as child:
        typed(child, *AT_ROH_PLAN, "e", "\x1bOS")
        child.expect("IN THE EDITOR")
        child.kill(signal.SIGKILL)
        time.sleep(0.3)
    (homes / "go").touch()
    with screens("tui", str(example), first="not good enough so far", EDITOR=str(editor)) as child:
        typed(child, *AT_ROH_PLAN)
        child.expect("left in an editor")
        typed(child, "e", "\x1bOS")
        child.expect("IN THE EDITOR")
        child.expect("had left here")
        typed(child, "\x1b", "q")
        child.expect(pexpect.EOF)
    assert evidence(example) == f"{before}\nno colour: 0\nno colour: 0"


@pytest.mark.parametrize(("command", "said"), [("", "no editor is set"), ("false", "ended with an error")])
def test_an_editor_that_is_missing_or_fails_is_told_and_the_note_stays(
    example: Path, command: str, said: str
) -> None:
    before = evidence(example)
    with screens("tui", str(example), first="not good enough so far", EDITOR=command, VISUAL="") as child:
        typed(child, *AT_ROH_PLAN, "e", "\x1bOS")
        child.expect(said)
        typed(child, "\x1b", "q")
        child.expect(pexpect.EOF)
    assert evidence(example) == before


def test_the_cursor_of_the_terminal_follows_the_mark_where_that_is_wanted(example: Path, homes: Path) -> None:
    (homes / "config" / "sqs").mkdir(parents=True)
    (homes / "config" / "sqs" / "config.toml").write_text("reader_cursor = true\n")
    with screens("tui", str(example), first=re.escape("\x1b[?25h")) as child:
        child.expect("not good enough so far")
        places = []
        for keys in (
            ("\x1b[B",),
            ("\x1b[B",),
            AT_ROH_PLAN,
            ("\x1b[B",),
            ("r", "\x1b[B"),
            ("e", "x"),
            ("\x1b", "\x1b", "2", "\x1b[B"),
        ):
            typed(child, *keys)
            places.append(cursor(child))
    # Two cases, two outcomes of the question, a reason, the end of the note, a line of the board.
    assert places == [(6, 2), (7, 2), (7, 5), (8, 5), (8, 36), (16, 16), (7, 2)]


def test_a_second_screen_follows_the_first_and_shows_no_private_note(example: Path) -> None:
    with (
        screens("tui", str(example), first="not good enough so far") as first,
        screens("view", str(example), "07", "--follow", first="Does the first assessment") as second,
    ):
        typed(first, *AT_ROH_PLAN)
        second.expect("Was the planning to manage the risk of harm")
        drawn(first)
        typed(first, "e", " Never seen by both.")
        drawn(first)
        typed(first, "\x1b", "c", " Seen by both.")
        drawn(first)
        second.expect("written up. Seen by")
        shown = second.before
        typed(first, "\x1b", "]")
        second.expect("Were the plans|Was the")
        before = {p: p.read_bytes() for p in example.rglob("*") if p.is_file()}
        typed(second, "y", "n", "e", "x")
        time.sleep(0.5)
        assert {p: p.read_bytes() for p in example.rglob("*") if p.is_file()} == before
        typed(second, "q")
        second.expect(pexpect.EOF)
        second.close()
        assert second.exitstatus == 0
    assert b"Never seen" not in shown


def test_the_second_screen_says_when_the_case_is_gone_and_when_it_is_back(example: Path) -> None:
    case = example / "cases" / "07.toml"
    with screens("view", str(example), "07", "--follow", first="Does the first assessment") as child:
        case.rename(case.with_suffix(".aside"))
        child.expect("there is no case 07 in the folder any more")
        case.with_suffix(".aside").rename(case)
        child.expect("Does the first assessment")


def test_a_dumb_terminal_gets_the_view_as_lines(example: Path) -> None:
    with screens(
        "view", str(example), "07", "--follow", first="following; Ctrl-C ends it", TERM="dumb"
    ) as child:
        child.sendintr()
        child.expect(pexpect.EOF)
        child.close()
        assert child.exitstatus == 130
