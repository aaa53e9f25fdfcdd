"""Running a command under strace: which system calls reach the store, and making one of them fail."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.faults.target import Run, environment, run_command

_CHANGING = ("write", "pwrite64", "fsync", "rename", "renameat", "renameat2", "unlink", "ftruncate", "mkdir")
_CALL = re.compile(r"^(?:(\d+) +)?(\w+)\((.*)$")


class Call(NamedTuple):
    """The ``nth`` system call of this ``name`` in its thread, as strace wrote it down."""

    name: str
    nth: int
    text: str


@cache
def can_inject() -> bool:
    """Whether strace is here, may trace, and does inject faults.

    Asked by trying: some builds and sandboxes take the option and silently do nothing.
    """
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(
        ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "inject=write:error=EIO", "echo", "x"],
        capture_output=True,
        check=False,
        env=environment(),
    )
    return tried.returncode != 0 and not tried.stdout


def calls_reaching(store: Path, argv: Sequence[str]) -> tuple[Run, list[Call]]:
    """Run the command and list its calls that name the store, write to anyone, or end it."""
    run, lines = traced(argv, "-y")
    counts: Counter[tuple[str, str]] = Counter()
    calls = []
    for line in lines:
        found = _CALL.match(line)
        if found is None:
            continue
        thread, name, rest = found[1] or "", found[2], found[3]
        counts[thread, name] += 1
        if str(store) in rest or name == "exit_group" or (name == "write" and re.match(r"[12]<", rest)):
            calls.append(Call(name, counts[thread, name], line))
    # The command line itself names the store; nothing has happened by then.
    return run, [call for call in calls if call.name != "execve"]


def changes(call: Call) -> bool:
    """Whether the call changes something on the disk, rather than look at it."""
    return call.name in _CHANGING or "O_CREAT" in call.text


def traced(argv: Sequence[str], *options: str) -> tuple[Run, list[str]]:
    """Run the command under strace with more ``options``; gives the lines of the trace too."""
    with tempfile.TemporaryDirectory() as scratch:
        trace = Path(scratch) / "trace"
        # Of the calls that are not asked for, strace need not stop the command; but then it sends no signal.
        told = " ".join(options)
        few = ["--seccomp-bpf"] if "trace=" in told and "signal=" not in told else []
        run = run_command(["strace", "-f", *few, "-qq", "-o", str(trace), *options, *argv])
        return run, trace.read_text("utf-8", "replace").splitlines()


def killed_at(call: Call, argv: Sequence[str]) -> Run:
    """Run the command and kill it as it enters the call."""
    inject = f"inject={call.name}:signal=KILL:when={call.nth}"
    return traced(argv, "-e", f"trace={call.name}", "-e", inject)[0]


def failing_at(call: Call, error: str, argv: Sequence[str], *, for_good: bool) -> tuple[Run, list[str]]:
    """Run the command with the call refused with ``error``, once or from then on."""
    inject = f"inject={call.name}:error={error}:when={call.nth}{'+' if for_good else ''}"
    names = {call.name, "openat", "write", "fsync", "fdatasync", "rename"}
    return traced(argv, "-y", "-e", f"trace={','.join(sorted(names))}", "-e", inject)
