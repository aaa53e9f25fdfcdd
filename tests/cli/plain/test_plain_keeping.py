"""Nothing typed is lost: at the end of the input, at a signal, where a save fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pexpect
import pytest

from sqs_core.storage.folder import open_inspection
from systems import terminals

Sqs = Callable[..., CompletedProcess[str]]


def evidence(folder: Path) -> str:
    return open_inspection(folder).case("01").record.answer("lor.assess").evidence


def test_a_note_cut_off_by_the_end_of_the_input_is_saved(sqs: Sqs, leeds: Path) -> None:
    done = sqs("screen", leeds, "01", "--plain", typed=b"facts\n1.1\nevidence\none\ntwo")

    assert done.returncode == 0
    assert evidence(leeds) == "one\ntwo"
    assert done.stdout.endswith("The input ended. Everything entered is saved.\n")


@terminals
@pytest.mark.parametrize("closed", ["<&-", ">&-", "</dev/null"])
def test_an_input_that_is_empty_and_what_is_closed_end_in_a_sentence(
    leeds: Path, environment: Callable[..., dict[str, str]], closed: str
) -> None:
    child = pexpect.spawn(
        "/bin/sh",
        ["-c", f'"{sys.executable}" -m sqs_core.cli screen "{leeds}" --plain {closed}'],
        env=environment(),
        encoding="utf-8",
    )
    child.expect(pexpect.EOF)
    child.close()

    assert "The input ended" in child.before or "one of them is closed" in child.before
    assert "Traceback" not in child.before
    assert child.exitstatus == (0 if closed == "</dev/null" else 2)


def test_a_change_by_someone_else_is_told_and_what_was_typed_goes_on_top_of_it(
    sqs: Sqs, leeds: Path, editor: Callable[[str], str]
) -> None:
    # The editor is where the other one gets in: it is run while the case lies open.
    other = [sys.executable, "-m", "sqs_core.cli", "answer", str(leeds), "01", "lor.plan", "sufficient"]
    command = editor(f"import subprocess\nsubprocess.run({other!r}, check=True)\nnote.write_text('mine')")

    done = sqs(
        "screen",
        leeds,
        "01",
        "--plain",
        typed=("facts", "1.1", "evidence", "edit"),
        EDITOR=command,
    )

    record = open_inspection(leeds).case("01").record
    assert "Not saved" not in done.stdout
    assert "Changed elsewhere: 1.5 answer." in done.stdout.replace("\n", " ")
    assert record.answer("lor.plan").outcome == "sufficient"
    assert record.answer("lor.assess").evidence == "mine"


def test_words_that_cannot_be_saved_are_shown_again_and_let_go_only_when_told(
    sqs: Sqs, leeds: Path, editor: Callable[[str], str]
) -> None:
    lock = leeds / "cases" / ".01.toml.lock"  # a folder in its place, and nothing can be saved
    command = editor(f"lock = Path({str(lock)!r}); lock.unlink(); lock.mkdir()\nnote.write_text('mine')")
    typed = ("facts", "1.1", "evidence", "edit", "1.2", "show", "drop", "quit")

    done = sqs("screen", "leeds", "01", "--plain", typed=typed, cwd=leeds.parent, EDITOR=command)

    said = done.stdout.replace("\n", " ")
    assert f" {Path('leeds/cases/01.toml')}: " in said  # as it is called, with no capital
    assert "Kept here, not safely on the disk: evidence at 1.1, 4 characters." in said
    assert "Nothing else can be done until this is settled" in said
    assert "mine" in said
    assert "Let go; the record is as it was." in said
    assert done.returncode == 0


def test_an_end_with_something_not_saved_has_its_own_exit_code(
    sqs: Sqs, leeds: Path, editor: Callable[[str], str]
) -> None:
    lock = leeds / "cases" / ".01.toml.lock"  # a folder in its place, and nothing can be saved
    command = editor(f"lock = Path({str(lock)!r}); lock.unlink(); lock.mkdir()\nnote.write_text('mine')")

    done = sqs("screen", leeds, "01", "--plain", typed=("facts", "1.1", "evidence", "edit"), EDITOR=command)

    assert done.returncode == 5
    assert "Not saved: evidence at 1.1, 4 characters." in done.stdout
    assert done.stderr == ""


def test_what_cannot_be_saved_is_copied_outside_the_inspection_and_told_of_at_the_next_opening(
    sqs: Sqs, leeds: Path, tmp_path: Path, editor: Callable[[str], str]
) -> None:
    lock = leeds / "cases" / ".01.toml.lock"  # a folder in its place, and nothing can be saved
    command = editor(f"lock = Path({str(lock)!r}); lock.unlink(); lock.mkdir()\nnote.write_text('mine')")
    typed = ("facts", "1.1", "evidence", "edit")

    done = sqs("screen", leeds, "01", "--plain", typed=typed, EDITOR=command, XDG_STATE_HOME=str(tmp_path))

    (copy,) = (tmp_path / "sqs" / "rescue").glob("[!.]*.toml")
    assert done.returncode == 5
    assert f"A copy is in {copy}." in " ".join(done.stdout.split())
    assert 'evidence = "mine"' in copy.read_text()
    lock.rmdir()
    again = sqs("screen", leeds, "--plain", typed=("quit",), XDG_STATE_HOME=str(tmp_path))
    assert f"what could not be saved was kept in {copy}." in " ".join(again.stdout.split())


def test_what_was_typed_while_somebody_else_finished_the_case_is_kept_as_a_copy(
    sqs: Sqs, leeds: Path, tmp_path: Path, editor: Callable[[str], str]
) -> None:
    other = (
        "from sqs_core.storage.folder import open_inspection; import attrs\n"
        f"f = open_inspection({str(leeds)!r}); c = f.case('01')\n"
        "f.save_case(attrs.evolve(c.record, status='finished'), expect=c.hash)\n"
    )
    command = editor(f"{other}note.write_text('mine')")
    typed = ("facts", "1.1", "evidence", "edit", "quit")

    done = sqs("screen", leeds, "01", "--plain", typed=typed, EDITOR=command, XDG_STATE_HOME=str(tmp_path))

    (copy,) = (tmp_path / "sqs" / "rescue").glob("[!.]*.toml")
    assert f"A copy is in {copy}." in " ".join(done.stdout.split())
    assert 'evidence = "mine"' in copy.read_text()


@pytest.mark.parametrize("settled", ["again", "drop"])
def test_a_copy_goes_once_its_words_are_saved_or_let_go(
    sqs: Sqs, leeds: Path, tmp_path: Path, editor: Callable[[str], str], settled: str
) -> None:
    same = ("01", "lor.assess", "sufficient", "--evidence", "theirs")
    other = [sys.executable, "-m", "sqs_core.cli", "answer", str(leeds), *same]
    command = editor(f"import subprocess\nsubprocess.run({other!r}, check=True)\nnote.write_text('mine')")
    typed = ("facts", "1.1", "evidence", "edit", settled)

    done = sqs("screen", leeds, "01", "--plain", typed=typed, EDITOR=command, XDG_STATE_HOME=str(tmp_path))

    assert list((tmp_path / "sqs" / "rescue").glob("[!.]*.toml")) == []
    assert "Somebody else changed the same: 1.1." in done.stdout.replace("\n", " ")
    assert evidence(leeds) == ("mine" if settled == "again" else "theirs")


@terminals
@pytest.mark.parametrize(("cause", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_on_a_terminal_a_signal_in_the_middle_of_a_note_saves_it_first(
    leeds: Path, environment: Callable[..., dict[str, str]], cause: str, code: int
) -> None:
    import signal

    child = pexpect.spawn(
        sys.executable,
        ["-m", "sqs_core.cli", "tui", str(leeds), "--case", "01"],
        env=environment(TERM="dumb"),
        encoding="utf-8",
        timeout=30,
    )
    child.expect("because of TERM=dumb")
    for prompt, typed in (
        ("recorded:", "facts"),
        (r"questions\):", "1.1"),
        (r"none\):", "evidence"),
        ("> ", "Tŷ"),
    ):
        child.expect(prompt)
        child.sendline(typed)
    child.expect("> ")
    if cause == "SIGINT":
        child.sendintr()
    else:
        child.kill(getattr(signal, cause))
    child.expect(pexpect.EOF)
    child.close()

    assert evidence(leeds) == "Tŷ"
    assert child.exitstatus == code
    assert "Traceback" not in child.before


UNNOTICED = """
import os, signal, sys, threading
from sqs_core.cli.plain.line_io import DeferredSignals, Stopped

reading, writing = os.pipe()
sender = threading.Thread(target=lambda: signal.pthread_kill(threading.get_ident(), signal.SIGTERM))
with DeferredSignals() as stopping, open(reading, "rb") as lines:
    sender.start()
    try:
        stopping.readline(lines)
    except Stopped as stop:
        print(stop.number)
"""


@terminals
def test_a_signal_that_interrupts_no_system_call_ends_the_wait_for_a_line_all_the_same() -> None:
    # As one does that arrives just before the wait: here another thread is handed it.
    done = subprocess.run(
        [sys.executable, "-c", UNNOTICED], capture_output=True, timeout=60, text=True, check=False
    )

    assert (done.stdout, done.stderr) == ("15\n", "")


@terminals
def test_on_a_terminal_what_is_typed_appears_once_and_nothing_is_redrawn(
    leeds: Path, environment: Callable[..., dict[str, str]]
) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "sqs_core.cli", "screen", str(leeds), "01", "--plain"],
        env=environment(TERM="xterm-256color"),
        encoding="utf-8",
        timeout=30,
    )
    seen = []
    for prompt, typed in (
        ("recorded:", "facts"),
        (r"questions\):", "1.1"),
        (r"none\):", "y"),
        ("enough\\):", "quit"),
    ):
        child.expect(prompt)
        seen.append(child.before + child.after)
        child.sendline(typed)
    child.expect(pexpect.EOF)
    seen.append(child.before)
    child.close()

    text = "".join(seen)
    assert child.exitstatus == 0
    assert text.count("facts\r\n") == 1
    assert "\x1b" not in text
    assert text.endswith("Everything entered is saved.\r\n")


@pytest.mark.parametrize("saved", range(1, 11))
def test_killed_at_any_moment_nothing_that_was_said_to_be_saved_is_lost(
    leeds: Path, environment: Callable[..., dict[str, str]], saved: int
) -> None:
    numbers = ("1.1", "1.2", "1.5", "2.1", "3.1", "4.1", "4.2", "4.3", "4.4", "4.6", "M.1", "M.2")
    child = subprocess.Popen(
        [sys.executable, "-m", "sqs_core.cli", "screen", str(leeds), "01", "--plain"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
    )
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("".join(f"{line}\n" for n in ("facts", *numbers) for line in (n, "y")).encode())
    child.stdin.flush()
    said = 0
    for line in child.stdout:
        said += line.startswith(b"Answer: yes")
        if said == saved:
            break
    child.kill()
    child.communicate()

    answered = open_inspection(leeds).case("01").record.answers
    assert len(answered) >= saved
    assert open_inspection(leeds).case("02").record.blank


def test_two_at_one_interview_are_both_kept_without_a_question(
    sqs: Sqs, leeds: Path, editor: Callable[[str], str]
) -> None:
    theirs = f"""
from sqs_core.records import Answer
from sqs_core.storage.folder import open_inspection
folder = open_inspection({str(leeds)!r})
stored = folder.interview("A")
folder.save_interview(stored.record.answering("staff.wanted", Answer("no")), expect=stored.hash)
note.write_text("Ours.")
"""
    typed = ("add person A", "case manager", "note", "edit", "quit")
    done = sqs("screen", leeds, "--plain", typed=typed, EDITOR=editor(theirs))
    assert "Interview A was read again. Changed elsewhere: S.1 answer." in " ".join(done.stdout.split())
    record = open_inspection(leeds).interview("A").record
    assert (record.note, record.judged("staff.wanted")) == ("Ours.", "no")
