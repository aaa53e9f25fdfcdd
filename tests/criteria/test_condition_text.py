"""Conditions as they are written in a cell."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sqs_core.criteria.condition_text import read_condition, write_condition
from sqs_core.criteria.conditions import AllOf, AnyOf, Comparison, Condition, parse_condition

FACTS = {"custody": "boolean", "order": "choice", "made": "date", "and": "text"}
QUESTIONS = {"plan": "judgement", "plan.review": "judgement", "visits": "number"}


def read(words: str) -> dict[str, Any]:
    return read_condition(words, FACTS, QUESTIONS)


@pytest.mark.parametrize(
    ("words", "table"),
    [
        ("custody = yes", {"fact": "custody", "=": True}),
        ("${custody} = 'yes'", {"fact": "custody", "=": "yes"}),
        ("order in (RO, “Youth order”)", {"fact": "order", "in": ["RO", "Youth order"]}),
        ("plan != absent", {"answer": "plan", "!=": "absent"}),
        ("made is not known", {"fact": "made", "exists": False}),
        ("made = 2026-11-23", {"fact": "made", "=": date(2026, 11, 23)}),
        ("visits != 3", {"answer": "visits", "!=": 3}),
        ("custody of and = yes", {"fact": "custody", "=": True, "link": "and"}),
        ("always", {"all": []}),
        (
            "custody = no or order = RO and (plan = absent or plan.review is known)",
            {
                "any": [
                    {"fact": "custody", "=": False},
                    {
                        "all": [
                            {"fact": "order", "=": "RO"},
                            {
                                "any": [
                                    {"answer": "plan", "=": "absent"},
                                    {"answer": "plan.review", "exists": True},
                                ]
                            },
                        ]
                    },
                ]
            },
        ),
    ],
)
def test_a_condition_in_words_is_the_table_of_a_criteria_file(words: str, table: dict[str, Any]) -> None:
    assert read(words) == table


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("custdy = yes", "no fact or question 'custdy'; did you mean 'custody'?"),
        ("custody", "what 'custody' is compared with is missing"),
        ("custody > 3", "there is no < or >"),
        ("custody = yes, order = RO", "',' follows a whole condition"),
        ("(custody = yes", "a closing bracket is missing"),
        ("order in RO", "a list stands in brackets"),
        ("order in (RO YRO)", "a list is not closed"),
        ("custody =", "a value is missing"),
        ("custody is yes", "after 'is' stands 'known'"),
        ("= yes", "the name of a fact or a question is missing"),
        ("custody of chld = yes", "after 'of' stands a fact that names a record"),
        ("custody = yes & plan = absent", "'&' has no meaning"),
        ("(" * 30 + "custody = yes", "brackets are nested too deeply"),
        ("custody = yes or " * 200, "this condition is too long"),
    ],
)
def test_what_is_no_condition_says_what_is_wrong(words: str, told: str) -> None:
    with pytest.raises(ValueError, match=r"^" + told.replace("(", r"\(").replace("?", r"\?")):
        read(words)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("custody", "expected a condition such as"),
        ({"all": [], "fact": "custody"}, "'all' takes a list of conditions, and nothing beside it"),
        ({"fact": "custody"}, "a condition names one fact or answer and one of"),
        ({"fact": 3, "=": True}, "'fact' takes a name in quotes"),
        ({"fact": "custody", "=": True, "link": 3}, "'link' takes the name of a fact in quotes"),
        ({"fact": "order", "in": "RO"}, "'in' takes a list of values"),
        ({"fact": "made", "exists": "yes"}, "'exists' takes true or false"),
        ({"fact": "visits", "=": 1.5}, "a condition compares with true, false, words in quotes"),
    ],
)
def test_a_table_that_is_no_condition_says_what_would_be_one(table: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match="^" + re.escape(sentence)):
        parse_condition(table)


VALUES = st.sampled_from(["RO", "yes", "and", "two words", "2026-11-23", "-", ""])
COMPARISONS = st.one_of(
    st.builds(Comparison, st.just("fact"), st.just("order"), st.sampled_from(["=", "!="]), VALUES),
    st.builds(Comparison, st.just("fact"), st.just("custody"), st.just("="), st.booleans()),
    st.builds(Comparison, st.just("answer"), st.just("plan"), st.just("exists"), st.booleans()),
    st.builds(
        Comparison, st.just("answer"), st.just("plan"), st.just("in"), st.lists(VALUES, min_size=1).map(tuple)
    ),
)
CONDITIONS = st.recursive(
    COMPARISONS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda p: AllOf(tuple(p))),
        st.lists(inner, max_size=3).map(lambda p: AnyOf(tuple(p))),
    ),
    max_leaves=8,
)


@settings(max_examples=80)
@given(CONDITIONS)
def test_what_is_written_out_reads_back_as_the_same_condition(condition: Condition) -> None:
    assert parse_condition(read(write_condition(condition))) == condition
