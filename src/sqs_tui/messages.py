"""What workers, widgets and screens post.  Messages are dataclasses; what they carry are values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.message import Message

from sqs_core.errors import SqsError
from sqs_core.workflow.navigation import Location
from sqs_tui.autosave import Key

if TYPE_CHECKING:
    from sqs_core.records import CaseRecord, Narrative
    from sqs_core.scoring.findings import Findings
    from sqs_core.storage.changes import RecordKey
    from sqs_tui.loading import Snapshot


@dataclass
class GoTo(Message):
    """Somebody wants to be at ``location``; the application opens the screen for it."""

    location: Location


# ------------------------------------------------------------ reading an inspection


@dataclass
class Loaded(Message):
    """An inspection folder has been read."""

    snapshot: Snapshot


@dataclass
class Loading(Message):
    """So many cases of an inspection have been read so far."""

    done: int
    total: int


@dataclass
class NotLoaded(Message):
    """An inspection folder could not be opened; ``error`` says why, in words for the person."""

    error: SqsError


@dataclass
class Counted(Message):
    """The figures of the records in the folder ``path`` as they were at ``version`` of the workspace."""

    path: str
    findings: Findings
    version: int


@dataclass
class LetterMerged(Message):
    """Our version ``saved`` of the letter was saved as ``merged``, with what others wrote meanwhile."""

    path: str
    saved: Narrative
    merged: Narrative


@dataclass(frozen=True)
class Found:
    """A record as it is on the disk now, and the hash of its file; or why it cannot be read."""

    named: RecordKey
    record: CaseRecord | Narrative | None = None
    hash: str = ""
    error: SqsError | None = None


@dataclass
class ExternalChange(Message):
    """Records of the folder ``path`` are not as the workspace knew them when it was at ``version``."""

    path: str
    version: int
    found: tuple[Found, ...]


# ------------------------------------------------------------ saving, and long work


@dataclass
class Notice(Message):
    """Something was done beside saving, such as keeping the comments of a file edited by hand."""

    words: str


@dataclass
class Saved(Message):
    """A record is on the disk."""

    key: Key
    at: datetime


@dataclass
class NotSaved(Message):
    """A record is not on the disk; it is kept in memory, and in ``rescue`` where that worked."""

    key: Key
    words: str
    rescue: str


@dataclass
class TaskProgress(Message):
    """How far the long work in the background is, in words."""

    words: str


@dataclass
class TaskDone(Message):
    """The long work came to ``result``, with which ``then`` is called, or to an error."""

    then: Callable[[Any], object]
    result: Any = None
    error: SqsError | None = None
