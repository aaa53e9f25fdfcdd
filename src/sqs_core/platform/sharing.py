"""Files that another program has open, which on Windows keeps ours from replacing or removing them.

A virus scanner, a sync program, the indexer, a preview or a second screen has a file open for some
milliseconds, now and then for a second.  Windows refuses with "access denied" (5: also for a file that
is about to go), a sharing violation (32) or a lock violation (33), and the same call works soon after.
"""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

T = TypeVar("T")

PATIENCE: Final = 4.0
"""Seconds for which a save that another program stands in the way of is tried again."""

PATIENCE_TO_READ: Final = 1.0
"""Seconds for which reading is: what one may not read at all is told soon."""

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
