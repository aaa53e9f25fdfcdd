"""Where a stranger's code runs: it cannot print into a letter, end the program or hang it."""

from __future__ import annotations

import contextlib
import gc
import io
import math
import os
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Generic, Self, TypeVar

from sqs_core.text import one_line

T = TypeVar("T")

DONE, FAILED = b"+", b"-"
PIECE = 1 << 16


class StrayedError(Exception):
    """What a stranger's code did wrong, in words that name neither it nor its distribution."""


def too_long(seconds: float) -> StrayedError:
    """What is said of code that was stopped."""
    return StrayedError(f"it took longer than {seconds:g} second{'s' * (seconds != 1)} and was stopped")


def words_for(error: BaseException) -> str:
    """``error`` in one line: its kind, and what it says where it says anything."""
    if isinstance(error, SystemExit):
        return f"it called sys.exit({error.code!r})"
    said = one_line(str(error).strip())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__


@contextlib.contextmanager
def muted() -> Iterator[None]:
    """What Python code prints meanwhile is dropped, so that it cannot end up in a letter."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


@contextlib.contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop Python code that takes longer: StrayedError.

    Only the main thread of a POSIX process can do so; elsewhere there is no limit, and
    Ctrl-C is the way out.
    """
    import signal
    import threading

    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise too_long(seconds)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def can_part() -> bool:
    """Whether a child process can be split off here: POSIX, and no other thread holds a lock."""
    import threading

    return hasattr(os, "fork") and threading.active_count() == 1


class Apart(Generic[T]):
    """A stranger's code in a child process, which gets ready before there is anything to work on.

    The child is a copy of this process and calls ``prepare`` at once.  What :meth:`done` hands over
    goes through a pipe, and ``work`` makes a file of it there; nothing it does to its copy, or to
    its output streams, comes back.  Leaving the ``with`` block ends a child that is still there.
    """

    def __init__(
        self, work: Callable[[T], bytes], prepare: Callable[[], object] | None, limit: float
    ) -> None:
        self._limit = limit
        theirs, self._sending = os.pipe()
        self._reading, answering = os.pipe()
        self._child = os.fork()
        if self._child == 0:
            os.close(self._sending)
            os.close(self._reading)
            _work_in_child(work, prepare, theirs, answering, limit)
        os.close(theirs)
        os.close(answering)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        import signal

        for end in (self._sending, self._reading):
            if end >= 0:
                os.close(end)
        if self._child:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)

    def done(self, value: T) -> bytes:
        """What the child makes of ``value``, in at most ``limit`` seconds (0: any time), once.

        StrayedError says what went wrong.
        """
        import pickle
        import signal

        end = time.monotonic() + self._limit if self._limit else None
        self._send(memoryview(pickle.dumps(value, pickle.HIGHEST_PROTOCOL)), end)
        data = self._collected(end)
        child, self._child = self._child, 0
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if data[:1] == DONE and status == 0:
            return data[1:]
        if data[:1] == FAILED:
            raise StrayedError(data[1:].decode("utf-8", "replace"))
        if status < 0:
            raise StrayedError(f"it crashed ({signal.Signals(-status).name})")
        raise StrayedError(f"it ended its process with exit code {status}")

    def _send(self, data: memoryview, end: float | None) -> None:
        os.set_blocking(self._sending, False)
        with contextlib.suppress(BrokenPipeError):  # it failed before: its answer says how
            while data:
                self._wait([], [self._sending], end)
                data = data[os.write(self._sending, data[:PIECE]) :]
        os.close(self._sending)
        self._sending = -1

    def _collected(self, end: float | None) -> bytes:
        pieces: list[bytes] = []
        while True:
            self._wait([self._reading], [], end)
            piece = os.read(self._reading, PIECE)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)

    def _wait(self, reading: list[int], sending: list[int], end: float | None) -> None:
        import select

        left = None if end is None else max(0, end - time.monotonic())
        if not any(select.select(reading, sending, [], left)):
            raise too_long(self._limit)


def _work_in_child(
    work: Callable[[T], bytes],
    prepare: Callable[[], object] | None,
    receiving: int,
    answering: int,
    limit: float,
) -> None:
    """Never returns: whatever happens, the child ends here without running our exit handlers."""
    try:
        import pickle
        import resource
        import signal

        gc.freeze()  # else the collector would write to, and so copy, all that the parent holds
        # A crash must not leave the letter's data in a core file.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        # Should the parent be killed, nobody else is left to end a child that hangs.
        most = math.ceil(limit) + 5 if limit else 0
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        signal.alarm(most)
        if prepare is not None:
            prepare()
        signal.alarm(0)
        with open(receiving, "rb") as pipe:
            value = pickle.load(pipe)
        signal.alarm(most)
        answer = DONE + _checked(work(value))
    except BaseException as error:
        answer = FAILED + (str(error) if isinstance(error, StrayedError) else words_for(error)).encode()
    try:
        sent = 0
        while sent < len(answer):
            sent += os.write(answering, answer[sent : sent + PIECE])
    finally:
        os._exit(0)


def _checked(data: object) -> bytes:
    if isinstance(data, bytes) and data:
        return data
    kind = "no bytes" if data == b"" else type(data).__name__
    raise StrayedError(f"it gave {kind} instead of a file")


def here(work: Callable[[], bytes]) -> bytes:
    """What ``work`` gives, computed in this process; StrayedError says what went wrong."""
    try:
        with muted():
            return _checked(work())
    except (KeyboardInterrupt, StrayedError):
        raise
    except BaseException as error:  # SystemExit too: a stranger's code must not end the program
        raise StrayedError(words_for(error)) from error
