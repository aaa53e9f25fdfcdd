"""The moments at which cases were worked on, as the history tells them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqs_core.errors import SqsError
from sqs_core.scoring.pace import Moment
from sqs_core.storage.append import lines_backwards
from sqs_core.storage.audit import history
from sqs_core.storage.audit.chain import HistoryEntry, entry_of_line
from sqs_core.storage.fsync import close_quietly
from sqs_core.storage.safe_read import open_ordinary

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
    try:
        fd = open_ordinary(folder / history.NAME)
    except SqsError:
        return (), after
    try:
        # A log that cannot be read tells no time, and stops nothing.
        with suppress(SqsError, OSError, ValueError):
            for line in lines_backwards(fd):
                entry = entry_of_line(line)
                if entry is None:
                    continue
                if entry.n <= after:
                    break
                newest = max(newest, entry.n)
                if entry.what in WORK and _path(entry) == f"{room}/{entry.case}.toml":
                    found.append(Moment(entry.who, entry.case, datetime.fromisoformat(entry.time)))
    finally:
        close_quietly(fd)
    return tuple(reversed(found)), newest


def _path(entry: HistoryEntry) -> str:
    return str(entry.told.get("path", ""))
