"""Several inspectors' folders into one: what merging would do, and doing it.

Records are written one after the other, each whole; stopped half-way, the same merge again
completes it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from sqs_core.errors import HeldError, Problem, RecordError, SqsError, UsageError
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import Narrative
from sqs_core.storage import beside, history
from sqs_core.storage.chain import Entry
from sqs_core.storage.codec import decode, decode_case, decode_interview, encode
from sqs_core.storage.durable import ABSENT, ANY, write_durably
from sqs_core.storage.entering import case_of
from sqs_core.storage.folder import CASES, InspectionFolder
from sqs_core.storage.guard import read_bytes
from sqs_core.storage.holding import Holding, Record, Told, bases, holding, kind_of, purged, untold
from sqs_core.storage.patches import Table
from sqs_core.storage.purging import MERGED
from sqs_core.storage.seals import refuse_sealed
from sqs_core.storage.structure import structured, unstructured
from sqs_core.storage.three_way import Decide, Difference, Merged, Taken, merge
from sqs_core.storage.verifying import unentered

_MOST = 1 << 28


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

    @property
    def differences(self) -> tuple[tuple[Source, Difference], ...]:
        """What is left to decide, by the folder it came up with."""
        return tuple((s, d) for s in self.sources for m in s.merged.values() for d in m.differences)

    @property
    def taken(self) -> tuple[tuple[Source, Taken], ...]:
        """What was taken from one side, by the folder it came up with."""
        return tuple((s, t) for s in self.sources for m in s.merged.values() for t in m.taken)

    @property
    def changed(self) -> Mapping[str, Table]:
        """The records that the merge would write, by name."""
        final = self.sources[-1].merged if self.sources else {}
        ours = self.ours.tables
        return {n: m.table for n, m in final.items() if m.table is not None and m.table != ours.get(n)}


@frozen
class Gathered:
    """What was read for a merge into ``ours``: each other folder, with the versions both came from."""

    ours: Holding
    others: tuple[tuple[Holding, Mapping[str, Table]], ...]


def gather(
    ours: InspectionFolder,
    others: Sequence[InspectionFolder],
    base: InspectionFolder | None = None,
    told: Told = untold,
) -> Gathered:
    """Read all that a merge of ``others`` into ``ours`` needs; ``told`` hears how many records were read.

    ``base`` is the folder that all came from, where the histories do not tell.  UsageError where
    the inspections are not under the same criteria.
    """
    for other in others:
        if other.criteria.hash != ours.criteria.hash:
            raise UsageError(f"{other.path} is under other criteria than {ours.path}; migrate one of them")
    mine = holding(ours, told)
    common = holding(base).tables if base is not None else None
    theirs = [holding(other, told) for other in others]
    return Gathered(
        mine, tuple((their, common if common is not None else bases(mine, their)) for their in theirs)
    )


def plan(
    ours: InspectionFolder,
    others: Sequence[InspectionFolder],
    decide: Decide,
    base: InspectionFolder | None = None,
) -> Plan:
    """Merge ``others`` into ``ours``, in memory; :func:`gather` and :func:`planned` in one."""
    return planned(gather(ours, others, base), decide)


def planned(found: Gathered, decide: Decide) -> Plan:
    """The merge of what was gathered; ``decide`` is asked about each difference."""
    mine = found.ours
    tables = dict(mine.tables)
    gone = {f"{CASES}/{case}.toml" for case in purged(mine.entries)}
    sources: list[Source] = []
    for theirs, known in found.others:
        merged: dict[str, Merged] = {}
        for name in dict.fromkeys((*tables, *theirs.tables)):
            start = known.get(name) or ({} if name in gone else None)
            merged[name] = merge(name, start, tables.get(name), theirs.tables.get(name), decide)
        path = theirs.folder.path
        sources.append(Source(path.name, theirs, history.head(path), merged))
        tables = {name: m.table for name, m in merged.items() if m.table is not None}
    return Plan(mine, tuple(sources))


def apply(plan: Plan, told: Told = untold) -> tuple[str, ...]:
    """Write the merge: every record changed, then the others' histories; gives the records' names.

    HeldError while anything is left to decide, or where a record was changed meanwhile.
    Stopped half-way, the same merge again completes it.  ``told`` hears how many were written.
    """
    if plan.differences:
        raise HeldError(f"{len(plan.differences)} differences are to be decided first; nothing was written")
    folder = plan.ours.folder
    for name in plan.changed:
        if name.startswith(f"{CASES}/"):
            refuse_sealed(folder.path, case_of(name))  # the draw may be younger than the plan
    why = "; ".join(f"{source.name}, head {source.head or 'none'}" for source in plan.sources)
    ready = {name: _encoded(folder, name, table) for name, table in plan.changed.items()}
    written: list[str] = []
    try:
        for name, (data, table) in ready.items():
            told(len(written), len(ready))
            folder.journal.save(
                name,
                data,
                table,
                expect=plan.ours.hashes.get(name, ABSENT),
                check=lambda written, n=name: _decoded(folder, n, written),  # type: ignore[misc]
                what="merge",
                why=f"from {why}",
            )
            written.append(name)
        for name in unentered(folder.path):
            folder.journal.take_up(name)  # an earlier try may have been stopped between a save and its entry
        for source in plan.sources:
            _keep_history(folder, source, plan.ours.entries)
    except SqsError as error:
        what = f"the merge stopped half-way: {len(written)} of {len(ready)} records are merged"
        error.problems += (Problem("", what, "the same merge again completes it"),)
        raise
    return tuple(ready)


def _keep_history(folder: InspectionFolder, source: Source, known: Sequence[Entry]) -> None:
    """Keep the history of a folder merged in, and enter its head: from then on the two hang together."""
    noted = [e.new for e in known if e.what == "merge" and isinstance(e.new, dict) and "from" in e.new]
    decided = [t for m in source.merged.values() for t in m.taken if t.decided]
    if source.head and any(new["head"] == source.head for new in noted) and not decided:
        return
    for name, suffix in ((history.NAME, ".jsonl"), (beside.NAME, "-texts.jsonl")):
        path = source.holding.folder.path / name
        if source.head and path.exists():
            copy = folder.path / MERGED / f"{source.head.partition(':')[2][:12]}{suffix}"
            write_durably(copy, read_bytes(path, most=_MOST), expect=ANY)
    new = {"from": source.name, "head": source.head, "entries": len(source.holding.entries)}
    chosen = {f"{t.record}: {'.'.join(t.field)}": t.side for t in decided}
    folder.journal.note("merge", new={**new, "decided": chosen} if chosen else new)


def _encoded(folder: InspectionFolder, name: str, table: Table) -> tuple[bytes, Table]:
    record, problems = structured(table, kind_of(name), lambda keys: f"{name} merged")
    if record is None:
        raise RecordError(*problems)
    data = encode(record, folder.criteria if isinstance(record, CaseRecord | Interview) else None)
    _decoded(folder, name, data)
    return data, unstructured(record)


def _decoded(folder: InspectionFolder, name: str, data: bytes) -> Record:
    kind = kind_of(name)
    if kind is CaseRecord:
        return decode_case(data, folder.criteria, name)
    if kind is Interview:
        return decode_interview(data, folder.criteria, name)
    return decode(data, Inspection, name) if kind is Inspection else decode(data, Narrative, name)
