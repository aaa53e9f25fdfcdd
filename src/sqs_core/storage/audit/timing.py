"""Read from the history at which moments cases were worked on."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from sqs_core.errors import SqsError
from sqs_core.scoring.pace import Moment
from sqs_core.storage.audit import history

WORK = ("answer", "fact", "header", "finish")
"""Entries that somebody made while at a case; a merge or a migration goes over all of them at once."""


def moments(folder: Path, *, second: bool = False, after: int = 0) -> tuple[tuple[Moment, ...], int]:
    """When who changed which case, in order, and the number of the last entry seen.

    Only entries after number ``after`` are read, from the end of the file: looking again costs
    what was added.  ``second`` tells of the second markings instead.  Without a history there
    is no moment.
    """
    room = "second" if second else "cases"
    found: list[Moment] = []
    newest = after
    # A log that cannot be read tells no time, and stops nothing.
    with suppress(SqsError, OSError, ValueError):
        for entry in takewhile(lambda entry: entry.n > after, history.backwards(folder)):
            newest = max(newest, entry.n)
            if entry.what in WORK and entry.new_table.get("path") == f"{room}/{entry.case}.toml":
                found.append(Moment(entry.who, entry.case, datetime.fromisoformat(entry.time)))
    return tuple(reversed(found)), newest
