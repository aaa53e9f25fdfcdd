"""Programs in a terminal of their own, 120 by 40: when they paint, how much, and when they are gone."""

from __future__ import annotations

import fcntl
import gc
import os
import pty
import select
import signal
import struct
import sys
import tempfile
import termios
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from rounds import ROUNDS, Times

WIDTH, HEIGHT = 120, 40
PATIENCE = 10.0
"""Seconds without what is waited for, after which a program is given up."""
QUIET = 0.12
"""Seconds without a byte after which a key's paint is over, the word "saved" with it."""
AT_ONCE = 0.02
"""Seconds without a byte after which the paint of the key itself is over; a save begins later."""
READ = b"not good enough"
"""What the overview says once every record is in and counted."""

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("the first frame")
Bare().run()
"""
INPUT = """
from textual.app import App
from textual.widgets import Input
class Bare(App):
    def compose(self):
        field = Input(placeholder="the first frame")
        field.cursor_blink = False
        yield field
Bare().run()
"""
FRAME = b"first frame"


class Program:
    """A process on a pty; the clock starts before it is forked."""

    def __init__(self, command: Sequence[str], place: Path) -> None:
        environment = os.environ | {
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "XDG_STATE_HOME": str(place / "state"),
            "XDG_CONFIG_HOME": str(place / "config"),
        }
        self.seen = bytearray()
        self.start = perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
                os.execvpe(command[0], list(command), environment)
            finally:
                os._exit(127)

    def read(self, seconds: float) -> bytes:
        """What comes within ``seconds``; b"" where nothing does, or the program is gone."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return b""
        try:
            return os.read(self.fd, 1 << 16)
        except OSError:  # how a pty says that nobody is at its other end
            return b""

    def until(self, *words: bytes) -> float:
        """Seconds from the start until one of ``words`` is painted."""
        while not any(word in self.seen for word in words):
            data = self.read(PATIENCE)
            if not data:
                raise RuntimeError(f"never painted: {words[0].decode()}")
            self.seen += data
        return perf_counter() - self.start

    def until_painted(self, least: int) -> float:
        """Seconds from the start until ``least`` bytes came after the alternate screen was opened."""
        while len(self.seen.partition(b"\x1b[?1049h")[2]) < least:
            data = self.read(PATIENCE)
            if not data:
                raise RuntimeError("never painted a screen")
            self.seen += data
        return perf_counter() - self.start

    def settle(self, quiet: float = QUIET) -> int:
        """Read until nothing comes for ``quiet`` seconds; gives the number of bytes."""
        found = 0
        while data := self.read(quiet):
            found += len(data)
        return found

    def press(self, key: str) -> tuple[float, int, int]:
        """Press ``key``: seconds to the first byte painted, the bytes of its own paint, and of all.

        What is painted later, once a save is done, is in the last only.
        """
        self.settle(0.01)
        start = perf_counter()
        os.write(self.fd, key.encode())
        first = self.read(PATIENCE)
        seconds = perf_counter() - start
        if not first:
            raise RuntimeError(f"nothing was painted for the key {key!r}")
        own = len(first) + self.settle(AT_ONCE)
        return seconds, own, own + self.settle()

    def type(self, *keys: str) -> None:
        """Press keys one after the other, each once the one before is painted."""
        for key in keys:
            os.write(self.fd, key.encode())
            self.settle(0.2)

    def quit(self, key: str) -> float:
        """Press ``key``, which quits: seconds until the process is gone."""
        start = perf_counter()
        os.write(self.fd, key.encode())
        while self.read(PATIENCE):
            pass
        _, status = os.waitpid(self.pid, 0)
        seconds = perf_counter() - start
        os.close(self.fd)
        self.pid = 0
        if status:
            raise RuntimeError(f"it ended with {os.waitstatus_to_exitcode(status)}")
        return seconds

    def end(self) -> None:
        """Be rid of it, however it stands."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.close(self.fd)
            os.waitpid(self.pid, 0)
            self.pid = 0


@contextmanager
def running(command: Sequence[str], place: Path) -> Iterator[Program]:
    """A program, ended afterwards."""
    program = Program(command, place)
    try:
        yield program
    finally:
        program.end()


@contextmanager
def a_place() -> Iterator[Path]:
    """A folder for state and settings of nobody."""
    with tempfile.TemporaryDirectory() as place:
        yield Path(place)


def python(code: str) -> list[str]:
    """The command that runs ``code``."""
    return [sys.executable, "-c", code]


def ours(folder: Path) -> list[str]:
    """The command that opens the screens on ``folder``."""
    return [sys.executable, "-m", "sqs_core.cli", "tui", str(folder)]


def measured_in_turns(contestants: Mapping[str, Callable[[], Mapping[str, float]]], rounds: int) -> Times:
    """As :func:`rounds.interleaved`, for contestants that measure several things themselves.

    Each gives seconds (or bytes) by name; the names of all are one mapping.
    """
    if rounds < ROUNDS:
        raise ValueError(f"{rounds} rounds are too few; {ROUNDS} are the least")
    names = list(contestants)
    found: dict[str, list[float]] = {}
    for turn in range(rounds + 1):
        shift = turn % len(names)
        for name in names[shift:] + names[:shift]:
            gc.collect()
            gc.disable()
            try:
                measured = contestants[name]()
            finally:
                gc.enable()
            if turn:
                for what, value in measured.items():
                    found.setdefault(what, []).append(value)
    return found
