"""Watch one case as it is saved: without a lock, and without writing anything."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from attrs import define, field

from sqs_core.errors import SqsError, UsageError
from sqs_core.letter.shared_view import SharedView, question_in_view, shared_view
from sqs_core.records.case import CaseRecord
from sqs_core.storage.changes import FileStamp, stamp
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import CASES, SECOND

EVERY: Final = 0.4
"""Seconds between two polls."""

FolderStamp = tuple[FileStamp | None, ...]


@define
class Watch:
    """One case of an inspection, looked at again and again.

    A save replaces the file in one step, so what is read is always one version or the next, whole.
    """

    folder: InspectionFolder
    case: str
    _seen: FolderStamp | None = field(default=None, init=False)

    def poll(self) -> CaseRecord | SqsError | None:
        """Return the record, or why it cannot be seen, where either may have changed since the last look."""
        # A second marking shuts the first one: its file tells that without this one changing.
        stamps = tuple(_stamp(self.folder.path / room / f"{self.case}.toml") for room in (CASES, SECOND))
        if stamps == self._seen:
            return None
        self._seen = stamps
        try:
            return self.folder.case(self.case).record
        except SqsError as error:
            return error


@define
class Following:
    """The shared view of a case as it is saved; its notes are dropped at once.

    ``place`` gives the question that the first screen is on, "" where nobody knows; ``question`` is
    shown always, where it is named.
    """

    watch: Watch
    place: Callable[[], str] = lambda: ""
    question: str = ""
    view: SharedView | None = field(default=None, init=False)
    _record: CaseRecord | None = field(default=None, init=False)
    _place: str | None = field(default=None, init=False)
    _led: bool = field(default=False, init=False)
    """Whether the first screen was seen to move: from then on it leads, not the last change."""

    def poll(self) -> SharedView | SqsError | None:
        """Return the view, or why there is none, where either is another than at the last look."""
        found = self.watch.poll()
        place = self.place()
        if isinstance(found, UsageError) and self._place is not None:
            # Not the sentence that lists the cases there are: two people read this screen.
            found = UsageError(f"there is no case {self.watch.case} in the folder any more")
        if isinstance(found, SqsError):
            self.view = self._record = None
            return found
        self._led = self._led or (self._place is not None and place != self._place)
        if (found is None and place == self._place) or (found or self._record) is None:
            return None
        view = self._view(found, place)
        self._place = place
        if view == self.view:  # a private note changed: nothing is shown of that
            return None
        self.view = view
        return view

    def _view(self, found: CaseRecord | None, place: str) -> SharedView:
        criteria, before = self.watch.folder.criteria, self._record
        record = self._record = found or before
        assert record is not None
        question = self.question
        if not question and place and (self._led or before is None) and criteria.has_question(place):
            question = place
        elif (
            not question and before is not None and self.view is not None and before.answers == record.answers
        ):
            question = self.view.question
        return shared_view(criteria, record, question or question_in_view(criteria, before, record))


def _stamp(path: Path) -> FileStamp | None:
    """Return the stamp of the file at ``path``; None where there is none."""
    with suppress(OSError, ValueError):
        return stamp(path.lstat())
    return None
