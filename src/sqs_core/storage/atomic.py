"""Saving so that nothing is lost: a record on disk is the old one or the new one, whole.

The order is the point.  Lock; compare the hash with what was read; see that what is to be
written reads back; write it to a temporary file in the same folder, to which nobody else has
access; fsync it; rename it over the record; fsync the folder; only then is it saved.  Leave out
the first fsync and a power cut leaves an empty record on some file systems; leave out the second
and a saved record can be gone.  A failed fsync is never repeated on the same file, as the system may have
dropped the data and would report success: the next save writes a fresh one.

Three outcomes, three wordings: a hash comes back (saved); :class:`NotSavedError` or
:class:`HeldError` (not saved, the version on disk is untouched); :class:`PerhapsSavedError`
(in place, but the folder could not be synced).

Codes: R020 held by another, R021 changed since it was read, R022 would not read back,
R023 not written, R024 perhaps not yet on the disk.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from itertools import chain, islice
from pathlib import Path
from typing import Final

from sqs_core.errors import HeldError, NotSavedError, Problem, RecordError
from sqs_core.storage.fsync import (
    CREATE,
    ORDINARY,
    close_quietly,
    not_read_back,
    not_saved,
    patiently,
    perhaps_saved,
    rename_over,
    sync,
    sync_folder,
    write_all,
)
from sqs_core.storage.locks import PATIENCE, Lock, locked
from sqs_core.storage.safe_read import LARGEST, MissingFileError, read_bytes
from sqs_core.text import one_line

ABSENT: Final = "absent"
"""In the place of a hash: there is no such file."""


def content_hash(data: bytes) -> str:
    """Return ``sha256:`` and 64 hexadecimal digits: which version of a file this is."""
    return f"sha256:{sha256(data).hexdigest()}"


ANY: Final = "any"
"""As ``expect``: replace whatever is there.  For files that are not records, such as a letter."""

_TEMPORARY: Final = re.compile(r"\.(.+)\.[0-9a-f]{16}\.tmp")
_MOST: Final = 1 << 26  # what is replaced may be larger than any record: it is only hashed


class StaleError(HeldError):
    """The file changed since it was read; nothing was written.

    ``expected`` and ``found`` are content hashes (or :data:`ABSENT`).
    """

    def __init__(self, problem: Problem, expected: str, found: str) -> None:
        super().__init__(problem)
        self.expected = expected
        self.found = found


def write_durably(
    path: Path,
    data: bytes,
    *,
    expect: str,
    check: Callable[[bytes], object] | None = None,
    who: str = "",
    patience: float = PATIENCE,
) -> str:
    """Replace the file at ``path`` by ``data``, durably, and give the new content hash.

    ``expect`` is the :func:`content_hash` of the version this one was made from, or
    :data:`ABSENT`, or :data:`ANY`.  ``check`` reads ``data`` back before it takes the place of
    anything, and raises if it is not what was meant.  ``who`` is named to others as the holder.
    Waits at most ``patience`` seconds for another writer.  The file gets mode 0600; a missing
    folder is made with 0700, but for one the file was read from, which may come back, as a disk that
    was taken out does.  Raises :class:`HeldError`, :class:`StaleError`,
    :class:`NotSavedError` or :class:`PerhapsSavedError`; each names the file and the reason.
    """
    new_hash = content_hash(data)
    remove_leftovers(path.parent)
    try:
        with locked(path, patience=patience, making_folder=expect in (ABSENT, ANY)) as lock:
            if expect != ANY:
                check_not_stale(path, now_at(path)[0], expect, new_hash, lock)
            replace(path, data, lock, new_hash, check=check, who=who)
    except OSError as error:
        raise not_saved(path, error) from error
    return new_hash


def now_at(path: Path) -> tuple[str, bytes]:
    """Return the content hash and the bytes of the file at ``path``; :data:`ABSENT` where there is none."""
    try:
        data = read_bytes(path, most=_MOST)
    except MissingFileError:
        return ABSENT, b""
    except RecordError as error:
        what = f"not saved: {error.problems[0].what}; the version on disk is untouched"
        raise NotSavedError(error.problems[0]._replace(what=what)) from None
    return content_hash(data), data


def check_not_stale(path: Path, found: str, expect: str, new_hash: str, lock: Lock) -> None:
    """Refuse a save over the version ``found`` where it was made from the version ``expect``."""
    # The very same content is no conflict: another save of it, or this one tried again.
    if expect in (found, ANY) or (found == new_hash and expect != ABSENT):
        return
    if found == ABSENT:
        what, remedy = (
            "not saved: the file is gone since it was read",
            "save it under another name, or put it back",
        )
    elif expect == ABSENT:
        what, remedy = "not saved: there is such a file already", "open that one, or choose another name"
    else:
        last = lock.holder()
        by = f"by {last.user} on {last.host}" if last.saves == found else "outside this program"
        what = f"not saved: it was changed {by} since it was read{_when(path)}; nothing was overwritten"
        remedy = "open it again and compare the two"
    raise StaleError(Problem(one_line(str(path)), what, remedy, "R021"), expect, found)


def _when(path: Path) -> str:
    """Return when the file was changed: ", at 2026-11-23 09:30:00 UTC"; "" for a time of no calendar."""
    try:
        return f", at {datetime.fromtimestamp(path.lstat().st_mtime, UTC):%Y-%m-%d %H:%M:%S UTC}"
    except (OSError, ValueError, OverflowError):
        return ""


def replace(
    path: Path,
    data: bytes,
    lock: Lock,
    new_hash: str,
    *,
    check: Callable[[bytes], object] | None = None,
    who: str = "",
    after: int = -1,
    sync_lock: bool = False,
) -> None:
    """Make ``data`` the file at ``path``, durably, under its ``lock``: :func:`write_durably` without that.

    With ``sync_lock`` the note of the lock is on the disk before the file is.
    """
    if check is not None:
        try:
            check(data)
        except Exception as error:
            # Unchained: what the reader tripped over may be somebody's words.
            raise not_read_back(one_line(str(path)), error) from None
    lock.holding(new_hash, who, after=after, durably=sync_lock)
    _put_in_place(path, data, lock)
    _sync_in_place(path, new_hash)


@cache  # once in a run: to list a large folder takes longer than to save
def remove_leftovers(folder: Path) -> None:
    """Take away the temporary files that a crash left in ``folder``; nobody uses one whose lock is free."""
    with suppress(OSError), os.scandir(folder) as entries:
        left = [match for entry in entries if (match := _TEMPORARY.fullmatch(entry.name))]
        for name in left:
            with suppress(OSError, HeldError), locked(folder / name[1], patience=0):
                (folder / name[0]).unlink()


def _put_in_place(path: Path, data: bytes, lock: Lock) -> None:
    # The name cannot be guessed, so nobody else can have put something there.
    temporary = path.with_name(f".{path.name}.{os.urandom(8).hex()}.tmp")
    fd = os.open(temporary, CREATE, 0o600)
    try:
        try:
            write_all(fd, data)
            sync(fd)
        finally:
            os.close(fd)
        if not lock.still_ours():
            what = "not saved: someone took the lock over; the version on disk is theirs"
            raise HeldError(Problem(one_line(str(path)), what, "open it again", "R020"))
        rename_over(temporary, path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


# ------------------------------------------------------------ a line added

_APPEND: Final = os.O_RDWR | os.O_APPEND | os.O_CREAT | ORDINARY
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
            _own(path, lock)
            fd = patiently(lambda: os.open(path, _APPEND, 0o600), path)
            try:
                if not lock.still_ours():
                    what = "not saved: someone took the lock over"
                    raise HeldError(Problem(one_line(str(path)), what, "try again", "R020"))
                written, young = _append(fd, line)
            finally:
                close_quietly(fd)
            if young:  # not only when we made the file: whoever did may have died before this step
                _sync_in_place(path)
    except OSError as error:
        raise not_saved(path, error) from error
    return written


def _own(path: Path, lock: Lock) -> None:
    """Put a file of our own in place where a copy of the folder made with hard links has this very one."""
    with suppress(FileNotFoundError):
        there = path.lstat()
        if stat.S_ISREG(there.st_mode) and there.st_nlink > 1:
            _put_in_place(path, read_bytes(path, most=LARGEST), lock)


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
    """Return the line as written, and whether the file had fewer than two before it."""
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


def _sync_in_place(path: Path, new_hash: str = "") -> None:
    """Return once the name of what was put at ``path`` is on the disk."""
    try:
        sync_folder(path.parent)
    except OSError as error:
        raise perhaps_saved(path, error, new_hash) from error
