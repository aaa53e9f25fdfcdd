"""Made-up inspections that letters are held against: invented cases, no real child."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from sqs_core.claims.check import LetterCheck, check_letter
from sqs_core.documents.plain_text import read_text
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.scoring.findings import Findings, count_findings
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.library import load_criteria

ROOT = Path(__file__).parents[1]
Made = tuple[Inspection, Findings]


def cases(*numbers: int | range) -> set[int]:
    """The numbers given, one by one or as ranges."""
    return {n for part in numbers for n in (part if isinstance(part, range) else (part,))}


def made(
    version: str,
    facts: Mapping[str, Mapping[object, Collection[int]]],
    poor: Mapping[str, Mapping[str, Collection[int]]],
    people: Mapping[str, Collection[str]] | None = None,
    *,
    many: int = 23,
) -> Made:
    """An inspection of ``many`` cases: facts by value and cases; answers are sufficient but where ``poor`` says.

    ``people`` maps an interview question to those of the six interviewed (A to F; F gave no views) who said no.
    """
    criteria = load_criteria(version)
    records = []
    for number in range(1, many + 1):
        record = CaseRecord(f"{number:02}", criteria.id, criteria.hash)
        for fact, values in facts.items():
            for value, held in values.items():
                if number in held:
                    record = record.noting(fact, value)  # type: ignore[arg-type]
        for question in criteria.questions:
            outcomes = poor.get(question.id, {})
            outcome = next((o for o, among in outcomes.items() if number in among), "sufficient")
            record = record.answering(question.id, Answer(outcome))
        records.append(record)
    interviews = []
    for person in "ABCDEF" if people is not None else "":
        role = "manager" if person == "E" else "case-manager"
        views = person != "F"
        said = {
            q.id: "no" if person in (people or {}).get(q.id, ()) else "yes"
            for q in criteria.interview_questions
        }
        interviews.append(
            Interview(person, criteria.id, criteria.hash, role, views, "", said if views else {})
        )
    inspection = Inspection("Anytown Youth Justice Service", criteria.id, criteria.hash, area="Anytown")
    return inspection, count_findings(criteria, records, interviews)


@cache
def example() -> Made:
    """The example that ships: 14 cases under sqs-2012."""
    folder = open_inspection(ROOT / "examples" / "darlington-2012")
    return folder.inspection, folder.findings()


@cache
def audit() -> Made:
    """23 cases under local-audit."""
    custody = cases(3, 7, 11, 19)
    everyone = cases(range(1, 24))
    return made(
        "local-audit",
        {
            "review_due": {True: cases(range(1, 19)), False: cases(range(19, 24))},
            "risk_identified": {True: cases(range(1, 16)), False: cases(range(16, 24))},
            "setting": {"custody": custody, "community": everyone - custody},
        },
        {
            "assess.needs": {"insufficient": cases(5, 9, 14, 19, 22)},
            "assess.risk": {"insufficient": cases(2, 9, 10, 14, 15, 17, 21, 23)},
            "plan.needs": {"insufficient": cases(1, 2, 5, 6, 9, 10, 14, 16, 18, 20, 21, 23)},
            "plan.risk": {"insufficient": cases(2, 9, 10, 14, 15)},
            "deliver.contact": {"insufficient": cases(4, 13)},
            "deliver.review": {"insufficient": cases(6, 8, 9, 12, 17, 18)},
        },
    )


def checked(text: str, inspection: Made | None = None) -> LetterCheck:
    """A letter held against an inspection: the example where none is given."""
    header, findings = inspection or example()
    return check_letter(header, findings, read_text(text).passages)
