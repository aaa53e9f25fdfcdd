"""The order in which a save asks the system for things, and in which thread, as strace sees it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

from changing import change
from sqs_core.storage.folder import InspectionFolder

CHECKOUT = Path(__file__).resolve().parents[2]
CALLS = "openat,flock,write,fsync,rename,renameat,renameat2,unlink,ftruncate,socket,connect,execve,clone,fork"
RECORD = "cases/07.toml"
TEMPORARY = re.compile(r"cases/\.07\.toml\.[0-9a-f]{16}\.tmp")
RECORD_STEPS = ["openat temporary", "write temporary", "fsync temporary", "rename temporary", "fsync cases"]
ENTRY_STEPS = ["openat history.jsonl", "write history.jsonl", "fsync history.jsonl"]


def traced(arguments: list[str], trace: Path) -> list[str] | None:
    """The lines of the trace; None where strace is missing or may not trace."""
    if shutil.which("strace") is None:
        return None
    done = subprocess.run(
        [*strace(trace), *arguments],
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return trace.read_text(errors="replace").splitlines() if done.returncode == 0 and trace.exists() else None


def strace(trace: Path) -> list[str]:
    """The command line before a command to be traced."""
    return ["strace", "-f", "-y", "-qq", "-s", "60", "-o", str(trace), "-e", f"trace={CALLS}"]


def environment() -> dict[str, str]:
    """That of a command of this checkout."""
    return {**os.environ, "PYTHONPATH": f"{CHECKOUT / 'src'}{os.pathsep}{CHECKOUT / 'criteria'}"}


@pytest.fixture
def calls(folder: InspectionFolder, tmp_path: Path) -> list[str]:
    """What ``sqs answer`` with a note does to a folder that has a history, one line a call."""
    change(folder, "07", lambda s: s.setting("review_due", True).judging("roh.plan", "not-known"))
    answer = ["answer", str(folder.path), "07", "roh.plan", "sufficient", "--evidence", "p.3"]
    lines = traced([sys.executable, "-m", "sqs_core.cli", *answer], tmp_path / "trace")
    if lines is None:
        pytest.skip("strace is missing here, or may not trace")
    return lines


def told(line: str, store: Path) -> str | None:
    """A call that changes the store or tells of it, in few words; None for any other."""
    found = re.match(r"\d+ +(\w+)\((.*)", line)
    if found is None:
        return None
    name, rest = found.groups()
    if name == "write" and rest.startswith("2<"):
        return "told" if "saved" in rest else None
    path = rest.partition(f"{store}/")[2]
    path = re.split(r'[">]', path)[0] or ("cases" if f"{store}/cases>" in rest else "")
    path = TEMPORARY.sub("temporary", path)
    if not path or ".lock" in path or (name == "openat" and "O_CREAT" not in rest):
        return None
    return f"{name} {path}"


def test_a_record_is_durable_before_its_entry_and_both_before_it_is_told(
    calls: list[str], folder: InspectionFolder
) -> None:
    steps = [step for line in calls if (step := told(line, folder.path))]
    texts = [step.replace("history", "history-texts") for step in ENTRY_STEPS]
    assert steps == [*RECORD_STEPS, *texts, *ENTRY_STEPS, "told"]


def test_the_temporary_file_is_new_private_and_beside_the_record(calls: list[str]) -> None:
    (made,) = [line for line in calls if "openat" in line and ".tmp" in line]
    assert "O_CREAT|O_EXCL|O_NOFOLLOW" in made
    assert ", 0600)" in made
    assert TEMPORARY.search(made)


def test_an_answer_starts_no_process_and_opens_no_socket(calls: list[str]) -> None:
    names = [found[1] for line in calls if (found := re.match(r"\d+ +(\w+)\(", line))]
    assert names.count("execve") == 1
    assert not {"fork", "vfork"} & set(names)
    # The C library may ask the machine's own name service (AF_UNIX) who the user is.
    assert [line for line in calls if "AF_INET" in line or "AF_NETLINK" in line] == []


@pytest.fixture
def screens(folder: InspectionFolder, tmp_path: Path) -> list[str]:
    """What the screens do when a question is answered in two ways, one line a call."""
    change(folder, "07", lambda s: s.judging("roh.plan", None))
    trace = tmp_path / "trace"
    if traced(["true"], trace) is None:
        pytest.skip("strace is missing here, or may not trace")
    homes = {f"XDG_{name}_HOME": str(tmp_path / "home") for name in ("CONFIG", "STATE", "DATA", "CACHE")}
    command = [*strace(trace), sys.executable, "-m", "sqs_core.cli", "tui", str(folder.path), "--case", "07"]
    child = pexpect.spawn(
        command[0],
        command[1:],
        env={**environment(), **homes, "TERM": "xterm-256color", "LANG": "C.UTF-8"},
        dimensions=(24, 80),
        timeout=60,
    )
    child.expect("yes, good enough")
    opened, until = folder.path / "history.jsonl", time.monotonic() + 30
    while opened.read_bytes().count(b'"what":"open"') < 2 and time.monotonic() < until:
        time.sleep(0.05)  # they are written beside what the person does
    for key, outcome in (("y", "sufficient"), ("n", "insufficient")):
        child.send(key)
        until = time.monotonic() + 30
        while folder.case("07").record.judged("roh.plan") != outcome and time.monotonic() < until:
            time.sleep(0.05)
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    return trace.read_text(errors="replace").splitlines()


def test_the_screens_save_each_answer_in_the_same_order_and_never_in_the_thread_that_paints(
    screens: list[str], folder: InspectionFolder
) -> None:
    painting = screens[0].split()[0]
    of_saving = [(line.split()[0], step) for line in screens if (step := told(line, folder.path))]
    opening = [*ENTRY_STEPS] * 2  # the inspection, and the case
    assert [step for _, step in of_saving] == [*opening, *[*RECORD_STEPS, *ENTRY_STEPS] * 2]
    assert painting not in {thread for thread, _ in of_saving}
