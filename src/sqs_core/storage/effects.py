"""What figures and letter are made from now, and what a change not written yet would do to them."""

from __future__ import annotations

from sqs_core.errors import RecordError
from sqs_core.letter.effect import Basis, Effect, effect
from sqs_core.records.case import CaseRecord
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.seals import SEALED, sealed_cases


def basis(folder: InspectionFolder) -> Basis:
    """What figures and letter of ``folder`` are made from; cases being marked a second time are left out.

    RecordError where a record cannot be read.
    """
    records, problems = folder.cases()
    interviews, more = folder.interviews()
    if broken := [p for p in (*problems, *more) if p.code != SEALED]:
        raise RecordError(*broken)
    narrative = folder.narrative().record
    shut = sealed_cases(folder.path)
    return Basis(folder.criteria, folder.inspection, records, interviews, narrative, shut)


def effect_of(folder: InspectionFolder, *after: CaseRecord) -> Effect:
    """What putting each of ``after`` in place of its case would change on board and letter."""
    now = basis(folder)
    return effect(now, now.replacing(after))
