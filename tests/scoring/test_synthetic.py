"""Synthetic records: whole, consistent, and the same on any computer."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sqs_core.records.case import CaseRecord
from sqs_core.scoring.checks import check_case
from sqs_core.scoring.states import State, progress, question_states
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.library import load_criteria
from sqs_core.storage.record_files import decode, encode

CRITERIA = load_criteria("sqs-2012", plugins=False)
unhurried = settings(max_examples=40)


def test_a_seed_gives_the_same_records_as_when_this_was_written() -> None:
    facts = [
        (
            r.case,
            r.inspector,
            *(v for v in r.facts.values() if isinstance(v, bool)),
        )
        for r in synthetic_records(CRITERIA, 3, 1)
    ]
    assert hashlib.sha256(repr(facts).encode()).hexdigest()[:16] == "deeb04fa4bdfd48f"


@unhurried
@given(st.integers(), st.integers(1, 12), st.booleans())
def test_every_record_is_complete_consistent_and_marked_as_asked(seed: int, n: int, practice: bool) -> None:
    records = list(synthetic_records(CRITERIA, n, seed, practice=practice))
    assert len(records) == n
    for record in records:
        done, asked = progress(CRITERIA, record)
        assert done == asked
        assert State.PARKED not in question_states(CRITERIA, record).values()
        assert not check_case(CRITERIA, record, str)
        assert record.practice is practice


@unhurried
@given(st.integers(), st.integers(1, 20))
def test_asking_for_more_cases_leaves_the_first_ones_as_they_were(seed: int, n: int) -> None:
    fewer = list(synthetic_records(CRITERIA, n, seed))
    assert list(synthetic_records(CRITERIA, n + 3, seed))[:n] == fewer


def test_another_seed_gives_other_records() -> None:
    assert list(synthetic_records(CRITERIA, 5, 1)) != list(synthetic_records(CRITERIA, 5, 2))


@pytest.mark.parametrize("seed", range(5))
def test_a_record_survives_being_written_and_read(seed: int) -> None:
    (record,) = synthetic_records(CRITERIA, 1, seed)
    assert decode(encode(record, CRITERIA), CaseRecord, "01.toml", CRITERIA) == record
