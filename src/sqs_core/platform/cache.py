"""What takes long to make and can be made again, kept from one start to the next."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile

from platformdirs import user_cache_path

KEPT = 8
"""Files that are kept, the latest."""
_DIGEST = 32
"""Bytes before each file that say it is whole."""


def cache_folder() -> Path | None:
    """Return the folder of what can be made again; None where others may write there.

    ``$XDG_CACHE_HOME/sqs``, else ``~/.cache/sqs``, ``%LOCALAPPDATA%\\sqs\\Cache``, ``~/Library/Caches/sqs``.
    It is made where it is missing.  What is read from it is trusted: so it must be this user's own, and
    nobody else may write in it.
    """
    folder = user_cache_path("sqs", appauthor=False)
    if not folder.is_absolute():  # nobody's home is known
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = folder.lstat()
    except OSError:
        return None
    if sys.platform != "win32" and (there.st_uid != os.geteuid() or there.st_mode & 0o022):
        return None
    return folder


def read_cached(name: str) -> bytes | None:
    """Return what was kept under ``name``; None where nothing was, or not all of it is there."""
    folder = cache_folder()
    try:
        found = (folder / name).read_bytes() if folder else b""
    except OSError:
        return None
    data = found[_DIGEST:]
    return data if sha256(data).digest() == found[:_DIGEST] else None


def write_cached(name: str, data: bytes) -> None:
    """Keep ``data`` under ``name`` where it can be kept; what is read meanwhile is whole."""
    if folder := cache_folder():
        with suppress(OSError):
            with NamedTemporaryFile(dir=folder, delete=False) as file:
                file.write(sha256(data).digest() + data)
            Path(file.name).replace(folder / name)
            for old in sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
                old.unlink()
