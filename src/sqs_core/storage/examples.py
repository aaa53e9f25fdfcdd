"""Made-up inspections: the example that ships with the product, and one to practise on."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from attrs import evolve

from sqs_core.records.inspection import Sample
from sqs_core.storage.atomic import ABSENT, write_durably
from sqs_core.storage.create import new_inspection, other_records, write_attributes
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.fsync import make_folder
from sqs_core.storage.layout import CASES, INSPECTION, INTERVIEWS, TOML, inside, list_records
from sqs_core.storage.safe_read import read_bytes

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

    The second value is whether it was written.  A folder that was begun, by a try that was stopped, is
    completed.  UsageError where there are other records, without an ``inspection.toml``.
    """
    if (target / INSPECTION).exists():
        return open_inspection(target), False
    source = example_source()
    files = {path.relative_to(source).as_posix(): path.read_bytes() for path in source.rglob("*.toml")}
    _check_no_other_records(target, files)
    # inspection.toml last, so that a folder that has one is a whole inspection.
    for name in sorted(files, key=lambda name: (name == INSPECTION, name)):
        copy = target / name
        make_folder(copy.parent)
        if not copy.exists():
            write_durably(copy, files[name], expect=ABSENT)
    write_attributes(target)
    folder = open_inspection(target)
    folder.journal.note("new", new={"example": NAME})
    return folder, True


def _check_no_other_records(folder: Path, files: Mapping[str, bytes]) -> None:
    """Raise UsageError where ``folder`` has a record that is none of ``files``, by name and content."""
    rooms = (CASES, INTERVIEWS)
    records = {f"{room}/{record}{TOML}" for room in rooms for record in list_records(folder, room).records}
    for name in sorted(records.union(name for name in files if (folder / name).exists())):
        if read_bytes(inside(folder, name)) != files.get(name):
            raise other_records(folder, name)


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
