"""Where a plugin runs: a process of its own, which cannot print into a letter, end the program or hang it."""

from __future__ import annotations

import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Callable
from contextlib import redirect_stderr, suppress
from multiprocessing.connection import Connection
from signal import Signals
from typing import Any, Self

from sqs_core.text import one_line


class StrayedError(Exception):
    """What a plugin's code did wrong, in words that name neither it nor its distribution."""


class Deadline:
    """An end ``limit`` seconds from now; 0 is no end."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self._end = time.monotonic() + limit

    @property
    def left(self) -> float | None:
        """The seconds that are left; None where there is no end."""
        return max(0.0, self._end - time.monotonic()) if self._limit else None

    def __str__(self) -> str:
        return f"{self._limit:g} second{'s' * (self._limit != 1)}"


class PluginProcess:
    """A child process that runs plugins and answers through a pipe.

    ``work`` is a function of ours; it is called in the child with the connection and ``arguments``.
    Leaving the ``with`` block ends a child that is still there.
    """

    def __init__(self, work: Callable[..., None], *arguments: object) -> None:
        context = _context()
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_in_child, args=(work, theirs, arguments), daemon=True)
        # Screens stand something in for it that has no descriptor, which multiprocessing would pass on.
        with redirect_stderr(sys.__stderr__):
            self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        self._process.kill()
        self._process.join()

    def send(self, value: object) -> None:
        """Hand ``value`` to the child, which must be waiting for it: a pipe holds only so much."""
        with suppress(ConnectionError):  # it ended: how, receiving will tell
            self._connection.send(value)

    def receive(self, deadline: Deadline) -> Any:
        """Return what the child sends next.

        Raises:
            StrayedError: it did not within the deadline, or ended without an answer.
        """
        late = StrayedError(f"it took longer than {deadline} and was stopped")
        try:
            if self._connection.poll(deadline.left):
                return self._connection.recv()
            raise late
        # Of a pipe whose other end is closed, Windows tells already when it is asked; POSIX calls an end
        # within an answer an OSError.
        except (EOFError, OSError):
            while self._process.exitcode is None:  # it may go on without its end
                if deadline.left == 0:
                    raise late from None
                time.sleep(0.01)
        code = self._process.exitcode
        if code < 0:
            raise StrayedError(f"it crashed ({Signals(-code).name})")
        if code >= 0xC000_0000:  # an NTSTATUS of Windows
            raise StrayedError(f"it crashed (0x{code:08X})")
        raise StrayedError(f"it ended its process with exit code {code}")


def _context() -> Any:
    """A forked child has all that is loaded; a spawned one is safe beside threads, and there everywhere."""
    alone = sys.platform == "linux" and threading.active_count() == 1
    return multiprocessing.get_context("fork" if alone else "spawn")


def _in_child(work: Callable[..., None], connection: Connection, arguments: tuple[object, ...]) -> None:
    threading.Thread(target=_end_with_parent, daemon=True).start()
    os.environ["SQS_NO_PLUGINS"] = "1"  # a plugin that asks for plugins gets what ships
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    if sys.platform != "win32":
        import resource  # of POSIX alone

        # A crash must not leave the letter's data in a core file.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    work(connection, *arguments)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone: nobody else could end a plugin that hangs."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def error_line(error: BaseException) -> str:
    """Return ``error`` in one line: its kind, and what it says where it says anything."""
    if isinstance(error, StrayedError):
        return str(error)
    if isinstance(error, SystemExit):
        return f"it called sys.exit({error.code!r})"
    said = one_line(str(error).strip())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


def checked_file(data: object) -> bytes:
    """Return ``data``, which a renderer gave; StrayedError where it is no file."""
    if isinstance(data, bytes) and data:
        return data
    raise StrayedError(f"it gave {'no bytes' if data == b'' else type(data).__name__} instead of a file")
