"""Write ``examples/darlington-2012``: a synthetic inspection whose figures are the letter's.

Run from a checkout:  python examples/darlington.py
The cases, notes and officials are invented.  The answers are one of the many sets of fourteen
cases that fit every figure of the letter of 19 December 2012.
"""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path

from sqs_core.criteria import Criteria
from sqs_core.records import (
    Addressee,
    Answer,
    CaseRecord,
    EditedParagraph,
    Improvement,
    Inspection,
    Interview,
    Lead,
    Narrative,
    Sample,
    Signatory,
    Strength,
    interview_with,
)
from sqs_core.scoring.states import State, question_states
from sqs_core.storage.library import load_criteria
from sqs_core.storage.record_files import encode

FOLDER = Path(__file__).parent / "darlington-2012"
ALL = range(1, 15)

FACTS = {
    "psr_prepared": (1, 2, 3, 4, 5),
    "custody": (2, 3, 6, 7),
    "review_due": range(1, 13),
    "rosh_identified": range(1, 11),
    "identifiable_victim": (1, 2, 3, 4, 6, 7, 8, 9),
    "vulnerability_identified": range(1, 14),
    "health_wellbeing_need": range(1, 12),
    "barrier_identified": (2, 3, 4, 6, 7, 9, 10, 12),
    "compliance_problem": (3, 9, 10),
}

# question: {case: (outcome, reasons, evidence)}
SHORT: dict[str, dict[int, tuple[str, tuple[str, ...], str]]] = {
    "lor.assess": {
        11: (
            "insufficient",
            ("evidence-unclear", "vulnerability-missed"),
            "Asset p.4: scores given without evidence; the bullying noted on p.9 is not linked to the offence.",
        ),
        13: (
            "insufficient",
            ("diversity-missed", "care-missed"),
            "Asset p.6: placement with an aunt mentioned once and not considered; no word on learning needs.",
        ),
    },
    "lor.psr": {
        2: (
            "insufficient",
            ("irrelevant", "custody", "vulnerability"),
            "PSR: three pages of school history from years ago; custody dealt with in one line on p.5; self-harm not mentioned.",
        ),
    },
    "lor.assess.review": {
        11: ("insufficient", ("unchanged",), "Asset review: same text as the first, though he had moved.")
    },
    "lor.plan.review": {
        11: (
            "insufficient",
            ("unchanged",),
            "Plan review: objectives carried over, though the move made two of them impossible.",
        )
    },
    "roh.assess": {
        8: ("insufficient", ("nature-unclear",), "RoSH: says medium, but not to whom or of what.")
    },
    "roh.plan": {
        7: (
            "insufficient",
            ("victims", "not-clear"),
            "RMP: lists the curfew only; nothing on the ex-partner named in the assessment.",
        ),
        8: ("insufficient", ("no-plan",), "No RMP on file, though the RoSH screening asked for one."),
        9: ("insufficient", ("victims",), "RMP p.2: no step to protect the neighbour."),
    },
    "roh.plan.review": {
        7: ("insufficient", ("unchanged",), "RMP review: no change after the licence conditions changed."),
        8: ("insufficient", ("unchanged",), "Review done, but there was still no plan to change."),
        9: ("insufficient", ("unchanged",), "RMP review: no change after the new incident in October."),
        12: ("insufficient", ("unchanged",), "Review copied forward; the new household is not in it."),
    },
    "roh.victim": {
        7: ("insufficient", ("plan-poor",), "The exclusion zone does not cover the victim's work."),
        8: ("insufficient", ("not-assessed",), "The victim is in the police papers, not in the assessment."),
        9: (
            "insufficient",
            ("plan-poor", "not-assessed"),
            "The neighbour is missing from the assessment and from the plan.",
        ),
    },
    "vul.assess": {
        6: (
            "insufficient",
            ("first-poor", "irrelevant"),
            "First assessment short; old school reports left in.",
        ),
        8: (
            "insufficient",
            ("not-identified", "agencies"),
            "Children's services had known of neglect since spring; not used.",
        ),
        9: ("insufficient", ("first-poor",), "First assessment says low without evidence."),
        12: (
            "insufficient",
            ("not-identified", "agencies"),
            "The school's concern about exploitation is not in it.",
        ),
        13: (
            "insufficient",
            ("first-poor", "irrelevant"),
            "Information from a closed case left in; today's risks missing.",
        ),
    },
    "vul.plan": {
        6: ("absent", (), "No VMP on file; the need is on p.7 of the assessment."),
        8: ("absent", (), "No VMP on file."),
        9: ("absent", (), "No VMP on file."),
        12: ("absent", (), "No VMP on file; the manager had asked for one in September."),
        13: ("absent", (), "No VMP on file."),
        7: (
            "insufficient",
            ("not-clear", "no-contingency"),
            "VMP: 'support as needed'; nothing on what happens at release.",
        ),
        10: (
            "insufficient",
            ("assessment-unused",),
            "VMP does not take up the sleep problem found in the assessment.",
        ),
        11: (
            "insufficient",
            ("care", "no-contingency"),
            "VMP: the placement is not dealt with, and no fallback.",
        ),
    },
    "vul.assess.review": {9: ("insufficient", ("other",), "Not reviewed after the incident in October.")},
    "vul.plan.review": {
        6: ("insufficient", ("late",), "Due in September, done in November."),
        7: ("insufficient", ("poor",), "A tick that it was reviewed; no text."),
        8: ("insufficient", ("unchanged",), "Nothing changed after the strategy meeting."),
        9: ("insufficient", ("unchanged",), "Nothing changed after the incident in October."),
        11: ("insufficient", ("late", "unchanged"), "Late, and the move is not in it."),
        12: ("insufficient", ("poor",), "Review copied forward."),
    },
    "sen.barriers.assess": {
        4: ("insufficient", ("learning-style",), "PSR p.2 and Asset: how he learns best is not mentioned."),
        10: ("insufficient", ("communication",), "The speech therapist's letter is on file but not used."),
    },
    "sen.barriers.plan": {10: ("insufficient", ("no-way",), "Plan: written exercises only.")},
    "sen.health.help": {
        5: ("insufficient", ("other",), "Referred in August; no appointment by November, not followed up.")
    },
    "sen.comply": {9: ("insufficient", ("other",), "Five absences, breach proceedings begun.")},
    "mgt.oversight.roh": {
        7: ("insufficient", ("plan-poor",), "Countersigned without comment."),
        8: ("insufficient", ("assessment-poor", "plan-poor"), "Countersigned although there was no RMP."),
        9: ("insufficient", ("plan-poor",), "No sign that the plan was read."),
        12: ("insufficient", ("plan-poor",), "The copied review was signed off."),
    },
    "mgt.oversight.vul": {
        6: ("insufficient", ("plan-poor",), "No sign that the missing plan was noticed."),
        8: (
            "insufficient",
            ("plan-poor", "agency"),
            "Children's services were not asked to do the assessment they had promised.",
        ),
        9: ("insufficient", ("plan-poor",), "No sign that the missing plan was noticed."),
        11: (
            "insufficient",
            ("plan-poor", "agency"),
            "The placement provider was not held to the agreed visits.",
        ),
        12: ("insufficient", ("plan-poor",), "Asked for a plan in September; not followed up."),
        13: ("insufficient", ("plan-poor",), "No sign that the missing plan was noticed."),
    },
}

NOTES = {
    (1, "lor.assess"): {
        "evidence": "Asset pp.3–8: clear, and linked to the offence.",
        "strength": "The assessment was written together with the young person.",
    },
    (3, "sen.engage"): {
        "said": "We met at the gym, because he would not come to the office.",
        "strength": "Contact kept up by visits and by telephone after a move.",
    },
    (5, "sen.health.help"): {"learning": "Chase a referral that has brought nothing after a month."},
    (7, "roh.plan"): {
        "said": "The exclusion zone was agreed by telephone and not written up.",
        "learning": "Write what was agreed into the plan on the same day.",
    },
    (8, "vul.plan"): {
        "said": "I took the case over in October.",
        "learning": "Ask for a plan when a case is taken over without one.",
    },
    (10, "sen.barriers.plan"): {"learning": "Ask the speech therapist how to set out sessions."},
}

ORDERS = ("RO", "YRO", "DTO", "RO", "YRO", "DTO", "YRO", "RO", "YRO", "RO", "YRO", "YRO", "RO", "RO")
LENGTHS = (12, 18, 8, 6, 12, 10, 24, 9, 12, 12, 10, 12, 6, 6)
INSPECTORS = ("AB", "AB", "AB", "CD", "CD", "CD", "AB", "CD", "CD", "AB", "AB", "CD", "AB", "CD")
MANAGERS = ("PQ", "PQ", "RS", "RS", "TU", "TU", "PQ", "VW", "VW", "XY", "XY", "XY", "PQ", "RS")

YES = (
    "staff.wanted",
    "staff.training",
    "staff.skills",
    "staff.skills.used",
    "staff.supervision",
    "staff.policy.engage",
    "staff.policy.comply",
)
NOT_ALL = {"staff.watch": "C", "staff.guidance": "D", "staff.policy.roh": "D", "staff.policy.vul": "D"}


def case(criteria: Criteria, number: int) -> CaseRecord:
    """The invented case ``number``."""
    record = CaseRecord(
        case=f"{number:02}",
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        status="open",
        inspector=INSPECTORS[number - 1],
        case_manager=MANAGERS[number - 1],
        assessed_with_case_manager=number != 12,
    )
    for fact, cases in FACTS.items():
        record = record.noting(fact, number in cases)
    record = record.noting("order_type", ORDERS[number - 1])
    record = record.noting("order_length", f"{LENGTHS[number - 1]} months")
    record = record.noting("order_made", date(2012, 8, 20) + timedelta(days=3 * number))
    record = record.noting("assessment_system", "Asset")
    for question in criteria.questions:
        if question_states(criteria, record)[question.id] is State.NOT_ASKED:
            continue
        notes = NOTES.get((number, question.id), {})
        outcome, reasons, evidence = SHORT.get(question.id, {}).get(number, ("sufficient", (), ""))
        answer = Answer(outcome, reasons, **{"evidence": evidence, **notes})
        record = record.answering(question.id, answer)
    return record


def interview(criteria: Criteria, person: str) -> Interview:
    """The invented interviewee ``person``."""
    role = "senior-practitioner" if person == "E" else "case-manager"
    answers = dict.fromkeys(YES, "yes") | {q: "no" if who == person else "yes" for q, who in NOT_ALL.items()}
    order = [q.id for q in criteria.interview_questions]
    gave_views = person != "F"
    return interview_with(
        person=person,
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        role=role,
        gave_views=gave_views,
        answers={q: answers[q] for q in order} if gave_views else {},
    )


def inspection(criteria: Criteria) -> Inspection:
    """Whose work was screened, when and by whom: the officials are invented."""
    return Inspection(
        service="Darlington Youth Offending Service",
        area="Darlington",
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        first_day=date(2012, 11, 26),
        last_day=date(2012, 11, 28),
        letter_date=date(2012, 12, 19),
        note="Example: synthetic cases and invented officials. The figures are those of a published letter.",
        letterhead=("Inspectorate of Casework (example)", "1 Example Street, Exampleton EX1 1EX"),
        team=("AB", "CD"),
        copies=(
            "Rowan Ashby, Head of Service",
            "Morgan Fell, Darlington Borough Council",
            "Robin Carr, Director of Services for People",
            "Jules Hartley, lead elected member for children's services",
            "YJB link staff",
            "Ofsted",
        ),
        publications_note="Note: please contact our publications department for a printed copy of this report.",
        sample=Sample(size=14),
        addressee=Addressee(
            name="Sam Thornley, Vice Chair of the Management Board",
            salutation="Sam Thornley",
            lines=("Darlington Youth Offending Service",),
        ),
        lead=Lead("Alex Birch", "020 7946 0123", "alex.birch@inspectorate.example"),
        signatory=Signatory("Kim Weaver", "Assistant Chief Inspector"),
    )


def narrative() -> Narrative:
    """What the invented author wrote."""
    return Narrative(
        summary=(
            "We saw some very competent work in most areas, by case managers who were keen and creative. "
            "However, the YOS was not as good at making sure that the child or young person was protected, "
            "and managers' checks were not good enough to make sure that safeguarding work was always done "
            "properly."
        ),
        paragraphs={
            "1.4": EditedParagraph(
                add="We thought that this was because managers were clear about what they expected, and because "
                "plans were made in a joint meeting with the child or young person and their parents or carers."
            ),
            "3.2": EditedParagraph(
                add="While we were looking at cases we saw many assessments and plans that had too much old or "
                "irrelevant information left in them."
            ),
            "4.2": EditedParagraph(
                add="Staff kept in contact by visits and telephone calls, and found ways to meet young people "
                "where they felt at ease."
            ),
            "management.oversight": EditedParagraph(
                add="There were many times when managers had given good advice. They were particularly good at "
                "making sure that pre-sentence reports were good."
            ),
        },
        strengths=(
            Strength(
                "Staff tried really hard to stay in touch with children and young people, and with their parents "
                "or carers. They knew their current problems well and helped them to progress through their orders."
            ),
            Strength(
                "Case managers thought of good ways to connect with children and young people, and planned "
                "interventions around what interested them."
            ),
            Strength(
                "Joint planning meetings brought education, children's services and health together, so that "
                "everyone knew the plan and their own part in it."
            ),
        ),
        improvements=(
            Improvement(
                "the assessment of vulnerability and safeguarding, and planning to address those needs",
                ("vul.assess", "vul.plan"),
            ),
            Improvement(
                "reviews, so that assessments and plans, especially for safeguarding and vulnerability, stay "
                "focused and change when they should",
                ("roh.plan.review", "vul.plan.review"),
            ),
            Improvement(
                "the attention given to victims and potential victims, when work is assessed and planned",
                ("roh.plan", "roh.victim"),
            ),
            Improvement(
                "management oversight, particularly of safeguarding and vulnerability work and of reviews",
                ("mgt.oversight.roh", "mgt.oversight.vul"),
            ),
        ),
    )


def write(folder: Path = FOLDER) -> None:
    """Write the example anew to ``folder``."""
    criteria = load_criteria("sqs-2012", plugins=False)
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("cases", "interviews"):
        (folder / part).mkdir(parents=True)
    for number in ALL:
        record = case(criteria, number)
        (folder / "cases" / f"{record.case}.toml").write_bytes(encode(record, criteria))
    for person in "ABCDEF":
        (folder / "interviews" / f"{person}.toml").write_bytes(encode(interview(criteria, person), criteria))
    (folder / "letter.toml").write_bytes(encode(narrative()))
    (folder / "inspection.toml").write_bytes(encode(inspection(criteria)))


if __name__ == "__main__":
    write()
