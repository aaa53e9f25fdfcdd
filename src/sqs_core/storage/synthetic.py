"""A synthetic inspection on disk."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from sqs_core.criteria import Criteria
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.synthetic import NOTE, synthetic_records
from sqs_core.storage.create import new_inspection
from sqs_core.storage.folder import InspectionFolder

FIELDWORK = date(2026, 1, 12)


def write_synthetic(path: str | Path, criteria: Criteria, cases: int, seed: int) -> InspectionFolder:
    """Make the inspection at ``path`` with ``cases`` practice records; it says that it is synthetic.

    There are no interviews: they cannot be marked practice.  UsageError where an inspection is
    there already.
    """
    inspection = Inspection(
        service="Synthetic Youth Justice Service",
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        first_day=FIELDWORK,
        last_day=FIELDWORK + timedelta(days=2),
        note=NOTE,
    )
    folder = new_inspection(path, inspection, criteria, cases=0)
    for record in synthetic_records(criteria, cases, seed, fieldwork=FIELDWORK):
        folder.add_case(record)
    return folder
