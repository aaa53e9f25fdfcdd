"""Calibrate a new assessor on disk: cases with agreed judgements, and the assessor's own of them."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from sqs_core.errors import RecordError, UsageError
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.calibration import Calibration, calibrate
from sqs_core.storage.create import new_inspection
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import CRITERIA
from sqs_core.storage.safe_read import MissingFileError, read_bytes

NOTE = "Calibration: cases judged to learn by. Not findings about any service."


def begin_attempt(agreed: InspectionFolder, path: str | Path, inspector: str) -> InspectionFolder:
    """Make the folder in which ``inspector`` judges the cases of ``agreed``: the facts, and no answer.

    Every case in it is a practice case, so no board of a service counts it.

    Raises:
        RecordError: a case with agreed judgements cannot be read.
        UsageError: there is an inspection at ``path`` already, or no case in ``agreed``.
    """
    cases = _cases(agreed)
    if not cases:
        raise UsageError(f"there is no case in {agreed.path} to be calibrated on")
    try:
        kept = read_bytes(agreed.path / CRITERIA)
    except MissingFileError:
        kept = b""
    here, version = agreed.inspection, agreed.criteria
    inspection = Inspection(
        here.service, version.id, version.hash, first_day=here.first_day, last_day=here.last_day, note=NOTE,
        language=here.language, needs=here.needs,
    )  # fmt: skip
    made = new_inspection(path, inspection, version.whole, cases=0, kept=kept)
    for record in cases.values():
        blank = CaseRecord(record.case, version.id, version.hash, practice=True, facts=record.facts)
        made.add_case(evolve(blank, inspector=inspector))
    return made


def calibration_of(agreed: InspectionFolder, attempt: InspectionFolder) -> Calibration:
    """Return the judgements in ``attempt`` beside those in ``agreed``.

    Raises:
        RecordError: a case of either cannot be read.
        UsageError: they are one folder, or under two criteria versions.
    """
    if agreed.path.resolve() == attempt.path.resolve():
        raise UsageError(f"{agreed.path} is given twice; give the agreed cases and an assessor's")
    if agreed.criteria.hash != attempt.criteria.hash:
        raise UsageError(
            f"{attempt.path} is under {attempt.criteria.id} and the agreed cases under {agreed.criteria.id}, "
            "which are not the same questions; 'sqs criteria migrate' moves one of them"
        )
    return calibrate(agreed.criteria, _cases(agreed), _cases(attempt))


def _cases(folder: InspectionFolder) -> dict[str, CaseRecord]:
    records, problems = folder.cases()
    if problems:
        raise RecordError(
            *(p._replace(where=f"{folder.path}/{p.where}" if p.where else "") for p in problems)
        )
    return {record.case: record for record in records}
