"""How long composing and checking a letter takes, as a ratio to loading its records.

The records are made up, from a fixed seed, and written to a folder that is removed afterwards.
"""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

from rounds import Row, against, interleaved

from sqs_core.claims.check import check_letter
from sqs_core.documents.plain_text import read_text
from sqs_core.letter.compose import compose
from sqs_core.records.case import Answer
from sqs_core.records.inspection import Inspection, Sample
from sqs_core.renderers.text import as_text
from sqs_core.storage.create import new_inspection
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.library import load_criteria

CASES = 47


def made_folder(path: Path, cases: int) -> InspectionFolder:
    """An inspection of ``cases`` answered cases."""
    chance = random.Random(47)
    criteria = load_criteria("sqs-2012")
    inspection = Inspection("Anytown YOS", criteria.id, criteria.hash, sample=Sample(cases))
    folder = new_inspection(path, inspection, criteria, cases=cases)
    for case in folder.case_ids():
        stored = folder.case(case)
        record = stored.record
        for fact in criteria.facts:
            if fact.kind == "boolean":
                record = record.noting(fact.id, chance.random() < 0.6)
        for question in criteria.questions:
            good = chance.random() < 0.75
            reasons = tuple(r.id for r in criteria.reasons_of(question, "insufficient")[:1])
            answer = Answer("sufficient") if good else Answer("insufficient", reasons, "Seen in the file.")
            record = record.answering(question.id, answer)
        folder.save_case(record, expect=stored.hash)
    return folder


def bench() -> list[Row]:
    """Compose the letter of 47 cases and check it, against loading its records."""
    with tempfile.TemporaryDirectory() as place:
        folder = made_folder(Path(place) / "inspection", CASES)
        findings = findings_of(folder)
        blocks = read_text(as_text(compose(folder.inspection, findings))).passages
        times = interleaved(
            {
                "compose": lambda: compose(folder.inspection, findings),
                "check": lambda: check_letter(folder.inspection, findings, blocks),
                "load": lambda: findings_of(folder),
            },
            rounds=9,
        )
    floor = "loading and counting its records"
    return [
        against(times, "compose", "load", what=f"compose the letter of {CASES} cases", floor_is=floor),
        against(times, "check", "load", what="check every claim of that letter", floor_is=floor),
    ]
