"""Which records of a folder changed since they were last looked at, told without reading one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from attrs import define, field

from sqs_core.errors import RecordError
from sqs_core.storage.layout import CASES, INTERVIEWS, LETTER, folder_inside

KINDS: Final = {CASES: "case", INTERVIEWS: "interview"}

FileStamp = tuple[int, int, int]
RecordKey = tuple[str, str]
"""The kind of a record ("case", "interview", "letter") and its name."""


@define
class Changes:
    """The records of the inspection folder ``path``, looked at again and again."""

    path: Path
    _seen: dict[RecordKey, FileStamp] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        self.poll()

    def poll(self) -> tuple[RecordKey, ...]:
        """The records that are new, or not as they were at the last look.

        One that was taken away is not among them.  A folder that cannot be read tells nothing.
        """
        found = dict(self._marks())
        changed = tuple(name for name, mark in found.items() if self._seen.get(name) != mark)
        self._seen.update(found)
        return changed

    def again(self, name: RecordKey) -> None:
        """Name this record at the next look too: nobody could take it up yet."""
        self._seen.pop(name, None)

    def _marks(self) -> Iterator[tuple[RecordKey, FileStamp]]:
        for room, kind in KINDS.items():
            try:
                with os.scandir(folder_inside(self.path, room)) as entries:
                    for entry in entries:
                        stem, _, suffix = entry.name.rpartition(".")
                        if suffix == "toml" and stem and not stem.startswith("."):
                            yield (kind, stem), _mark(entry.stat(follow_symlinks=False))
            except (OSError, RecordError):
                continue
        try:
            yield ("letter", ""), _mark((self.path / LETTER).lstat())
        except OSError:
            return


def _mark(found: os.stat_result) -> FileStamp:
    return found.st_ino, found.st_mtime_ns, found.st_size
