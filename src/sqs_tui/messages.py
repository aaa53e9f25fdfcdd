"""What workers and widgets post.  Messages are dataclasses; what they carry are values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from sqs_core.errors import SqsError
    from sqs_core.letter.effect import Effect
    from sqs_core.records import CaseRecord, Interview, Narrative, Session
    from sqs_core.scoring.findings import Findings
    from sqs_core.storage.changes import RecordKey
    from sqs_core.storage.merge.plan import MergeInputs, MergePlan
    from sqs_tui.moderating import Moderation
    from sqs_tui.saver import Key
    from sqs_tui.snapshot import Snapshot


@dataclass
class Loaded(Message):
    """An inspection folder has been read."""

    snapshot: Snapshot


@dataclass
class Reading(Message):
    """So many cases of an inspection have been read so far."""

    done: int
    total: int


@dataclass
class NotLoaded(Message):
    """An inspection folder could not be opened; ``error`` says why, in words for the person."""

    error: SqsError


@dataclass
class Counted(Message):
    """The figures of the records as they were at ``version`` of the desk."""

    findings: Findings
    version: int


@dataclass
class Recovered(Message):
    """The session over a case of the folder ``path``, with what the history can undo and redo."""

    path: str
    session: Session


@dataclass(frozen=True)
class Found:
    """A record as it is on the disk now, and the hash of its file; or why it cannot be read."""

    named: RecordKey
    record: CaseRecord | Interview | Narrative | None = None
    hash: str = ""
    error: SqsError | None = None


@dataclass
class ChangedElsewhere(Message):
    """Records of the folder ``path`` are not as the desk knew them when it was at ``version``."""

    path: str
    version: int
    found: tuple[Found, ...]


@dataclass
class Told(Message):
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
class Compared(Message):
    """The cases marked twice were read; ``error`` says why not, where they could not be."""

    found: Moderation | None
    error: SqsError | None = None


@dataclass
class Reckoned(Message):
    """What a choice would do to board and letter; ``about`` is the choice it was reckoned for."""

    about: object
    effect: Effect | None
    error: SqsError | None = None


@dataclass
class MergeTold(Message):
    """How far the reading or the writing of a merge is; ``error`` ends it."""

    done: int = 0
    total: int = 0
    error: SqsError | None = None


@dataclass
class MergeRead(Message):
    """Both folders were read; ``plan`` is the merge with nothing decided, ``problems`` what to look at."""

    found: MergeInputs
    plan: MergePlan
    problems: tuple[str, ...] = ()


@dataclass
class MergeReady(Message):
    """Everything is decided, and what the merge does is known."""

    plan: MergePlan
    effect: Effect


@dataclass
class MergeDone(Message):
    """The merge is written, and the inspection read again."""

    written: tuple[str, ...]
    snapshot: Snapshot
