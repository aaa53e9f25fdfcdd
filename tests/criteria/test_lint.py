"""Each code of the linter: something that brings it about, and its remedy, which cures it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

from sqs_core.criteria import (
    ClaimWords,
    Criteria,
    DisclosureWords,
    Fact,
    LetterPlan,
    Outcome,
    PlannedParagraph,
    PlannedSection,
    Profile,
    Question,
    Reason,
    Rollup,
    Sentence,
    Subset,
    Theme,
    Words,
)
from sqs_core.storage.lint_files import lint_without_claims

Edits = Sequence[Sequence[str]]
WHEN = (
    'when = { all = [{ fact = "custody", "=" = true }, '
    '{ answer = "plan", in = ["sufficient", "insufficient"] }] }'
)
QUESTION = '[[questions]]\nid = "plan"\ntheme = "plan"\nshort = "plan"'

BROKEN: dict[str, dict[str, Any]] = {
    example["name"]: example
    for example in tomllib.loads((Path(__file__).parent / "broken.toml").read_text("utf-8"))["examples"]
}


def edited(text: str, edits: Edits) -> str:
    for old, new in edits:
        assert old in text, f"nothing to edit: {old}"
        text = text.replace(old, new, 1)
    return text


def codes(text: str) -> set[str]:
    return {problem.code for problem in lint_without_claims(text.encode(), "small.toml")}


def test_a_version_with_nothing_wrong_has_no_problem(good: str) -> None:
    assert lint_without_claims(good.encode(), "small.toml") == ()


@pytest.mark.parametrize("name", BROKEN)
def test_each_code_has_an_example_whose_remedy_cures_it(good: str, name: str) -> None:
    example = BROKEN[name]
    broken = edited(good, example["break"])
    assert example["code"] in codes(broken)
    assert codes(edited(broken, example["cure"]) if "cure" in example else good) == set()


def test_every_code_in_the_source_has_an_example() -> None:
    source = Path(__file__).parents[2] / "src" / "sqs_core"
    files = [
        *source.glob("criteria/lint/*.py"),
        source / "letter/lint_plan.py",
        source / "storage/lint_files.py",
    ]
    said = {code for file in files for code in re.findall(r'"(V\d{3})"', file.read_text())}
    assert said == {example["code"] for example in BROKEN.values()}


def test_every_code_is_in_the_manual() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "criteria.md").read_text()
    assert {example["code"] for example in BROKEN.values()} <= set(re.findall(r"V\d{3}", manual))


@pytest.mark.parametrize(
    ("page", "classes"),
    [
        ("letter.md", (LetterPlan, PlannedSection, PlannedParagraph, Sentence, Words)),
        ("letter-check.md", (ClaimWords, DisclosureWords)),
        ("criteria.md", (Criteria, Outcome, Fact, Question, Reason, Theme, Subset, Rollup, Profile)),
    ],
)
def test_every_key_of_a_version_is_in_the_manual(page: str, classes: tuple[type, ...]) -> None:
    manual = (Path(__file__).parents[2] / "docs" / page).read_text("utf-8")
    keys = {field.name for cls in classes for field in fields(cls)}  # type: ignore[arg-type]
    assert {key for key in keys if not re.search(rf"\b{key}\b", manual)} == set()


def test_a_problem_names_file_and_line_what_is_wrong_and_what_was_meant(good: str) -> None:
    broken = good.replace('answer = "plan"', 'answer = "plam"')
    line = broken[: broken.index("plam")].count("\n") + 1
    (problem,) = lint_without_claims(broken.encode(), "small.toml")
    assert str(problem) == (
        f"small.toml:{line}: V102 no question 'plam'; did you mean 'plan'? known: plan, plan.review"
    )


def test_every_problem_is_told_at_once(good: str) -> None:
    broken = edited(
        good, (*BROKEN["V104 reserved"]["break"], *BROKEN["V301"]["break"], *BROKEN["V601 a text"]["break"])
    )
    assert codes(broken) == {"V104", "V301", "V601"}


def test_a_circle_is_printed_as_the_path_round_it(good: str) -> None:
    broken = edited(good, BROKEN["V201"]["break"])
    found = [p.what for p in lint_without_claims(broken.encode(), "small.toml") if p.code == "V201"]
    assert found == ["conditions lead in a circle: plan → plan.review → plan"]


def test_a_gap_names_counts_that_have_no_phrase(good: str) -> None:
    broken = edited(good, BROKEN["V301"]["break"])
    (problem,) = lint_without_claims(broken.encode(), "small.toml")
    assert problem.what == "no phrase may be said of 0 of 1, 1 of 2, 2 of 3 and 97 more counts"


def test_a_key_that_the_screen_has_already_names_what_it_is_for(good: str) -> None:
    broken = edited(good, BROKEN["V104 reserved"]["break"])
    (problem,) = lint_without_claims(broken.encode(), "small.toml")
    assert problem.what == "the key 'e' of outcome 'absent' already stands for the evidence"


def test_a_question_behind_one_that_is_never_asked_is_said_to_be_so(good: str) -> None:
    chain = good.replace(QUESTION, QUESTION + "\nwhen = { any = [] }")
    found = [p for p in lint_without_claims(chain.encode(), "small.toml") if p.code == "V204"]
    assert [p.what.split()[0] for p in found] == ["plan", "plan.review"]
    assert found[1].remedy == "it waits for an answer to plan, which is never asked itself: mend that one"


def test_a_condition_that_contradicts_its_sources_own_condition_is_unreachable(good: str) -> None:
    outside = good.replace(QUESTION, QUESTION + '\nwhen = { fact = "custody", "=" = false }')
    assert "V204" in codes(outside)


def test_a_question_asked_when_another_is_not_answered_is_reachable(good: str) -> None:
    unanswered = good.replace(WHEN, 'when = { answer = "plan", exists = false }')
    assert codes(unanswered) == set()


def test_what_has_not_the_structure_of_a_version_is_told_with_its_own_code(good: str) -> None:
    broken = good.replace('kind = "date"', 'kind = "data"').replace('key = "a"', "key = 1")
    assert [p.code for p in lint_without_claims(broken.encode(), "small.toml")] == ["R010", "R010"]


def test_what_is_no_toml_is_one_problem_with_its_line() -> None:
    (problem,) = lint_without_claims(b"format = 1\nid = \n", "small.toml")
    assert (problem.where, problem.code) == ("small.toml:2", "R008")


def test_advice_stops_nothing(good: str) -> None:
    broken = edited(good, BROKEN["V110"]["break"])
    assert [(p.code, p.advice) for p in lint_without_claims(broken.encode(), "small.toml")] == [
        ("V110", True)
    ]


STRINGS = re.compile(r'"[^"\n]*"')


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_is_mixed_up_in_a_version_is_told_and_never_crashes_the_linter(
    good: str, data: st.DataObject
) -> None:
    found = [match.span() for match in STRINGS.finditer(good)]
    words = sorted({good[start:end] for start, end in found})
    words += ['""', '"{"', '"{|of cases}"', '"é"', '"plan:absent@custody"', '"{plan:absent|of cases}"']
    mixed = good
    for start, end in sorted(
        data.draw(st.lists(st.sampled_from(found), unique=True, max_size=4)), reverse=True
    ):
        mixed = mixed[:start] + data.draw(st.sampled_from(words)) + mixed[end:]
    problems = lint_without_claims(mixed.encode(), "small.toml")
    assert all(re.fullmatch(r"small\.toml(:\d+)?", p.where) and p.what and p.code for p in problems)
