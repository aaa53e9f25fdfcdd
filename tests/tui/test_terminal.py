"""On a real terminal: a short story, killed while typing, and the terminals that will not do."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve

from emulator import Terminal
from sqs_core.storage.examples import example_source
from sqs_core.storage.folder import open_inspection

ESC = "\x1b"


def writing_in_14(folder: Path, words: str, *, width: int = 80, height: int = 24) -> Terminal:
    """The screens with ``words`` typed as the evidence of one question of case 14."""
    terminal = Terminal("tui", str(folder), width=width, height=height)
    terminal.shows("not good enough so far")
    terminal.press(f"G14 lor.plan\re{words}", words.strip())
    terminal.shows("▸e Evidence")
    return terminal


def evidence(folder: Path) -> str:
    return open_inspection(folder).case("14").record.answers["lor.plan"].evidence


def test_keys_that_arrive_together_mean_what_they_mean_one_by_one(example: Path) -> None:
    """Over a slow line a word arrives with the key that opened the box for it."""
    with Terminal("tui", str(example)) as terminal:
        terminal.shows("not good enough so far")
        terminal.press("G14 lor.plan\rlno wait\reyes, said nobody\n", "Check before finishing")
        terminal.press("q")
        assert terminal.ended() == 0
    before, after = (
        open_inspection(folder).case("14").record.answers for folder in (example_source(), example)
    )
    said = evolve(before["lor.plan"], evidence="yes, said nobody", later="no wait")
    assert after == {**before, "lor.plan": said}


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_what_was_typed_is_on_disk_when_the_terminal_is_closed(example: Path, name: str) -> None:
    with writing_in_14(example, "kept to the last letter") as terminal:
        number = getattr(signal, name)
        terminal.child.kill(number)
        assert terminal.ended() == 128 + number
    assert evidence(example) == "kept to the last letter"


def test_what_is_said_to_be_saved_survives_a_kill_and_one_types_on_in_the_same_note(
    example: Path, homes: Path
) -> None:
    with writing_in_14(example, "kept") as terminal:
        terminal.shows("✓ saved")  # with no other key: pausing is enough
        place = homes / "state" / "sqs" / "recent.json"
        terminal.until(lambda: '"column": 4' in place.read_text(), "the place in the note")
        terminal.child.kill(signal.SIGKILL)
        assert terminal.ended() == 128 + signal.SIGKILL
    assert evidence(example) == "kept"
    with Terminal("tui", str(example), "--case", "14") as terminal:
        terminal.shows("▸e Evidence")
        terminal.press(", and gone on with", "kept, and gone on with")
        terminal.child.kill(signal.SIGTERM)
        assert terminal.ended() == 128 + signal.SIGTERM
    assert evidence(example) == "kept, and gone on with"


def test_a_resize_or_a_stop_while_typing_loses_nothing_and_quitting_gives_the_screen_back(
    example: Path,
) -> None:
    letters = "".join(chr(ord("a") + number % 26) for number in range(40))
    with writing_in_14(example, "wide, ", width=120, height=40) as terminal:
        terminal.resize(60, 18)
        terminal.press("narrow", "wide, narrow")
        for _ in range(6):  # also one while the program still goes on after the one before
            terminal.child.kill(signal.SIGSTOP)
            terminal.child.kill(signal.SIGCONT)
        for letter in f" {letters}":
            terminal.press(letter)
        terminal.shows(letters)
        terminal.press(ESC, "▸Judgement")
        terminal.press("q")
        assert terminal.ended() == 0
    assert b"\x1b[?1049l" in terminal.painted
    assert evidence(example) == f"wide, narrow {letters}"


def test_a_folder_without_an_inspection_ends_with_the_sentence_and_the_code(homes: Path) -> None:
    with Terminal("tui", str(homes)) as terminal:
        assert terminal.ended() == 2
    assert "no inspection in" in terminal.text


def test_a_dumb_terminal_gets_plain_mode(example: Path) -> None:
    with Terminal("tui", str(example), environment={"TERM": "dumb"}) as terminal:
        terminal.until(lambda: b"because of TERM=dumb" in terminal.painted, "the reason")
        terminal.press("quit\r")
        assert terminal.ended() == 0


def test_without_a_terminal_there_is_one_sentence_and_exit_2(example: Path) -> None:
    command = [sys.executable, "-m", "sqs_core.cli", "tui", str(example)]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "need a terminal" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_terminal_that_is_not_utf_8_gets_ascii(example: Path) -> None:
    environment = {"TERM": "xterm", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with Terminal("tui", str(example), environment=environment) as terminal:
        screen = terminal.shows("not good enough so far")
        terminal.press("q")
        assert terminal.ended() == 0
    assert terminal.painted.isascii()
    assert "[Cases]" in screen


def test_a_fault_in_the_program_prints_no_word_of_a_record(example: Path) -> None:
    code = (
        "import sqs_tui.screens.question as q, sys\n"
        "def broken(self):\n"
        "    secret = self.record.answer(self.question).evidence\n"
        "    raise RuntimeError(secret)\n"
        "q.QuestionScreen.action_question_discuss = broken\n"
        "from sqs_core.cli import main\n"
        f"sys.exit(main(['tui', {str(example)!r}]))\n"
    )
    with Terminal(code=code) as terminal:
        terminal.shows("not good enough so far")
        terminal.press("G07 roh.plan\r", "curfew")  # it is on the screen, which is given back
        terminal.press("d")
        assert terminal.ended() == 1
    report = terminal.painted.rpartition(b"\x1b[?1049l")[2].decode()
    assert "a fault in the program; what was typed has been saved" in report
    assert "RuntimeError" in report
    assert "curfew" not in report
