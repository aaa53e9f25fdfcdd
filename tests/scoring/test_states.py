"""The six states of a question, and what is counted."""

from __future__ import annotations

import pytest

from sqs_core.criteria import Criteria
from sqs_core.records import CaseRecord, Session
from sqs_core.scoring.checks import check_case
from sqs_core.scoring.findings import count_findings
from sqs_core.scoring.states import State, progress, question_states


@pytest.fixture
def session(criteria: Criteria) -> Session:
    return Session(criteria, CaseRecord("07", criteria.id, criteria.hash))


def test_a_question_is_asked_only_when_its_fact_is_true(session: Session) -> None:
    assert question_states(session.criteria, session.record)["lor.psr"] is State.NOT_ASKED
    asked = session.setting("psr_prepared", True)
    assert question_states(asked.criteria, asked.record)["lor.psr"] is State.UNANSWERED


def test_the_six_states_are_distinct(session: Session) -> None:
    done = (
        session.setting("psr_prepared", True)
        .judging("lor.psr", "sufficient")
        .setting("psr_prepared", False)
        .judging("lor.assess", "insufficient")
        .judging("lor.plan", "not-applicable")
        .judging("roh.assess", "not-known")
    )
    found = question_states(done.criteria, done.record)
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
    assert count_findings(parked.criteria, [parked.record]).tally("roh.plan").n == 0
    assert parked.record.answer("roh.plan").outcome == "sufficient"
    back = parked.setting("rosh_identified", True)
    assert count_findings(back.criteria, [back.record]).tally("roh.plan").k == 1


def test_unanswered_is_never_counted_as_insufficient(session: Session) -> None:
    tally = count_findings(session.criteria, [session.record]).tally("lor.assess")
    assert (tally.k, tally.n, tally.unjudged[State.UNANSWERED]) == (0, 0, ("07",))


def test_nothing_applicable_is_no_score(session: Session) -> None:
    assert count_findings(session.criteria, [session.record]).tally("lor.psr").share is None


def test_progress_counts_only_what_applies(session: Session) -> None:
    empty = progress(session.criteria, session.record)
    answered = session.judging("lor.assess", "sufficient").setting("psr_prepared", True)
    assert empty == (0, 12)
    assert progress(answered.criteria, answered.record) == (1, 14)


def test_a_practice_record_is_never_counted(criteria: Criteria) -> None:
    practice = CaseRecord("01", criteria.id, criteria.hash, practice=True)
    assert count_findings(criteria, [practice]).cases == ()


def test_a_filter_keeps_the_cases_whose_facts_fit(session: Session) -> None:
    custody = session.setting("custody", True).judging("lor.plan", "sufficient").record
    other = CaseRecord("08", custody.criteria, custody.criteria_hash)
    board = count_findings(session.criteria, [custody, other], where={"custody": True})
    assert (board.cases, board.tally("lor.plan").k) == (("07",), 1)


def test_reasons_count_only_with_an_outcome_that_takes_them(session: Session) -> None:
    changed = session.judging("lor.assess", "insufficient", ("care-missed",)).judging(
        "lor.assess", "sufficient"
    )
    assert count_findings(changed.criteria, [changed.record]).tally("lor.assess").reasons == {}


def test_a_fact_that_decides_what_is_asked_and_was_not_recorded_is_told_once_work_has_begun(
    session: Session,
) -> None:
    def told(record: CaseRecord) -> list[str]:
        return [p.what for p in check_case(session.criteria, record, str) if p.code == "C204"]

    begun = session.judging("lor.plan", "sufficient")
    for fact in session.criteria.deciding_facts[:-1]:
        begun = begun.setting(fact, False)
    (what,) = told(begun.record)
    assert what == "not recorded among the facts: compliance_problem; what depends on that is not asked"
    assert told(begun.setting("compliance_problem", False).record) == told(session.record) == []
