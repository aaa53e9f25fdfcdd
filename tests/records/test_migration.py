"""There and back between two versions: whatever the versions, nothing recorded is lost."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from sqs_core.criteria import (
    Choice,
    Criteria,
    Fact,
    InterviewQuestion,
    Outcome,
    Prompt,
    Question,
    Reason,
    Text,
    Theme,
)
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.diff import diff_criteria
from sqs_core.criteria.questions import FactKind, Weight
from sqs_core.records import Answer, CaseRecord, Parked, interview_with
from sqs_core.records.migration import Migrated, migrate_record, unmovable_questions
from sqs_core.records.migration_audit import audit_migration

T = Text.plain
OUTCOMES = (
    Outcome("sufficient", T("yes"), "sufficient", "y", "y"),
    Outcome("insufficient", T("no"), "insufficient", "n", "n"),
    Outcome("absent", T("none"), "insufficient", "a", "a"),
)
NAMES = ("q1", "q2", "q3", "q4")
REASONS = ("late", "thin")


def version(name: str, *questions: Question, **more: Any) -> Criteria:
    whole = Criteria(
        name,
        T(name),
        T("invented"),
        ("en",),
        OUTCOMES,
        ("sufficient", "insufficient"),
        (Theme("t", "1", T("t")),),
        (Fact("custody", T("In custody")),),
        questions,
        hash=f"sha256:{name}",
    )
    return evolve(whole, **more)


def question(name: str, text: str = "Good?", **more: Any) -> Question:
    return evolve(Question(name, "t", T(text), T(name)), **more)


def record(criteria: Criteria, **answers: Answer) -> CaseRecord:
    return CaseRecord("01", criteria.id, criteria.hash, answers=answers)


def there(before: CaseRecord, old: Criteria, new: Criteria) -> Migrated[CaseRecord]:
    """``before`` migrated, after making sure that everything in it is accounted for."""
    difference = diff_criteria(old, new)
    migrated = migrate_record(before, difference)
    assert audit_migration(migrated, difference) == []
    return migrated


YES = Answer("sufficient", evidence="p. 4")


def test_an_answer_to_the_same_question_stays() -> None:
    old, new = version("a", question("q1")), version("b", question("q1"))
    migrated = there(record(old, q1=YES), old, new)
    assert migrated.record == record(new, q1=YES)
    assert [(m.fate, m.to) for m in migrated.moves] == [("same", "q1")]


def test_an_answer_moves_to_the_one_question_that_replaces_its_own() -> None:
    old, new = version("a", question("q1")), version("b", question("q2", "Better?", replaces=("q1",)))
    migrated = there(record(old, q1=YES), old, new)
    assert migrated.record.answers == {"q2": YES}
    assert [(m.fate, m.to, m.why) for m in migrated.moves] == [("moved", "q2", "reworded: text")]


def test_an_answer_whose_question_is_gone_is_parked_whole_with_its_origin() -> None:
    old, new = version("a", question("q1")), version("b", question("q2"))
    migrated = there(record(old, q1=YES), old, new)
    assert migrated.record.answers == {}
    assert migrated.record.parked == (
        Parked("a", "sha256:a", "nothing in b takes its place", question="q1", answer=YES),
    )


def test_an_answer_is_not_divided_between_the_parts_of_a_split_question() -> None:
    old = version("a", question("q1"))
    new = version("b", question("q2", replaces=("q1",)), question("q3", replaces=("q1",)))
    (move,) = there(record(old, q1=YES), old, new).moves
    assert (move.fate, move.why) == ("parked", "it was split into q2 and q3; answer each of them again")


def test_answers_are_not_merged() -> None:
    old = version("a", question("q1"), question("q2"))
    new = version("b", question("q3", replaces=("q1", "q2")))
    migrated = there(record(old, q1=YES, q2=YES), old, new)
    assert [m.fate for m in migrated.moves] == ["parked", "parked"]


def test_an_outcome_that_the_new_question_does_not_have_parks_the_answer() -> None:
    old = version("a", question("q1", outcomes=("sufficient", "absent")))
    new = version("b", question("q1"))
    (move,) = there(record(old, q1=Answer("absent")), old, new).moves
    assert (move.fate, move.why) == ("parked", "q1 has no outcome 'absent'")


def test_an_outcome_that_counts_otherwise_parks_the_answer() -> None:
    turned = tuple(evolve(o, counts="insufficient") for o in OUTCOMES)
    old, new = version("a", question("q1")), version("b", question("q1"), outcomes=turned)
    (move,) = there(record(old, q1=YES), old, new).moves
    assert (move.fate, move.why) == ("parked", "'sufficient' counts as insufficient in b")


def test_a_reason_that_is_not_there_any_more_is_parked_and_the_judgement_moves() -> None:
    reasons = (Reason("late", T("late")), Reason("thin", T("thin")))
    old = version("a", question("q1", reasons=reasons))
    new = version("b", question("q1", reasons=reasons[1:]))
    before = record(old, q1=Answer("insufficient", ("late", "thin"), evidence="p. 4"))
    away = there(before, old, new)
    assert away.record.answers == {"q1": Answer("insufficient", ("thin",), evidence="p. 4")}
    assert [p.answer for p in away.record.parked] == [Answer(reasons=("late",))]
    assert there(away.record, new, old).record == before


def test_where_one_cases_outcome_has_no_place_the_answers_of_all_cases_are_parked() -> None:
    old = version("a", question("q1", outcomes=("sufficient", "absent")))
    new = version("b", question("q1"))
    difference = diff_criteria(old, new)
    stay = unmovable_questions((record(old, q1=YES), record(old, q1=Answer("absent"))), difference)
    assert stay == {"q1": "q1 has no outcome 'absent'"}
    assert migrate_record(record(old, q1=YES), difference, stay).record.answers == {}


def test_a_fact_with_other_choices_is_parked() -> None:
    def order(*choices: str) -> tuple[Fact, ...]:
        return (Fact("order", T("Order"), "choice", tuple(Choice(c, T(c)) for c in choices)),)

    old = version("a", question("q1"), facts=order("RO", "YRO"))
    new = version("b", question("q1"), facts=order("YRO", "DTO"))
    before = evolve(record(old), facts={"order": "RO"})
    migrated = there(before, old, new)
    assert (migrated.record.facts, migrated.record.parked[0].value) == ({}, "RO")


def test_migrating_back_puts_what_was_parked_where_it_was() -> None:
    old, new = version("a", question("q1")), version("b", question("q2"))
    before = record(old, q1=YES)
    assert there(there(before, old, new).record, new, old).record == before


def test_what_was_answered_meanwhile_is_not_overwritten_by_what_was_parked() -> None:
    old = version("a", question("q1", outcomes=("sufficient", "absent")))
    new = version("b", question("q1"))
    away = there(record(old, q1=Answer("absent")), old, new).record
    back = there(away.answering("q1", YES), new, old)
    assert back.record.answer("q1") == YES
    assert [p.answer for p in back.record.parked] == [Answer("absent")]


def test_what_was_parked_under_another_content_of_a_version_stays_parked() -> None:
    old, new = version("a", question("q1")), version("b", question("q2"))
    changed = evolve(old, hash="sha256:other")
    away = there(record(old, q1=YES), old, new).record
    assert [m.fate for m in there(away, new, changed).moves] == ["still-parked"]


def test_an_interview_loses_neither_its_answers_nor_its_role() -> None:
    yes = (Outcome("yes", T("yes"), "sufficient", "y", "y"),)
    asked = (InterviewQuestion("staff", T("Trained?"), T("training")),)
    old = version("a", question("q1"), interview_questions=asked, interview_outcomes=yes)
    new = version("b", question("q1"))
    before = interview_with("A", "a", old.hash, role="manager", answers={"staff": "yes"})
    difference = diff_criteria(old, new)
    away = migrate_record(before, difference)
    assert audit_migration(away, difference) == []
    assert (away.record.role, away.record.answers, len(away.record.parked)) == ("", {}, 2)
    assert migrate_record(away.record, diff_criteria(new, old)).record.answers == before.answers


def test_a_lost_answer_is_told_by_the_accounting() -> None:
    old, new = version("a", question("q1")), version("b", question("q1"))
    migrated = there(record(old, q1=YES), old, new)
    lost = evolve(migrated, record=evolve(migrated.record, answers={}))
    assert audit_migration(lost, diff_criteria(old, new)) == ["answer q1 is missing"]


def test_an_altered_answer_is_told_by_the_accounting() -> None:
    old, new = version("a", question("q1")), version("b", question("q1"))
    migrated = there(record(old, q1=YES), old, new)
    altered = evolve(migrated, record=record(new, q1=Answer("insufficient")))
    assert audit_migration(altered, diff_criteria(old, new)) == [
        "answer q1 is missing",
        "answer q1 came from nowhere",
    ]


# ------------------------------------------------------------ any versions, any records


@st.composite
def versions(draw: st.DrawFn, name: str, replaced: tuple[str, ...]) -> Criteria:
    """A version with some of four questions, wording, outcomes, reasons and heirs as they come."""
    questions = []
    for asked in draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1)):
        outcomes = draw(st.lists(st.sampled_from([o.id for o in OUTCOMES]), unique=True, min_size=1))
        reasons = draw(st.lists(st.sampled_from(REASONS), unique=True))
        questions.append(
            question(
                asked,
                draw(st.sampled_from(["Good?", "Better?"])),
                outcomes=tuple(outcomes),
                reasons=tuple(Reason(r, T(r)) for r in reasons),
                prompts=tuple(Prompt(r, T(r)) for r in draw(st.lists(st.sampled_from(REASONS), unique=True))),
                replaces=tuple(draw(st.lists(st.sampled_from(replaced), unique=True)) if replaced else ()),
            )
        )
    some: list[tuple[FactKind, ...]] = [
        ("boolean",),
        ("text", "number"),
        ("date", "boolean"),
        ("several",),
        (),
    ]
    kinds = draw(st.sampled_from(some))
    choices = tuple(Choice(name, T(name)) for name in draw(st.sampled_from([("a",), ("a", "b")])))
    facts = tuple(
        Fact(f"f{i}", T("f"), kind, choices if kind == "several" else (), most=draw(st.sampled_from([1, 9])))
        for i, kind in enumerate(kinds)
    )
    return version(name, *questions, facts=facts)


@st.composite
def records(draw: st.DrawFn, criteria: Criteria) -> CaseRecord:
    """A record that ``criteria`` take."""
    answers = {}
    weights = st.sampled_from([None, *get_args(Weight)])
    for asked in criteria.questions:
        outcome = draw(st.none() | st.sampled_from([o.id for o in criteria.outcomes_of(asked)]))
        reasons = (
            draw(st.lists(st.sampled_from([r.id for r in asked.reasons]), unique=True))
            if asked.reasons
            else []
        )
        answer = Answer(
            outcome,
            tuple(r.id for r in asked.reasons if r.id in reasons),
            evidence=draw(st.sampled_from(["", "p. 4"])),
            prompts={p.id: weight for p in asked.prompts if (weight := draw(weights))},
        )
        if not answer.blank:
            answers[asked.id] = answer
    some: dict[str, st.SearchStrategy[FactValue]] = {
        "number": st.just(1),
        "several": st.sampled_from([(), ("a",)]),
        "boolean": st.booleans(),
        "text": st.just("a"),
        "date": st.just(date(2020, 1, 1)),
    }
    facts = {f.id: draw(some[f.kind]) for f in criteria.facts if draw(st.booleans())}
    return evolve(record(criteria), answers=answers, facts=facts)


@settings(max_examples=80)
@given(st.data())
def test_there_and_back_between_any_two_versions_nothing_is_lost(data: st.DataObject) -> None:
    old = data.draw(versions("a", ()))
    new = data.draw(versions("b", tuple(q.id for q in old.questions)))
    before = data.draw(records(old))
    away = there(before, old, new).record
    assert there(away, new, old).record == before


@settings(max_examples=40)
@given(st.data())
def test_through_three_versions_with_work_in_each_everything_is_accounted_for(data: st.DataObject) -> None:
    one = data.draw(versions("a", ()))
    two = data.draw(versions("b", tuple(q.id for q in one.questions)))
    three = data.draw(versions("c", tuple(q.id for q in two.questions)))
    now = data.draw(records(one))
    for old, new in ((one, two), (two, three), (three, one), (one, two)):
        now = there(now, old, new).record
        for name, answer in data.draw(records(new)).answers.items():
            now = now.answering(name, answer) if name not in now.answers else now
    assert now.criteria == "b"
