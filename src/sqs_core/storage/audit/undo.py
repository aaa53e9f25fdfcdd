"""Undo and redo across restarts: a session with its past, from the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqs_core.criteria import Criteria
from sqs_core.records.case import MOST_STEPS, CaseRecord, Session
from sqs_core.records.interview import Interview
from sqs_core.records.validation import validate_case, validate_interview
from sqs_core.storage.audit.history_versions import RecordData, versions
from sqs_core.storage.converter import structured
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import INTERVIEWS
from sqs_core.storage.record_files import Stored

R = TypeVar("R", CaseRecord, Interview)
STAND = ("finish", "reopen", "override", "agree", "merge", "purge")
"""What is not taken back by undo: each has a command of its own, and its reason."""


def open_session(folder: InspectionFolder, case: str) -> tuple[Session, str]:
    """Open a session over ``case`` with at most 200 steps to undo, and the hash of its file.

    What can be redone comes with it.  Going back to exactly the version before counts as an undo,
    whoever did it and however: so what was undone before the program ended can be redone after.
    What was decided with a reason (finishing, reopening, overriding, agreeing, merging) is not
    undone, nor anything before it.
    """
    record, now = folder.case(case)
    # Of a second marking: its own entries alone, for going back may not lead into the first.
    past, future = _steps(folder, folder.name_of(case), record, lambda data: _case(folder.criteria, data))
    return Session(folder.criteria, record, past, future), now


def interview_undo_history(
    folder: InspectionFolder, stored: Stored[Interview]
) -> tuple[tuple[Interview, ...], tuple[Interview, ...]]:
    """What can be undone of an interview, the latest last, and what can be redone, the next first."""
    name = f"{INTERVIEWS}/{stored.record.person}.toml"
    return _steps(folder, name, stored.record, lambda data: _interview(folder.criteria, data))


def _steps(
    folder: InspectionFolder, name: str, here: R, read: Callable[[RecordData], R | None]
) -> tuple[tuple[R, ...], tuple[R, ...]]:
    past: list[R] = []
    future: list[R] = []
    now: R | None = None
    for version in versions(folder.path, name):
        record = None if version.data is None else read(version.data)
        # By the status too: a finish whose entry was made late is called a save.
        stands = version.entry.what in STAND or _status(record) != _status(now or record)
        if stands or record is None:
            past, future, now = [], [], record
            continue
        if now is not None and record != now:
            if past and record == past[-1]:
                future.insert(0, now)
                past.pop()
            elif future and record == future[0]:
                past.append(now)
                future.pop(0)
            else:
                past.append(now)
                future = []
        now = record
    if now is not None and now != here:  # saved or edited, and not entered yet
        past.append(now)
        if _status(here) != _status(now):
            past = []
        future = []
    return tuple(past[-MOST_STEPS:]), tuple(future)


def _status(record: CaseRecord | Interview | None) -> str:
    return record.status if isinstance(record, CaseRecord) else ""


def _case(criteria: Criteria, data: RecordData) -> CaseRecord | None:
    record = structured(data, CaseRecord, lambda keys: "")[0]
    if record is None or record.criteria_hash != criteria.hash:
        return None
    return None if validate_case(criteria, record, lambda keys: "") else record


def _interview(criteria: Criteria, data: RecordData) -> Interview | None:
    record = structured(data, Interview, lambda keys: "")[0]
    if record is None or record.criteria_hash != criteria.hash:
        return None
    return None if validate_interview(criteria, record, lambda keys: "") else record
