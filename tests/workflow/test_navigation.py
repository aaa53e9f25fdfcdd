"""Where work goes on, and what words lead to."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.criteria.vocabulary import outcome_meant, question_meant
from sqs_core.errors import UsageError
from sqs_core.records import Answer, CaseRecord, Session
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.library import load_criteria
from sqs_core.workflow.navigation import (
    ALL,
    CASES,
    Location,
    case_called,
    go_to,
    neighbour,
    next_case,
    next_location,
    next_open,
    to_come_back_to,
    where_work_goes_on,
)
from sqs_core.workflow.progress import inspection_progress, progress_of

CASES_KNOWN = ("01", "02", "09", "10")


@pytest.fixture
def record(criteria: Criteria) -> CaseRecord:
    """Case 09, with a risk of harm identified and its first question answered."""
    blank = CaseRecord("09", criteria.id, criteria.hash)
    return blank.noting("rosh_identified", True).answering("lor.assess", Answer("sufficient"))


def test_a_blank_case_begins_with_its_facts_and_another_goes_on_at_its_next_open_question(
    criteria: Criteria, record: CaseRecord
) -> None:
    blank = CaseRecord("01", criteria.id, criteria.hash)
    assert where_work_goes_on(criteria, blank) == Location("facts", "01", ALL)
    assert where_work_goes_on(criteria, record) == Location("question", "09", "lor.assess.timely")


def test_the_next_open_question_is_looked_for_from_here_on_and_then_from_the_start(
    criteria: Criteria, record: CaseRecord
) -> None:
    last = criteria.questions[-2].id
    assert next_open(criteria, record, "roh.assess") == "roh.plan"
    assert next_open(criteria, record, last) == "lor.assess.timely"


def test_a_case_with_every_answer_leads_to_its_review(criteria: Criteria, example: InspectionFolder) -> None:
    whole = example.case("07").record
    assert next_location(criteria, whole) == Location("review", "07")
    assert next_case(criteria, [whole, CaseRecord("08", criteria.id, criteria.hash)]) == "08"


def test_a_neighbour_applies_and_may_be_answered(criteria: Criteria, record: CaseRecord) -> None:
    assert neighbour(criteria, record, "lor.assess.timely", -1) == "lor.assess"
    assert neighbour(criteria, record, "roh.assess", 1) == "roh.plan"
    assert neighbour(criteria, record, "lor.assess", -1) is None


@pytest.mark.parametrize(
    ("words", "leads_to"),
    [
        ("2.3", Location("question", "09", "roh.plan")),
        ("roh.plan", Location("question", "09", "roh.plan")),
        ("Risk of harm plan", Location("question", "09", "roh.plan")),
        ("victims", Location("question", "09", "roh.victim")),
        ("2", Location("question", "02")),
        ("case 02", Location("question", "02")),
        ("2 victims", Location("question", "02", "roh.victim")),
        ("cases", CASES),
        ("review", Location("review", "09")),
        ("interview b", Location("question", "interviews/B")),
    ],
)
def test_one_place_has_many_names(criteria: Criteria, words: str, leads_to: Location) -> None:
    here = Location("question", "09", "lor.assess")
    assert go_to(criteria, words, here, CASES_KNOWN, ("A", "B")) == leads_to


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("barriers", "in the names of several questions: 4.2 barriers identified, 4.3"),
        ("elephants", 'There is no question or case "elephants"; the cases are 01 02 09 10'),
        ("2 elephants", 'There is no question "elephants"'),
        ("interview Q", '"add person Q" makes one'),
        ("", "Go where?"),
    ],
)
def test_words_that_lead_nowhere_say_why(criteria: Criteria, words: str, why: str) -> None:
    told = go_to(criteria, words, Location("question", "09", "lor.assess"), CASES_KNOWN, ())
    assert isinstance(told, str)
    assert why in told


def test_a_question_without_a_case_asks_for_one(criteria: Criteria) -> None:
    assert go_to(criteria, "2.3", CASES, ("01",), ()) == "Which case? For example: goto 01 2.3"


def test_a_case_is_itself_or_the_same_number_and_never_a_guess() -> None:
    assert [case_called(word, ("01", "1x", "X2", "x3")) for word in ("1", "001", "x2", "1X", "x", "²")] == [
        *("01", "01", "X2", "1x"),
        *(None, None),
    ]


def test_a_question_is_meant_by_number_id_or_name_and_a_word_of_several_is_refused(
    criteria: Criteria,
) -> None:
    assert {question_meant(criteria, w) for w in ("2.3", "roh.plan", "risk of harm plan")} == {"roh.plan"}
    with pytest.raises(UsageError, match=r"4\.2 barriers identified, 4\.3"):
        question_meant(criteria, "barriers")
    with pytest.raises(UsageError, match=r"did you mean 'roh\.plan'"):
        question_meant(criteria, "roh.plam")


def test_an_outcome_is_meant_by_id_letter_or_words(criteria: Criteria) -> None:
    plan = criteria.question("vul.plan")
    words = ("sufficient", "y", "Yes", "yes, good enough", "1")
    assert {outcome_meant(criteria, plan, word).id for word in words} == {"sufficient"}
    with pytest.raises(UsageError, match="no outcome 'perhaps' for vul.plan"):
        outcome_meant(criteria, plan, "perhaps")
    assert [o.brief_word for o in criteria.outcomes_of(plan)] == ["yes", "no", "none", "n/a", "?"]


def test_marks_to_come_back_are_told_in_the_order_of_the_version(criteria: Criteria) -> None:
    session = Session(criteria, CaseRecord("07", criteria.id, criteria.hash))
    session = session.flagging("roh.plan", later="the plan").flagging("lor.assess", later="")
    assert list(to_come_back_to(criteria, [session.record])) == [
        ("07", "lor.assess", ""),
        ("07", "roh.plan", "the plan"),
    ]


def test_the_list_of_cases_tells_how_far_each_one_is(criteria: Criteria, record: CaseRecord) -> None:
    begun = Session(criteria, record).attending(inspector="CN").flagging("roh.plan", later="x").record
    blank = CaseRecord("10", criteria.id, criteria.hash)
    asked = progress_of(criteria, begun).asked
    assert [case.words for case in (progress_of(criteria, begun), progress_of(criteria, blank))] == [
        f"1 of {asked} answered, CN with nobody yet, 1 to come back to",
        "not started",
    ]
    whole = inspection_progress(criteria, [begun, blank])
    assert (whole.complete, whole.left) == (0, asked - 1 + progress_of(criteria, blank).asked)


def test_a_case_of_which_nothing_is_asked_is_complete_once_its_facts_say_so(criteria: Criteria) -> None:
    falls_away = evolve(criteria, questions=tuple(q for q in criteria.questions if q.id == "roh.plan"))
    without_questions = load_criteria("hmip-youth-2025", plugins=False).of("children")

    def told(version: Criteria, **facts: bool) -> tuple[str, bool, Fraction, str]:
        record = CaseRecord("07", version.id, version.hash, inspector="CN", facts=facts)
        found = progress_of(version, record)
        return found.answered, found.complete, found.share_left, where_work_goes_on(version, record).view

    assert told(falls_away) == ("no question applies yet", False, 1, "facts")
    assert told(falls_away, rosh_identified=True) == ("0 of 1 answered", False, 1, "question")
    assert told(falls_away, rosh_identified=False) == ("no question applies", True, 0, "review")
    assert told(without_questions) == ("no question applies yet", False, 1, "facts")
