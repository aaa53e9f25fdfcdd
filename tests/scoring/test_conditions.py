"""When a question applies: as FHIR's enableWhen, ODK's relevance and XCCDF's results have it.

FHIR R5 Questionnaire.item.enableWhen (operators exists, =, !=; enableBehavior all, any);
ODK XForms "relevant" (ignored but kept, back when relevant again); XCCDF 1.2 rule results.
"""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from attrs import evolve

from sqs_core.criteria import AllOf, AnyOf, Comparison, Condition, Criteria, Outcome, Question, Text, Theme
from sqs_core.records import Answer, CaseRecord
from sqs_core.scoring.checks import check_case
from sqs_core.scoring.findings import count_findings
from sqs_core.scoring.states import State, progress, question_states

T = Text.plain
OUTCOMES = (
    Outcome("yes", T("yes"), "sufficient", "y", "y"),
    Outcome("no", T("no"), "insufficient", "n", "n"),
    Outcome("na", T("not applicable"), "not-applicable", "x", "-"),
    Outcome("unknown", T("not known"), "not-known", "k", "?"),
)


def version(**conditions: Condition | None) -> Criteria:
    return Criteria(
        "v",
        T("v"),
        T("invented"),
        ("en",),
        OUTCOMES,
        tuple(o.id for o in OUTCOMES),
        (Theme("t", "1", T("t")),),
        (),
        tuple(Question(name, "t", T(name), T(name), when=when) for name, when in conditions.items()),
    )


def record(facts: Mapping[str, bool | str] | None = None, /, **answers: str) -> CaseRecord:
    return CaseRecord(
        "01", "v", "", facts=facts or {}, answers={name: Answer(outcome) for name, outcome in answers.items()}
    )


def fact(name: str, operator: str, value: object) -> Comparison:
    return Comparison("fact", name, operator, value)  # type: ignore[arg-type]


def answer(name: str, operator: str, value: object) -> Comparison:
    return Comparison("answer", name, operator, value)  # type: ignore[arg-type]


CUSTODY = fact("custody", "=", True)


@pytest.mark.parametrize(
    ("test", "unanswered", "true", "false"),
    [
        (fact("f", "exists", True), False, True, True),
        (fact("f", "exists", False), True, False, False),
        (fact("f", "=", True), False, True, False),
        (fact("f", "=", False), False, False, True),
        (fact("f", "!=", True), True, False, True),
        (fact("f", "!=", False), True, True, False),
        (fact("f", "in", (True, False)), False, True, True),
        (fact("f", "in", ()), False, False, False),
    ],
)
def test_each_operator_on_no_value_on_yes_and_on_no(
    test: Comparison, unanswered: bool, true: bool, false: bool
) -> None:
    criteria = version(q=test)
    asked = [
        question_states(criteria, record(facts))["q"] is State.UNANSWERED
        for facts in ({}, {"f": True}, {"f": False})
    ]
    assert asked == [unanswered, true, false]


@pytest.mark.parametrize(
    ("parts", "every", "some"),
    [
        ((True, True), True, True),
        ((True, False), False, True),
        ((False, False), False, False),
        ((), True, False),
    ],
)
def test_all_and_any(parts: tuple[bool, ...], every: bool, some: bool) -> None:
    tests = tuple(fact("f", "=", part) for part in parts)
    found = question_states(version(a=AllOf(tests), b=AnyOf(tests)), record({"f": True}))
    assert (found["a"] is State.UNANSWERED, found["b"] is State.UNANSWERED) == (every, some)


def test_all_and_any_nest() -> None:
    when = AllOf((CUSTODY, AnyOf((fact("f", "=", True), AllOf((fact("g", "exists", True),))))))
    asked = [
        question_states(version(q=when), record({"custody": True, **more}))["q"] is State.UNANSWERED
        for more in ({}, {"f": True}, {"g": False})
    ]
    assert asked == [False, True, True]


def test_a_source_that_is_not_asked_counts_as_unanswered_though_it_was_answered() -> None:
    criteria = version(plan=CUSTODY, review=answer("plan", "=", "yes"))
    assert question_states(criteria, record({"custody": False}, plan="yes")) == {
        "plan": State.PARKED,
        "review": State.NOT_ASKED,
    }


def test_not_equal_holds_for_a_source_that_is_not_asked() -> None:
    criteria = version(plan=CUSTODY, other=answer("plan", "!=", "yes"), none=answer("plan", "exists", False))
    found = question_states(criteria, record({"custody": False}, plan="yes"))
    assert (found["other"], found["none"]) == (State.UNANSWERED, State.UNANSWERED)


def test_what_is_not_asked_is_passed_on_down_a_chain() -> None:
    criteria = version(a=CUSTODY, b=answer("a", "exists", True), c=answer("b", "exists", True))
    found = question_states(criteria, record({"custody": False}, a="yes", b="yes", c="yes"))
    assert set(found.values()) == {State.PARKED}


def test_a_source_may_stand_after_the_question_that_depends_on_it() -> None:
    criteria = version(review=answer("plan", "=", "yes"), plan=None)
    assert question_states(criteria, record(plan="yes"))["review"] is State.UNANSWERED


def test_an_answer_that_stops_applying_is_kept_and_is_back_when_it_applies_again() -> None:
    criteria = version(plan=CUSTODY)
    answered = record({"custody": True}, plan="no")
    away = answered.noting("custody", False)
    assert question_states(criteria, away)["plan"] is State.PARKED
    assert away.answer("plan") == Answer("no")
    assert question_states(criteria, away.noting("custody", True))["plan"] is State.ANSWERED


def test_a_parked_answer_is_not_counted() -> None:
    criteria = version(plan=CUSTODY)
    tally = count_findings(criteria, [record({"custody": False}, plan="no")]).tally("plan")
    assert (tally.n, tally.unjudged[State.PARKED]) == (0, ("01",))


def test_an_answer_is_required_only_while_its_question_applies() -> None:
    criteria = version(plan=CUSTODY)
    finished = evolve(record({"custody": False}), status="finished", assessed_with_case_manager=True)
    assert check_case(criteria, finished, lambda _: "here") == ()
    found = check_case(criteria, finished.noting("custody", True), lambda _: "here")
    assert [problem.code for problem in found] == ["C101"]
    marked = evolve(finished, status="open", answers={"plan": Answer("no", later="ask")})
    assert [p.code for p in check_case(criteria, marked, lambda _: "here") if not p.advice] == []


def test_progress_counts_only_what_applies() -> None:
    criteria = version(plan=CUSTODY, other=None)
    assert progress(criteria, record({"custody": False}, plan="yes")) == (0, 1)


def test_not_applicable_and_not_known_are_answers_and_not_counted_as_not_checked_is_not() -> None:
    criteria = version(plan=None)
    board = count_findings(
        criteria,
        [evolve(record(plan=o), case=c) for c, o in zip("1234", ("yes", "no", "na", "unknown"), strict=True)]
        + [evolve(record(), case="5")],
    )
    tally = board.tally("plan")
    assert (tally.k, tally.n) == (1, 2)
    assert [tally.unjudged[s] for s in (State.NOT_APPLICABLE, State.NOT_KNOWN, State.UNANSWERED)] == [
        ("3",),
        ("4",),
        ("5",),
    ]


def test_a_circle_that_slipped_past_the_linter_ends_in_no_answer() -> None:
    criteria = version(a=answer("b", "exists", True), b=answer("a", "exists", True))
    assert set(question_states(criteria, record(a="yes", b="yes")).values()) <= {State.PARKED, State.ANSWERED}


def test_a_chain_of_a_thousand_questions_is_followed_in_whichever_order_they_stand() -> None:
    chain = {f"q{i}": answer(f"q{i + 1}", "exists", True) for i in range(999)}
    answers = {f"q{i}": "yes" for i in range(1000)}
    asked = question_states(version(**chain, q999=None), record(**answers))
    assert set(asked.values()) == {State.ANSWERED}
    never = question_states(version(**chain, q999=CUSTODY), record({"custody": False}, **answers))
    assert set(never.values()) == {State.PARKED}
