"""Bounds on k of n: where a phrase may be said, and on what a sentence depends."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from sqs_core.text import Text


@frozen(kw_only=True)
class Range:
    """For which k of n something holds.

    Shares are of the n judged cases, and hold of no cases; a bound that is absent does not bind.
    """

    missing_at_least: int = 0
    missing_at_most: int | None = None
    count_at_least: int = 0
    count_at_most: int | None = None
    total_at_least: int = 0
    share_above: Fraction | None = None
    share_at_least: Fraction | None = None
    share_below: Fraction | None = None
    share_at_most: Fraction | None = None

    def admits(self, k: int, n: int) -> bool:
        """Return whether it holds of ``k`` cases of ``n``."""
        if n < self.total_at_least or k < self.count_at_least:
            return False
        above, at_least, below, at_most = (
            self.share_above,
            self.share_at_least,
            self.share_below,
            self.share_at_most,
        )
        if n == 0 and not (above is at_least is below is at_most is None):
            return False
        # k/n against a bound in whole numbers: exact, and the linter asks 40,000 times.
        return (
            (self.count_at_most is None or k <= self.count_at_most)
            and n - k >= self.missing_at_least
            and (self.missing_at_most is None or n - k <= self.missing_at_most)
            and (above is None or k * above.denominator > n * above.numerator)
            and (at_least is None or k * at_least.denominator >= n * at_least.numerator)
            and (below is None or k * below.denominator < n * below.numerator)
            and (at_most is None or k * at_most.denominator <= n * at_most.numerator)
        )


@frozen
class Band(Range):
    """A rung of the phrase scale: the phrase, and for which k of n it may be said; never of no cases."""

    id: str
    text: Text
    total_at_least: int = field(default=1, kw_only=True)

    def admits(self, k: int, n: int) -> bool:
        """Return whether the phrase may be said of ``k`` cases of ``n``."""
        return n > 0 and super().admits(k, n)


@frozen
class FigureTest(Range):
    """A condition of a sentence: a figure, ``about``, whose k of n lies within bounds.

    Where ``about`` is left out it is the figure the sentence is about.
    """

    about: str = ""
