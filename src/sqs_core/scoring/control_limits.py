"""Exact control limits for shares of few cases: which counts chance alone would seldom give.

A trend has a point a quarter, a funnel plot a point a service, and the line through both is the share of all
points together.  That line is made of the points themselves, so limits that took it for the true share
would be crossed too often at ten or twenty cases.  These are therefore conditional on the total: where
nothing differs, and T of N cases are sufficient in all, the count of a point of n cases is hypergeometric
whatever the true share is (Fisher (1935), J. R. Stat. Soc. 98, 39–82).  Each limit leaves at most half of the
stated error beyond it, so false alarms are at most what is stated at every n, N and base rate.

The two levels, 95 % and 99.8 %, are those of Spiegelhalter (2005), Stat. Med. 24, 1185–1202, for funnel
plots of institutions.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

OUTER, INNER = Fraction(2, 1000), Fraction(5, 100)
"""In at most this share of points is one beyond the outer, or the inner, limits where nothing differs."""

# Tails are sums of floats: a tail that is the error itself up to rounding is not called smaller.
_ROUNDING = 1e-9

LimitStanding = Literal["within", "beyond 95%", "beyond 99.8%"]


class CountLimits(NamedTuple):
    """The lowest and the highest count, of ``n`` cases, that lie within the limits."""

    low: int
    high: int
    n: int

    def holds(self, k: int) -> bool:
        """Return whether a count of ``k`` lies within."""
        return self.low <= k <= self.high


class PointLimits(NamedTuple):
    """Both pairs of limits of a point: inner (95 %) and outer (99.8 %)."""

    inner: CountLimits
    outer: CountLimits

    def standing(self, k: int) -> LimitStanding:
        """Return where a count of ``k`` stands.

        >>> limits_in_total(14, 84, 140).standing(2)
        'beyond 99.8%'
        """
        if not self.outer.holds(k):
            return "beyond 99.8%"
        return "within" if self.inner.holds(k) else "beyond 95%"


def limits_in_total(n: int, of_k: int, of_n: int) -> PointLimits:
    """Return the limits for a point of ``n`` cases where all points together have ``of_k`` of ``of_n``.

    Raises :class:`ValueError` unless 1 ≤ n ≤ of_n and 0 ≤ of_k ≤ of_n.
    """
    if not 1 <= n <= of_n or not 0 <= of_k <= of_n:
        raise ValueError(f"a point of {n} cases cannot be one of {of_k} of {of_n}")
    return PointLimits(_in_total(n, of_k, of_n, INNER), _in_total(n, of_k, of_n, OUTER))


@lru_cache(maxsize=4096)
def _in_total(n: int, of_k: int, of_n: int, error: Fraction) -> CountLimits:
    short = of_n - of_k

    def ratio(k: int) -> float:
        return (of_k - k) * (n - k) / ((k + 1) * (short - n + k + 1))

    first, last = max(0, n - short), min(n, of_k)
    mode = (n + 1) * (of_k + 1) // (of_n + 2)
    return _limits(n, first, last, min(max(mode, first), last), ratio, error)


def _limits(
    n: int, first: int, last: int, mode: int, ratio: Callable[[int], float], error: Fraction
) -> CountLimits:
    """Return the limits of counts from ``first`` to ``last``; ``ratio`` of k is P(k + 1) / P(k)."""
    # From the mode outwards: the chances only fall, so nothing overflows and little is lost to rounding.
    chances = {mode: 1.0}
    for k in range(mode, last):
        chances[k + 1] = chances[k] * ratio(k)
    for k in range(mode, first, -1):
        chances[k - 1] = chances[k] / ratio(k - 1)
    most = float(error) / 2 * sum(chances.values()) * (1 - _ROUNDING)
    return CountLimits(
        _within(chances, range(first, last), most), _within(chances, range(last, first, -1), most), n
    )


def _within(chances: dict[int, float], outside: range, most: float) -> int:
    """Return the first count, going inwards, of which a tail that includes it has more than ``most``."""
    tail = 0.0
    for k in outside:
        tail += chances[k]
        if tail > most:
            return k
    return outside.stop
