"""Two small counts: the exact test and its interval against published figures, and its error enumerated."""

from __future__ import annotations

import importlib.util
from itertools import product
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts import script
from sqs_core.scoring.two_proportions import (
    KOfN,
    cases_to_tell,
    difference_interval,
    exact_p,
    holm,
    verdict_on,
)

DOCS = Path(__file__).parents[2] / "docs"

# Then, now and the one-sided p of no rise, as R's package Exact printed it (kept in the tests of SciPy 1.17).
EXACT = [
    ((2, 10), (7, 9), 0.009886142),
    ((5, 25), (16, 41), 0.05827348),
    ((10, 20), (5, 6), 0.08565611),
    ((7, 15), (12, 15), 0.03410916),
    ((10, 35), (24, 61), 0.1512882),
]
# 1 then 2, and the limits of the share of the first less that of the second: Newcombe (1998), Stat. Med. 17,
# Table II, method 10.
NEWCOMBE = [
    ((56, 70), (48, 80), "0.0524", "0.3339"),
    ((9, 10), (3, 10), "0.1705", "0.8090"),
    ((6, 7), (2, 7), "0.0582", "0.8062"),
    ((5, 56), (0, 29), "-0.0381", "0.1926"),
    ((0, 10), (0, 20), "-0.1611", "0.2775"),
    ((0, 10), (0, 10), "-0.2775", "0.2775"),
    ((10, 10), (0, 20), "0.6791", "1.0000"),
    ((10, 10), (0, 10), "0.6075", "1.0000"),
]


@pytest.mark.parametrize(("before", "after", "one_sided"), EXACT)
def test_p_is_twice_the_one_sided_value_that_r_printed(
    before: tuple[int, int], after: tuple[int, int], one_sided: float
) -> None:
    assert exact_p(KOfN(*before), KOfN(*after)) == pytest.approx(2 * one_sided, rel=2e-6)


@pytest.mark.skipif(importlib.util.find_spec("scipy") is None, reason="SciPy is not installed")
def test_p_is_that_of_scipy_to_six_digits() -> None:
    from scipy.stats import boschloo_exact

    outcomes = [
        ((5, 14), (12, 14)),
        ((9, 14), (3, 22)),
        ((0, 5), (4, 9)),
        ((20, 30), (28, 30)),
        ((7, 7), (3, 18)),
    ]
    theirs = [boschloo_exact([[k1, k2], [n1 - k1, n2 - k2]], n=64).pvalue for (k1, n1), (k2, n2) in outcomes]
    ours = [exact_p(KOfN(*before), KOfN(*after)) for before, after in outcomes]
    assert ours == pytest.approx(theirs, abs=5e-7)


@pytest.mark.parametrize(("first", "second", "low", "high"), NEWCOMBE)
def test_the_interval_is_the_one_that_newcombe_printed(
    first: tuple[int, int], second: tuple[int, int], low: str, high: str
) -> None:
    interval = difference_interval(KOfN(*second), KOfN(*first))
    assert interval is not None
    assert (f"{interval.low:.4f}", f"{interval.high:.4f}") == (low, high)


@pytest.mark.parametrize(("then", "now"), [(5, 5), (5, 12), (9, 7), (11, 11)])
def test_without_a_change_one_is_told_in_at_most_five_of_a_hundred_at_any_base_rate(
    then: int, now: int
) -> None:
    said = [
        (a, b)
        for a, b in product(range(then + 1), range(now + 1))
        if verdict_on(KOfN(a, then), KOfN(b, now)) in ("better", "worse")
    ]

    def chance(rate: float) -> float:
        return sum(
            comb(then, a) * comb(now, b) * rate ** (a + b) * (1 - rate) ** (then + now - a - b)
            for a, b in said
        )

    assert said
    assert max(chance(percent / 100) for percent in range(1, 100)) <= 0.05


@given(st.data())
def test_exchanging_then_and_now_or_yes_and_no_exchanges_better_and_worse(data: st.DataObject) -> None:
    n1, n2 = data.draw(st.integers(1, 12)), data.draw(st.integers(1, 12))
    k1, k2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    verdict = verdict_on(KOfN(k1, n1), KOfN(k2, n2))
    other = {"better": "worse", "worse": "better"}.get(verdict, verdict)
    exchanged = verdict_on(KOfN(k2, n2), KOfN(k1, n1))
    counted_the_rest = verdict_on(KOfN(n1 - k1, n1), KOfN(n2 - k2, n2))
    assert (exchanged, counted_the_rest) == (other, other)


def test_nothing_judged_is_no_comparison_and_no_difference_needs_no_cases() -> None:
    assert verdict_on(KOfN(0, 0), KOfN(3, 9)) == "not comparable"
    assert difference_interval(KOfN(0, 0), KOfN(3, 9)) is None
    assert [cases_to_tell(KOfN(*one), KOfN(7, 14)) for one in ((0, 0), (5, 10), (499, 1000))] == [None] * 3
    with pytest.raises(ValueError, match="0 of 0 cannot be compared"):
        exact_p(KOfN(0, 0), KOfN(3, 9))


def test_above_four_hundred_cases_it_is_fishers_test() -> None:
    tail = sum(comb(225, j) * comb(225, 210 - j) for j in range(120, 211)) / comb(450, 210)
    assert exact_p(KOfN(90, 225), KOfN(120, 225)) == pytest.approx(2 * tail)


def test_holm_takes_all_of_them_together() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


def test_the_table_of_the_page_is_what_its_script_enumerates() -> None:
    power = script("docs/power.py")
    power.SIZES = (5, 8)
    page = (DOCS / "over-time.md").read_text(encoding="utf-8")
    assert [row for row in power.power_table() if row not in page] == []
