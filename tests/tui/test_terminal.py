"""On a real terminal: a short story, killed while typing, and the terminals that will not do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest
from attrs import evolve

from emulator import Terminal
from sqs_core.storage.example import example_source
from sqs_core.storage.folder import open_inspection

SQS = [sys.executable, "-m", "sqs_core.cli"]


def opened(folder: Path, *, width: int = 80, height: int = 24) -> pexpect.spawn:
    """The screens on ``folder``, in a terminal of their own."""
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    child = pexpect.spawn(
        SQS[0], [*SQS[1:], "tui", str(folder)], env=environment, dimensions=(height, width), timeout=10
    )
    child.expect("not good enough so far")
    return child


def typed(child: pexpect.spawn, *keys: str) -> None:
    """Press ``keys``, with the pause a terminal needs to tell Esc from an arrow."""
    for key in keys:
        child.send(key)
        time.sleep(0.15)


def test_keys_that_arrive_together_mean_what_they_mean_one_by_one(example: Path) -> None:
    """Over a slow line a word arrives with the key that opened the box for it."""
    with Terminal("tui", str(example)) as desk:
        desk.shows("not good enough so far")
        desk.press("G14 lor.plan\rlno wait\reyes, said nobody\n", until="Check before finishing")
        desk.press("q")
        assert desk.ended() == 0
    before, after = (
        open_inspection(folder).case("14").record.answers for folder in (example_source(), example)
    )
    said = evolve(before["lor.plan"], evidence="yes, said nobody", later="no wait")
    assert after == {**before, "lor.plan": said}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_what_was_typed_is_on_disk_when_the_terminal_is_closed(example: Path, number: int) -> None:
    child = opened(example)
    typed(child, "G", "14 lor.plan", "\r", "e", "kept to the last letter")
    child.kill(number)
    child.expect(pexpect.EOF)
    child.close()
    assert (
        open_inspection(example).case("14").record.answers["lor.plan"].evidence == "kept to the last letter"
    )
    assert child.exitstatus == 128 + number


def test_what_was_typed_more_than_a_second_ago_survives_a_kill_that_cannot_be_heard(example: Path) -> None:
    child = opened(example)
    typed(child, "G", "14 lor.plan", "\r", "e", "kept")
    time.sleep(1.0)
    child.kill(signal.SIGKILL)
    child.expect(pexpect.EOF)
    child.close()
    assert open_inspection(example).case("14").record.answers["lor.plan"].evidence == "kept"


def test_a_resize_while_typing_loses_nothing_and_quitting_gives_the_screen_back(example: Path) -> None:
    child = opened(example, width=120, height=40)
    typed(child, "G", "14 lor.plan", "\r", "e", "wide, ")
    child.setwinsize(18, 60)
    typed(child, "narrow", "\x1b")
    time.sleep(0.3)
    typed(child, "q")
    child.expect_exact("\x1b[?1049l")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert open_inspection(example).case("14").record.answers["lor.plan"].evidence == "wide, narrow"


def test_a_folder_without_an_inspection_ends_with_the_sentence_and_the_code(homes: Path) -> None:
    environment = {**os.environ, "TERM": "xterm-256color"}
    child = pexpect.spawn(SQS[0], [*SQS[1:], "tui", str(homes)], env=environment, timeout=10)
    child.expect("no inspection in")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2


def test_a_dumb_terminal_gets_plain_mode(example: Path) -> None:
    child = pexpect.spawn(
        SQS[0], [*SQS[1:], "tui", str(example)], env={**os.environ, "TERM": "dumb"}, timeout=10
    )
    child.expect("because of TERM=dumb")
    child.sendline("quit")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_without_a_terminal_there_is_one_sentence_and_exit_2(example: Path) -> None:
    done = subprocess.run(
        [*SQS, "tui", str(example)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "need a terminal" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_terminal_that_is_not_utf_8_gets_ascii(example: Path) -> None:
    environment = {
        **os.environ,
        "TERM": "xterm",
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
    }
    child = pexpect.spawn(SQS[0], [*SQS[1:], "tui", str(example)], env=environment, timeout=10)
    child.expect("not good enough so far")
    drawn = child.before
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert drawn.isascii()
    assert b"[Cases]" in drawn


def test_a_fault_in_the_program_prints_no_word_of_a_record(example: Path) -> None:
    code = (
        "import sqs_tui.screens.question as q, sys\n"
        "def broken(self):\n"
        "    secret = self.record.answer(self.question).evidence\n"
        "    raise RuntimeError(secret)\n"
        "q.QuestionScreen.do_discuss = broken\n"
        "from sqs_core.cli import main\n"
        f"sys.exit(main(['tui', {str(example)!r}]))\n"
    )
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    child = pexpect.spawn(sys.executable, ["-c", code], env=environment, timeout=10)
    child.expect("not good enough so far")
    typed(child, "G", "07 roh.plan", "\r")
    child.expect("curfew")  # it was on the screen, which is given back
    typed(child, "d")
    child.expect_exact("\x1b[?1049l")
    child.expect(pexpect.EOF)
    report = child.before.decode()
    child.close()
    assert "a fault in the program; what was typed has been saved" in report
    assert "RuntimeError" in report
    assert "curfew" not in report
    assert child.exitstatus == 1
