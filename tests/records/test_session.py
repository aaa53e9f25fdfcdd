"""A session over one case: every change checked, every change undoable."""

from __future__ import annotations

import pytest

from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, UsageError
from sqs_core.records import Answer, CaseRecord, Session
from sqs_core.records.case import MOST_STEPS, parse_fact


@pytest.fixture
def session(criteria: Criteria) -> Session:
    return Session(criteria, CaseRecord("07", criteria.id, criteria.hash))


def test_an_answer_is_remembered_with_its_reasons_in_the_order_of_the_version(session: Session) -> None:
    after = session.judging("roh.plan", "insufficient", ("not-clear", "victims"))
    assert after.record.answer("roh.plan") == Answer("insufficient", ("victims", "not-clear"))


def test_an_unknown_outcome_is_refused_with_those_it_has(session: Session) -> None:
    with pytest.raises(UsageError, match="did you mean 'sufficient'"):
        session.judging("roh.plan", "suficient")


def test_no_plan_at_all_is_an_outcome_only_where_the_question_has_it(session: Session) -> None:
    assert session.judging("vul.plan", "absent").record.answer("vul.plan").outcome == "absent"
    with pytest.raises(UsageError, match="no outcome 'absent' for roh.plan"):
        session.judging("roh.plan", "absent")


def test_a_reason_is_refused_with_an_outcome_that_does_not_take_it(session: Session) -> None:
    with pytest.raises(UsageError, match="cannot be given with outcome 'sufficient'"):
        session.judging("roh.plan", "sufficient", ("victims",))


def test_ticked_reasons_are_there_again_when_the_outcome_is_changed_back(session: Session) -> None:
    ticked = session.judging("roh.plan", "insufficient", ("victims",))
    back = ticked.judging("roh.plan", "sufficient").judging("roh.plan", "insufficient")
    assert back.record.answer("roh.plan").reasons == ("victims",)


def test_undo_and_redo_walk_through_every_change(session: Session) -> None:
    one = session.judging("roh.plan", "sufficient")
    two = one.noting("roh.plan", "evidence", "RMP p.2")
    assert two.undoing().record == one.record
    assert two.undoing().undoing().record == session.record
    assert two.undoing().redoing().record == two.record


def test_undo_goes_back_two_hundred_steps(session: Session) -> None:
    changed = session
    for step in range(MOST_STEPS + 20):
        changed = changed.noting("roh.plan", "evidence", f"line {step}")
    for _ in range(MOST_STEPS):
        changed = changed.undoing()
    assert changed.record.answer("roh.plan").evidence == "line 19"
    assert changed.undoing() is changed


def test_taking_an_answer_away_leaves_its_notes(session: Session) -> None:
    noted = session.judging("roh.plan", "sufficient").noting("roh.plan", "evidence", "RMP p.2")
    assert noted.judging("roh.plan", None).record.answer("roh.plan") == Answer(None, evidence="RMP p.2")


def test_a_finished_case_takes_no_change(criteria: Criteria) -> None:
    finished = CaseRecord("07", criteria.id, criteria.hash, status="finished")
    with pytest.raises(HeldError, match="case 07 is finished"):
        Session(criteria, finished).judging("roh.plan", "sufficient")


@pytest.mark.parametrize(
    ("fact", "words", "value"),
    [
        ("custody", "yes", True),
        ("custody", "No", False),
        ("order_type", "YRO", "YRO"),
        ("custody", " ", None),
    ],
)
def test_a_fact_is_read_from_words(criteria: Criteria, fact: str, words: str, value: object) -> None:
    assert parse_fact(criteria, fact, words) == value


@pytest.mark.parametrize(
    ("fact", "words", "said"),
    [
        ("custody", "perhaps", "is yes or no"),
        ("order_made", "12 Sept", "is a date such as 2012-11-26"),
        ("order_type", "YR0", "did you mean 'YRO'"),
        ("custdy", "yes", "did you mean 'custody'"),
    ],
)
def test_a_fact_that_cannot_be_read_is_refused_with_what_would_work(
    criteria: Criteria, fact: str, words: str, said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        parse_fact(criteria, fact, words)
