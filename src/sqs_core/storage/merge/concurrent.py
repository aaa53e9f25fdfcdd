"""Save a record that somebody else saved meanwhile, so that neither is lost.

Two people who answer different questions of one case are both kept.  Where both answered the same
question, and not alike, there is a conflict: theirs, which is on the disk already, stays there,
everything else of ours is saved, and both sides are given back to be shown and chosen from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Generic, TypeVar

from attrs import frozen

from sqs_core.errors import HeldError, Problem, UsageError
from sqs_core.records.case import CaseRecord
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import Narrative
from sqs_core.storage.atomic import StaleError
from sqs_core.storage.audit.history_versions import KeyPath, RecordData, versions
from sqs_core.storage.converter import structured, unstructured
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import LETTER
from sqs_core.storage.merge.three_way import FieldDifference, merge
from sqs_core.storage.record_files import Stored, record_class, record_from
from sqs_core.storage.rescue import base_of, record_name, remove_copy
from sqs_core.storage.safe_read import parse_toml, read_bytes

R = TypeVar("R", CaseRecord, Interview, Narrative)
ATTEMPTS = 5


@frozen
class MergedSave(Generic[R]):
    """What is on the disk after a save: the record, and the hash of its file.

    ``taken`` are the fields that somebody else had changed meanwhile; ``conflicts`` what both changed,
    a question with all that is said of it: ``theirs`` is on the disk, ``ours`` is not.
    """

    record: R
    hash: str
    taken: tuple[KeyPath, ...] = ()
    conflicts: tuple[FieldDifference, ...] = ()


def save_merged(folder: InspectionFolder, record: R, base: Stored[R]) -> MergedSave[R]:
    """Save ``record``, which was made from ``base``; merged with what was saved since, if anything was.

    Raises as :meth:`InspectionFolder.save_case` does.  HeldError too where the case was finished
    meanwhile, which locks its answers.
    """
    try:
        return MergedSave(record, _save(folder, record, base.hash))
    except StaleError as error:
        stale = error
    for _ in range(ATTEMPTS):
        now = _read(folder, record)
        if now is None:
            raise stale
        try:
            return _save_over(folder, record, base.record, now)
        except StaleError as error:  # saved once more between reading and saving
            stale = error
    raise stale


def conflicts(name: str, base: R, ours: R, theirs: R) -> tuple[FieldDifference, ...]:
    """Return what ``ours`` and ``theirs`` of the record ``name`` both changed since ``base``, not alike."""
    return _merged(name, unstructured(base), unstructured(ours), unstructured(theirs))[1]


def merged_with(
    folder: InspectionFolder, ours: R, made_from: str, theirs: R
) -> tuple[R, tuple[FieldDifference, ...]]:
    """Return ``ours``, made from the version with the hash ``made_from``, put together with ``theirs``.

    Nothing is saved.  Where both changed the same, theirs stands, and both sides are given.  So does
    theirs as a whole where it is finished, which locks its answers.
    """
    name = _name_of(folder, ours)
    base = _known(folder, name, made_from)
    if _finished(theirs) and not _finished(base):
        lost = conflicts(name, base or theirs, ours, theirs)
        return theirs, lost or (FieldDifference(name, ("status",), None, "open", "finished"),)
    before = unstructured(base) if base is not None else {}
    table, found = _merged(name, before, unstructured(ours), unstructured(theirs))
    return structured(table, type(theirs), lambda keys: name), found


def recover_copy(folder: InspectionFolder, copy: Path) -> MergedSave[Any]:
    """Save what the rescue ``copy`` says and its record does not; the copy goes unless something conflicts.

    RecordError where it cannot be read.
    """
    name = record_name(folder.path, copy)
    kind: Any = record_class(name)
    data = parse_toml(read_bytes(copy), copy.name, end_mark=True)
    data.pop("format", None)
    record = structured(data, kind, lambda keys: copy.name)
    if _name_of(folder, record) != name:
        raise UsageError(f"{copy.name} is of {name}: open the inspection as it was marked to take it over")
    made_from = base_of(copy)
    merged = save_merged(folder, record, Stored(_known(folder, name, made_from), made_from))
    if not merged.conflicts:
        remove_copy(copy)
    return merged


def _known(folder: InspectionFolder, name: str, hash_: str) -> Any:
    """Return the version of the record ``name`` with this hash, by the history; None where it has none."""
    data = next((v.data for v in versions(folder.path, name) if v.entry.new["hash"] == hash_), None)
    return record_from(name, data)


def _save_over(folder: InspectionFolder, record: R, base: R | None, now: Stored[R]) -> MergedSave[R]:
    name = _name_of(folder, record)
    before = unstructured(base) if base is not None else {}
    ours, theirs = unstructured(record), unstructured(now.record)
    table, conflicts = _merged(name, before, ours, theirs)
    made = structured(table, type(now.record), lambda keys: name)
    taken = tuple(_changed(before, theirs))
    if made == now.record:
        return MergedSave(made, now.hash, taken, conflicts)
    if _finished(now.record) and not _finished(base):
        said = "not saved: somebody else finished the case since it was read, which locks its answers"
        raise HeldError(Problem(name, said, "reopen it to change it; nothing was overwritten", "R021"))
    return MergedSave(made, _save(folder, made, now.hash), taken, conflicts)


def _merged(
    name: str, base: RecordData, ours: RecordData, theirs: RecordData
) -> tuple[RecordData, tuple[FieldDifference, ...]]:
    """Return the table of both, with theirs where they conflict, and the conflicts."""
    rest = [{key: part for key, part in table.items() if key != "answers"} for table in (base, theirs, ours)]
    # For the merge, what is on the disk is "ours": it stands where there is a conflict.
    merged = merge(name, rest[0], rest[1], rest[2], lambda difference: None)
    conflicts = [FieldDifference(name, d.field, d.base, d.theirs, d.ours) for d in merged.differences]
    answers: RecordData = {}
    before, mine, yours = (table.get("answers", {}) for table in (base, ours, theirs))
    for question in dict.fromkeys((*yours, *mine)):
        both = FieldDifference(
            name, ("answers", question), before.get(question), mine.get(question), yours.get(question)
        )
        stands, conflict = _answer(both)
        conflicts += [both] if conflict else []
        if stands is not None:
            answers[question] = stands
    return {**(merged.table or {}), **({"answers": answers} if answers else {})}, tuple(conflicts)


def _answer(both: FieldDifference) -> tuple[Any, bool]:
    """Return the answer that stands, and whether the two sides conflict in it.

    If both judged alike, or neither judged, their different notes are put together.
    """
    if both.ours == both.theirs or both.ours == both.base:
        return both.theirs, False
    if both.theirs == both.base:
        return both.ours, False
    sides = (both.base, both.theirs, both.ours)
    if not all(isinstance(side, dict | None) for side in sides):
        return both.theirs, True
    _, theirs, ours = (side or {} for side in sides)
    if any(theirs.get(part) != ours.get(part) for part in ("outcome", "reasons")):
        return both.theirs, True
    merged = merge(both.record, both.base or {}, theirs, ours, lambda difference: None)
    return (both.theirs, True) if merged.differences else (merged.table, False)


def _changed(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[KeyPath]:
    """Yield the keys that are not the same, of facts and answers each by its name."""
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key), new.get(key)
        if key in ("facts", "answers"):
            before, after = before or {}, after or {}
            yield from (
                (key, name)
                for name in dict.fromkeys((*before, *after))
                if before.get(name) != after.get(name)
            )
        elif before != after:
            yield (key,)


def _finished(record: CaseRecord | Narrative | None) -> bool:
    return isinstance(record, CaseRecord) and record.status == "finished"


# ---------------------------------------------------------------- the three kinds of record


def _name_of(folder: InspectionFolder, record: CaseRecord | Interview | Narrative) -> str:
    return _home(folder, record).name_of(record.case) if isinstance(record, CaseRecord) else LETTER


def _home(folder: InspectionFolder, record: CaseRecord) -> InspectionFolder:
    return folder.staff if isinstance(record, Interview) else folder


def _read(folder: InspectionFolder, record: R) -> Stored[R] | None:
    """Read the record that is in the place of ``record``; None where there is none."""
    there: Any
    if isinstance(record, CaseRecord):
        home = _home(folder, record)
        there = home.case(record.case) if record.case in home.case_ids() else None
    else:
        there = folder.narrative()
    return there  # type: ignore[no-any-return]


def _save(folder: InspectionFolder, record: CaseRecord | Interview | Narrative, expect: str) -> str:
    if isinstance(record, CaseRecord):
        return _home(folder, record).save_case(record, expect=expect)
    return folder.save_narrative(record, expect=expect)
