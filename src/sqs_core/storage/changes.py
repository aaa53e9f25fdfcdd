"""Find which records of a folder changed since the last look, without reading any."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from attrs import define, field

from sqs_core.errors import RecordError
from sqs_core.storage.layout import CASES, LETTER, folder_inside

FileStamp = tuple[int, int, int]
RecordKey = tuple[str, str]
"""The kind of a record ("case", "letter") and its name."""


@define
class Changes:
    """The records in one ``room`` of the folder ``path``, and its letter, looked at again and again."""

    path: Path
    room: str = CASES
    _seen: dict[RecordKey, FileStamp] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.poll()

    def poll(self) -> tuple[RecordKey, ...]:
        """Return the records that are new, or not as they were at the last look.

        A removed record is not among them.  A folder that cannot be read reports nothing.
        """
        found = dict(self._stamps())
        changed = tuple(name for name, now in found.items() if self._seen.get(name) != now)
        self._seen.update(found)
        return changed

    def again(self, name: RecordKey) -> None:
        """Report this record at the next look too: it could not be taken up yet."""
        self._seen.pop(name, None)

    def _stamps(self) -> Iterator[tuple[RecordKey, FileStamp]]:
        with (
            suppress(OSError, RecordError),
            os.scandir(folder_inside(self.path, self.room)) as entries,
        ):
            for entry in entries:
                stem, _, suffix = entry.name.rpartition(".")
                if suffix == "toml" and stem and not stem.startswith("."):
                    yield ("case", stem), stamp(entry.stat(follow_symlinks=False))
        if self.room == CASES:
            with suppress(OSError):
                yield ("letter", ""), stamp((self.path / LETTER).lstat())


def stamp(found: os.stat_result) -> FileStamp:
    """Return what changes when a file does: its place on the disk, when it was written, and its size."""
    return found.st_ino, found.st_mtime_ns, found.st_size
