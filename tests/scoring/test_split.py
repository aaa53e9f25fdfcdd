"""A split by role is told only where nobody could be known by it."""

from __future__ import annotations

from sqs_core.records.interview import Interview, interview_with
from sqs_core.scoring.by_role import LEAST, count_by_role
from sqs_core.storage.examples import example_source
from sqs_core.storage.folder import open_inspection

CRITERIA = open_inspection(example_source()).criteria
ASKED = CRITERIA.interview_questions[0].id


def people(role: str, yes: int, no: int) -> list[Interview]:
    answers = ["yes"] * yes + ["no"] * no
    return [
        interview_with(f"{role}{i}", CRITERIA.id, "", role, answers={ASKED: a}) for i, a in enumerate(answers)
    ]


def test_roles_with_enough_answers_are_told_apart() -> None:
    told = [*people("manager", 3, 2), *people("case-manager", 6, 1)]
    assert count_by_role(CRITERIA, told, ASKED) == {"manager": (3, 5), "case-manager": (6, 7)}


def test_one_role_with_fewer_answers_leaves_no_split_at_all_as_it_would_follow_from_the_total() -> None:
    told = [*people("manager", 3, 1), *people("case-manager", 6, 1)]
    assert count_by_role(CRITERIA, told, ASKED) == {}
    assert LEAST == 5


def test_who_gave_no_views_or_has_none_is_no_answer() -> None:
    silent = [interview_with("Z", CRITERIA.id, "", "manager", gave_views=False, answers={ASKED: "yes"})]
    told = [*people("manager", 4, 0), *silent, *people("case-manager", 6, 0)]
    assert count_by_role(CRITERIA, told, ASKED) == {}


def test_one_role_alone_is_no_split() -> None:
    assert count_by_role(CRITERIA, people("manager", 9, 0), ASKED) == {}
