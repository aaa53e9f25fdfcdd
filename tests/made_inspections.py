"""Made-up inspections that letters are held against: invented cases, no real child."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path

from sqs_core.claims.check import LetterCheck, check_letter
from sqs_core.documents.plain_text import read_text
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import interview_with
from sqs_core.scoring.findings import Findings, count_findings
from sqs_core.storage.findings import findings_of
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
            interview_with(person, criteria.id, criteria.hash, role, views, "", said if views else {})
        )
    inspection = Inspection("Anytown Youth Justice Service", criteria.id, criteria.hash, area="Anytown")
    return inspection, count_findings(criteria, records, interviews)


@cache
def example() -> Made:
    """The example that ships: 14 cases under sqs-2012."""
    folder = open_inspection(ROOT / "examples" / "darlington-2012")
    return folder.inspection, findings_of(folder)


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


@cache
def screening() -> Made:
    """23 cases under sqs-2012, with other counts than the example has, and five of six people's views."""
    custody = cases(2, 3, 5, 8, 12, 17)
    facts = {
        "psr_prepared": cases(range(1, 10)),
        "custody": custody,
        "review_due": cases(range(1, 19)),
        "rosh_identified": cases(range(1, 17)),
        "identifiable_victim": cases(range(1, 12)),
        "vulnerability_identified": cases(range(1, 21), 23),
        "health_wellbeing_need": cases(range(1, 14)),
        "compliance_problem": cases(4, 9, 13, 17, 20),
    }
    everyone = cases(range(1, 24))
    poor = {
        "lor.assess": cases(3, 9, 14, 20),
        "lor.assess.timely": cases(10, 11),
        "lor.psr": cases(2, 6, 7),
        "lor.assess.review": cases(3, 5, 9, 14, 16),
        "lor.plan": cases(1, 7, 9, 14, 20, 23),
        "lor.plan.review": cases(1, 3, 5, 7, 9, 14, 16, 18),
        "roh.assess": cases(4, 6, 9, 10, 13, 15, 19, 21, 23),
        "roh.assess.review": cases(6, 9, 13, 15),
        "roh.plan": cases(3, 6, 8, 9, 10, 13, 15),
        "roh.plan.review": cases(1, 3, 5, 6, 8, 9, 10, 13, 14, 15, 16),
        "roh.victim": cases(3, 6, 8, 9, 10),
        "vul.assess": cases(2, 5, 7, 9, 12, 14, 16, 19, 20, 23),
        "vul.assess.review": cases(5, 9),
        "vul.plan.review": cases(2, 5, 7, 9, 12, 14, 16),
        "sen.engage": cases(9),
        "sen.barriers.assess": cases(4, 10, 18),
        "sen.barriers.plan": cases(4, 10, 15, 18, 22),
        "sen.health.identify": cases(6),
        "sen.health.help": cases(6, 11),
        "sen.comply": cases(4, 9, 13, 20),
        "sen.comply.response": cases(9),
        "mgt.oversight.roh": cases(3, 6, 8, 9, 10, 13, 15, 21),
        "mgt.oversight.vul": cases(2, 5, 7, 9, 11, 12, 14, 16, 18, 19, 20, 23),
        "mgt.psr.check": cases(6),
    }
    return made(
        "sqs-2012",
        {fact: {True: held, False: everyone - held} for fact, held in facts.items()},
        {name: {"insufficient": found} for name, found in poor.items()}
        | {"vul.plan": {"absent": cases(5, 9, 14, 16, 19, 23), "insufficient": cases(2, 7, 12, 20)}},
        {
            "staff.training": "A",
            "staff.watch": "AB",
            "staff.guidance": "C",
            "staff.policy.comply": "ABC",
        },
    )


@cache
def youth_justice() -> Made:
    """23 cases under yjs-2018: 15 with a court order, eight dealt with out of court."""
    everyone = cases(range(1, 24))
    children, others, reviewed = (
        cases(range(1, 13), 17, 18, 19),
        cases(range(1, 11), 16, 20),
        cases(range(1, 12)),
    )
    return made(
        "yjs-2018",
        {
            "disposal": {"court": cases(range(1, 16)), "out-of-court": cases(range(16, 24))},
            "safety_child": {True: children, False: everyone - children},
            "safety_others": {True: others, False: everyone - others},
            "review_due": {True: reviewed, False: everyone - reviewed},
            "custody": {True: cases(2, 5, 9), False: everyone - cases(2, 5, 9)},
        },
        {
            "court.assess.desistance": {"insufficient": cases(3, 8, 14)},
            "court.assess.child": {"insufficient": cases(1, 3, 5, 9, 11, 13)},
            "court.assess.others": {"insufficient": cases(2, 3, 4, 6, 8, 10, 15)},
            "court.plan.desistance": {"insufficient": cases(3, 14)},
            "court.plan.child": {"insufficient": cases(1, 3, 5, 9, 11)},
            "court.plan.others": {"insufficient": cases(2, 4, 6, 8)},
            "court.review.desistance": {"insufficient": cases(3, 7, 8, 10)},
            "ooc.assess.desistance": {"insufficient": cases(16, 22)},
            "ooc.plan.child": {"insufficient": cases(18)},
            "ooc.joint.police": {"insufficient": cases(20, 21, 23)},
        },
    )


def checked(text: str, inspection: Made | None = None) -> LetterCheck:
    """A letter held against an inspection: the example where none is given."""
    header, findings = inspection or example()
    return check_letter(header, findings, read_text(text).passages)
