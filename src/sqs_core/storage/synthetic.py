"""Write a synthetic inspection to disk."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqs_core.criteria import Criteria
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.synthetic import NOTE, synthetic_interviews, synthetic_population
from sqs_core.storage.atomic import ABSENT
from sqs_core.storage.create import new_inspection
from sqs_core.storage.folder import InspectionFolder

SERVICE = "Synthetic Youth Justice Service"
FIELDWORK = date(2026, 1, 12)
MOST_PEOPLE = 6


def write_synthetic(
    path: str | Path,
    criteria: Criteria,
    cases: int,
    seed: int,
    *,
    service: str = SERVICE,
    days: tuple[date, date] = (FIELDWORK, FIELDWORK + timedelta(days=2)),
    kept: bytes = b"",
) -> InspectionFolder:
    """Make the inspection at ``path`` with ``cases`` practice records; it says that it is synthetic.

    ``kept`` is the file of the criteria, for it to keep.
    Each of several populations gets as many.
    ``days`` are the first and last day of fieldwork: several inspections made so can follow each other.
    One person is interviewed for every two cases, at most six, where the version asks people anything.
    UsageError where an inspection is there already.
    """
    inspection = Inspection(
        service=service,
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        first_day=days[0],
        last_day=days[1],
        note=NOTE,
    )
    folder = new_inspection(path, inspection, criteria, cases=0, kept=kept)
    for name in folder.populations or ("",):
        # Opened one after the other, so that a record can name one of those made before.
        within = folder.population(name) if name else folder
        for record in synthetic_population(within.criteria, cases, seed, fieldwork=days[0]):
            within.save_case(record, expect=ABSENT)
    people = min(MOST_PEOPLE, (cases + 1) // 2) if criteria.interview_questions else 0
    for interview in synthetic_interviews(criteria, people, seed):
        folder.save_interview(interview, expect=ABSENT)
    return folder
