"""Create a new inspection folder, with blank cases or those of a drawn sample."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, RecordError, UsageError
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection, Sample
from sqs_core.storage.atomic import ABSENT, ANY, content_hash, write_durably
from sqs_core.storage.folder import InspectionFolder, criteria_here
from sqs_core.storage.fsync import make_folder, remove
from sqs_core.storage.layout import (
    CASES,
    CRITERIA,
    INSPECTION,
    INTERVIEWS,
    TOML,
    check_stays_inside,
    folder_inside,
    inside,
    list_records,
)
from sqs_core.storage.library import needed_for
from sqs_core.storage.record_files import decode, encode
from sqs_core.storage.safe_read import MissingFileError, read_bytes


def new_inspection(
    path: str | Path,
    inspection: Inspection,
    criteria: Criteria,
    *,
    cases: int,
    others: Mapping[str, int] | None = None,
    kept: bytes = b"",
) -> InspectionFolder:
    """Make the folder of a new inspection with blank cases 01, 02, …

    Each other population of the version has a folder in it.
    ``others`` says how many blank records each other population begins with; none where it does not say.
    ``kept`` is the file of the criteria, for the inspection to keep; without it a plugin that offers them
    is among what the inspection needs.  A folder that was begun, by a try that was stopped or met a full
    disk, is completed.
    UsageError where an inspection is there already, or records that are not blank: it is left untouched.
    """
    folder = Path(path)
    check_stays_inside(folder)
    if (folder / INSPECTION).exists():
        raise UsageError(f"there is an inspection in {folder} already; choose another folder")
    for population in criteria.whole.populations:
        if population.part_of and (others or {}).get(population.id):
            raise UsageError(
                f"{population.many} are parts of cases, and not numbered by themselves; "
                f"add each with 'sqs case add {path} 01-1 --population {population.id}'"
            )
    _check_no_other_criteria(folder, kept)
    begun = _begun(folder)
    inspection = evolve(
        inspection,
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        sample=evolve(inspection.sample, size=cases) if cases else Sample(),
        needs=inspection.needs if kept else with_needs(inspection, criteria),
    )
    rooms = (CASES,) if inspection.population else (CASES, INTERVIEWS)
    for part in (folder, *(folder / room for room in rooms)):
        make_folder(part)
    write_attributes(folder)
    if kept:
        write_durably(folder / CRITERIA, kept, expect=ANY)
    for population in criteria.whole.populations[1:] if not inspection.population else ():
        place = folder_inside(folder, population.id)
        if not (place / INSPECTION).exists():  # an earlier try may have made it
            within, size = evolve(inspection, population=population.id), (others or {}).get(population.id, 0)
            new_inspection(place, within, criteria, cases=size, kept=kept)
    asked = criteria.of(inspection.population) if inspection.population else criteria_here(criteria)
    made = InspectionFolder(folder, inspection, asked)
    for case in blank_case_ids(cases):
        # Without an entry each: a blank record says nothing, and the first change enters it whole.
        blank = encode(made.new_case(case), asked)
        write_durably(inside(folder, made.name_of(case)), blank, expect=begun.pop(case, ABSENT))
    for case in begun:
        remove(inside(folder, made.name_of(case)))
    # Last, so that a folder with an inspection in it is always a whole one.
    write_durably(
        folder / INSPECTION,
        encode(inspection),
        expect=ABSENT,
        check=lambda data: decode(data, Inspection, INSPECTION),
    )
    made.journal.note("new", new={"cases": cases, "criteria": criteria.id, "criteria_hash": criteria.hash})
    return made


def _check_no_other_criteria(folder: Path, kept: bytes) -> None:
    """Raise UsageError where a file stands in the place of ``kept`` that says something else."""
    try:
        there = read_bytes(folder / CRITERIA)
    except MissingFileError:
        return
    if there != kept:
        what = f"a file {CRITERIA} that is not that of this inspection"
        raise UsageError(f"there is {what} in {folder}: move it away, or choose another folder")


def _begun(folder: Path) -> dict[str, str]:
    """Return the blank cases that an earlier try left in ``folder``, each with the hash of its file."""
    found: dict[str, str] = {}
    for case in list_records(folder, CASES).records:
        name = f"{CASES}/{case}{TOML}"
        data = read_bytes(inside(folder, name))
        try:
            record = decode(data, CaseRecord, name)
        except RecordError:
            record = None
        if record is None or record != CaseRecord(record.case, record.criteria, record.criteria_hash):
            raise other_records(folder, name)
        found[case] = content_hash(data)
    return found


def other_records(folder: Path, name: str) -> UsageError:
    """Return the refusal to make an inspection among records that are not its own, ``name`` one of them."""
    return UsageError(
        f"there are records in {folder}, such as {name}, but no {INSPECTION}: put that back from a "
        "copy, or choose another folder"
    )


def write_attributes(folder: Path) -> None:
    """Tell git to leave the records in ``folder`` byte for byte as they are.

    On Windows it would otherwise change their newlines, and the history would no longer match.
    """
    with suppress(HeldError):  # somebody's own stays
        write_durably(folder / ".gitattributes", b"* -text\n", expect=ABSENT)


def with_needs(inspection: Inspection, criteria: Criteria) -> tuple[str, ...]:
    """Return what ``inspection`` needs: what it needed before, and the plugin that has its criteria."""
    return tuple(dict.fromkeys((*inspection.needs, *needed_for(criteria))))


def blank_case_ids(cases: int) -> Iterator[str]:
    """Return case references 01, 02, … as many digits as the last one needs, two at least."""
    width = max(2, len(str(cases)))
    return (f"{number:0{width}}" for number in range(1, cases + 1))


def record_draw(folder: InspectionFolder, sample: Sample) -> InspectionFolder:
    """Record ``sample`` in the inspection and make a blank case for each one drawn.

    Where this very draw is recorded already, cut short before all its cases were made, it is
    completed.  UsageError where another was drawn, for a second draw until it pleases would be
    no fair sample, and where there are cases that were not drawn.
    """
    recorded, there = folder.inspection.sample, set(folder.case_ids())
    if recorded.seed is not None and recorded != sample:
        raise UsageError(f"another sample is recorded in {folder.path} already; choose another folder")
    if there and recorded != sample:
        raise UsageError(
            f"there are {len(there)} cases in {folder.path} already; draw into a folder made by 'sqs new' "
            "without --cases"
        )
    # The record first: cut short, this draw is completed from it, never replaced by another one.
    if recorded != sample:
        folder = folder.save_inspection(evolve(folder.inspection, sample=sample))
    for case in sample.drawn:
        if case not in there:
            folder.add_case(folder.new_case(case))
    return folder
