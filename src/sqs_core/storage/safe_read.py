"""Reading files that nobody vouches for: size and kind of file are checked before a byte is used.

Each refusal is a :class:`RecordError` whose problem says what is wrong and what would work; it
never quotes the text of the file.

Codes: R001 no ordinary file, R002 too large, R003 unreadable.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqs_core.errors import Problem, RecordError
from sqs_core.platform.sharing import PATIENCE_TO_READ, in_use, patiently
from sqs_core.storage.fsync import close_quietly
from sqs_core.text import one_line

UNREADABLE: Final = "R003"
"""The code of what the system does not let be read."""

MAX_BYTES: Final = 1 << 20
"""Bytes that a record may have: some fifty times as many as one needs."""

# Windows has neither flag; there the checks after opening remain.
_NO_FOLLOW: Final = getattr(os, "O_NOFOLLOW", 0)
_READ: Final = (
    os.O_RDONLY
    | _NO_FOLLOW
    | getattr(os, "O_NONBLOCK", 0)  # opening a FIFO would otherwise wait for ever
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_PIECE: Final = 1 << 17  # memory is made ready for as much as is asked for, and that takes its time
_NOT_ORDINARY: Final = ("this is no ordinary file", "put the file itself there, not a link, pipe or folder")


class MissingFileError(RecordError):
    """There is no file of that name."""


def read_bytes(path: Path, *, most: int = MAX_BYTES) -> bytes:
    """Return the bytes of the ordinary file at ``path``, at most ``most`` of them.

    Refuses with a :class:`RecordError` what is missing (:class:`MissingFileError`), too
    large, or no ordinary file: a link (it may lead out of the folder), a pipe (it would
    hang), a device or a folder.
    """
    fd = open_ordinary(path)
    try:
        return _read_all(fd, path, most)
    except OSError as error:
        raise _unreadable(path, error) from error
    finally:
        close_quietly(fd)


def open_ordinary(path: Path) -> int:
    """Open the ordinary file at ``path`` for reading; the caller closes the descriptor.

    Refuses as :func:`read_bytes` does, but for the size.
    """
    fd = None
    try:
        if not _NO_FOLLOW and path.is_symlink():
            raise _refusal(path, *_NOT_ORDINARY, "R001")
        fd = patiently(lambda: os.open(path, _READ), path, patience=PATIENCE_TO_READ)
        if stat.S_ISREG(os.fstat(fd).st_mode):
            return fd
    except (OSError, ValueError) as error:
        if fd is not None:
            close_quietly(fd)
        raise _unreadable(path, error) from error
    close_quietly(fd)
    raise _refusal(path, *_NOT_ORDINARY, "R001")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn what the system refuses while the open file at ``path`` is read into a RecordError."""
    try:
        yield
    except OSError as error:
        raise _unreadable(path, error) from error


def check_size(data: bytes, where: str) -> None:
    """Raise RecordError where ``data`` is more than :data:`MAX_BYTES`."""
    if len(data) > MAX_BYTES:
        raise _refusal(where, *_too_large(MAX_BYTES), "R002")


def names_in(folder: Path) -> list[str]:
    """Return the names in ``folder``, sorted; none where there is no such folder.

    RecordError where it cannot be looked into, or is no folder: ``Path.glob`` takes such a one for empty.
    """
    try:
        return sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _unreadable(folder, error) from None


def _read_all(fd: int, path: Path, most: int) -> bytes:
    pieces: list[bytes] = []
    left = most + 1  # by reading, not by fstat: the file may grow meanwhile
    while left and (piece := os.read(fd, min(left, _PIECE))):
        pieces.append(piece)
        left -= len(piece)
    if not left:
        raise _refusal(path, *_too_large(most), "R002")
    return b"".join(pieces)


def _too_large(most: int) -> tuple[str, str]:
    return f"the file is larger than {most // 1024} KiB", "a record is some 20 KiB: see what else it holds"


def _unreadable(path: Path, error: Exception) -> RecordError:
    number = error.errno if isinstance(error, OSError) else None
    # ELOOP is Linux for "a link, and you said not to follow"; FreeBSD says EMLINK.
    if number in (errno.ELOOP, errno.EMLINK):
        return _refusal(path, *_NOT_ORDINARY, "R001")
    if number == errno.ENOENT:
        return MissingFileError(
            Problem(one_line(str(path)), "there is no such file", "check the name", UNREADABLE)
        )
    if isinstance(error, OSError) and in_use(error):
        what = "another program has this file open and lets nobody else read it"
        return _refusal(path, what, "close it there, or wait a moment, and try again", UNREADABLE)
    if number in (errno.EACCES, errno.EPERM):
        if sys.platform == "win32" and path.is_dir():  # there, opening a folder is no more than denied
            return _refusal(path, *_NOT_ORDINARY, "R001")
        return _refusal(path, "you may not read this file", "check whose it is", UNREADABLE)
    if number == errno.ENOTDIR:
        what = "a folder should stand here, and something else does"
        return _refusal(path, what, "put the folder back, from a copy", UNREADABLE)
    if number in (errno.EMFILE, errno.ENFILE):
        return _refusal(path, "too many files are open", "close some programs and try again", UNREADABLE)
    why = os.strerror(number) if number is not None else "the name is not possible"
    remedy = "try again; if it stays so, have the disk looked at" if number == errno.EIO else ""
    return _refusal(path, f"the file cannot be read ({why})", remedy, UNREADABLE)


def _refusal(where: Path | str, what: str, remedy: str, code: str) -> RecordError:
    return RecordError(Problem(one_line(str(where)), what, remedy, code))
