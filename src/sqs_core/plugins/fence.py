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

from sqs_core.text import one_line

DONE, FAILED = b"+", b"-"
PIECE = 1 << 16


class StrayedError(Exception):
    """What a stranger's code did wrong, in words that name neither it nor its distribution."""


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
        raise StrayedError(f"it took longer than {seconds:g} seconds and was stopped")

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


def apart(work: Callable[[], bytes], limit: float | None) -> bytes:
    """What ``work`` gives, computed in a child process that is ended after ``limit`` seconds.

    The child is a copy of this process: nothing goes to it through a file or an argument, and
    nothing it does to its copy of the report, or to its output streams, comes back.
    StrayedError says what went wrong; Ctrl-C ends the child at once.
    """
    import signal

    reading, writing = os.pipe()
    gc.freeze()  # else the child's collector would write to, and so copy, all that we hold
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work_in_child(work, writing, limit)
    gc.unfreeze()
    os.close(writing)
    try:
        data = _collected(reading, limit)
    except BaseException:  # Ctrl-C too: the child must not outlive this call
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        raise
    finally:
        os.close(reading)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if data[:1] == DONE and status == 0:
        return data[1:]
    if data[:1] == FAILED:
        raise StrayedError(data[1:].decode("utf-8", "replace"))
    if status < 0:
        raise StrayedError(f"it crashed ({signal.Signals(-status).name})")
    raise StrayedError(f"it ended its process with exit code {status}")


def _collected(reading: int, limit: float | None) -> bytes:
    import select

    end = None if limit is None else time.monotonic() + limit
    pieces: list[bytes] = []
    while True:
        left = None if end is None else end - time.monotonic()
        if (left is not None and left <= 0) or not select.select([reading], [], [], left)[0]:
            raise StrayedError(f"it took longer than {limit:g} seconds and was stopped")
        piece = os.read(reading, PIECE)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)


def _work_in_child(work: Callable[[], bytes], writing: int, limit: float | None) -> None:
    """Never returns: whatever happens, the child ends here without running our exit handlers."""
    try:
        import resource
        import signal

        # A crash must not leave the letter's data in a core file.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        if limit is not None:
            # Should the parent be killed, nobody else is left to end a child that hangs.
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.alarm(math.ceil(limit) + 5)
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nowhere, stream)
        answer = DONE + _checked(work())
    except BaseException as error:
        answer = FAILED + (str(error) if isinstance(error, StrayedError) else words_for(error)).encode()
    try:
        sent = 0
        while sent < len(answer):
            sent += os.write(writing, answer[sent : sent + PIECE])
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
