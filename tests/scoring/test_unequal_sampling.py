"""A draw by coverage and risk: each case has exactly the chance that is told, and figures are right on average."""

from __future__ import annotations

import runpy
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import CHECKOUT
from sqs_core.scoring.unequal_sampling import (
    WeighedCase,
    chances_of,
    draw_unequal,
    weighed_share,
)

mistakes = runpy.run_path(str(CHECKOUT / "docs" / "draws.py"))["mistakes"]
one_case = st.tuples(
    st.sampled_from(["P", "Q", "R"]), st.sampled_from([Fraction(1), Fraction(2), Fraction(5, 2)])
)
lists = st.lists(one_case, min_size=3, max_size=12).map(
    lambda found: [WeighedCase(f"A{place}", *one) for place, one in enumerate(found)]
)


@given(lists, st.integers(3, 12), st.integers(0, 9))
@settings(max_examples=60)
def test_every_draw_of_a_list_enumerated(cases: list[WeighedCase], n: int, seed: int) -> None:
    assert mistakes(cases, min(n, len(cases)), seed) == []


def test_custody_comes_twice_as_often_and_a_manager_with_one_case_comes_for_certain() -> None:
    cases = [
        WeighedCase("1", "P"),
        *(WeighedCase(str(n), "Q", Fraction(2 if n < 4 else 1)) for n in range(2, 8)),
    ]
    found = chances_of(cases, 3)
    assert found == {
        "1": 1,
        "2": Fraction(1, 2),
        "3": Fraction(1, 2),
        **dict.fromkeys("4567", Fraction(1, 4)),
    }


def test_the_same_seed_draws_the_same_in_whatever_order_they_are_listed() -> None:
    cases = [WeighedCase(f"C{n}", "PQR"[n % 3], Fraction(1 + n % 2)) for n in range(12)]
    assert draw_unequal(cases, 5, 7) == draw_unequal(cases[::-1], 5, 7)
    assert len({draw_unequal(cases, 5, seed) for seed in range(20)}) > 5


def test_what_was_drawn_speaks_for_all_and_what_was_picked_does_not() -> None:
    chances = {"1": Fraction(1), "2": Fraction(1, 2), "3": Fraction(1, 4)}
    found = weighed_share({"1", "3", "picked"}, {"1", "2", "3", "picked"}, chances)
    assert (found.k, found.n, found.of_k, found.of_n) == (2, 3, 5, 7)
    assert found.share == Fraction(5, 7)
    assert found.interval is not None


@pytest.mark.parametrize(
    ("n", "why"), [(0, "0 cases cannot be drawn from 2"), (1, "1 cases cannot be of 2 managers")]
)
def test_what_cannot_be_drawn_is_refused(n: int, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        chances_of([WeighedCase("1", "P"), WeighedCase("2", "Q")], n)
