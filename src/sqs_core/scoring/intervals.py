"""How certain a count is: Wilson intervals, and how many cases away a boundary is.

Fourteen cases carry little certainty, so a share is always given with k of n, its interval and the
distance to a boundary in *cases*, which inspectors can picture.  Shares are exact
(:class:`~fractions.Fraction`); only the bounds of an interval are floats, for they hold a square root.
Nothing here is for the letter: these are figures for analysts.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil, sqrt
from statistics import NormalDist
from typing import NamedTuple


class Interval(NamedTuple):
    """A range for an unknown share or coefficient, from ``low`` to ``high``, both included.

    ``low`` and ``high`` are on the scale of what was estimated: 0 to 1 for a share, -1 to 1 for an
    agreement coefficient.  ``confidence`` is the nominal level, such as 0.95; ``method`` says in words
    how it was made.

    >>> str(wilson(9, 14)), wilson(9, 14).percent
    ('0.39 to 0.84', '39–84%')
    """

    low: float
    high: float
    confidence: float
    method: str

    @property
    def percent(self) -> str:
        """The range of a share as the board prints it, in whole percents."""
        return f"{round(100 * self.low)}–{round(100 * self.high)}%"

    def __str__(self) -> str:
        return f"{self.low:z.2f} to {self.high:z.2f}"


class WhatIf(NamedTuple):
    """A count as it stands, ``k`` of ``n``, and as it would stand with ``more`` sufficient cases.

    ``more`` is negative for fewer.  ``str()`` gives the two figures alone.

    >>> str(what_if(9, 14))
    '9/14 → 10/14'
    """

    k: int
    n: int
    more: int

    @property
    def before(self) -> Fraction:
        """The share sufficient as judged."""
        return Fraction(self.k, self.n)

    @property
    def after(self) -> Fraction:
        """The share sufficient if ``more`` further cases had been."""
        return Fraction(self.k + self.more, self.n)

    @property
    def sentence(self) -> str:
        """The same in words: ``one more sufficient case: 9/14 → 10/14``."""
        count = abs(self.more)
        many = "one" if count == 1 else str(count)
        way = "fewer" if self.more < 0 else "more"
        return f"{many} {way} sufficient {'case' if count == 1 else 'cases'}: {self}"

    def __str__(self) -> str:
        return f"{self.k}/{self.n} → {self.k + self.more}/{self.n}"


def z_value(confidence: float) -> float:
    """Return the standard normal value with ``confidence`` of the area between it and its negative.

    Raises :class:`ValueError` unless ``confidence`` lies strictly between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is {confidence!r}; it must lie between 0 and 1, such as 0.95")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def normal_interval(estimate: Fraction, standard_error: float, confidence: float = 0.95) -> Interval:
    """Return the estimate ± its standard errors, kept within -1 and 1, the scale of an agreement figure.

    It is a large-sample interval: for few units it is too narrow to be shown.
    """
    reach = z_value(confidence) * standard_error
    middle = float(estimate)
    return Interval(max(-1.0, middle - reach), min(1.0, middle + reach), confidence, "normal")


def wilson(
    k: int | Fraction, n: int | Fraction, confidence: float = 0.95, population: int | None = None
) -> Interval | None:
    """Return the Wilson score interval for ``k`` of ``n``; None when nothing was judged.

    ``k`` and ``n`` are fractions where judgements weigh differently (an effective sample size).
    It assumes the n cases were drawn at random.  Without ``population`` it speaks of the share in an
    endless supply of such cases; with it, of the share among exactly that many cases of which the n were
    drawn, and it shrinks to the point when all of them were judged.  ``population`` counts the cases *to
    which the question applies*; where only the whole frame is known and the question applies to some of
    it, leave it out: the wider interval is the honest one.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22, 209–212, recommended for small n by Newcombe (1998),
    Stat. Med. 17, 857–872, method 3.  The finite form is that of O'Neill (2021), "Mathematical properties
    and finite-population correction for the Wilson score interval", arXiv:2109.12464: n is replaced by
    n (N - 1) / (N - n).

    Raises :class:`ValueError` when k is not within 0..n, when ``population`` is smaller than n, or when
    ``confidence`` is not strictly between 0 and 1.

    >>> str(wilson(7, 10)), str(wilson(7, 10, population=20))
    ('0.40 to 0.89', '0.48 to 0.86')
    """
    _check_count(k, n)
    z = z_value(confidence)
    if population is not None and population < n:
        raise ValueError(f"{n} cases cannot be drawn from a population of {population}")
    if n == 0:
        return None
    share = float(Fraction(k) / n)
    if population is None:
        method, size = "Wilson", float(n)
    else:
        method = f"Wilson, finite population of {population}"
        if population == n:
            return Interval(share, share, confidence, method)
        size = float(Fraction(n) * (population - 1) / (population - n))
    centre = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z * sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / (1 + z * z / size)
    # Rounding can push a bound that is exactly 0 or 1 a hair past it, and "-0.0000000001" is no share.
    low = 0.0 if k == 0 else max(0.0, centre - half)
    high = 1.0 if k == n else min(1.0, centre + half)
    return Interval(low, high, confidence, method)


def boundaries_within(interval: Interval, boundaries: Iterable[Fraction]) -> tuple[Fraction, ...]:
    """Return the boundaries strictly inside ``interval``, in rising order: those the sample cannot decide.

    A band or rating whose boundary is among them should not be given from this sample alone.
    """
    return tuple(sorted(b for b in boundaries if interval.low < b < interval.high))


def cases_to_reach(k: int, n: int, threshold: Fraction) -> int | None:
    """Return how many more of the ``n`` judged would have to be sufficient to reach ``threshold``.

    0 when it is reached already; ``None`` when nothing was judged, or when even n of n would not do
    (a threshold above 1).  Reaching counts: 13 of 20 reaches 65 in a hundred.

    >>> cases_to_reach(9, 14, Fraction(65, 100))
    1
    """
    _check_count(k, n)
    _check_threshold(threshold)
    if n == 0 or threshold > 1:
        return None
    return max(0, ceil(threshold * n) - k)


def cases_above(k: int, n: int, threshold: Fraction) -> int | None:
    """Return how many of the ``k`` sufficient could be lost with the share still at ``threshold`` or above.

    0 when one fewer would fall below; ``None`` when nothing was judged or the share is below already.

    >>> cases_above(12, 14, Fraction(65, 100))
    2
    """
    _check_count(k, n)
    _check_threshold(threshold)
    spare = k - max(0, ceil(threshold * n))
    return spare if n and spare >= 0 else None


def what_if(k: int, n: int, more: int = 1) -> WhatIf | None:
    """Return the count with ``more`` further sufficient cases of the same n; None when that cannot be."""
    _check_count(k, n)
    return WhatIf(k, n, more) if n and 0 <= k + more <= n else None


def _check_count(k: int | Fraction, n: int | Fraction) -> None:
    if not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is not a count: k must lie within 0 and n")


def _check_threshold(threshold: Fraction) -> None:
    # A float would move the boundary: 0.07 * 100 is 7.000000000000001, and asks for an eighth case.
    if isinstance(threshold, float):
        raise TypeError(f"the threshold is the float {threshold!r}; give it exactly, as Fraction(65, 100)")
