"""Made-up inspections: the example that ships with the product, and one to practise on."""

from __future__ import annotations

import shutil
from pathlib import Path

from attrs import evolve

from sqs_core.records.inspection import Sample
from sqs_core.storage.atomic import ABSENT, write_durably
from sqs_core.storage.create import new_inspection, write_attributes
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.fsync import make_folder
from sqs_core.storage.layout import INSPECTION

NAME = "darlington-2012"
"""The example: synthetic cases, invented officials."""

PRACTICE = "Practice inspection"
PRACTICE_CASES = ("01", "02", "03", "04")


def example_source() -> Path:
    """Return where the example lies: inside the installed package, or in a checkout beside ``src``."""
    package = Path(__file__).resolve().parent.parent
    installed = package / "examples" / NAME
    return installed if installed.is_dir() else package.parent.parent / "examples" / NAME


def write_example(target: Path) -> tuple[InspectionFolder, bool]:
    """Copy the example to ``target`` and open it; an inspection already there is left as it is.

    The second value is whether it was written.
    """
    if (target / INSPECTION).exists():
        return open_inspection(target), False
    source = example_source()
    files = sorted(path for path in source.rglob("*.toml"))
    # inspection.toml last, so that a folder that has one is a whole inspection.
    for file in sorted(files, key=lambda path: path.name == INSPECTION):
        copy = target / file.relative_to(source)
        make_folder(copy.parent)
        if not copy.exists():
            write_durably(copy, file.read_bytes(), expect=ABSENT)
    write_attributes(target)
    folder = open_inspection(target)
    folder.journal.note("new", new={"example": NAME})
    return folder, True


# ---------------------------------------------------------------- practice


def open_practice(target: Path) -> InspectionFolder:
    """Return the practice inspection in the folder ``target``; made where it is not there yet.

    Its first case has facts but no answers, the others are complete, so that a board and a
    letter can be seen from the first minute.
    """
    if (target / INSPECTION).exists():
        return open_inspection(target)
    shutil.rmtree(target, ignore_errors=True)
    example = open_inspection(example_source())
    inspection = evolve(
        example.inspection,
        service=PRACTICE,
        area="Practice",
        copies=(),
        note="Practice",
        sample=Sample(),
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
    if (target / INSPECTION).exists() and open_inspection(target).inspection.service == PRACTICE:
        shutil.rmtree(target, ignore_errors=True)
