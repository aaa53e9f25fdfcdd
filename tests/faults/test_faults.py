"""The quick form of every fault script, and each of them against a store made to be caught by it.

The full sweeps are run by hand: ``python -m tests.faults.kill --full`` and so on.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from tests.faults.inprocess import ran
from tests.faults.target import faults_in

import sqs_core.errors
from sqs_core.cli.commands import COMMANDS

pytestmark = pytest.mark.skipif(
    sys.platform == "win32",
    reason="the scripts trace, stop and limit processes of POSIX; tests/platform has several at once on Windows",
)
ROOT = Path(__file__).resolve().parents[2]
SOURCE = Path(sqs_core.errors.__file__).resolve().parents[1]
ENVIRONMENT = {**os.environ, "PYTHONPATH": os.pathsep.join((str(SOURCE), os.environ.get("PYTHONPATH", "")))}


def injects() -> bool:
    """Whether strace is here and really makes a call fail; some sandboxes let it do nothing."""
    if shutil.which("strace") is None:
        return False
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=write:error=EIO", "echo", "x"]
    tried = subprocess.run(command, capture_output=True, check=False)
    return tried.returncode != 0 and not tried.stdout


# That the sweeps themselves catch a faulty store is asked where they are changed, and with every fault.
by_hand = pytest.mark.skipif(not os.environ.get("SQS_EVERY_FAULT"), reason="asked with SQS_EVERY_FAULT=1")
needs_strace = pytest.mark.skipif(not injects(), reason="strace is missing, or may not trace here")


ALONE = ("hostile", "strange", "walk")
"""The scripts that measure their own process, or change it for good."""


def run_script(name: str, *words: str) -> tuple[int, int, str]:
    """Exit code, number of failures and all that was said, of one of the scripts beside this file."""
    if name not in ALONE:
        done = ran(list(words), command=import_module(f"tests.faults.{name}").main)
        code, said = done.code, done.out + done.err + done.raised
    else:
        code, said = run_alone(name, *words)
    figures = re.search(r"([1-9]\d*) trials, (\d+) failures", said)
    return code, int(figures[2]) if figures else -1, said


def run_alone(name: str, *words: str) -> tuple[int, str]:
    """Exit code and all that was said, of one of the scripts in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", f"tests.faults.{name}", *words],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=7200 if os.environ.get("SQS_EVERY_FAULT") else 300,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@needs_strace
def test_a_save_killed_at_any_change_leaves_the_old_record_or_the_new() -> None:
    code, failures, said = run_script("kill")
    assert (code, failures) == (0, 0), said


SCENARIOS = ("answer", "finish", "reopen", "override", "second", "agree", "merge", "purge")
FAULTS = ("kill", "errors")
FURTHEST = ("answer", "reopen", "agree", "purge")
"""The scenarios that write the most different things."""
EACH = [(fault, scenario) for scenario in SCENARIOS for fault in FAULTS]
BY_TURNS = [
    (FAULTS[number % 2], scenario) for number, scenario in enumerate(SCENARIOS) if scenario in FURTHEST
]


# A few places of each sweep, with one fault to a command unless every one is asked for; ``--full`` tries each place.
@needs_strace
@pytest.mark.parametrize(("fault", "scenario"), EACH if os.environ.get("SQS_EVERY_FAULT") else BY_TURNS)
def test_a_command_that_is_stopped_or_refused_half_way_is_completed_by_the_same_command(
    fault: str, scenario: str
) -> None:
    code, failures, said = run_script(fault, "--scenario", scenario, "--most", "3")
    assert (code, failures) == (0, 0), said


@by_hand
@needs_strace
@pytest.mark.parametrize("how", ["in-place", "unlink-first"])
def test_the_kill_sweep_catches_a_store_that_tears_records(how: str) -> None:
    code, failures, said = run_script("kill", "--how", how)
    assert (code, failures > 0) == (1, True), said


@needs_strace
def test_a_save_that_the_system_refuses_is_told_and_can_be_repeated() -> None:
    code, failures, said = run_script("errors")
    assert (code, failures) == (0, 0), said


@by_hand
@needs_strace
def test_the_error_sweep_catches_a_store_that_says_saved_regardless() -> None:
    code, failures, said = run_script("errors", "--how", "swallows")
    assert (code, "success was told after a refused fsync" in said, failures > 0) == (1, True, True), said


@needs_strace
def test_a_plug_pulled_during_a_save_leaves_the_old_record_or_the_new() -> None:
    code, failures, said = run_script("power")
    assert (code, failures) == (0, 0), said


@needs_strace
@pytest.mark.parametrize(
    ("scenario", "most"),
    [("reopen", "8"), *([("override", "5")] if os.environ.get("SQS_EVERY_FAULT") else [])],
)
def test_the_power_back_on_the_same_command_completes_what_was_cut_off(scenario: str, most: str) -> None:
    code, failures, said = run_script("power", "--scenario", scenario, "--most", most)
    assert (code, failures) == (0, 0), said


def test_a_record_that_is_gone_before_its_purge_is_entered_is_a_fault() -> None:
    before = {"leeds/history.jsonl": b"1\n", "leeds/cases/07.toml": b"old"}
    after = {"leeds/history.jsonl": b'1\n{"what":"purge"}\n'}
    untold = {"leeds/history.jsonl": b"1\n"}
    wrong = ["leeds/cases/07.toml: taken away without an entry that says so"]
    assert faults_in(untold, before, after, must_be_new=False) == wrong
    assert faults_in(after, before, after, must_be_new=False) == []


@by_hand
@needs_strace
@pytest.mark.parametrize(
    ("how", "fault"),
    [
        ("no-fsync", "neither the old record nor the new"),
        ("no-folder-fsync", "it was said to be saved, and is not"),
    ],
)
def test_the_power_replay_catches_a_missing_sync(how: str, fault: str) -> None:
    code, _, said = run_script("power", "--how", how)
    assert (code, fault in said) == (1, True), said


def test_a_disk_that_fills_up_costs_nothing_but_the_save() -> None:
    code, failures, said = run_script("full")
    assert (code, failures) == (0, 0), said


@by_hand
def test_the_full_disk_catches_a_store_that_ignores_a_short_write() -> None:
    code, failures, said = run_script("full", "--how", "one-write")
    assert (code, failures > 0) == (1, True), said


def test_eight_processes_at_once_lose_no_save_that_was_acknowledged() -> None:
    code, failures, said = run_script("race")
    assert (code, failures) == (0, 0), said


def test_eight_processes_of_the_real_command_lose_no_answer_that_was_acknowledged() -> None:
    code, failures, said = run_script("race", "--scenario", "answer", "--saves", "2")
    assert (code, failures) == (0, 0), said


@by_hand
def test_the_race_catches_a_store_without_a_lock() -> None:
    code, failures, said = run_script("race", "--how", "no-lock")
    assert (code, failures > 0) == (1, True), said


def test_hostile_records_are_taken_or_refused_at_once() -> None:
    code, failures, said = run_script("hostile")
    assert (code, failures) == (0, 0), said


def test_hostile_files_of_every_other_kind_are_taken_or_refused_by_name_through_every_command() -> None:
    code, failures, said = run_script("strange", "--count", "48")
    assert (code, failures) == (0, 0), said


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with a name on this system")
def test_no_command_follows_waits_for_or_counts_what_stands_in_the_place_of_a_file() -> None:
    every = os.environ.get("SQS_EVERY_FAULT") == "1"  # an hour of trials, not a few seconds
    code, failures, said = run_script("walk", *(["--full"] if every else ["--count", "40"]))
    assert (code, failures) == (0, 0), said


def test_every_command_that_takes_an_inspection_is_walked() -> None:
    from tests.faults import walk

    walked = {command[0] for command in (*walk.COUNTING, *walk.READING, *walk.WRITING)}
    # The screens are tried by screens.py; the others take no inspection.
    assert walked == {*COMMANDS} - {"tui", "help", "plugins", "schema", "completion"}


@needs_strace
def test_a_save_calls_the_system_in_the_one_order_that_is_safe(tmp_path: Path) -> None:
    assert calls_of_a_save(tmp_path)[-9:] == [
        "flock .07.toml.lock",
        "openat 07.toml",
        "write .07.toml.lock",
        "openat .07.toml.*.tmp",
        "write .07.toml.*.tmp",
        "fsync .07.toml.*.tmp",
        "rename .07.toml.*.tmp",
        "fsync cases",
        "write stdout",
    ]


@needs_strace
def test_a_save_opens_no_socket_and_starts_no_process(tmp_path: Path) -> None:
    traced = "trace=socket,connect,fork,vfork,clone,clone3,execve"
    calls = strace_of_a_save(tmp_path, "-e", traced)
    assert [line.split("(")[0].split()[-1] for line in calls] == ["execve"]


def strace_of_a_save(folder: Path, *options: str) -> list[str]:
    """What strace writes of the second save of a record."""
    driver = [sys.executable, "-m", "tests.faults.driver", "save", str(folder), "roh.plan"]
    subprocess.run([*driver, "no"], cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True)
    trace = folder / "trace"
    command = ["strace", "-f", "-qq", "-o", str(trace), *options, *driver, "yes"]
    subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=True, capture_output=True)
    return trace.read_text("utf-8").splitlines()


def calls_of_a_save(folder: Path) -> list[str]:
    """The calls of a save that open, write, sync or rename, each with the file's own name."""
    calls = []
    for line in strace_of_a_save(folder, "-y", "-e", "trace=openat,write,fsync,rename,flock"):
        call = line.split(None, 1)[1]
        name = call.partition("(")[0]
        if name == "write" and call.startswith("write(1<"):
            calls.append("write stdout")
        elif found := re.search(r"/cases(?:/([^\">]+))?[\">]", call):
            if name == "openat" and not found[1]:
                continue  # the folder itself, to be listed or synced
            calls.append(f"{name} {re.sub('[0-9a-f]{16}', '*', found[1] or 'cases')}")
    # Python may write its words in more than one piece.
    return [call for n, call in enumerate(calls) if call != "write stdout" or calls[n - 1] != call]
