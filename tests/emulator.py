"""A real terminal that a test can type into and read: a pty, with an emulator drawing what is written to it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Self

import pexpect
import pyte
import pytest

PATIENCE = 20.0
"""Seconds after which words that should be on the screen are missed: many, as a busy machine is slow."""


class Terminal:
    """One window of ``width`` by ``height`` in which ``sqs`` with ``arguments`` runs, or Python with ``code``.

    Nothing here waits for a time to pass: each step waits for what it leads to, on the screen or on the disk.
    """

    def __init__(
        self,
        *arguments: str,
        code: str = "",
        width: int = 80,
        height: int = 24,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        if sys.platform == "win32":
            pytest.skip("pexpect needs pseudo-terminals of POSIX")
        # Several tests at once run with a COLUMNS and a LINES of their own, which go before the window's size.
        ours = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
        variables = {**ours, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(environment or {})}
        self.child = pexpect.spawn(
            sys.executable,
            ["-c", code] if code else ["-m", "sqs_core.cli", *arguments],
            env=variables,
            dimensions=(height, width),
            timeout=PATIENCE,
        )
        self.painted = bytearray()
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.child.close(force=True)

    @property
    def rows(self) -> list[str]:
        """The screen row by row, without the blanks at the end of each."""
        self._take(0.0)
        return [row.rstrip() for row in self._screen.display]

    @property
    def text(self) -> str:
        """The screen as one text."""
        return "\n".join(self.rows)

    @property
    def cursor(self) -> tuple[int, int]:
        """Where the terminal's own cursor is: column and row, from 0."""
        self._take(0.0)
        return self._screen.cursor.x, self._screen.cursor.y

    def resize(self, width: int, height: int) -> None:
        """Make the window another size."""
        self.child.setwinsize(height, width)
        self._screen.resize(height, width)

    def points_at(self, place: tuple[int, int]) -> None:
        """Wait until the cursor is at ``place``; fail where it does not come."""
        self.until(lambda: self.cursor == place, f"the cursor at {place}")

    def press(self, keys: str, *until: str) -> str:
        """Type ``keys``; wait until all the words of ``until`` are on the screen, and give the screen."""
        self.child.send(keys)
        return self.shows(*until) if until else ""

    def shows(self, *words: str) -> str:
        """Wait until all of ``words`` are on the screen at once, and give the screen."""
        return self.until(lambda: all(each in self.text for each in words), " and ".join(map(repr, words)))

    def changes(self, before: str) -> str:
        """Wait until the screen is another one than ``before``, and give it."""
        return self.until(lambda: self.text != before, "another screen")

    def until(self, condition: Callable[[], bool], what: str) -> str:
        """Draw what comes until ``condition`` holds, and give the screen; fail, showing it, where it never does."""
        end = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > end or not self._take(0.02):
                if condition():
                    break
                raise AssertionError(f"waited in vain for {what}, the cursor at {self.cursor}:\n{self.text}")
        return self.text

    def still(self, seconds: float = 0.2) -> None:
        """Draw until nothing has come for ``seconds``: only where it is counted what a key paints."""
        painted = -1
        while painted != len(self.painted):
            painted = len(self.painted)
            self._take(seconds)

    def ended(self) -> int:
        """Wait for the end of the program and give its exit code; 128 and its number for a signal."""
        end = time.monotonic() + PATIENCE
        while self._take(0.1):
            if time.monotonic() > end:
                raise AssertionError(f"the program goes on:\n{self.text}")
        self.child.close()
        code, number = self.child.exitstatus, self.child.signalstatus
        return int(code) if code is not None else 128 + int(number)

    def _take(self, seconds: float) -> bool:
        """Draw what arrives within ``seconds``, and what is there already; False at the end."""
        if self.child.closed:
            return False
        try:
            while True:
                data = self.child.read_nonblocking(1 << 16, seconds)
                self.painted += data
                self._stream.feed(data)
                seconds = 0.0
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
