"""Work out what a change not written yet would do to the figures and the letter."""

from __future__ import annotations

from attrs import evolve

from sqs_core.errors import RecordError
from sqs_core.letter.effect import Basis, Effect, effect
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import Narrative
from sqs_core.scoring.findings import Findings
from sqs_core.storage.audit.history_versions import RecordData
from sqs_core.storage.blinding import BLINDED, BlindedError, blinded_cases
from sqs_core.storage.converter import structured
from sqs_core.storage.findings import earlier_screening, other_findings
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import CASES, INSPECTION, INTERVIEWS, LETTER, case_of, natural_order
from sqs_core.storage.merge.plan import MergePlan
from sqs_core.storage.record_files import Record, kind_of


def basis(folder: InspectionFolder) -> Basis:
    """Return the basis of the figures and letter of ``folder``, without cases being marked a second time.

    RecordError where a record cannot be read.
    """
    records, problems = folder.cases()
    interviews, more = folder.interviews()
    if broken := [p for p in (*problems, *more) if p.code != BLINDED]:
        raise RecordError(*broken)
    narrative = folder.narrative().record
    blinded = blinded_cases(folder.path)
    others = _others(folder)
    return Basis(
        folder.criteria,
        folder.inspection,
        records,
        interviews,
        narrative,
        blinded,
        others,
        earlier_screening(folder),
    )


def _others(folder: InspectionFolder) -> dict[str, Findings]:
    """Return the findings of the other populations; none while one of their cases is marked a second time."""
    try:
        return other_findings(folder)
    except BlindedError:
        return {}


def effect_of(folder: InspectionFolder, *after: CaseRecord) -> Effect:
    """Return what putting each of ``after`` in place of its case would change on board and letter."""
    now = basis(folder)
    return effect(now, now.replacing(after))


def merged(plan: MergePlan) -> tuple[Basis, Basis]:
    """Return what figures and letter are made from before ``plan`` is written, and after it.

    Where something is still to be decided, our side of it stands.
    """
    before = {name: _record(name, table) for name, table in plan.ours.tables.items() if _counts(plan, name)}
    changed = {name: _record(name, table) for name, table in plan.changed.items() if _counts(plan, name)}
    folder = plan.ours.folder
    left_out = tuple(sorted(plan.blinded))
    start = Basis(
        folder.criteria,
        folder.inspection,
        (),
        left_out=left_out,
        others=_others(folder),
        earlier=earlier_screening(folder),
    )
    return _over(start, before), _over(start, {**before, **changed})


def _counts(plan: MergePlan, name: str) -> bool:
    """Return whether figures and letter rest on the record: not on second markings or blinded ones."""
    return name in (INSPECTION, LETTER) or (
        name.partition("/")[0] in (CASES, INTERVIEWS) and case_of(name) not in plan.blinded
    )


def _over(start: Basis, records: dict[str, Record]) -> Basis:
    found = [records[name] for name in sorted(records, key=natural_order)]
    made = evolve(
        start,
        cases=tuple(r for r in found if isinstance(r, CaseRecord) and not isinstance(r, Interview)),
        interviews=tuple(r for r in found if isinstance(r, Interview)),
    )
    for record in found:
        if isinstance(record, Narrative):
            made = evolve(made, narrative=record)
        elif isinstance(record, Inspection):
            made = evolve(made, inspection=record)
    return made


def _record(name: str, table: RecordData) -> Record:
    record, problems = structured(table, kind_of(name), lambda keys: f"{name} merged")
    if record is None:
        raise RecordError(*problems)
    return record
