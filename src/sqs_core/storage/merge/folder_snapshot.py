"""Read what a folder holds, and which version of each record two folders have in common.

The histories say which: the state at the last merge between the two, else at the last
entry they have in common, else the file that both began with.  Where nothing is known, what
only one side says counts as added by it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import PurePath
from typing import Any

from attrs import frozen

from sqs_core.errors import Problem, RecordError
from sqs_core.storage.atomic import ABSENT, content_hash
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history import HistoryEntry
from sqs_core.storage.audit.history_versions import RecordData, replayed
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.blinding import FINISHED
from sqs_core.storage.converter import unstructured
from sqs_core.storage.folder import InspectionFolder, OnProgress, ignore_progress
from sqs_core.storage.integrity import missing_records, put_back
from sqs_core.storage.layout import (
    ACTIONS,
    AGREED,
    CASES,
    FIRST,
    INSPECTION,
    INTERVIEWS,
    LETTER,
    RECORD_FOLDERS,
    SECOND,
    TOML,
    list_records,
)
from sqs_core.storage.record_files import Stored, read_record, record_class, record_from
from sqs_core.storage.safe_read import UNREADABLE, read_bytes
from sqs_core.text import one_line


@frozen
class FolderSnapshot:
    """What one folder holds: its records as data, the hashes of their files, and its history."""

    folder: InspectionFolder
    tables: Mapping[str, RecordData]
    hashes: Mapping[str, str]
    entries: tuple[HistoryEntry, ...]
    texts: Mapping[str, list[Any]]

    @property
    def blinded(self) -> frozenset[str]:
        """The cases whose second marking is open: what is recorded of them may not be shown."""
        return blinded_in(self.tables)


def take_snapshot(
    folder: InspectionFolder, on_progress: OnProgress = ignore_progress, *, whole: bool = False
) -> FolderSnapshot:
    """Read everything in ``folder``, also what is blinded; RecordError names each record that cannot be read.

    Records can be merged unseen: check ``blinded`` before showing any of them.  ``whole``
    refuses a folder in which a record is missing that its history knows.
    """
    found: dict[str, Stored[Any]] = {}
    problems: list[Problem] = []

    def read(name: str, reading: Callable[[], Stored[Any]]) -> None:
        try:
            stored = reading()
        except RecordError as error:
            problems.extend(p._replace(where=one_line(str(folder.path / p.where))) for p in error.problems)
            if problems[-1].code == UNREADABLE:  # what the system refuses now it may refuse for each of them
                raise RecordError(*problems) from None
        else:
            if stored.hash != ABSENT:
                found[name] = stored

    read(INSPECTION, lambda: Stored(folder.inspection, content_hash(read_bytes(folder.path / INSPECTION))))
    read(LETTER, folder.narrative)
    read(ACTIONS, folder.actions)
    rooms = {room: list_records(folder.path, room).records for room in RECORD_FOLDERS}
    for room in (CASES, SECOND, FIRST, AGREED, INTERVIEWS):
        for place, about in enumerate(rooms[room]):
            if room == CASES:
                on_progress(place, len(rooms[CASES]))
            name = f"{room}/{about}{TOML}"
            read(name, partial(read_record, folder.path, name, record_class(name), folder.criteria))
    known = known_records(folder.path)
    problems += [p for name, one in found.items() for p in put_back(folder.path, known, name, one.hash)]
    if whole:
        problems += [p for room, there in rooms.items() for p in missing_records(known, room, there)]
    if problems:
        raise RecordError(*problems)
    return FolderSnapshot(
        folder,
        {name: unstructured(stored.record) for name, stored in found.items()},
        {name: stored.hash for name, stored in found.items()},
        tuple(history.stream(folder.path)),
        history.read_texts(folder.path),
    )


def blinded_in(tables: Mapping[str, RecordData]) -> frozenset[str]:
    """Return the cases among these records whose second marking is open."""
    seconds = ((name, table) for name, table in tables.items() if PurePath(name).parent == PurePath(SECOND))
    return frozenset(PurePath(name).stem for name, table in seconds if table.get("status") != FINISHED)


def bases(ours: FolderSnapshot, theirs: FolderSnapshot) -> Mapping[str, RecordData]:
    """Return the version of each record that both sides came from, as far as the histories tell."""
    side, upto = _parting(ours.entries, theirs.entries)
    known = ours if side == "ours" else theirs
    texts = {**theirs.texts, **ours.texts}
    found: dict[str, RecordData] = {}
    for name in {*ours.tables, *theirs.tables}:
        common = [e for e in known.entries[:upto] if e.changes_a_record and e.new["path"] == name]
        versions = list(replayed(common, texts))
        if versions:
            data = _normal(name, versions[-1].data)
        else:
            data = _normal(name, _first(ours, name))
            data = data if data == _normal(name, _first(theirs, name)) else None
        if data is not None:
            found[name] = data
    return found


def _parting(ours: Sequence[HistoryEntry], theirs: Sequence[HistoryEntry]) -> tuple[str, int]:
    """Return up to which entry of each side the two agree: at their last merge, else in what they share."""
    candidates: list[tuple[str, str, int]] = []
    for side, entries, others in (("theirs", ours, theirs), ("ours", theirs, ours)):
        places = {f"{e.n}:{e.hash.removeprefix('sha256:')}": i for i, e in enumerate(others)}
        heads = [(e.time, str(e.new_table.get("head"))) for e in entries if e.what == "merge"]
        met = [(time, side, places[head] + 1) for time, head in heads if head in places]
        candidates += met[-1:]
    if candidates:
        _, side, upto = max(candidates)
        return side, upto
    shared = 0
    for mine, yours in zip(ours, theirs, strict=False):
        if mine.hash != yours.hash:
            break
        shared += 1
    return "ours", shared


def _first(side: FolderSnapshot, name: str) -> RecordData | None:
    """Return the version that the history of ``name`` began with; None where it was added by an entry."""
    entries = [e for e in side.entries if e.changes_a_record and e.new["path"] == name]
    if not entries:
        return side.tables.get(name)
    first = next(replayed(entries, side.texts))
    return first.data if first.entry.what == "found" else None


def _normal(name: str, table: RecordData | None) -> RecordData | None:
    """Return ``table`` as the program writes it: what a person wrote out may be a default."""
    record = record_from(name, table)
    return unstructured(record) if record is not None else None
