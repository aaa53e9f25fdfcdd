"""Changing records as a known hand at a known time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from attrs import evolve

from sqs_core.records import Session
from sqs_core.storage.folder import InspectionFolder

Change = Callable[[Session], Session]


def ticking() -> Callable[[], datetime]:
    """A clock that goes on by a minute each time it is looked at, from 09:00 on 12 November 2012."""

    def minutes() -> Iterator[datetime]:
        time = datetime(2012, 11, 12, 9, tzinfo=UTC)
        while True:
            yield time
            time += timedelta(minutes=1)

    clock = minutes()
    return lambda: next(clock)


def change(folder: InspectionFolder, case: str, how: Change, why: str = "") -> str:
    """Change ``case`` and save it; gives the hash of its file."""
    stored = folder.case(case)
    record = how(Session(folder.criteria, stored.record)).record
    return folder.save_case(record, expect=stored.hash, why=why)


def as_seen_by(folder: InspectionFolder, who: str) -> InspectionFolder:
    """The same folder in another's hand."""
    return evolve(folder, actor=evolve(folder.actor, who=who))
