"""Read which records the history knows, and which version of each, without their contents."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from attrs import define, field

from sqs_core.storage.atomic import ABSENT
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history import entry_of_line
from sqs_core.storage.layout import AGREED, SECOND, subject_of

# As the program writes it.  A text that reads so cannot stand in a line: its quotes would be escaped.
_CHANGE: Final = re.compile(rb'"new":\{"path":("(?:[^"\\]|\\.)*+"),"hash":"([^"\\]*+)"')
_LEFT: Final = (f"{SECOND}/", f"{AGREED}/")
_NUMBER: Final = re.compile(rb'\{"n":([0-9]{1,12}),')


@define
class KnownRecords:
    """The records that should be there by the history, each by its name with the hash of its file.

    ``numbers`` are those of their last entries, and of those that were accepted as gone; ``versions`` all
    that were ever there; ``gone`` the cases that were purged, or accepted as gone.
    """

    hashes: dict[str, str] = field(factory=dict)
    numbers: dict[str, int] = field(factory=dict)
    versions: dict[str, set[str]] = field(factory=dict)
    gone: set[str] = field(factory=set)

    def is_earlier(self, name: str, hash_: str) -> bool:
        """Return whether the file of ``name``, whose hash is ``hash_``, is a version before the last one."""
        return name in self.hashes and hash_ != self.hashes[name] and hash_ in self.versions[name]

    def forget(self, names: Iterable[str]) -> None:
        """Take away ``names``, which need not be there any more; that they were there stays known."""
        for name in names:
            del self.numbers[name]
            self.hashes.pop(name, None)


def known_records(folder: Path) -> KnownRecords:
    """Read which records the history of ``folder`` knows.

    A purge takes the records of its cases away; a migration leaves second markings, and what was
    agreed after them, with the inspection as it was before.
    """
    known = KnownRecords()
    for _, line, _ in history.lines(folder):
        if found := _CHANGE.search(line):
            try:
                name, hash_ = str(json.loads(found[1])), found[2].decode()
            except ValueError:
                continue
            known.numbers[name] = int(number[1]) if (number := _NUMBER.match(line)) else 0
            if hash_ == ABSENT:
                known.hashes.pop(name, None)
                known.gone.add(subject_of(name))
                continue
            known.hashes[name] = hash_
            known.versions.setdefault(name, set()).add(hash_)
            known.gone.discard(subject_of(name))
            if b'"what":"migrate"' in line and not name.startswith(_LEFT):
                known.forget([name for name in known.numbers if name.startswith(_LEFT)])
        elif b'"what":"purge"' in line and (entry := entry_of_line(line)):
            cases = set(entry.cases)
            known.gone |= cases
            known.forget([name for name in known.numbers if subject_of(name) in cases])
    return known
