"""Adding one line to a file that is never rewritten, so that it is there once we say so."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path
from typing import Final

from sqs_core.errors import HeldError, Problem, RecordError
from sqs_core.platform.sharing import patiently
from sqs_core.storage.fsync import (
    close_quietly,
    not_saved,
    perhaps_saved,
    sync,
    sync_folder,
    write_all,
)
from sqs_core.storage.locks import PATIENCE, locked
from sqs_core.text import one_line

_APPEND: Final = (
    os.O_RDWR
    | os.O_APPEND
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_FIRST_BLOCK: Final = 1 << 12  # holds the last few lines, which is all that most ask for
_BLOCK: Final = 1 << 16

LONGEST: Final = 1 << 23
"""Bytes of a line; a longer one is not ours, and would only fill the memory."""


def append_durably(
    path: Path, line: bytes | Callable[[Iterator[bytes]], bytes], *, patience: float = PATIENCE
) -> bytes:
    """Add one line to the file at ``path``, durably, and give the line as written.

    ``line`` has no newline in it; it may be a function that makes it, under the lock, from
    the lines already there, last one first.  A last line that was torn by a crash is left as
    it is and ended, so that the new one stands on its own.  On an error the file is cut back
    to what it was.  Raises :class:`HeldError`, :class:`NotSavedError` or
    :class:`PerhapsSavedError`.
    """
    try:
        with locked(path, patience=patience, making_folder=True) as lock:
            fd = patiently(lambda: os.open(path, _APPEND, 0o600), path)
            try:
                if not lock.still_ours():
                    what = "not saved: someone took the lock over"
                    raise HeldError(Problem(one_line(str(path)), what, "try again", "R020"))
                written, young = _append(fd, line)
            finally:
                close_quietly(fd)
            if young:  # not only when we made the file: whoever did may have died before this step
                _sync_created(path)
    except OSError as error:
        raise not_saved(path, error) from error
    return written


def lines_backwards(fd: int) -> Iterator[bytes]:
    """Yield the lines of the open file, last one first, without their newlines.

    Refuses with a :class:`RecordError` a line of more than :data:`LONGEST` bytes.
    """
    at = size_of_file = os.lseek(fd, 0, os.SEEK_END)
    rest = b""
    seen_newline = False
    block = min(_FIRST_BLOCK, _BLOCK)
    while at > 0:
        size = min(block, at)
        block = min(block * 4, _BLOCK)
        at -= size
        if len(rest) > LONGEST:
            what = f"a line is longer than {LONGEST >> 20} MiB"
            raise RecordError(Problem("", what, "put the file aside and see what it holds", "R002"))
        os.lseek(fd, at, os.SEEK_SET)
        pieces = (os.read(fd, size) + rest).split(b"\n")
        rest = pieces[0]
        whole = pieces[1:]
        if whole and not seen_newline:
            seen_newline = True
            if not whole[-1]:
                whole.pop()  # nothing follows the last newline: that is no line
        yield from reversed(whole)
    if size_of_file:
        yield rest


def _append(fd: int, line: bytes | Callable[[Iterator[bytes]], bytes]) -> tuple[bytes, bool]:
    """The line as written, and whether the file had fewer than two before it."""
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    backwards = lines_backwards(fd)
    last = tuple(islice(backwards, 2))
    if not isinstance(line, bytes):
        line = line(chain(last, backwards))
    if b"\n" in line:
        raise ValueError("a line holds no newline")
    size = os.lseek(fd, 0, os.SEEK_END)
    torn = False
    if size:
        os.lseek(fd, size - 1, os.SEEK_SET)
        torn = os.read(fd, 1) != b"\n"
    try:
        write_all(fd, (b"\n" if torn else b"") + line + b"\n")
        sync(fd)
    except BaseException:
        with suppress(OSError):
            os.ftruncate(fd, size)
        raise
    return line, len(last) < 2


def _sync_created(path: Path) -> None:
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise perhaps_saved(path, error) from error
