"""Seven ways to save a file that each lose something.

The fault scripts are themselves tested with these: a script that finds nothing wrong with
the store made to be found by it has not shown anything about the real one.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from sqs_core.errors import Problem
from sqs_core.storage.atomic import StaleError, content_hash
from sqs_core.storage.locks import locked

Save = Callable[[Path, bytes, str], None]


def _current(path: Path) -> str:
    return content_hash(path.read_bytes()) if path.exists() else "absent"


def _refuse_stale(path: Path, expect: str) -> None:
    found = _current(path)
    if found != expect:
        raise StaleError(_stale(path), expect, found)


def _stale(path: Path) -> Problem:
    return Problem(str(path), "not saved: changed since it was read")


def in_place(path: Path, data: bytes, expect: str) -> None:
    """Opens the record itself for writing: a crash leaves it empty or half."""
    with locked(path):
        _refuse_stale(path, expect)
        path.write_bytes(data)


def no_fsync(path: Path, data: bytes, expect: str) -> None:
    """A temporary file and a rename, as most programs do: a power cut leaves the name without the data."""
    _by_rename(path, data, expect, file=False, folder=True)


def no_folder_fsync(path: Path, data: bytes, expect: str) -> None:
    """All but the last step: a power cut brings the old version back after "saved" was said."""
    _by_rename(path, data, expect, file=True, folder=False)


def unlink_first(path: Path, data: bytes, expect: str) -> None:
    """Makes room before renaming: a crash in between leaves no record."""
    with locked(path):
        _refuse_stale(path, expect)
        temporary = path.with_name(f".{path.name}.0.tmp")
        temporary.unlink(missing_ok=True)
        _write(temporary, data, sync=True)
        path.unlink(missing_ok=True)
        temporary.rename(path)
        _sync_folder(path.parent)


def swallows(path: Path, data: bytes, expect: str) -> None:
    """Says "saved" whatever the system said."""
    with suppress(OSError):
        _by_rename(path, data, expect, file=True, folder=True)


def one_write(path: Path, data: bytes, expect: str) -> None:
    """Does not look at how much was written: on a nearly full disk it is less."""
    with locked(path):
        _refuse_stale(path, expect)
        temporary = path.with_name(f".{path.name}.0.tmp")
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        os.write(fd, data)
        os.fsync(fd)
        os.close(fd)
        temporary.rename(path)
        _sync_folder(path.parent)


def no_lock(path: Path, data: bytes, expect: str) -> None:
    """Compares, then replaces: two at once both pass the comparison."""
    _refuse_stale(path, expect)
    fd, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    os.write(fd, data)
    os.fsync(fd)
    os.close(fd)
    Path(name).rename(path)
    _sync_folder(path.parent)


def _by_rename(path: Path, data: bytes, expect: str, *, file: bool, folder: bool) -> None:
    with locked(path):
        _refuse_stale(path, expect)
        temporary = path.with_name(f".{path.name}.0.tmp")
        temporary.unlink(missing_ok=True)
        _write(temporary, data, sync=file)
        temporary.rename(path)
        if folder:
            _sync_folder(path.parent)


def _write(path: Path, data: bytes, *, sync: bool) -> None:
    with path.open("xb", buffering=0) as file:
        left = memoryview(data)
        while left:
            left = left[file.write(left) :]
        if sync:
            os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    os.fsync(fd)
    os.close(fd)


STORES: dict[str, Save] = {
    "in-place": in_place,
    "no-fsync": no_fsync,
    "no-folder-fsync": no_folder_fsync,
    "unlink-first": unlink_first,
    "swallows": swallows,
    "one-write": one_write,
    "no-lock": no_lock,
}
