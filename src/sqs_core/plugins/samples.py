"""Made-up inspections for the testing kit: every edge a renderer meets, nothing real."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import evolve

from sqs_core import DEFAULT_CRITERIA
from sqs_core.criteria import Criteria, Fact
from sqs_core.criteria.conditions import FactValue
from sqs_core.letter.report import Report
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.inspection import Addressee, Inspection, Lead, Signatory
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import EditedParagraph, Improvement, Narrative, Strength
from sqs_core.scoring.states import applying_questions

# Stands in every private note: a renderer is given none, so no output may hold it.
CANARY = "qzxprivatenotezxq"
MANY = 14

ACCENTED = "Gwasanaeth Troseddau Ieuenctid Tŷ-ddŵr â’r Môr, Zoë Ångström, Łukasz Çelik"
MARKUP = (
    "<script>alert(1)</script> &amp; *stars* _lines_ [link](https://example.org) \"quotes\" 'single' "
    "`code` # = - + @ =1+1 #set page() $x^2$ {{ name }} ${name} \\textbf{x} <!-- -->"
)
LONG_PLACE = (
    "the Royal Borough of Exampleton upon Wolds, the City and County Borough of Sampleford with its "
    "surrounding districts, and the Unitary Authority of "
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
)
CONTROL = "bell \x07 escape \x1b[31mred nul \x00 bidi \u202e zero\u200bwidth line\nbreak tab\tstop"


def reference(place: int) -> str:
    """The reference of the made-up case ``place``: no word or number of any letter."""
    return f"Qzx{place:02}xzQ"


def samples(options: Mapping[str, str]) -> Mapping[str, Report]:
    """Every sample report by its kind."""
    from sqs_core import load_criteria

    criteria = load_criteria(DEFAULT_CRITERIA, plugins=False)
    made = {
        "full": _report(criteria, MANY, "the plan for the work with each child"),
        "one-case": _report(criteria, 1, "the plan"),
        "empty": _report(criteria, 0, ""),
        "accented": _report(criteria, 3, ACCENTED),
        "markup": _report(criteria, 3, MARKUP),
        "control": _report(criteria, 3, CONTROL),
        "long": _report(criteria, 3, "unbroken" * 40 + " and many words " * 1000, LONG_PLACE),
    }
    return {kind: evolve(report, options=dict(options)) for kind, report in made.items()}


def _report(criteria: Criteria, cases: int, words: str, area: str = "Exampleton") -> Report:
    from sqs_core import count_findings, report_on

    people = made_up_interviews(criteria, min(cases, 5))
    findings = count_findings(criteria, made_up_cases(criteria, cases), people)
    return report_on(_inspection(criteria, words, area), findings, _narrative(words))


def _inspection(criteria: Criteria, words: str, area: str) -> Inspection:
    if not words:
        return Inspection("A service", criteria.id, criteria.hash)
    short = words[:120]
    return Inspection(
        service=f"Service of {short}",
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        area=area,
        first_day=date(2012, 11, 26),
        last_day=date(2012, 11, 28),
        letter_date=date(2012, 12, 19),
        note=f"Sample: {short}",
        letterhead=("Inspectorate of Samples", short),
        addressee=Addressee("Sam Sample", "Sam", (short,)),
        lead=Lead("Alex Sample", "020 7946 0000", "alex@example.org"),
        signatory=Signatory("Kim Sample", short),
        copies=("One", short, "Three"),
        publications_note=short,
    )


def _narrative(words: str) -> Narrative:
    if not words:
        return Narrative()
    return Narrative(
        summary=f"A first part about {words}.\n\nA second part, with {{cases|count cases}}.",
        paragraphs={"2.2": EditedParagraph(add=f"We add {words}.")},
        strengths=(Strength(f"A strength: {words}"), Strength("- a line that begins with a mark")),
        improvements=tuple(Improvement(f"area {place}: {words[:200]}") for place in range(1, 6)),
    )


def made_up_cases(criteria: Criteria, count: int) -> list[CaseRecord]:
    """``count`` cases in which every outcome and reason of ``criteria`` turns up in turn.

    Every second one has answers to questions that do not apply (parked); the last, where there
    are more than two, is left half answered.
    """
    made = []
    for place in range(1, count + 1):
        record = CaseRecord(
            case=reference(place),
            criteria=criteria.id,
            criteria_hash=criteria.hash,
            inspector="AB",
            case_manager="CD",
            assessed_with_case_manager=place % 3 != 0,
            facts={fact.id: _value(fact, place + turn) for turn, fact in enumerate(criteria.facts)},
        )
        questions = criteria.questions
        if place % 2:
            questions = tuple(criteria.question(name) for name in applying_questions(criteria, record))
        if count > 2 and place == count:
            questions = questions[: len(questions) // 2]
        for turn, question in enumerate(questions):
            outcomes = criteria.outcomes_of(question)
            # Three in four are sufficient, as in most inspections; the others take turns.
            other = 1 + (place + turn) // 4 % (len(outcomes) - 1) if len(outcomes) > 1 else 0
            outcome = outcomes[other if (place + turn) % 4 == 0 else 0]
            reasons = criteria.reasons_of(question, outcome.id)[:2]
            answer = Answer(
                outcome=outcome.id,
                reasons=tuple(reason.id for reason in reasons),
                evidence=CANARY,
                said=CANARY,
                learning=CANARY,
                strength=CANARY,
            )
            record = record.answering(question.id, answer)
        made.append(record)
    return made


def made_up_interviews(criteria: Criteria, count: int) -> list[Interview]:
    """``count`` interviews, the last of someone who gave no views."""
    roles = list(criteria.letter.roles) if criteria.letter else []
    made = []
    for place in range(count):
        outcomes = criteria.interview_outcomes
        answers = {
            question.id: outcomes[0 if (place + turn) % 3 else turn % len(outcomes)].id
            for turn, question in enumerate(criteria.interview_questions)
        }
        gave = count < 2 or place < count - 1
        role = roles[place % len(roles)] if roles else ""
        made.append(
            Interview(
                person="ABCDEFGH"[place],
                criteria=criteria.id,
                criteria_hash=criteria.hash,
                role=role,
                gave_views=gave,
                note=CANARY,
                answers=answers if gave else {},
            )
        )
    return made


def _value(fact: Fact, turn: int) -> FactValue:
    if fact.kind == "boolean":
        return turn % 3 != 0
    if fact.kind == "choice":
        return fact.choices[turn % len(fact.choices)].id
    if fact.kind == "date":
        return date(2012, 9, 1 + turn % 28)
    return "a text"
