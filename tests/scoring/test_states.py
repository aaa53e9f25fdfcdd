"""The six states of a question, and what is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqs_core.criteria import Criteria
from sqs_core.records import CaseRecord, Session
from sqs_core.scoring.checks import inconsistencies
from sqs_core.scoring.states import State, progress, states, states_since
from sqs_core.scoring.tally import summarise
from sqs_core.storage.library import load_criteria


@pytest.fixture
def session(criteria: Criteria) -> Session:
    return Session(criteria, CaseRecord("07", criteria.id, criteria.hash))


def test_a_question_is_asked_only_when_its_fact_is_true(session: Session) -> None:
    assert states(session.criteria, session.record)["lor.psr"] is State.NOT_ASKED
    asked = session.setting("psr_prepared", True)
    assert states(asked.criteria, asked.record)["lor.psr"] is State.UNANSWERED


def test_the_six_states_are_distinct(session: Session) -> None:
    done = (
        session.setting("psr_prepared", True)
        .judging("lor.psr", "sufficient")
        .setting("psr_prepared", False)
        .judging("lor.assess", "insufficient")
        .judging("lor.plan", "not-applicable")
        .judging("roh.assess", "not-known")
    )
    found = states(done.criteria, done.record)
    names = ("lor.assess", "lor.plan", "roh.plan", "vul.assess", "roh.assess", "lor.psr")
    assert [found[name] for name in names] == [
        State.ANSWERED,
        State.NOT_APPLICABLE,
        State.NOT_ASKED,
        State.UNANSWERED,
        State.NOT_KNOWN,
        State.PARKED,
    ]


def test_a_parked_answer_is_kept_not_counted_and_back_when_it_applies_again(session: Session) -> None:
    answered = (
        session.setting("custody", True).setting("rosh_identified", True).judging("roh.plan", "sufficient")
    )
    parked = answered.setting("rosh_identified", False)
    assert summarise(parked.criteria, [parked.record]).tally("roh.plan").n == 0
    assert parked.record.answer("roh.plan").outcome == "sufficient"
    back = parked.setting("rosh_identified", True)
    assert summarise(back.criteria, [back.record]).tally("roh.plan").k == 1


def test_unanswered_is_never_counted_as_insufficient(session: Session) -> None:
    tally = summarise(session.criteria, [session.record]).tally("lor.assess")
    assert (tally.k, tally.n, tally.unjudged[State.UNANSWERED]) == (0, 0, ("07",))


def test_nothing_applicable_is_no_score(session: Session) -> None:
    assert summarise(session.criteria, [session.record]).tally("lor.psr").share is None


def test_progress_counts_only_what_applies(session: Session) -> None:
    empty = progress(session.criteria, session.record)
    answered = session.judging("lor.assess", "sufficient").setting("psr_prepared", True)
    assert empty == (0, 12)
    assert progress(answered.criteria, answered.record) == (1, 14)


def test_a_practice_record_is_never_counted(criteria: Criteria) -> None:
    practice = CaseRecord("01", criteria.id, criteria.hash, practice=True)
    assert summarise(criteria, [practice]).cases == ()


def test_a_filter_keeps_the_cases_whose_facts_fit(session: Session) -> None:
    custody = session.setting("custody", True).judging("lor.plan", "sufficient").record
    other = CaseRecord("08", custody.criteria, custody.criteria_hash)
    board = summarise(session.criteria, [custody, other], where={"custody": True})
    assert (board.cases, board.tally("lor.plan").k) == (("07",), 1)


def test_reasons_count_only_with_an_outcome_that_takes_them(session: Session) -> None:
    changed = session.judging("lor.assess", "insufficient", ("care-missed",)).judging(
        "lor.assess", "sufficient"
    )
    assert summarise(changed.criteria, [changed.record]).tally("lor.assess").reasons == {}


@given(st.sampled_from(["sqs-2012", "yjs-2018", "fji-2014"]), st.data())
def test_the_states_since_a_change_are_those_worked_out_anew(version: str, data: st.DataObject) -> None:
    criteria = load_criteria(version, plugins=False)
    facts = [fact.id for fact in criteria.facts if fact.kind == "boolean"]
    session = Session(criteria, CaseRecord("07", criteria.id, criteria.hash))
    known = states(criteria, session.record)
    for _ in range(data.draw(st.integers(1, 8))):
        before = session.record
        if data.draw(st.booleans()):
            session = session.setting(data.draw(st.sampled_from(facts)), data.draw(st.booleans()))
        question = data.draw(st.sampled_from(criteria.questions))
        outcome = data.draw(st.sampled_from([None, *(o.id for o in criteria.outcomes_of(question))]))
        session = session.judging(question.id, outcome)
        known = states_since(criteria, session.record, before, known)
        assert known == states(criteria, session.record)
        assert list(known) == [q.id for q in criteria.questions]


def test_a_fact_that_decides_what_is_asked_and_was_not_recorded_is_told_once_work_has_begun(
    session: Session,
) -> None:
    def told(record: CaseRecord) -> list[str]:
        return [p.what for p in inconsistencies(session.criteria, record, str) if p.code == "C204"]

    begun = session.judging("lor.plan", "sufficient")
    for fact in session.criteria.deciding_facts[:-1]:
        begun = begun.setting(fact, False)
    (what,) = told(begun.record)
    assert what == "not recorded among the facts: compliance_problem; what depends on that is not asked"
    assert told(begun.setting("compliance_problem", False).record) == told(session.record) == []
