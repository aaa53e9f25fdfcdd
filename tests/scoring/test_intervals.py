"""Wilson intervals against published figures, and the distance to a boundary in cases.

Every figure in ``PUBLISHED``, ``T_TABLE`` and ``BOARD`` was printed by someone else, and its source is
named beside it; a figure is met when it agrees to the last digit that was printed.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from statistics import NormalDist
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqs_core.scoring.intervals import (
    Interval,
    WhatIf,
    boundaries_within,
    cases_above,
    cases_to_reach,
    what_if,
    wilson,
    z_value,
)

NEWCOMBE = "Newcombe (1998), Stat. Med. 17, Table I, method 3"
BINOM = "R package binom, binom.confint, as kept in the tests of statsmodels 0.15"
PROP_TEST = "R 3.6.2, prop.test(correct = FALSE), as kept in the tests of SciPy 1.12"
DESC_TOOLS = "R package DescTools, BinomCI, as kept in the tests of statsmodels 0.15"
PHE = "Public Health England, tests of its R package PHEindicatormethods (first named PHEstatmethods)"
FAGERLAND = "R package contingencytables, test of chapter 2: Ligarden (2010), 13 of 16"

# k, n, confidence, low, high: as printed.  One-sided limits at 95 % are the two-sided ones at 90 %.
PUBLISHED = [
    (NEWCOMBE, 81, 263, 0.95, "0.2553", "0.3662"),
    (NEWCOMBE, 15, 148, 0.95, "0.0624", "0.1605"),
    (NEWCOMBE, 0, 20, 0.95, "0.0000", "0.1611"),
    (NEWCOMBE, 1, 29, 0.95, "0.0061", "0.1718"),
    (BINOM, 18, 20, 0.95, "0.6989663547715128", "0.972133518786232"),
    (BINOM, 4, 20, 0.95, "0.0806576625797981", "0.4160174322518935"),
    (BINOM, 4, 200, 0.95, "0.00780442641634947", "0.05028708690582643"),
    (BINOM, 190, 200, 0.95, "0.910421851861224", "0.972617354399236"),
    (BINOM, 1, 30, 0.95, "0.005908590", "0.16670391"),
    (BINOM, 29, 30, 0.95, "0.8332961", "0.9940914"),
    (BINOM, 0, 30, 0.95, "0.00000000", "0.11351339"),
    (BINOM, 30, 30, 0.95, "0.8864866", "1.0000000"),
    (PROP_TEST, 3, 10, 0.95, "0.1077913", "0.6032219"),
    (PROP_TEST, 3, 10, 0.99, "0.07956632", "0.6799753"),
    (PROP_TEST, 3, 10, 0.90, "0.1268766", "0.5583002"),
    (PROP_TEST, 3, 10, 0.98, "0.08974147", "0.6507187"),
    (PROP_TEST, 0, 10, 0.95, "0.0000000", "0.2775328"),
    (PROP_TEST, 0, 10, 0.90, "0.000000", "0.212942"),
    (PROP_TEST, 10, 10, 0.95, "0.7224672", "1.0000000"),
    (PROP_TEST, 10, 10, 0.90, "0.787058", "1.000000"),
    (DESC_TOOLS, 100, 200, 0.95, "0.4313609", "0.5686391"),
    (DESC_TOOLS, 100, 200, 0.90, "0.442235", "0.557765"),
    (PHE, 35078, 41980, 0.95, "0.83201210", "0.83910324"),
    (PHE, 35078, 41980, 0.998, "0.82992190", "0.84110220"),
    (PHE, 65, 100, 0.95, "0.55254443", "0.73635752"),
    (PHE, 65, 100, 0.998, "0.49549466", "0.77835406"),
    (FAGERLAND, 13, 16, 0.95, "0.5699", "0.9341"),
]

# The product's own design: the board as drawn for Darlington, and 9 of 14 in its account of the domain.
BOARD = """
11/14 52–92%, 4/5 38–96%, 11/12 65–99%, 14/14 78–100%, 13/14 69–99%, 7/10 40–89%, 8/12 39–86%, 5/8 31–86%,
9/14 39–84%, 5/13 18–64%, 6/12 25–75%, 12/14 60–96%, 10/11 62–98%, 10/14 45–88%, 8/14 33–79%, 5/5 57–100%
"""
BOARD_LINES = [tuple(line.split()) for line in BOARD.split(",")]

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])
thresholds = st.fractions(0, 1, max_denominator=200)


def as_printed(printed: str) -> object:
    """What counts as the printed figure: within half of its last digit."""
    digits = len(printed.partition(".")[2])
    return pytest.approx(float(printed), abs=max(0.5 * 10**-digits, 1e-9) * (1 + 1e-9), rel=0)


def interval_of(k: int, n: int, confidence: float = 0.95, population: int | None = None) -> Interval:
    found = wilson(k, n, confidence, population)
    assert found is not None
    return found


@pytest.mark.parametrize(("source", "k", "n", "confidence", "low", "high"), PUBLISHED)
def test_a_published_interval_is_met_to_its_last_digit(
    source: str, k: int, n: int, confidence: float, low: str, high: str
) -> None:
    found = interval_of(k, n, confidence)

    assert (found.low, found.high) == (as_printed(low), as_printed(high)), source


@pytest.mark.parametrize(("count", "shown"), BOARD_LINES)
def test_the_board_shows_the_range_in_whole_percents(count: str, shown: str) -> None:
    k, n = map(int, count.split("/"))

    assert interval_of(k, n).percent == shown


def test_nothing_judged_has_no_interval() -> None:
    assert wilson(0, 0) is None


def test_the_interval_says_what_it_is() -> None:
    found = wilson(9, 14, population=47)

    assert found is not None
    assert (str(found), found.method) == ("0.42 to 0.82", "Wilson, finite population of 47")


@pytest.mark.parametrize(
    ("k", "n", "confidence", "population", "words"),
    [
        (15, 14, 0.95, None, "15 of 14 is not a count"),
        (-1, 14, 0.95, None, "-1 of 14 is not a count"),
        (9, 14, 0.95, 13, "14 cases cannot be drawn from a population of 13"),
        (9, 14, 95, None, "confidence is 95"),
        (9, 14, 0.0, None, "confidence is 0.0"),
    ],
)
def test_an_impossible_count_is_refused_in_words(
    k: int, n: int, confidence: float, population: int | None, words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        wilson(k, n, confidence, population)


@given(counts, levels)
def test_the_interval_holds_its_share_and_stays_within_0_and_1(count: tuple[int, int], level: float) -> None:
    found = interval_of(*count, level)

    assert 0 <= found.low <= count[0] / count[1] <= found.high <= 1


@given(counts, levels, st.integers(0, 500))
def test_each_bound_solves_the_score_equation(count: tuple[int, int], level: float, unseen: int) -> None:
    (k, n), population = count, count[1] + unseen
    found = interval_of(k, n, level, population)
    # The variance of a share in n drawn without replacement from N, at the bound itself.
    for bound in (found.low, found.high):
        variance = bound * (1 - bound) / n * unseen / max(1, population - 1)
        assert (k / n - bound) ** 2 == pytest.approx(z_value(level) ** 2 * variance, abs=1e-9)


@given(counts, levels)
def test_insufficient_mirrors_sufficient(count: tuple[int, int], level: float) -> None:
    k, n = count
    found, mirrored = interval_of(k, n, level), interval_of(n - k, n, level)

    assert (mirrored.low, mirrored.high) == pytest.approx((1 - found.high, 1 - found.low), abs=1e-12)


@given(counts, st.integers(1, 500))
def test_a_known_frame_narrows_the_interval(count: tuple[int, int], unseen: int) -> None:
    k, n = count
    endless, framed = interval_of(k, n), interval_of(k, n, population=n + unseen)
    wider = interval_of(k, n, population=n + unseen + 1)

    assert endless.low <= wider.low <= framed.low + 1e-12
    assert framed.high - 1e-12 <= wider.high <= endless.high


@given(counts)
def test_a_frame_judged_whole_leaves_no_doubt(count: tuple[int, int]) -> None:
    found = interval_of(*count, population=count[1])

    assert found.low == found.high == count[0] / count[1]


@given(counts, thresholds)
def test_the_cases_to_reach_are_the_fewest_that_do(count: tuple[int, int], threshold: Fraction) -> None:
    k, n = count
    needed = cases_to_reach(k, n, threshold)

    assert needed == next(more for more in range(n + 1) if Fraction(k + more, n) >= threshold)


@given(counts, thresholds)
def test_the_cases_above_are_the_most_that_can_be_lost(count: tuple[int, int], threshold: Fraction) -> None:
    k, n = count
    holding = [fewer for fewer in range(k + 1) if Fraction(k - fewer, n) >= threshold]

    assert cases_above(k, n, threshold) == (holding[-1] if holding else None)


def test_a_boundary_is_reached_exactly_and_not_by_rounding() -> None:
    # 0.07 * 100 is 7.000000000000001 in floats.
    assert cases_to_reach(6, 100, Fraction(7, 100)) == 1


@pytest.mark.parametrize("distance", [cases_to_reach, cases_above])
def test_a_boundary_given_as_a_float_is_refused(distance: Callable[[int, int, Any], int | None]) -> None:
    with pytest.raises(TypeError, match=r"Fraction\(65, 100\)"):
        distance(9, 14, 0.65)


def test_no_cases_and_impossible_boundaries_have_no_distance() -> None:
    half = Fraction(1, 2)

    assert (cases_to_reach(0, 0, half), cases_above(0, 0, half), cases_to_reach(9, 14, half * 3)) == (
        None,
    ) * 3


def test_one_more_sufficient_case_is_said_in_cases() -> None:
    found = what_if(9, 14)

    assert found == WhatIf(9, 14, 1)
    assert (found.sentence, found.before, found.after) == (
        "one more sufficient case: 9/14 → 10/14",
        Fraction(9, 14),
        Fraction(5, 7),
    )


def test_two_fewer_sufficient_cases_are_said_too() -> None:
    found = what_if(9, 14, -2)

    assert found is not None
    assert found.sentence == "2 fewer sufficient cases: 9/14 → 7/14"


@pytest.mark.parametrize(("k", "n", "more"), [(14, 14, 1), (0, 14, -1), (0, 0, 1)])
def test_what_cannot_be_is_not_imagined(k: int, n: int, more: int) -> None:
    assert what_if(k, n, more) is None


def test_boundaries_inside_the_interval_are_those_the_sample_cannot_decide() -> None:
    bands = [Fraction(80, 100), Fraction(50, 100), Fraction(65, 100)]

    assert boundaries_within(interval_of(12, 14), bands) == (Fraction(65, 100), Fraction(80, 100))


def test_the_value_of_95_percent_is_the_one_the_normal_distribution_gives() -> None:
    assert z_value(0.95) == pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-15)
