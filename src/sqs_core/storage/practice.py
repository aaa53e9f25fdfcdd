"""Make an inspection to practise on: four made-up cases of the example, thrown away afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

from attrs import evolve

from sqs_core.records.inspection import Sample
from sqs_core.storage.atomic import ABSENT
from sqs_core.storage.create import new_inspection
from sqs_core.storage.example import example_source
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.layout import INSPECTION

PRACTICE_CASES = ("01", "02", "03", "04")


def open_practice(target: Path) -> InspectionFolder:
    """Return the practice inspection in the folder ``target``; made where it is not there yet.

    Its first case has facts but no answers, the others are complete, so that a board and a
    letter can be seen from the first minute.
    """
    if (target / INSPECTION).exists():
        return open_inspection(target)
    shutil.rmtree(target, ignore_errors=True)
    example = open_inspection(example_source())
    blank = Sample()
    inspection = evolve(
        example.inspection,
        service="Practice inspection",
        area="Practice",
        copies=(),
        note="Practice",
        sample=blank,
    )
    made = new_inspection(target, inspection, example.criteria, cases=0)
    for case in PRACTICE_CASES:
        record = example.case(case).record
        made.save_case(evolve(record, answers={}) if case == PRACTICE_CASES[0] else record, expect=ABSENT)
    for person in example.people():
        made.save_interview(example.interview(person).record, expect=ABSENT)
    return made


def throw_practice_away(target: Path) -> None:
    """Remove the practice inspection in ``target``, and nothing else."""
    if (target / INSPECTION).exists() and open_inspection(target).inspection.service == "Practice inspection":
        shutil.rmtree(target, ignore_errors=True)
