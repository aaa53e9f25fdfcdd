"""A version of 500 questions and 3,000 tests: it lints clean, and whole."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from sqs_core.scoring.states import State, question_states
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.lint_files import lint_without_claims


@pytest.fixture(scope="module")
def benchmark() -> dict[str, Any]:
    """What the benchmark of applicability defines."""
    return runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "applicability.py"))


def test_five_hundred_questions_with_three_thousand_tests_lint_clean(benchmark: dict[str, Any]) -> None:
    data = benchmark["generated"]()
    criteria = read_criteria(data, "big.toml")
    tests = sum(len(list(q.when.comparisons())) for q in criteria.questions if q.when)
    assert (len(criteria.questions), tests) == (500, 3000)
    assert lint_without_claims(data, "big.toml") == ()


def test_every_one_of_five_hundred_mistakes_is_told_with_its_own_line(benchmark: dict[str, Any]) -> None:
    data = benchmark["generated"]().replace(b'theme = "t"', b'theme = "x"')
    problems = lint_without_claims(data, "big.toml")
    assert len({p.where for p in problems if p.code == "V102"}) == 500


def test_every_question_of_the_large_version_can_apply(benchmark: dict[str, Any]) -> None:
    criteria = read_criteria(benchmark["generated"](), "big.toml")
    found = question_states(criteria, benchmark["full_record"](criteria))
    assert set(found.values()) == {State.ANSWERED}


def test_a_chain_of_a_thousand_conditions_is_linted_either_way_round() -> None:
    head = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "applicability.py"))["HEAD"]
    links = [
        f'[[questions]]\nid = "q{i}"\ntheme = "t"\nshort = "q"\ntext = "Q?"\n'
        + (f'when = {{ answer = "q{i - 1}", exists = true }}\n' if i else "when = { any = [] }\n")
        for i in range(1000)
    ]
    for order in (links, links[::-1]):
        problems = lint_without_claims((head + "facts = []\n" + "\n".join(order)).encode(), "big.toml")
        assert sum(p.code == "V204" for p in problems) == 1000
