"""Control limits: exact at any number of cases, and false alarms no more often than is said."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from scripts import script
from sqs_core.scoring.control_limits import CountLimits, limits_in_total

limits = script("docs/limits.py")
RATES = tuple(Fraction(rate, 10) for rate in range(1, 10))


@pytest.mark.parametrize("n", [1, 2, 5, 9, 14, 23, 30])
def test_false_alarms_are_at_most_what_is_stated(n: int) -> None:
    inner, outer = limits.worst(n, (1, 7, 30, 90), RATES)
    assert (inner <= 0.05, outer <= 0.002) == (True, True)


def test_limits_are_the_narrowest_that_keep_their_error() -> None:
    within = limits_in_total(14, 84, 140).inner
    chances = [Fraction(comb(84, k) * comb(56, 14 - k), comb(140, 14)) for k in range(15)]
    half = Fraction(25, 1000)
    assert sum(chances[: within.low]) <= half < sum(chances[: within.low + 1])
    assert sum(chances[within.high + 1 :]) <= half < sum(chances[within.high :])


def test_where_there_is_one_point_or_one_outcome_nothing_is_beyond() -> None:
    assert limits_in_total(14, 9, 14).inner == CountLimits(9, 9, 14)
    assert limits_in_total(14, 140, 140).outer == CountLimits(14, 14, 14)


def test_a_point_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="a point of 5 cases cannot be one of 1 of 4"):
        limits_in_total(5, 1, 4)
