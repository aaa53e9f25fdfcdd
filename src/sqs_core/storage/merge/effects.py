"""Work out what a change not written yet would do to the figures and the letter."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext

from attrs import evolve

from sqs_core.errors import RecordError, UsageError
from sqs_core.letter.effect import Basis, Effect, effect
from sqs_core.records.case import CaseRecord
from sqs_core.records.computed import with_computed
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import Narrative
from sqs_core.scoring.findings import count_findings
from sqs_core.storage.audit.history_versions import RecordData
from sqs_core.storage.blinding import BLINDED, blinded_cases
from sqs_core.storage.converter import structured
from sqs_core.storage.findings import earlier_screening
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import (
    CASES,
    INSPECTION,
    INTERVIEWS,
    LETTER,
    case_of,
    natural_order,
    problems_within,
)
from sqs_core.storage.merge.plan import MergePlan
from sqs_core.storage.record_files import Record, record_class


def basis(folder: InspectionFolder) -> Basis:
    """Return the basis of the figures and letter of the whole inspection that ``folder`` is of.

    It is without cases being marked a second time.  RecordError where a record cannot be read.
    """
    return _in_whole(folder, _own_basis(folder))


def _own_basis(folder: InspectionFolder) -> Basis:
    """Return the basis of the population of ``folder`` by itself."""
    records, problems = folder.cases()
    interviews, more = folder.interviews()
    if broken := [p for p in (*problems, *more) if p.code != BLINDED]:
        raise RecordError(*broken)
    narrative = folder.narrative().record
    blinded = blinded_cases(folder.path)
    return Basis(folder.criteria, folder.inspection, records, interviews, narrative, blinded)


def _in_whole(folder: InspectionFolder, own: Basis, changed: Iterable[CaseRecord] = ()) -> Basis:
    """Return the basis of the whole inspection, where that of the population of ``folder`` is ``own``.

    The other populations look at the ``changed`` records of it, where their conditions look at any.
    """
    try:
        whole = folder.whole
    except UsageError:
        return own  # taken out of its inspection
    parts: dict[str, Basis] = {}
    for name in whole.populations:
        if name == folder.own_population:
            parts[name] = own
            continue
        within = whole.population(name)
        with nullcontext() if within.whole_is_here else problems_within(name):
            parts[name] = _own_basis(within.linking(whole, {folder.own_population: tuple(changed)}))
    first, *more = parts or {"": own}
    parts = parts or {first: own}
    left_out = tuple(f"{name}/{case}" for name in more for case in parts[name].left_out)
    return evolve(
        parts[first],
        left_out=parts[first].left_out + left_out,
        others={name: count_findings(parts[name].criteria, parts[name].cases) for name in more},
        earlier=earlier_screening(whole),
    )


def effect_of(folder: InspectionFolder, *after: CaseRecord) -> Effect:
    """Return what putting each of ``after`` in place of its case would change on board and letter.

    What is computed from it changes with it, as it does when the record is written.
    """
    changed = [with_computed(folder.criteria, record) for record in after]
    now = _own_basis(folder)
    return effect(_in_whole(folder, now), _in_whole(folder, now.replacing(changed), changed))


def merged(plan: MergePlan) -> tuple[Basis, Basis]:
    """Return what figures and letter are made from before ``plan`` is written, and after it.

    Where something is still to be decided, our side of it stands.
    """
    before = {name: _record(name, table) for name, table in plan.ours.tables.items() if _counts(plan, name)}
    changed = {name: _record(name, table) for name, table in plan.changed.items() if _counts(plan, name)}
    folder = plan.ours.folder
    start = Basis(folder.criteria, folder.inspection, (), left_out=tuple(sorted(plan.blinded)))
    then = _over(start, {**before, **changed})
    return _in_whole(folder, _over(start, before)), _in_whole(folder, then, then.cases)


def _counts(plan: MergePlan, name: str) -> bool:
    """Return whether figures and letter rest on the record: not on second markings or blinded ones."""
    return name in (INSPECTION, LETTER) or (
        name.partition("/")[0] in (CASES, INTERVIEWS) and case_of(name) not in plan.blinded
    )


def _over(start: Basis, records: dict[str, Record]) -> Basis:
    found = [records[name] for name in sorted(records, key=natural_order)]
    made = evolve(
        start,
        cases=tuple(with_computed(start.criteria, r) for r in found if type(r) is CaseRecord),
        interviews=tuple(r for r in found if isinstance(r, Interview)),
    )
    for record in found:
        if isinstance(record, Narrative):
            made = evolve(made, narrative=record)
        elif isinstance(record, Inspection):
            made = evolve(made, inspection=record)
    return made


def _record(name: str, table: RecordData) -> Record:
    return structured(table, record_class(name), lambda keys: f"{name} merged")
