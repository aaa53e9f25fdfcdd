"""Plain data becomes values by their annotations, and every fault of it is told at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from sqs_core.errors import Problem, RecordError
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.inspection import Inspection, Sample
from sqs_core.storage.converter import structured, unstructured

PINNED = {"case": "07", "criteria": "sqs-2012", "criteria_hash": "sha256:00"}


def place(keys: Sequence[str | int]) -> str:
    return "07.toml " + "/".join(map(str, keys))


def problems_of(data: dict[str, object]) -> tuple[Problem, ...]:
    with pytest.raises(RecordError) as refused:
        structured(data, CaseRecord, place)
    return refused.value.problems


def test_plain_data_becomes_the_value_it_stands_for() -> None:
    data = {
        "service": "Darlington YOS",
        "criteria": "sqs-2012",
        "criteria_hash": "sha256:00",
        "first_day": date(2012, 11, 26),
        "team": ["AB", "CD"],
        "sample": {"size": 14},
        "ratings": {"overall": "good"},
    }
    expected = Inspection(
        service="Darlington YOS",
        criteria="sqs-2012",
        criteria_hash="sha256:00",
        first_day=date(2012, 11, 26),
        team=("AB", "CD"),
        sample=Sample(size=14),
        ratings={"overall": "good"},
    )
    assert structured(data, Inspection, place) == expected


def test_every_fault_is_told_in_the_order_of_the_fields_and_none_repeats_what_it_found() -> None:
    data = {
        "facts": {"custody": 3.5},
        "criteria": "sqs-2012",
        "criteria_hash": "sha256:00",
        "answers": {"roh.plan": {"outcom": "a secret", "reasons": ["no-plan", 12]}, "lor.plan": "a secret"},
        "status": "a secret",
    }
    words = "expected words in quotes, found a whole number"
    known = (
        "did you mean 'outcome'? known: outcome, reasons, evidence, said, learning, strength, later, discuss,"
        " prompts, value"
    )
    assert problems_of(data) == (
        Problem("07.toml case", "case: 'case' is missing", "add it", "R010"),
        Problem(
            "07.toml status",
            "status: not one of the words allowed here",
            "known: open, finished",
            "R010",
        ),
        Problem(
            "07.toml facts/custody",
            "facts.custody: expected true, false, words, a whole number, a date or a list of words,"
            " found a number",
            "",
            "R010",
        ),
        Problem("07.toml answers/roh.plan/reasons/1", f"answers.roh.plan.reasons.1: {words}", "", "R010"),
        Problem("07.toml answers/roh.plan", "answers.roh.plan: unknown key outcom", known, "R010"),
        Problem("07.toml answers/lor.plan", "answers.lor.plan: expected a table", "", "R010"),
    )


@pytest.mark.parametrize("value", ["AB", {"AB": 1}, 3])
def test_what_should_be_a_list_is_not_made_one(value: object) -> None:
    data = {**PINNED, "answers": {"roh.plan": {"reasons": value}}}
    problem = Problem(
        "07.toml answers/roh.plan/reasons", "answers.roh.plan.reasons: expected a list", "", "R010"
    )
    assert problems_of(data) == (problem,)


def test_a_value_becomes_plain_data_without_what_is_absent() -> None:
    record = CaseRecord(
        case="07",
        criteria="sqs-2012",
        criteria_hash="sha256:00",
        assessed_with_case_manager=False,
        facts={"order_made": date(2012, 5, 1)},
        answers={"roh.plan": Answer("insufficient", ("no-plan",), later="")},
    )
    data = {
        **PINNED,
        "assessed_with_case_manager": False,
        "facts": {"order_made": date(2012, 5, 1)},
        "answers": {"roh.plan": {"outcome": "insufficient", "reasons": ["no-plan"], "later": ""}},
    }
    assert unstructured(record) == data
    assert structured(data, CaseRecord, place) == record


def test_a_name_whose_dots_stand_without_quotes_is_told_as_such() -> None:
    answers = {"roh": {"plan": {"outcome": "sufficient"}}, "sen": {"health": {"identify": {"said": "x"}}}}
    what = "a name with a dot in it needs quotes"
    assert problems_of({**PINNED, "answers": answers}) == (
        Problem(
            "07.toml answers/roh/plan", f"answers.roh.plan: {what}", 'write [answers."roh.plan"]', "R010"
        ),
        Problem(
            "07.toml answers/sen/health/identify",
            f"answers.sen.health.identify: {what}",
            'write [answers."sen.health.identify"]',
            "R010",
        ),
    )
