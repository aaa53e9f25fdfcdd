"""Whether two small counts differ: k of n then, k of n now.

The test is that of Boschloo (1970), Statistica Neerlandica 24, 1–35: Fisher's exact p-value is taken as the
statistic, and its distribution is worked out over both binomials, at the common share that is worst for
us.  So its error is at most what it says at any sample sizes and any common share, and it has more power
than Fisher's own test, which is needlessly cautious at ten or twenty cases (Mehrotra, Chan and Berger (2003),
Biometrics 59, 441–450).  Two-sided, it is twice the smaller of the one-sided values, so that "better" and
"worse" are each said wrongly in at most half of the stated share of comparisons.

It is short enough to be computed here, without SciPy: given the sum of both counts, the chance of each
outcome is hypergeometric, so the chance of the critical region is a polynomial in the common share whose
coefficients in Bernstein's basis are tails of whole numbers.  A polynomial lies below the largest of them,
which gives the maximum with a bound on its error, where a search over points could miss it.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from heapq import heappop, heappush
from itertools import pairwise
from math import ceil, comb, sqrt
from typing import Literal, NamedTuple

from sqs_core.scoring.intervals import Interval, wilson, z_value

ERROR = 0.05
"""The share of comparisons in which a difference may be reported though there is none."""

POWER = 0.8
"""The power that :func:`cases_to_tell` asks for."""

MOST_CASES = 400
"""With more cases than this in both samples Fisher's own test is taken: by then they hardly differ."""

MOST_NEEDED = 10_000
_TOLERANCE = 1e-9

ChangeVerdict = Literal["better", "worse", "cannot be told", "not comparable"]


class KOfN(NamedTuple):
    """``k`` of ``n`` cases judged sufficient; n is 0 where none was judged."""

    k: int = 0
    n: int = 0

    @property
    def share(self) -> Fraction | None:
        """The share sufficient; None where nothing was judged."""
        return Fraction(self.k, self.n) if self.n else None

    def __str__(self) -> str:
        return f"{self.k} of {self.n}"


def verdict_on(before: KOfN, after: KOfN) -> ChangeVerdict:
    """Return what can be said of two counts: in at most 5 of 100 comparisons without change it is a change.

    >>> verdict_on(KOfN(5, 14), KOfN(12, 14)), verdict_on(KOfN(7, 14), KOfN(10, 14))
    ('better', 'cannot be told')
    """
    if before.share is None or after.share is None:
        return "not comparable"
    if exact_p(before, after) > ERROR:
        return "cannot be told"
    return "better" if after.share > before.share else "worse"


def exact_p(before: KOfN, after: KOfN) -> float:
    """Return the two-sided p-value of no difference between two counts, neither of them of nothing.

    Never below the true value, and at most 2e-9 above it.

    Raises :class:`ValueError` for a count of no cases, or one of more than there are.
    """
    for count in (before, after):
        if not 0 <= count.k <= count.n or not count.n:
            raise ValueError(
                f"{count.k} of {count.n} cannot be compared: k must lie within 0 and n, n above 0"
            )
    return min(1.0, 2 * min(_rise_p(*before, *after), _rise_p(*after, *before)))


@lru_cache(maxsize=4096)
def _rise_p(k1: int, n1: int, k2: int, n2: int) -> float:
    """Return the one-sided p-value of ``k2`` of ``n2`` being no more often than ``k1`` of ``n1``."""
    every, seen = n1 + n2, k1 + k2
    observed = sum(comb(n2, j) * comb(n1, seen - j) for j in range(k2, min(n2, seen) + 1))
    if every > MOST_CASES:
        return observed / comb(every, seen)
    coefficients = []
    for total in range(every + 1):
        ways = comb(every, total)
        tail = 0
        for j in range(min(n2, total), max(0, total - n1) - 1, -1):
            longer = tail + comb(n2, j) * comb(n1, total - j)
            # Whole numbers: outcomes as extreme as the one observed must not be lost to rounding.
            if longer * comb(every, seen) > observed * ways:
                break
            tail = longer
        coefficients.append(tail / ways)
    return _highest(coefficients)


def _highest(coefficients: list[float]) -> float:
    """Return the maximum over 0..1 of a polynomial given in Bernstein's basis, at most 1e-9 too high.

    The piece with the highest bound is halved (de Casteljau) until a value was met that is as high.
    """
    met = max(coefficients[0], coefficients[-1])
    pieces = [(-max(coefficients), coefficients)]
    while True:
        bound, piece = heappop(pieces)
        if -bound <= met + _TOLERANCE:
            return -bound
        row, left, right = piece, [piece[0]], [piece[-1]]
        while len(row) > 1:
            row = [(a + b) / 2 for a, b in pairwise(row)]
            left.append(row[0])
            right.append(row[-1])
        met = max(met, row[0])
        heappush(pieces, (-max(left), left))
        heappush(pieces, (-max(right), right[::-1]))


def difference_interval(before: KOfN, after: KOfN, confidence: float = 0.95) -> Interval | None:
    """Return the interval for the share now less the share then; None where one of them is of nothing.

    Newcombe (1998), Stat. Med. 17, 873–890, method 10: made of the Wilson intervals of both.  It is not the
    test turned round: near the boundary one can exclude 0 where the other says that it cannot be told.
    """
    then, now = wilson(*before, confidence), wilson(*after, confidence)
    if then is None or now is None:
        return None
    share, later = before.k / before.n, after.k / after.n
    low = later - share - sqrt((later - now.low) ** 2 + (then.high - share) ** 2)
    high = later - share + sqrt((now.high - later) ** 2 + (share - then.low) ** 2)
    return Interval(max(-1.0, low), min(1.0, high), confidence, "Newcombe")


def cases_to_tell(before: KOfN, after: KOfN) -> int | None:
    """Return how many cases in each sample would tell a difference of the size seen, four times in five.

    It takes the shares as they were seen.  None where no difference was seen, where it would take more than
    10,000, and where nothing was judged.  An approximation for large samples (Fleiss, Levin and Paik (2003),
    Statistical Methods for Rates and Proportions, 3rd ed., formula 4.14); docs/over-time.md holds it against
    the exact chance.

    >>> cases_to_tell(KOfN(7, 14), KOfN(10, 14))
    81
    """
    if before.share is None or after.share is None or before.share == after.share:
        return None
    p, q = float(before.share), float(after.share)
    middle = (p + q) / 2
    error = z_value(1 - ERROR) * sqrt(2 * middle * (1 - middle))
    missed = z_value(2 * POWER - 1) * sqrt(p * (1 - p) + q * (1 - q))
    needed = ceil(((error + missed) / (p - q)) ** 2)
    return needed if needed <= MOST_NEEDED else None


def holm(p_values: list[float]) -> list[float]:
    """Return the p-values adjusted so that all of them hold together, in the order given.

    Holm (1979), Scand. J. Stat. 6, 65–70: whichever questions have not changed, and however they hang
    together, the chance that any of them is told as changed is at most the error asked for.
    """
    adjusted = [1.0] * len(p_values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        highest = max(highest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = highest
    return adjusted
