"""The lowest layer above the system: write whole files, sync, make folders, rename over open files, and
word what the system refuses.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

from sqs_core.errors import NotSavedError, Problem, SqsError
from sqs_core.text import one_line

if sys.platform == "darwin":
    from fcntl import F_FULLFSYNC, fcntl


_NO_LINK: Final = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
ORDINARY: Final = _NO_LINK | getattr(os, "O_NONBLOCK", 0)
"""How what is there is opened: no link is followed, no pipe waited for, and no newline changed."""
CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK
"""How a file is made that is not there yet."""


class PerhapsSavedError(NotSavedError):
    """The new version is in place and reads back, but a power cut might still undo it.

    ``new_hash`` is its hash, the one to expect when saving again ("" for an added line).
    """

    def __init__(self, problem: Problem, new_hash: str) -> None:
        super().__init__(problem)
        self.new_hash = new_hash


def make_folder(path: Path) -> None:
    """Make the folder and any missing above it, each with mode 0700 and durably."""
    missing = []
    while not path.is_dir():
        missing.append(path)
        if path.parent == path:
            break
        path = path.parent
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)  # another process may have been quicker
        sync_folder(folder.parent)


def write_all(fd: int, data: bytes) -> None:
    """Write all of ``data``: the system may take less at a time (a nearly full disk does)."""
    left = memoryview(data)
    while left:
        left = left[os.write(fd, left) :]


def sync(fd: int) -> None:
    """Return once what was written to the open file is on the disk."""
    if sys.platform == "darwin":  # where fsync stops at the drive's own cache
        try:
            fcntl(fd, F_FULLFSYNC)
            return
        except OSError as error:
            # Not every file system there has it.  After any other error the data may be dropped, and
            # fsync would call it written.
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
    os.fsync(fd)


def sync_folder(folder: Path) -> None:
    """Return once the names in ``folder`` are on the disk: what was made, renamed, removed."""
    if sys.platform == "win32":
        return  # a folder cannot be opened there; :func:`rename_over` goes through to the disk
    fd = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
    try:
        sync(fd)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
        # Some network and user-space file systems sync no folder: their server sees to the names itself.
    finally:
        close_quietly(fd)


def close_quietly(fd: int) -> None:
    """Close what was only read or is synced already: an error here can lose nothing."""
    with suppress(OSError):
        os.close(fd)


def not_saved(path: Path, error: OSError) -> NotSavedError:
    """Return the refusal that says why the file at ``path`` could not be written, and what would help."""
    denied = getattr(error, "winerror", None) == ACCESS_DENIED
    # Of a folder, too, Windows says no more than that access is denied.
    reason, remedy = _REASONS[errno.EISDIR] if denied and path.is_dir() else reason_of(error)
    what = f"not saved: {reason}; the version on disk is whole and unchanged"
    return NotSavedError(Problem(one_line(str(path)), what, remedy, "R023"))


def not_read_back(where: str, error: BaseException) -> NotSavedError:
    """Return the refusal of what would not read back, for ``error``, before anything was written.

    It names what the reader found wrong, and repeats nothing of any other error: that may be
    somebody's words.
    """
    what = "not saved: it would not read back as it was; the version on disk is unchanged"
    said = error.problems if isinstance(error, SqsError) else ()
    return NotSavedError(Problem(where, what, "please report this", "R022"), *said)


def perhaps_saved(path: Path, error: OSError, new_hash: str = "") -> PerhapsSavedError:
    """Return what to raise when all went well but the last step, the sync of the folder."""
    what = f"saved, but perhaps not yet on the disk: {reason_of(error)[0]}"
    remedy = "save it again before the machine is switched off"
    return PerhapsSavedError(Problem(one_line(str(path)), what, remedy, "R024"), new_hash)


_REASONS: Final[dict[int, tuple[str, str]]] = {
    errno.ENOSPC: ("the disk is full", "make room and save again"),
    errno.EDQUOT: ("your share of the disk is used up", "make room and save again"),
    errno.EFBIG: ("the file would be larger than allowed", "ask whoever set the limit"),
    errno.EIO: ("the disk reported an error", "save to another disk and have this one looked at"),
    errno.EACCES: ("you may not write there", "ask for the right to, or copy the folder"),
    errno.EPERM: ("you may not write there", "ask for the right to, or copy the folder"),
    errno.EROFS: ("the disk is read-only", "copy the folder to one that can be written"),
    errno.EMFILE: ("too many files are open", "close some programs and save again"),
    errno.ENFILE: ("too many files are open", "close some programs and save again"),
    errno.ENOENT: ("the folder is gone", "put it back and save again"),
    errno.ENOTDIR: ("what should be its folder is a file", "see what stands there"),
    errno.EEXIST: ("what should be its folder is a file", "see what stands there"),
    errno.EISDIR: ("a folder stands in its place", "move that folder away"),
    errno.ELOOP: ("a link or something else stands where a file should be", "put a file in its place"),
    errno.ENAMETOOLONG: ("its name is too long", "choose a shorter one"),
    errno.ENOMEM: ("the machine is out of memory", "close some programs and save again"),
}


def reason_of(error: OSError) -> tuple[str, str]:
    """Return why the system refused, and what would help."""
    if in_use(error):
        what = "another program has it open (a sync program, a virus scanner, a preview, a second window)"
        return what, "close it there, or wait a moment, and save again"
    if getattr(error, "winerror", None) == ACCESS_DENIED:
        what = "Windows denies access: it is read-only, another program has it open, or it is not yours"
        return what, "close it elsewhere, take 'read-only' off its properties, or copy the folder"
    known = _REASONS.get(error.errno or 0)
    return known or (os.strerror(error.errno) if error.errno else "the system refused", "save again")


# ------------------------------------------------------------ files that another program has open
# On Windows that keeps ours from replacing or removing them.  A virus scanner, a sync program, the indexer,
# a preview or a second screen has a file open for some milliseconds, now and then for a second.  Windows
# refuses with "access denied" (5: also for a file that is about to go), a sharing violation (32) or a lock
# violation (33), and the same call works soon after.

T = TypeVar("T")

PATIENCE: Final = 4.0
"""Seconds for which a save that another program blocks is retried."""

PATIENCE_TO_READ: Final = 1.0
"""Seconds for which a read is retried: a lasting refusal is reported soon."""

ACCESS_DENIED: Final = 5
IN_USE: Final = frozenset((32, 33))
"""ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION."""


def in_use(error: OSError) -> bool:
    """Return whether ``error`` says that another program has the file open; only Windows says so."""
    return getattr(error, "winerror", None) in IN_USE


def patiently(call: Callable[[], T], path: Path, *, patience: float = PATIENCE) -> T:
    """Return what ``call``, which works on the file at ``path``, gives; on Windows it is tried for a while.

    Args:
        patience: in seconds; what is refused after that is raised as it came.
    """
    if sys.platform != "win32":
        return call()
    until = time.monotonic() + patience
    wait = 0.001
    while True:
        try:
            return call()
        except OSError as error:
            passing = in_use(error) or (error.winerror == ACCESS_DENIED and not _for_good(path))
            if not passing or time.monotonic() >= until:
                raise
        time.sleep(wait)
        wait = min(wait * 2, 0.005)  # a busy reader leaves gaps that are short


def rename_over(source: Path, target: Path) -> None:
    """Rename ``source`` to ``target``, in one step, over what is there, and through to the disk on Windows.

    There a folder cannot be synced afterwards, so the rename itself has to be; elsewhere the caller
    syncs the folder.
    """
    if sys.platform != "win32":
        source.replace(target)
        return

    def rename() -> None:
        import ctypes

        move = ctypes.WinDLL("kernel32", use_last_error=True).MoveFileExW
        if not move(str(source), str(target), 0x1 | 0x8):  # REPLACE_EXISTING, WRITE_THROUGH
            raise ctypes.WinError(ctypes.get_last_error())

    patiently(rename, target)


def remove(path: Path) -> None:
    """Remove the file at ``path``, where it is there."""
    patiently(lambda: path.unlink(missing_ok=True), path)


def _for_good(path: Path) -> bool:
    """Return whether access to ``path`` is denied for a reason that does not pass: a folder, or read-only."""
    try:
        there = path.lstat()
    except OSError:  # about to go, or its folder is shut to us: the patience bounds that
        return False
    read_only = getattr(stat, "FILE_ATTRIBUTE_READONLY", 0)
    return stat.S_ISDIR(there.st_mode) or bool(getattr(there, "st_file_attributes", 0) & read_only)


def same_file(fd: int, path: Path) -> bool:
    """Return whether the open file is the one that is now called ``path``."""
    mine = os.fstat(fd)
    try:
        named = patiently(path.lstat, path)
    except FileNotFoundError:
        return False
    if (mine.st_dev, mine.st_ino) == (named.st_dev, named.st_ino):
        return True
    # On a WebDAV drive each opening is given another number: there, they tell nothing.
    return sys.platform == "win32" and path.lstat().st_ino != named.st_ino
