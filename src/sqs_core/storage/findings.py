"""Compute the figures of an inspection folder, and what makes them doubtful.

A figure that silently left out a broken record would be wrong, so there is none while one cannot be read.
"""

from __future__ import annotations

from attrs import evolve

from sqs_core.errors import Problem, RecordError, SqsError, UsageError
from sqs_core.scoring.findings import EarlierScreening, Findings, FindingsCounter, count_findings
from sqs_core.storage.atomic import content_hash
from sqs_core.storage.audit.known_records import KnownRecords, known_records
from sqs_core.storage.blinding import BLINDED, BlindedError, unreadable_seconds
from sqs_core.storage.folder import InspectionFolder, StaffFolder, open_inspection
from sqs_core.storage.integrity import incomplete_sample, put_back, stray_files
from sqs_core.storage.layout import (
    CASES,
    INSPECTION,
    list_records,
    path_beside,
    problems_within,
    within_population,
)
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import one_line


def findings_of(folder: InspectionFolder) -> Findings:
    """Count all cases, interviews and other populations of ``folder``; practice is left out.

    Raises:
        RecordError: when a record cannot be read.
        BlindedError: while a case is being marked a second time.

    >>> findings_of(open_inspection("darlington-2012")).count("roh.plan")
    <Count 7 of 10>
    """
    known = known_records(folder.path)
    problems: list[Problem] = []
    counter = FindingsCounter(folder.criteria)
    for case in folder.stream_cases(problems, known):
        if not case.record.practice:
            counter.add(case.record)
    if blinded := [problem for problem in problems if problem.code == BLINDED]:
        raise BlindedError(*blinded)
    interviews, more = folder.stored_interviews(known)
    if problems or more:
        raise RecordError(*problems, *more)
    counted = counter.findings(i.record for i in interviews)
    return evolve(counted, others=other_findings(folder))


def other_findings(folder: InspectionFolder, *, practice: bool = False) -> dict[str, Findings]:
    """Count the other populations of a whole inspection; none of one of its populations.

    With ``practice`` made-up records are counted where a population has no others.
    Raises RecordError and BlindedError as :func:`findings_of`, with the folder of the population.
    """
    found: dict[str, Findings] = {}
    for name in folder.other_populations:
        within = folder.population(name)
        with problems_within(name):
            found[name] = findings_or_practice(within)[0] if practice else findings_of(within)
    return found


def findings_or_practice(folder: InspectionFolder) -> tuple[Findings, bool]:
    """Return the findings, and whether they are of made-up cases: where there are no others."""
    findings = findings_of(folder)
    if findings.cases:
        return findings, False
    made_up = [evolve(record, practice=False) for record in folder.cases()[0] if record.practice]
    if not made_up:
        return findings, False
    interviews = folder.interviews()[0]
    others = other_findings(folder, practice=True)
    return count_findings(folder.criteria, made_up, interviews, others=others), True


def checked_findings(folder: InspectionFolder) -> tuple[Findings, bool]:
    """Count what a letter is held against, and say whether it is practice; with the inspection before."""
    findings, practice = findings_or_practice(folder)
    return evolve(findings, earlier=earlier_screening(folder)), practice


def earlier_screening(folder: InspectionFolder) -> EarlierScreening | Problem | None:
    """Count the inspection before; None where none is named, the problem where it cannot be counted."""
    named = folder.inspection.earlier.folder
    if not named:
        return None
    try:
        before = open_inspection(path_beside(folder.path, named), actor=folder.actor)
        if before.path.resolve() == folder.path.resolve():
            raise UsageError("it is this inspection itself")
        findings, practice = findings_or_practice(before)
        areas = {name for area in before.narrative().record.improvements for name in area.questions}
        return EarlierScreening(before.inspection, findings, frozenset(areas), practice)
    except SqsError as error:
        why = "; ".join(f"{p.where}: {p.what}" if p.where else p.what for p in error.problems[:3])
        what = f"what has changed since the inspection before ({one_line(named, 60)}) is not told: {why}"
        remedy = "put it there, or name another, or none: sqs letter details --earlier FOLDER"
        return Problem(INSPECTION, what, remedy, "L009", advice=True)


def doubts_about(folder: InspectionFolder, known: KnownRecords | None = None) -> tuple[Problem, ...]:
    """Return what makes figures doubtful though they can be given: to be shown wherever one is.

    Copies that a sync program made beside the records, a sample that is not whole, an earlier version
    of what the inspection says of itself, second markings that cannot be read and so blind their cases.
    ``known`` is what the history knows, where it is read already.
    """
    if isinstance(folder, StaffFolder):
        return ()  # its files are in the folder of the whole inspection
    known = known or known_records(folder.path)
    found = [problem for problem in stray_files(folder.path) if not problem.advice]
    found += unreadable_seconds(folder.path)
    found += incomplete_sample(known, folder.inspection.sample, list_records(folder.path, CASES).records)
    own = content_hash(read_bytes(folder.path / INSPECTION))
    found += put_back(folder.path, known, INSPECTION, own)
    for name in folder.other_populations:
        try:
            within = folder.population(name)
            with problems_within(name):
                found += within_population(name, doubts_about(within))
        except RecordError as error:
            found += error.problems
    return tuple(found)
