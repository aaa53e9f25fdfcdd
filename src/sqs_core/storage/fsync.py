"""The last few calls above the system: writing whole, syncing, making folders, and the words
for what the system refuses.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqs_core.errors import NotSavedError, Problem, SqsError
from sqs_core.platform.sharing import ACCESS_DENIED, in_use
from sqs_core.text import one_line

if sys.platform == "darwin":
    from fcntl import F_FULLFSYNC, fcntl


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
        return  # a folder cannot be opened there; platform.sharing renames through to the disk
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
    """The refusal that says why the file at ``path`` could not be written, and what would help."""
    reason, remedy = reason_of(error)
    what = f"not saved: {reason}; the version on disk is whole and unchanged"
    return NotSavedError(Problem(one_line(str(path)), what, remedy, "R023"))


def not_read_back(where: str, error: BaseException) -> NotSavedError:
    """The refusal of what would not read back, for ``error``, before anything was written.

    It names what the reader found wrong, and repeats nothing of any other error: that may be
    somebody's words.
    """
    what = "not saved: it would not read back as it was; the version on disk is unchanged"
    said = error.problems if isinstance(error, SqsError) else ()
    return NotSavedError(Problem(where, what, "please report this", "R022"), *said)


def perhaps_saved(path: Path, error: OSError, new_hash: str = "") -> PerhapsSavedError:
    """What to raise when all went well but the last step, the sync of the folder."""
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
    """Why the system refused, and what would help."""
    if in_use(error):
        what = "another program has it open (a sync program, a virus scanner, a preview, a second window)"
        return what, "close it there, or wait a moment, and save again"
    if getattr(error, "winerror", None) == ACCESS_DENIED:
        what = "Windows denies access: it is read-only, another program has it open, or it is not yours"
        return what, "close it elsewhere, take 'read-only' off its properties, or copy the folder"
    known = _REASONS.get(error.errno or 0)
    return known or (os.strerror(error.errno) if error.errno else "the system refused", "save again")
