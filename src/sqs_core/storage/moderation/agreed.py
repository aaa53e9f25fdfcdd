"""Settle two markings of a case: ``agreed/07.toml``, and the case that counts.

The agreed record names both markings and says why; what it says is carried out in
``cases/07.toml``.  The markings themselves are never touched.
"""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from sqs_core.errors import Problem, RecordError, SqsError
from sqs_core.records.case import CaseRecord
from sqs_core.records.second_marking import OPEN, Agreed, Decision, apply_decisions, recorded_value
from sqs_core.storage.atomic import ABSENT
from sqs_core.storage.audit.history_versions import last_of
from sqs_core.storage.audit.journal import NONE
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.blinding import FINISHED, BlindedError, blinded_cases, blinded_problem
from sqs_core.storage.converter import unstructured
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.integrity import missing_from_draw, missing_records, put_back
from sqs_core.storage.layout import AGREED, SECOND, TOML, inside, list_records
from sqs_core.storage.moderation.second import first_name, read_marking, second_case, second_ids
from sqs_core.storage.record_files import Stored, read_record


@frozen
class Markings:
    """Both markings of a case, the second finished, and what was agreed so far."""

    first: Stored[CaseRecord]
    second: Stored[CaseRecord]
    agreed: Stored[Agreed]


def markings(folder: InspectionFolder, case: str) -> Markings:
    """Return both markings of ``case``; BlindedError while the second is open."""
    second = second_case(folder, case)
    if second.record.status != FINISHED:
        raise BlindedError(blinded_problem(case))
    first = read_marking(folder, first_name(case))
    name = _name_of(case)
    if inside(folder.path, name).exists():
        return Markings(first, second, read_record(folder.path, name, Agreed, folder.criteria))
    agreed = Agreed(
        case,
        folder.criteria.id,
        folder.criteria.hash,
        first.record.inspector,
        second.record.inspector,
        first.hash,
        second.hash,
    )
    return Markings(first, second, Stored(agreed, ABSENT))


def finished_pairs(folder: InspectionFolder) -> tuple[tuple[CaseRecord, CaseRecord], ...]:
    """Return first and second marking of every case whose second is finished.

    RecordError where a second marking is gone, or an earlier version is in its place: as of any figure.
    """
    known, there = known_records(folder.path), second_ids(folder)
    problems = (
        *missing_records(known, SECOND, there),
        *missing_from_draw(known, folder.inspection, SECOND, there),
    )
    still_open = set(blinded_cases(folder.path))
    both = [markings(folder, case) for case in there if case not in still_open]
    for m in both:
        case = m.second.record.case
        problems += put_back(folder.path, known, first_name(case), m.first.hash)
        problems += put_back(folder.path, known, f"{SECOND}/{case}{TOML}", m.second.hash)
    if problems:
        raise RecordError(*problems)
    return tuple((m.first.record, m.second.record) for m in both)


def settled_case(folder: InspectionFolder, case: str, decisions: Mapping[str, Decision]) -> CaseRecord:
    """Return the record that counts, as it would be with ``decisions`` by question or fact; not written."""
    return _settled(folder, folder.case(case).record, markings(folder, case), decisions)


def _settled(
    folder: InspectionFolder, record: CaseRecord, both: Markings, decisions: Mapping[str, Decision]
) -> CaseRecord:
    first, second, agreed = both.first.record, both.second.record, both.agreed.record
    return apply_decisions(folder.criteria, record, first, second, agreed, decisions)


def save_decisions(folder: InspectionFolder, case: str, decisions: Mapping[str, Decision]) -> None:
    """Write ``decisions`` into the agreed record, then carry them out in the case.

    Both are entered in the history, with why.  Cut short between the two, ``check`` tells (S102),
    and doing it again completes it.
    """
    both = markings(folder, case)
    stored = folder.case(case)
    after = _settled(folder, stored.record, both, decisions)
    agreed = both.agreed.record
    for item, decision in decisions.items():
        agreed = agreed.deciding(folder.criteria, item, decision)
    why = "; ".join(dict.fromkeys(d.why for d in decisions.values() if d.why))
    name = _name_of(case)
    saved = folder.journal.save(name, agreed, expect=both.agreed.hash, what="agree", why=why)
    if saved == both.agreed.hash and last_of(folder.path, name) is None:
        # The very first decision, by a try that was stopped before the entry.
        folder.journal.enter(name, NONE, (both.agreed.hash, unstructured(agreed)), what="agree", why=why)
    if after != stored.record:
        folder.save_case(after, expect=stored.hash, what="agree", why=why)
    else:
        # An earlier try may have been stopped before the entry.
        folder.journal.enter_missed(folder.name_of(case), why=why)


def agreed_items(folder: InspectionFolder, case: str) -> Mapping[str, Decision]:
    """Return what was agreed about ``case``, by question or fact; empty where nothing was."""
    if not inside(folder.path, _name_of(case)).exists():
        return {}
    agreed = markings(folder, case).agreed.record
    return {**agreed.facts, **agreed.answers}


def not_carried_out(folder: InspectionFolder) -> tuple[Problem, ...]:
    """Return every decision that the record that counts does not hold: changed since, or cut short (S102).

    Advice, since a later correction may be right; unreadable records are reported elsewhere.
    """
    found: list[Problem] = []
    try:
        cases = list_records(folder.path, AGREED).records
    except SqsError as error:
        return error.problems
    for case in cases:
        try:
            agreed, record = markings(folder, case).agreed.record, folder.case(case).record
        except SqsError as error:
            found += [] if isinstance(error, BlindedError) else error.problems
            continue
        found += [
            Problem(
                _name_of(case),
                f"{item} was agreed differently from what the case now says",
                "agree it again, or leave it if it was corrected since",
                "S102",
                advice=True,
            )
            for item, decision in {**agreed.answers, **agreed.facts}.items()
            if decision.taken != OPEN and recorded_value(folder.criteria, record, item) != decision.agreed
        ]
    return tuple(found)


def _name_of(case: str) -> str:
    return f"{AGREED}/{case}{TOML}"
