"""Lines out, lines in, and how that ends: the only place of plain mode that touches a stream."""

from __future__ import annotations

import locale
import os
import select
import signal
import sys
import textwrap
from contextlib import suppress
from io import DEFAULT_BUFFER_SIZE, BytesIO
from types import FrameType, TracebackType
from typing import IO, TextIO

from sqs_core.platform.signals import ending_signals, interrupt_reading, on_closing
from sqs_core.text import counted, shown, without_forbidden

WIDTH = 76
LONGEST = 1 << 20
TERMINAL_LINE = 4095  # a terminal hands a line over whole, and drops what is beyond this


# None of the ways in which a conversation ends is a mistake, so none is called an error.


class End(Exception):  # noqa: N818  as StopIteration: it ends something, nothing went wrong
    """The conversation ends."""


class Quit(End):
    """The person wants to stop."""


class Ended(End):
    """There is nothing more to read."""


class Stopped(End):
    """A signal asked the program to stop; ``number`` is which."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class NotKept(End):
    """The conversation ended while something typed could not be saved."""


class DeferredSignals:
    """While it is entered, Ctrl-C and the like are obeyed at a prompt only.

    So a save under way is always finished, and what was typed before it is in it.
    """

    def __init__(self) -> None:
        self.number = 0
        self._reading = False
        self._ahead = b""
        self._woken = self._wakes = -1
        self._before: dict[int, signal._HANDLER] = {}
        self._window = on_closing(interrupt_reading)

    def __enter__(self) -> DeferredSignals:
        self._window.__enter__()
        if sys.platform != "win32":
            # A signal between the last look at ``number`` and the system call that waits interrupts nothing:
            # what it writes here ends the wait all the same.
            self._woken, self._wakes = os.pipe()
            os.set_blocking(self._wakes, False)
            signal.set_wakeup_fd(self._wakes, warn_on_full_buffer=False)
        for number in ending_signals():
            self._before[number] = signal.signal(number, self._heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._window.__exit__(kind, error, trace)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        if sys.platform != "win32":
            signal.set_wakeup_fd(-1)
            os.close(self._woken)
            os.close(self._wakes)

    def _heard(self, number: int, frame: FrameType | None) -> None:
        self.number = number
        if self._reading:
            raise Stopped(number)

    def readline(self, reading: IO[bytes]) -> bytes:
        """Return the next line of ``reading``, b"" at its end; Stopped where a signal came first."""
        # A console of Windows cannot be waited for, but Ctrl-C ends reading from it; memory needs no wait.
        if sys.platform == "win32" or isinstance(reading, BytesIO):
            try:
                self._reading = True
                if self.number:
                    raise Stopped(self.number)
                return reading.readline(LONGEST)
            finally:
                self._reading = False
        if self.number:
            raise Stopped(self.number)
        while b"\n" not in self._ahead and len(self._ahead) < LONGEST:
            self._wait(reading.fileno())
            more = os.read(reading.fileno(), DEFAULT_BUFFER_SIZE)
            if not more:
                break
            self._ahead += more
        line, newline, self._ahead = self._ahead.partition(b"\n")
        return line + newline

    def _wait(self, descriptor: int) -> None:
        """Wait until there is something to read; Stopped where a signal comes instead, or came."""
        while not self.number:
            ready, _, _ = select.select([descriptor, self._woken], [], [])
            if self._woken not in ready:
                return
            os.read(self._woken, DEFAULT_BUFFER_SIZE)
        raise Stopped(self.number)


class LineIO:
    """Lines out and lines in.  ``echo`` repeats what was read, for where no terminal does."""

    def __init__(
        self,
        reading: IO[bytes],
        writing: TextIO,
        *,
        echo: bool,
        stopping: DeferredSignals | None = None,
        terminal: bool = False,
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._echo = echo
        self._terminal = terminal
        self.stopping = stopping or DeferredSignals()

    def say(self, *paragraphs: str) -> None:
        """Write each paragraph, wrapped."""
        for paragraph in paragraphs:
            self._write("\n".join(wrapped(shown(line)) for line in paragraph.split("\n")) + "\n")

    def ask(self, prompt: str) -> str:
        """Return the line typed at ``prompt``, without blanks around it; Ended where there is none."""
        return self.line(prompt).strip()

    def line(self, prompt: str) -> str:
        """Return the line typed at ``prompt``, as it was typed."""
        while True:
            self._write(wrapped(shown(prompt).rstrip()) + " ")
            raw = self._read()
            text = decoded(raw)
            if text is None:
                self.say("That line could not be read as UTF-8 text. Please type it again.")
                continue
            text, dropped = without_forbidden(text.rstrip("\r\n"))
            if self._echo:
                self._write(shown(text) + "\n")
            if dropped:
                self.say(
                    f"{counted(dropped, 'character')} left out that no record may hold. "
                    "Arrow and function keys do nothing here."
                )
            if self._terminal and len(raw) >= TERMINAL_LINE:
                self.say(
                    "That line is as long as this terminal can pass on, so its end may be missing. "
                    'Use shorter lines, or "edit".'
                )
            return text

    def _read(self) -> bytes:
        try:
            raw = self.stopping.readline(self._reading)
        except Stopped:
            self._new_line()
            raise
        except OSError:  # the terminal is gone
            raw = b""
        if not raw:
            self._new_line()
            raise Ended
        return raw

    def _new_line(self) -> None:
        with suppress(OSError):
            self._write("\n")

    def _write(self, text: str) -> None:
        self._writing.write(text)
        self._writing.flush()


def decoded(raw: bytes) -> str | None:
    """Return the text of a line typed on a UTF-8 terminal, or on one of the locale's own encoding."""
    for encoding in ("utf-8", locale.getencoding()):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return None


def wrapped(line: str) -> str:
    """Return ``line`` in lines of at most 76 characters; nothing is cut but between words."""
    if len(line) <= WIDTH:
        return line
    body = line.lstrip(" ")
    inset = " " * (len(line) - len(body))
    return textwrap.fill(
        body,
        WIDTH,
        initial_indent=inset,
        subsequent_indent=inset,
        break_long_words=False,
        break_on_hyphens=False,
    )
