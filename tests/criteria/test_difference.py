"""What became of each question: same, reworded, split, merged, gone or new."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from sqs_core.criteria import Comparison, Criteria, Question, Reason, Text
from sqs_core.criteria.diff import Change, diff_criteria
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.library import load_criteria


@pytest.fixture(scope="module")
def old(good: str) -> Criteria:
    return read_criteria(good.encode(), "small.toml")


def with_questions(criteria: Criteria, *questions: Question) -> Criteria:
    return evolve(criteria, questions=questions)


def test_a_version_compared_with_itself_is_all_the_same(old: Criteria) -> None:
    assert [c.kind for c in diff_criteria(old, old).questions] == ["same", "same"]


def test_spaces_short_name_theme_and_letter_make_no_difference(old: Criteria) -> None:
    plan, review = old.questions
    moved = evolve(plan, text=Text.plain("Was  there a\nplan?"), short=Text.plain("P"), theme="other")
    assert diff_criteria(old, with_questions(old, moved, review)).questions[0].kind == "same"


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"text": Text.plain("Is there a plan?")}, "text"),
        ({"guidance": Text.plain("Look well.")}, "guidance"),
        ({"when": Comparison("fact", "custody", "=", True)}, "condition"),
        ({"outcomes": ("sufficient", "insufficient")}, "outcomes"),
        ({"reasons": (Reason("late", Text.plain("late")),)}, "reasons"),
    ],
)
def test_what_may_alter_an_answer_makes_a_question_reworded(
    old: Criteria, change: dict[str, Any], told: str
) -> None:
    plan, review = old.questions
    (first, _) = diff_criteria(old, with_questions(old, evolve(plan, **change), review)).questions
    assert first == Change("reworded", ("plan",), ("plan",), (told,))


def test_a_question_renamed_is_the_same_question_where_that_is_declared(old: Criteria) -> None:
    plan, review = old.questions
    renamed = evolve(plan, id="planning", replaces=("plan",))
    assert diff_criteria(old, with_questions(old, renamed, review)).questions[0] == Change(
        "same", ("plan",), ("planning",)
    )


def test_split_merged_gone_and_new(old: Criteria) -> None:
    plan, review = old.questions
    first, second = (evolve(plan, id=name, replaces=("plan",)) for name in ("plan.a", "plan.b"))
    split = diff_criteria(old, with_questions(old, first, second))
    assert split.questions == (
        Change("split", ("plan",), ("plan.a", "plan.b")),
        Change("gone", ("plan.review",), ()),
    )
    merged = diff_criteria(old, with_questions(old, evolve(plan, id="all", replaces=("plan", "plan.review"))))
    assert merged.questions == (Change("merged", ("plan", "plan.review"), ("all",)),)
    more = diff_criteria(old, with_questions(old, plan, review, evolve(plan, id="more")))
    assert more.questions[-1] == Change("new", (), ("more",))


def test_what_a_question_declares_counts_more_than_its_id(old: Criteria) -> None:
    plan, review = old.questions
    swapped = with_questions(
        old,
        evolve(plan, id="plan.review", replaces=("plan",)),
        evolve(review, id="plan", replaces=("plan.review",)),
    )
    pairs = [(c.kind, c.old, c.new) for c in diff_criteria(old, swapped).questions]
    assert pairs == [("same", ("plan",), ("plan.review",)), ("same", ("plan.review",), ("plan",))]


def test_the_other_way_round_the_same_questions_are_paired() -> None:
    one, two = load_criteria("sqs-2012", plugins=False), load_criteria("yjs-2018", plugins=False)
    forward = {(c.old, c.new) for c in diff_criteria(one, two).questions}
    back = {(c.new, c.old) for c in diff_criteria(two, one).questions}
    assert forward == back


def test_every_question_of_both_versions_is_in_exactly_one_change() -> None:
    one, two = load_criteria("sqs-2012", plugins=False), load_criteria("yjs-2018", plugins=False)
    changes = diff_criteria(one, two).questions
    assert sorted(n for c in changes for n in c.old) == sorted(q.id for q in one.questions)
    assert sorted(n for c in changes for n in c.new) == sorted(q.id for q in two.questions)
