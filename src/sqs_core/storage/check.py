"""Check an inspection: what cannot be read, and what is inconsistent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress

from sqs_core.errors import Problem, RecordError, SqsError, did_you_mean
from sqs_core.plugins.needs import needs_advice
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.checks import check_case
from sqs_core.storage.audit.known_records import KnownRecords, known_records
from sqs_core.storage.blinding import BLINDED
from sqs_core.storage.findings import doubts_about
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.integrity import stray_files
from sqs_core.storage.layout import CASES, INSPECTION, alike, within_population
from sqs_core.storage.safe_read import places_in, read_bytes


def check_inspection(
    folder: InspectionFolder,
    known: KnownRecords | None = None,
    records: Iterable[CaseRecord] | None = None,
    problems: list[Problem] | None = None,
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return what cannot be read, and every inconsistency in what can, each by file and line.

    Of a second inspector's folder only the second markings are looked at.

    Args:
        folder: the inspection.
        known: what the history knows, where it is read already.
        records: the cases as they go by, where somebody else looks at them too; none is kept.
        problems: where what is wrong with the others is added once all have gone by.
    """
    known = known or known_records(folder.path)
    problems = [] if problems is None else problems
    if records is None:
        records = (stored.record for stored in folder.stream_cases(problems, known))
    in_cases = [p for r in records for p in check_case(folder.criteria, r, folder.places(r.case))]
    broken = [problem for problem in problems if problem.code != BLINDED]
    found = [problem for problem in problems if problem.code == BLINDED]
    ids = folder.case_ids()
    spelt = Counter(case.lower() for case in ids)
    for case in ids:
        if spelt[case.lower()] > 1:
            other = alike(case, ids)
            what = f"case '{other}' differs from it only in capitals: on Windows and macOS one file"
            found.append(Problem(folder.name_of(case), what, "give one of them another reference", "R034"))
    found += in_cases
    if folder.room != CASES:
        return tuple(broken), tuple(found)
    broken += _problems_of(lambda: folder.stored_interviews(known)[1])
    broken += _problems_of(lambda: doubts_about(folder, known))
    for name in folder.other_populations:
        with suppress(RecordError):  # a folder that is not there is among the doubts
            unread, unfit = check_inspection(folder.population(name))
            found += within_population(name, _without_whole(folder.population(name), folder))
            broken += (p for p in within_population(name, unread) if p not in broken)
            found += within_population(name, unfit)
    found += [problem for problem in stray_files(folder.path) if problem.advice]
    broken += _problems_of(lambda: folder.narrative(known) and ())
    broken += _problems_of(lambda: folder.actions(known) and ())
    if folder.criteria.status == "draft":
        what = f"is under a draft of {folder.criteria.id}, whose wording may still change"
        remedy = "before cases count, take 'status' out of its file and migrate to it"
        found.append(Problem(INSPECTION, what, remedy, "C302", True))
    if folder.inspection.needs:
        place = places_in(read_bytes(folder.path / INSPECTION), INSPECTION)
        found += needs_advice(folder.inspection.needs, place(["needs"]))
    return tuple(dict.fromkeys(broken)), tuple(found)


def _without_whole(parts: InspectionFolder, folder: InspectionFolder) -> Iterable[Problem]:
    """Yield the records of a population that are parts of a case which is not there."""
    population = parts.criteria.population
    if population is None or not population.part_of:
        return
    known = folder.population(population.part_of).case_ids()
    for part in parts.case_ids():
        if (whole := population.whole_of(part)) not in known:
            what = f"is part of a case '{whole}', which is not there" if whole else "is part of no case"
            remedy = f"add that case, or call it after its own and a number; {did_you_mean(whole, known)}"
            yield Problem(parts.name_of(part), what, remedy, "C303")


def _problems_of(read: Callable[[], Iterable[Problem]]) -> Iterable[Problem]:
    """Return the problems that ``read`` gives, or why it gives none: that hides nothing else."""
    try:
        return read()
    except SqsError as error:
        return error.problems
