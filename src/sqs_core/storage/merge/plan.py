"""Work out in memory what merging several inspectors' folders into one would do.

Records that are blinded while a case is marked a second time are merged like the rest, unseen: a plan
names the cases of which nothing may be shown.  A second marking is finished for good, so a finished
one is never made of two: it is one side's or the other's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from attrs import frozen

from sqs_core.errors import Problem, UsageError
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history_versions import RecordData
from sqs_core.storage.audit.purge import PLACES
from sqs_core.storage.blinding import BLINDED, FINISHED, BlindedError
from sqs_core.storage.folder import InspectionFolder, OnProgress, ignore_progress
from sqs_core.storage.layout import CASES, FIRST, SECOND, case_of
from sqs_core.storage.merge.folder_snapshot import FolderSnapshot, bases, blinded_in, take_snapshot
from sqs_core.storage.merge.three_way import WHOLE, Decide, FieldDifference, MergedRecord, TakenField, merge
from sqs_core.text import one_line

HIDDEN = "(shut while it is marked a second time)"  # choices kept on disk are made from these words
"""What is shown in place of what a blinded record says."""


@frozen
class MergeSource:
    """A folder merged in: its name, the head of its history, and each record merged."""

    name: str
    snapshot: FolderSnapshot
    head: str
    merged: Mapping[str, MergedRecord]


@frozen
class MergePlan:
    """A merge of several folders into ``ours``, one after the other, not written yet."""

    ours: FolderSnapshot
    sources: tuple[MergeSource, ...]
    unentered: tuple[str, ...] = ()
    """Records added by an earlier try, which was stopped before it could enter them."""

    @property
    def blinded(self) -> frozenset[str]:
        """The cases of which nothing may be shown: their second marking is open on some side."""
        return self.ours.blinded.union(*(source.snapshot.blinded for source in self.sources))

    @property
    def differences(self) -> tuple[tuple[MergeSource, FieldDifference], ...]:
        """What is left to decide, by the folder it came up with; of a blinded case only in which record."""
        return tuple((s, d) for s, merged in self._to_be_shown() for d in merged.differences)

    @property
    def taken(self) -> tuple[tuple[MergeSource, TakenField], ...]:
        """What was taken from one side, and by which folder; of a blinded case only in which record."""
        return tuple((s, t) for s, merged in self._to_be_shown() for t in merged.taken)

    def _to_be_shown(self) -> Iterator[tuple[MergeSource, MergedRecord]]:
        """Yield each record merged with its folder, veiled where its case is blinded."""
        blinded = self.blinded
        for source in self.sources:
            for name, merged in source.merged.items():
                yield source, _veiled(name, merged) if case_of(name) in blinded else merged

    @property
    def changed(self) -> Mapping[str, RecordData]:
        """The records that the merge would write, by name."""
        final = self.sources[-1].merged if self.sources else {}
        ours = self.ours.tables
        return {n: m.table for n, m in final.items() if m.table is not None and m.table != ours.get(n)}


@frozen
class MergeInputs:
    """What was read for a merge into ``ours``: each other folder, with the versions both came from."""

    ours: FolderSnapshot
    others: tuple[tuple[FolderSnapshot, Mapping[str, RecordData]], ...]

    @property
    def blinded(self) -> frozenset[str]:
        """The cases whose second marking is open on some side."""
        return self.ours.blinded.union(*(theirs.blinded for theirs, _ in self.others))


def _veiled(name: str, merged: MergedRecord) -> MergedRecord:
    """Return a side taken, or a decision still to make, without its contents."""
    taken = dict.fromkeys(TakenField(name, WHOLE, one.side, one.decided) for one in merged.taken)
    left = (FieldDifference(name, WHOLE, HIDDEN, HIDDEN, HIDDEN),) if merged.differences else ()
    return MergedRecord(merged.table, tuple(taken), left)


def gather(
    ours: InspectionFolder,
    others: Sequence[InspectionFolder],
    base: InspectionFolder | None = None,
    on_progress: OnProgress = ignore_progress,
) -> MergeInputs:
    """Read all that a merge of ``others`` into ``ours`` needs.

    Args:
        base: the folder that all came from, where the histories do not say.
        on_progress: hears how many records were read.

    Raises:
        UsageError: when the inspections are not under the same criteria.
    """
    for other in others:
        if other.criteria.hash != ours.criteria.hash:
            raise UsageError(f"{other.path} is under other criteria than {ours.path}; migrate one of them")
    mine = take_snapshot(ours, on_progress, whole=True)
    common = take_snapshot(base).tables if base is not None else None
    theirs = [take_snapshot(other, on_progress) for other in others]
    return MergeInputs(
        mine, tuple((their, common if common is not None else bases(mine, their)) for their in theirs)
    )


def plan(
    ours: InspectionFolder,
    others: Sequence[InspectionFolder],
    decide: Decide,
    base: InspectionFolder | None = None,
    on_progress: OnProgress = ignore_progress,
) -> MergePlan:
    """Merge ``others`` into ``ours``, in memory; :func:`gather` and :func:`planned` in one."""
    return planned(gather(ours, others, base, on_progress), decide)


def planned(found: MergeInputs, decide: Decide) -> MergePlan:
    """Return the merge of what was gathered; ``decide`` is asked about each difference.

    BlindedError where a first marking that is blinded, and stays so, was changed on the other side.
    """
    mine = found.ours
    tables = dict(mine.tables)
    sources: list[MergeSource] = []
    entered = {entry.new["path"] for entry in mine.entries if entry.changes_a_record}
    purged = history.purged(mine.entries)
    gone = {f"{place}/{case}.toml" for place in PLACES for case in purged}
    gone |= {f"{name}.toml" for name in purged if "/" in name}
    added: list[str] = []
    for theirs, known in found.others:
        merged: dict[str, MergedRecord] = {}
        for name in dict.fromkeys((*tables, *theirs.tables)):
            start = known.get(name) or ({} if name in gone else None)
            here, there = tables.get(name), theirs.tables.get(name)
            merged[name] = merge(name, start, here, there, decide, whole=_whole(name, here, there))
            if start is None and here is not None and here == there and name not in entered:
                added.append(name)
        path = theirs.folder.path
        sources.append(MergeSource(one_line(path.resolve().name), theirs, history.head(path), merged))
        before, tables = tables, {name: m.table for name, m in merged.items() if m.table is not None}
        _check_unchanged_while_blinded(blinded_in(tables), before, theirs)
    return MergePlan(
        mine, tuple(sources), tuple(name for name in dict.fromkeys(added) if name in mine.tables)
    )


def _whole(name: str, ours: RecordData | None, theirs: RecordData | None) -> bool:
    """Return whether the record is taken whole from one side: a finished second marking, or a kept first."""
    finished = any(side is not None and side.get("status") == FINISHED for side in (ours, theirs))
    return name.startswith(f"{FIRST}/") or (name.startswith(f"{SECOND}/") and finished)


def _check_unchanged_while_blinded(
    blinded: Iterable[str], ours: Mapping[str, RecordData], theirs: FolderSnapshot
) -> None:
    """Refuse a first marking changed while it was blinded: leaving it out would lose the change."""
    names = {case: f"{CASES}/{case}.toml" for case in sorted(blinded)}
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
        raise BlindedError(*(Problem(f"case {case}", what, remedy, BLINDED) for case in changed))


def same_population(folder: InspectionFolder, other: InspectionFolder) -> InspectionFolder:
    """Return the folder of ``other`` that has the same population as ``folder``, to be merged into it.

    UsageError where ``other`` is of another population.
    """
    name = folder.inspection.population
    if name and other.whole_is_here:
        return other.population(name)
    if name != other.inspection.population:
        theirs, ours = (one or "the whole inspection" for one in (other.inspection.population, name))
        raise UsageError(f"{other.path} is of {theirs}, and {folder.path} of {ours}")
    return other
