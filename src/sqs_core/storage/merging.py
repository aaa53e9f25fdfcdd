"""Several inspectors' folders into one: what merging would do, and doing it.

Records are written one after the other, each whole; stopped half-way, the same merge again
completes it.

What is shut while a case is marked a second time is merged like the rest, unseen: a plan names
the cases of which nothing may be shown.  A second marking is finished for good, so a finished
one is never made of two: it is one side's or the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from sqs_core.errors import HeldError, Problem, RecordError, SqsError, UsageError
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import Narrative
from sqs_core.records.second import Agreed
from sqs_core.storage import beside, history
from sqs_core.storage.codec import decode, decode_agreed, decode_case, decode_interview, encode
from sqs_core.storage.disk import PerhapsSavedError
from sqs_core.storage.durable import ABSENT, ANY, content_hash, write_durably
from sqs_core.storage.entering import case_of, enter
from sqs_core.storage.folder import CASES, InspectionFolder
from sqs_core.storage.guard import read_bytes
from sqs_core.storage.holding import Holding, Record, bases, holding, kind_of, purged, shut_in
from sqs_core.storage.patches import Table
from sqs_core.storage.purging import PLACES
from sqs_core.storage.replay import changes
from sqs_core.storage.seals import FINISHED, SEALED, SECOND, SealedError
from sqs_core.storage.second import FIRST
from sqs_core.storage.structure import structured, unstructured
from sqs_core.storage.three_way import WHOLE, Decide, Difference, Merged, Taken, merge
from sqs_core.storage.verifying import unentered

_MOST = 1 << 28
SHUT = "(shut while it is marked a second time)"
"""What is shown in place of what a shut record says."""


@frozen
class Source:
    """A folder merged in: its name, the head of its history, and each record merged."""

    name: str
    holding: Holding
    head: str
    merged: Mapping[str, Merged]


@frozen
class Plan:
    """A merge of several folders into ``ours``, one after the other, not written yet."""

    ours: Holding
    sources: tuple[Source, ...]
    unentered: tuple[str, ...] = ()
    """Records added by an earlier try, which was stopped before it could enter them."""

    @property
    def shut(self) -> frozenset[str]:
        """The cases of which nothing may be shown: their second marking is open on some side."""
        return self.ours.shut.union(*(source.holding.shut for source in self.sources))

    @property
    def differences(self) -> tuple[tuple[Source, Difference], ...]:
        """What is left to decide, by the folder it came up with; of a shut case only in which record."""
        return tuple(
            (s, d)
            for s in self.sources
            for name, m in s.merged.items()
            for d in (_veiled(name, m) if case_of(name) in self.shut else m).differences
        )

    @property
    def taken(self) -> tuple[tuple[Source, Taken], ...]:
        """What was taken from one side, and by which folder; of a shut case only in which record."""
        return tuple(
            (s, t)
            for s in self.sources
            for name, m in s.merged.items()
            for t in (_veiled(name, m) if case_of(name) in self.shut else m).taken
        )


def _veiled(name: str, merged: Merged) -> Merged:
    """That something was taken from a side, or is to be decided, without a word of what."""
    taken = dict.fromkeys(Taken(name, WHOLE, one.side, one.decided) for one in merged.taken)
    left = (Difference(name, WHOLE, SHUT, SHUT, SHUT),) if merged.differences else ()
    return Merged(merged.table, tuple(taken), left)


def plan(
    ours: InspectionFolder,
    others: Sequence[InspectionFolder],
    decide: Decide,
    base: InspectionFolder | None = None,
) -> Plan:
    """Merge ``others`` into ``ours``, in memory.

    ``decide`` is asked about each difference.  ``base`` is the folder that all came from, where the
    histories do not tell.  UsageError where the inspections are not under the same criteria;
    SealedError where a first marking that is shut, and stays so, was changed on the other side.
    """
    mine = holding(ours)
    common = holding(base).tables if base is not None else None
    tables = dict(mine.tables)
    sources: list[Source] = []
    entered = {entry.new["path"] for entry in mine.entries if changes(entry)}
    added: list[str] = []
    for other in others:
        if other.criteria.hash != ours.criteria.hash:
            raise UsageError(f"{other.path} is under other criteria than {ours.path}; migrate one of them")
        theirs = holding(other)
        known = common if common is not None else bases(mine, theirs)
        gone = {f"{place}/{case}.toml" for place in PLACES for case in purged(mine.entries)}
        merged: dict[str, Merged] = {}
        for name in dict.fromkeys((*tables, *theirs.tables)):
            start = known.get(name) or ({} if name in gone else None)
            here, there = tables.get(name), theirs.tables.get(name)
            merged[name] = merge(name, start, here, there, decide, whole=_whole(name, here, there))
            if start is None and here is not None and here == there and name not in entered:
                added.append(name)
        sources.append(Source(other.path.name, theirs, history.head(other.path), merged))
        before, tables = tables, {name: m.table for name, m in merged.items() if m.table is not None}
        _refuse_changed_while_shut(shut_in(tables), before, theirs)
    return Plan(mine, tuple(sources), tuple(name for name in dict.fromkeys(added) if name in mine.tables))


def _whole(name: str, ours: Table | None, theirs: Table | None) -> bool:
    """Whether the record is one side's or the other's: a finished second marking, and a first put aside."""
    finished = any(side is not None and side.get("status") == FINISHED for side in (ours, theirs))
    return name.startswith(f"{SECOND}/{FIRST}/") or (name.startswith(f"{SECOND}/") and finished)


def _refuse_changed_while_shut(shut: Iterable[str], ours: Mapping[str, Table], theirs: Holding) -> None:
    """A first marking does not change while it is shut, and to leave it out would lose what changed."""
    names = {case: f"{CASES}/{case}.toml" for case in sorted(shut)}
    changed = [
        case
        for case, name in names.items()
        if name in ours and name in theirs.tables and ours[name] != theirs.tables[name]
    ]
    what = (
        f"is being marked a second time, blind, and its first marking is not the same in {theirs.folder.path}"
    )
    remedy = "finish the second marking, then merge; nothing was written"
    if changed:
        raise SealedError(*(Problem(f"case {case}", what, remedy, SEALED) for case in changed))


def apply(plan: Plan) -> tuple[str, ...]:
    """Write the merge: every record changed, then the others' histories; gives the records' names.

    HeldError while anything is left to decide, or where a record was changed meanwhile.
    Stopped half-way, the error says which records are in place; the same merge again completes it.
    """
    if plan.differences:
        raise HeldError(f"{len(plan.differences)} differences are to be decided first; nothing was written")
    folder = plan.ours.folder
    tables = plan.ours.tables
    final = plan.sources[-1].merged if plan.sources else {}
    wanted = {
        name: m.table for name, m in final.items() if m.table is not None and m.table != tables.get(name)
    }
    why = "; ".join(f"{source.name}, head {source.head or 'none'}" for source in plan.sources)
    # What shuts a case comes before what is shut.
    order = sorted(wanted, key=lambda name: not name.startswith(f"{SECOND}/"))
    ready = {name: _encoded(plan, name, wanted[name]) for name in order}
    written: list[str] = []
    try:
        for name, (data, table) in ready.items():
            try:
                folder.journal.save(
                    name,
                    data,
                    table,
                    expect=plan.ours.hashes.get(name, ABSENT),
                    check=lambda written, n=name: _decoded(folder, n, written),  # type: ignore[misc]
                    what="merge",
                    why=f"from {why}",
                )
            except PerhapsSavedError:
                written.append(name)
                raise
            written.append(name)
        for name in unentered(folder.path):
            folder.journal.take_up(name)  # an earlier try may have been stopped between a save and its entry
        for name in plan.unentered:
            enter(
                folder.path,
                folder.criteria,
                name,
                (ABSENT, {}),
                (plan.ours.hashes[name], dict(tables[name])),
                what="merge",
                why=f"from {why}",
                who=folder.hand.who,
                time=folder.hand.clock(),
            )
        for source in plan.sources:
            _keep_history(plan, source)
    except SqsError as error:
        what = f"the merge stopped half-way: {_standing(list(ready), written)}"
        error.problems += (Problem("", what, "the same merge again completes it"),)
        raise
    return tuple(ready)


def _standing(names: Sequence[str], written: Sequence[str]) -> str:
    left = [name for name in names if name not in written]
    if not names:
        return "there is no record to change, but the other history is not kept yet"
    if not left:
        return "every record is in place, but the other history is not kept yet"
    return f"in place: {_listed(written) or 'none'}; not yet: {_listed(left)}"


def _listed(names: Sequence[str], most: int = 8) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _keep_history(plan: Plan, source: Source) -> None:
    """Keep the history of a folder merged in, and enter its head: from then on the two hang together."""
    folder, known = plan.ours.folder, plan.ours.entries
    noted = [e.new for e in known if e.what == "merge" and isinstance(e.new, dict) and "from" in e.new]
    decided = [t for m in source.merged.values() for t in m.taken if t.decided]
    if source.head and any(new["head"] == source.head for new in noted) and not decided:
        return
    gone = purged(known) - set(folder.case_ids())
    for name in (history.NAME, beside.NAME):
        path = source.holding.folder.path / name
        if source.head and path.exists():
            copy, data = history.copy_of(source.head), read_bytes(path, most=_MOST)
            if name == beside.NAME:  # what was purged here does not come back with it
                copy, data = beside.beside_of(copy), beside.without(data, gone)
            write_durably(folder.path / copy, data, expect=ANY)
    new = {"from": source.name, "head": source.head, "entries": len(source.holding.entries)}
    chosen = {
        t.record if case_of(t.record) in plan.shut else f"{t.record}: {'.'.join(t.field)}": t.side
        for t in decided
    }
    folder.journal.note("merge", new={**new, "decided": chosen} if chosen else new)


def _encoded(plan: Plan, name: str, table: Table) -> tuple[bytes, Table]:
    folder = plan.ours.folder
    for source in plan.sources:
        # What was agreed names the two markings by their hashes: they are taken over byte for byte.
        if name.startswith(f"{SECOND}/") and source.holding.tables.get(name) == table:
            data = read_bytes(source.holding.folder.path / name)
            if content_hash(data) == source.holding.hashes[name]:
                return data, table
    record, problems = structured(table, kind_of(name), lambda keys: f"{name} merged")
    if record is None:
        raise RecordError(*problems)
    under = folder.criteria if isinstance(record, CaseRecord | Interview | Agreed) else None
    data = encode(record, under)
    _decoded(folder, name, data)
    return data, unstructured(record)


def _decoded(folder: InspectionFolder, name: str, data: bytes) -> Record:
    kind = kind_of(name)
    if kind is CaseRecord:
        return decode_case(data, folder.criteria, name)
    if kind is Interview:
        return decode_interview(data, folder.criteria, name)
    if kind is Agreed:
        return decode_agreed(data, folder.criteria, name)
    return decode(data, Inspection, name) if kind is Inspection else decode(data, Narrative, name)
