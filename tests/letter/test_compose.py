"""What the composed letter says, by how the result came out."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sqs_core.criteria import Criteria
from sqs_core.letter.compose import compose
from sqs_core.letter.document import Document, Items, Paragraph
from sqs_core.records import CaseRecord, EditedParagraph, Inspection, Narrative, Session
from sqs_core.records.interview import interview_with
from sqs_core.scoring.findings import count_findings

Outcomes = Mapping[str, tuple[str, ...] | str]


def letter(
    criteria: Criteria,
    question: str,
    outcomes: list[tuple[str, tuple[str, ...]]],
    *,
    narrative: Narrative | None = None,
    **facts: object,
) -> Document:
    """The letter on as many cases as there are outcomes of one question."""
    records = []
    for number, (outcome, reasons) in enumerate(outcomes, 1):
        session = Session(criteria, CaseRecord(f"{number:02}", criteria.id, criteria.hash))
        for fact, value in facts.items():
            session = session.setting(fact, value)  # type: ignore[arg-type]
        records.append(session.judging(question, outcome, reasons).record)
    inspection = Inspection("Example Service", criteria.id, criteria.hash)
    return compose(inspection, count_findings(criteria, records), narrative)


def paragraph(document: Document, name: str) -> str:
    return next(p.words for p in document.paragraphs() if p.id == name)


YES = ("sufficient", ())


def no(*reasons: str) -> tuple[str, tuple[str, ...]]:
    return "insufficient", reasons


PLAN = "To make sure the public is protected, the YOS needs to put plans in place using the information from the assessment. "


@pytest.mark.parametrize(
    ("outcomes", "said"),
    [
        (
            [YES],
            "We found that this had been done well enough in the one case where a risk of harm had been identified.",
        ),
        (
            [YES] * 2,
            "We found that this had been done well enough in both cases where a risk of harm had been identified.",
        ),
        (
            [no("no-plan")],
            "We found that this had not been done well enough in the one case where a risk of harm had been "
            "identified. This was because there was no risk management plan.",
        ),
        (
            [no("no-plan"), no("victims")],
            "We found that this had not been done well enough in either of the two cases where a risk of harm had "
            "been identified. This was because there was no risk management plan or victims' issues had not been "
            "looked at enough.",
        ),
        (
            [YES, YES, YES, no("victims", "not-clear")],
            "We found that this had been done well enough in three of the four cases where a risk of harm had been "
            "identified. In the other case, victims' issues had not been looked at enough and it was not clear what "
            "was going to be done.",
        ),
        (
            [YES, YES, YES, no("victims"), no()],
            "We found that this had been done well enough in three of the five cases where a risk of harm had been "
            "identified. Where a reason was recorded in the other two cases, it was that victims' issues had not been "
            "looked at enough.",
        ),
        (
            [YES, no(), no()],
            "We found that this had been done well enough in only one of the three cases where a risk of harm had "
            "been identified.",
        ),
        (
            [YES] * 8 + [no("not-clear"), no("victims"), no("victims", "no-plan")],
            "We found that this had been done well enough in eight of the 11 cases where a risk of harm had been "
            "identified. In the other three cases, victims' issues had not been looked at enough, there was no risk "
            "management plan, or it was not clear what was going to be done.",
        ),
    ],
)
def test_a_paragraph_says_how_many_and_why_not(
    criteria: Criteria, outcomes: list[tuple[str, tuple[str, ...]]], said: str
) -> None:
    document = letter(criteria, "roh.plan", outcomes, rosh_identified=True)
    assert paragraph(document, "2.2") == PLAN + said


def test_a_subset_is_told_beside_the_whole(criteria: Criteria) -> None:
    records = []
    for number, custody in enumerate((True, True, False, False), 1):
        session = Session(criteria, CaseRecord(f"{number:02}", criteria.id, criteria.hash))
        session = session.setting("rosh_identified", True).setting("custody", custody)
        reasons = () if number != 2 else ("victims",)
        outcome = "sufficient" if number != 2 else "insufficient"
        records.append(session.judging("roh.plan", outcome, reasons).record)
    document = compose(Inspection("Example", criteria.id, criteria.hash), count_findings(criteria, records))
    assert "including one of the two cases where the child or young person was in custody" in paragraph(
        document, "2.2"
    )


def test_every_figure_can_be_opened_to_its_cases(criteria: Criteria) -> None:
    document = letter(criteria, "roh.plan", [YES, YES, no("victims")], rosh_identified=True)
    figures = {(f.text, f.reference, f.cases) for p, f in document.figures() if p.id == "2.2"}
    assert figures == {
        ("two of the three cases", "roh.plan", ("01", "02")),
        ("the other case", "roh.plan:other", ("03",)),
    }


def test_a_number_above_ten_is_in_words_at_the_start_of_a_sentence(criteria: Criteria) -> None:
    document = letter(criteria, "vul.plan", [YES] * 13, vulnerability_identified=True)
    assert "Thirteen cases in the sample had vulnerability" in paragraph(document, "3.3")


def test_staff_are_spoken_of_together_only_where_the_same_people_said_it(criteria: Criteria) -> None:
    people = [
        interview_with(
            person,
            criteria.id,
            criteria.hash,
            role="case-manager",
            answers={"staff.wanted": "yes", "staff.training": first, "staff.skills": second},
        )
        for person, first, second in (("A", "yes", "no"), ("B", "no", "yes"), ("C", "yes", "yes"))
    ]
    document = compose(
        Inspection("Example", criteria.id, criteria.hash), count_findings(criteria, [], people)
    )
    assert paragraph(document, "management.staff").partition("work there. ")[2] == (
        "All three people said that they understood what the YOS wanted them to do and why it was important. Two of "
        "the three people said that they were given enough training for their current job. Two said that their "
        "line managers had the skills and knowledge to help them improve the quality of their work."
    )


def test_an_authors_text_keeps_its_figures_live(criteria: Criteria) -> None:
    edited = Narrative(paragraphs={"2.2": EditedParagraph(text="Plans were good in {roh.plan|of cases}.")})
    two = letter(criteria, "roh.plan", [YES, YES, no("victims")], narrative=edited, rosh_identified=True)
    three = letter(criteria, "roh.plan", [YES, YES, YES], narrative=edited, rosh_identified=True)
    assert paragraph(two, "2.2") == "Plans were good in two of the three cases."
    assert paragraph(three, "2.2") == "Plans were good in all three cases."


def test_an_unknown_figure_in_an_authors_text_stays_as_written_and_is_told(criteria: Criteria) -> None:
    edited = Narrative(paragraphs={"2.2": EditedParagraph(text="Plans: {roh.plam}.")})
    document = letter(criteria, "roh.plan", [YES], narrative=edited, rosh_identified=True)
    assert paragraph(document, "2.2") == "Plans: {roh.plam}."
    assert [p.code for p in document.problems if "roh.plan" in str(p)] == ["L003"]


def test_nothing_is_chosen_for_the_author(criteria: Criteria) -> None:
    document = letter(criteria, "roh.plan", [no("victims")], rosh_identified=True)
    assert not [block for block in document.blocks if isinstance(block, Items)]
    gaps = [b.words for b in document.blocks if isinstance(b, Paragraph) and b.words.startswith("[")]
    assert len(gaps) == 3


def test_what_nobody_has_recorded_yet_is_not_told_as_an_absence(criteria: Criteria) -> None:
    document = letter(criteria, "lor.plan", [YES, YES])
    assert paragraph(document, "2.3") == (
        "It was not recorded which cases had been going long enough for the plans to protect the public to be reviewed."
    )
    (told,) = (p for p in document.problems if p.code == "L006")
    assert told.where == "cases 01 02"
    assert "review_due" in told.what
