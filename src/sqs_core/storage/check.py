"""What of an inspection cannot be read, and what in it does not fit together."""

from __future__ import annotations

from collections import Counter
from functools import cache

from sqs_core.errors import Problem, SqsError
from sqs_core.plugins.needs import needs_advice
from sqs_core.scoring.checks import check_case
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.blinding import BLINDED
from sqs_core.storage.folder import InspectionFolder, ReadCases
from sqs_core.storage.integrity import stray_files
from sqs_core.storage.layout import INSPECTION, alike, inside
from sqs_core.storage.moderation.second import SecondFolder
from sqs_core.storage.safe_read import PlaceFinder, places_in, read_bytes


def check_inspection(
    folder: InspectionFolder, cases: ReadCases | None = None
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return what cannot be read, and every inconsistency in what can, each by file and line.

    ``cases`` is what ``folder.cases()`` gave, where they are read already.  Of a second inspector's folder
    only the second markings are looked at.
    """
    known = known_records(folder.path)
    records, problems = cases or folder.cases()
    broken = [problem for problem in problems if problem.code != BLINDED]
    found = [problem for problem in problems if problem.code == BLINDED]
    ids = folder.case_ids()
    spelt = Counter(case.lower() for case in ids)
    for case in ids:
        if spelt[case.lower()] > 1:
            other = alike(case, ids)
            what = f"case '{other}' differs from it only in capitals: on Windows and macOS one file"
            found.append(Problem(folder.name_of(case), what, "give one of them another reference", "R034"))
    for record in records:
        found += check_case(folder.criteria, record, _places(folder, record.case))
    if isinstance(folder, SecondFolder):
        return tuple(broken), tuple(found)
    broken += folder.stored_interviews(known)[1]
    broken += folder.doubts()
    found += [problem for problem in stray_files(folder.path) if problem.advice]
    for read in (folder.narrative, folder.actions):
        try:
            read()
        except SqsError as error:
            broken += error.problems
    if folder.criteria.status == "draft":
        what = f"is under a draft of {folder.criteria.id}, whose wording may still change"
        remedy = "before cases count, take 'status' out of its file and migrate to it"
        found.append(Problem(INSPECTION, what, remedy, "C302", True))
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
