"""What of an inspection cannot be read, and what in it does not fit together."""

from __future__ import annotations

from functools import cache

from sqs_core.errors import Problem, SqsError
from sqs_core.plugins.needs import needs_advice
from sqs_core.scoring.checks import check_case
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.blinding import BLINDED
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.integrity import stray_files
from sqs_core.storage.layout import INSPECTION, alike, inside
from sqs_core.storage.moderation.second import SecondFolder
from sqs_core.storage.safe_read import read_bytes
from sqs_core.storage.toml_lines import PlaceFinder, places_in


def check_inspection(folder: InspectionFolder) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return what cannot be read, and every inconsistency in what can, each by file and line.

    Of a second inspector's folder only the second markings are looked at.
    """
    known = known_records(folder.path)
    cases, problems = folder.stored_cases(known)
    broken = [problem for problem in problems if problem.code != BLINDED]
    found = [problem for problem in problems if problem.code == BLINDED]
    ids = folder.case_ids()
    for case in ids:
        if other := alike(case, ids):
            what = f"case '{other}' differs from it only in capitals: on Windows and macOS one file"
            found.append(Problem(folder.name_of(case), what, "give one of them another reference", "R034"))
    for stored in cases:
        found += check_case(folder.criteria, stored.record, _places(folder, stored.record.case))
    if isinstance(folder, SecondFolder):
        return tuple(broken), tuple(found)
    broken += folder.stored_interviews(known)[1]
    broken += folder.doubts()
    found += [problem for problem in stray_files(folder.path) if problem.advice]
    try:
        folder.narrative()
    except SqsError as error:
        broken += error.problems
    if folder.inspection.needs:
        place = places_in(read_bytes(folder.path / INSPECTION), INSPECTION)
        found += needs_advice(folder.inspection.needs, place(["needs"]))
    return tuple(broken), tuple(found)


def _places(folder: InspectionFolder, case: str) -> PlaceFinder:
    """Return what finds keys in the record of ``case``: it is read again once there is something to find."""
    name = folder.name_of(case)

    @cache
    def places() -> PlaceFinder:
        return places_in(read_bytes(inside(folder.path, name)), name)

    return lambda keys: places()(keys)
