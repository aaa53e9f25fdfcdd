"""A real terminal that a test can type into and read: a pty, with an emulator drawing what is written to it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from typing import Self

import pexpect
import pyte

PATIENCE = 10.0
"""Seconds after which words that should be on the screen are missed."""


class Terminal:
    """One window of ``width`` by ``height`` in which ``sqs`` with ``arguments`` runs."""

    def __init__(
        self, *arguments: str, width: int = 80, height: int = 24, environment: Mapping[str, str] | None = None
    ) -> None:
        variables = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(environment or {})}
        self.child = pexpect.spawn(
            sys.executable,
            ["-m", "sqs_core.cli", *arguments],
            env=variables,
            dimensions=(height, width),
            timeout=PATIENCE,
        )
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

    def points_at(self, place: tuple[int, int]) -> None:
        """Wait until the cursor is at ``place``; fail where it does not come."""
        end = time.monotonic() + PATIENCE
        while self.cursor != place:
            if time.monotonic() > end or not self._take(0.05):
                raise AssertionError(f"the cursor is at {self.cursor} and not at {place}")

    def press(self, keys: str, *, until: str = "") -> str:
        """Type ``keys``; wait until ``until`` is on the screen, and give the screen."""
        self.child.send(keys)
        return self.shows(until) if until else ""

    def shows(self, words: str) -> str:
        """Wait until ``words`` are on the screen; fail, showing the screen, where they do not come."""
        end = time.monotonic() + PATIENCE
        while words not in self.text:
            if time.monotonic() > end or not self._take(0.05):
                raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")
        self._take(0.1)  # and what is drawn after them
        return self.text

    def changes(self, before: str) -> str:
        """Wait until the screen is another one than ``before``, and give it; fail where it stays."""
        end = time.monotonic() + PATIENCE
        while self.text == before:
            if time.monotonic() > end or not self._take(0.05):
                raise AssertionError(f"nothing changed:\n{before}")
        return self.text

    def ended(self) -> int:
        """Wait for the end of the program and give its exit code; 128 and its number for a signal."""
        while self._take(0.1):
            pass
        self.child.close()
        code, number = self.child.exitstatus, self.child.signalstatus
        return int(code) if code is not None else 128 + int(number)

    def _take(self, seconds: float) -> bool:
        """Draw what arrives within ``seconds``, and what follows at once; False at the end."""
        try:
            while True:
                self._stream.feed(self.child.read_nonblocking(1 << 16, seconds))
                seconds = 0.02
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
