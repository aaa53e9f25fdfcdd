"""Undo and redo across restarts: open a session with its past, read from the history."""

from __future__ import annotations

from typing import Generic, TypeVar

from sqs_core.criteria import Criteria
from sqs_core.records.case import MOST_STEPS, CaseRecord, Session
from sqs_core.records.validation import validate_case
from sqs_core.storage.audit.history_versions import RecordData, versions
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.record_files import record_from

S = TypeVar("S")
STAND = ("finish", "reopen", "override", "agree", "merge", "purge")
"""What undo does not take back: each has its own command, with a reason."""


class UndoSteps(Generic[S]):
    """What can be undone and made again, as the versions of a thing go by in their order.

    Going back to exactly the version before counts as an undo, whoever did it and however.
    """

    def __init__(self) -> None:
        self.now: S | None = None
        self._past: list[S] = []
        self._future: list[S] = []

    def add(self, version: S | None, *, stands: bool = False) -> None:
        """Note the next ``version``, None where it is not known; undo leads behind none that ``stands``."""
        if stands or version is None:
            self._past, self._future = [], []
        elif self.now is not None and version != self.now:
            if self._past and version == self._past[-1]:
                self._future.insert(0, self.now)
                self._past.pop()
            else:
                again = bool(self._future) and version == self._future[0]
                self._future = self._future[1:] if again else []
                self._past.append(self.now)
        self.now = version

    def up_to(self, here: S, *, stands: bool = False) -> tuple[tuple[S, ...], tuple[S, ...]]:
        """Return what comes before ``here``, the latest last, and what was undone, the next first."""
        if self.now is not None and self.now != here:
            self._past, self._future = [] if stands else [*self._past, self.now], []
        return tuple(self._past[-MOST_STEPS:]), tuple(self._future)


def open_session(folder: InspectionFolder, case: str) -> tuple[Session, str]:
    """Open a session over ``case`` with at most 200 steps to undo, and the hash of its file.

    What can be redone comes with it.  Going back to exactly the version before counts as an undo,
    whoever did it and however: so what was undone before the program ended can be redone after.
    What was decided with a reason (finishing, reopening, overriding, agreeing, merging) is not
    undone, nor anything before it.
    """
    record, now = folder.case(case)
    past, future = _steps(folder, record)
    return Session(folder.criteria, record, past, future), now


def _steps(
    folder: InspectionFolder, here: CaseRecord
) -> tuple[tuple[CaseRecord, ...], tuple[CaseRecord, ...]]:
    # Of a second marking: its own entries alone, for going back may not lead into the first.
    name = folder.name_of(here.case)
    steps: UndoSteps[CaseRecord] = UndoSteps()
    for version in versions(folder.path, name):
        record = _read(folder.criteria, name, version.data)
        # By the status too: a finish whose entry was made late is called a save.
        stands = version.entry.what in STAND or _status(record) != _status(steps.now or record)
        steps.add(record, stands=stands)
    # What is there now may be saved or edited, and not entered yet.
    return steps.up_to(here, stands=steps.now is not None and _status(here) != _status(steps.now))


def _status(record: CaseRecord | None) -> str:
    return record.status if record is not None else ""


def _read(criteria: Criteria, name: str, data: RecordData | None) -> CaseRecord | None:
    record = record_from(name, data)
    if not isinstance(record, CaseRecord) or record.criteria_hash != criteria.hash:
        return None
    return None if validate_case(criteria, record, lambda keys: "") else record
