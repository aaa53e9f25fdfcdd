"""What a command said is judged by the record it names."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.faults.telling import untrue

STORE = Path("/store")
OLD = {"leeds/cases/01.toml": b"old", "leeds/cases/02.toml": b"old"}
NEW = {"leeds/cases/01.toml": b"new", "leeds/cases/02.toml": b"new"}
HALF = {"leeds/cases/01.toml": b"new", "leeds/cases/02.toml": b"old"}


def judged(said: str, now: dict[str, bytes]) -> list[str]:
    return untrue(said, STORE / "leeds", STORE, now, OLD, NEW)


@pytest.mark.parametrize(
    "said",
    [
        "sqs: /store/leeds/cases/02.toml: R023 not saved: the disk is full; make room",
        "sqs: cases/01.toml: R024 saved, but perhaps not yet on the disk",
        "sqs: the merge stopped half-way: in place: cases/01.toml; not yet: cases/02.toml; again",
    ],
)
def test_what_is_true_of_the_record_it_names_is_no_fault(said: str) -> None:
    assert judged(said, HALF) == []


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (
            "sqs: cases/01.toml: R023 not saved: the disk is full; make room",
            "leeds/cases/01.toml: said not to be saved, and is",
        ),
        (
            "sqs: the merge stopped half-way: in place: none; not yet: cases/01.toml, cases/02.toml; again",
            "leeds/cases/01.toml: said not to be there yet, and is",
        ),
        (
            "sqs: the merge stopped half-way: in place: cases/01.toml, cases/02.toml; not yet: none; again",
            "leeds/cases/02.toml: said to be in place, and is not",
        ),
        (
            "sqs: the merge stopped half-way: in place: cases/01.toml; not yet: none; again",
            "what is in place and what is not are not all of what changes",
        ),
        (
            "sqs: the merge stopped half-way: every record is in place, but the other history is not",
            "leeds/cases/02.toml: said to be in place, and not there",
        ),
    ],
)
def test_what_is_not_so_is_named(said: str, fault: str) -> None:
    assert judged(said, HALF) == [fault]
