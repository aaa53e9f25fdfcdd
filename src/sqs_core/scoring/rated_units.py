"""Count ratings unit by unit, without keeping who gave them.

A unit is one thing that was rated: a question in a case.  Agreement asks only how many gave each answer,
never who, so units that were given the same answers the same number of times are one and the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from fractions import Fraction

from attrs import frozen

Ratings = Sequence[Sequence[Hashable | None]]
"""Units by raters: a row a unit, a place a rater, ``None`` a gap.  Rows need not be equally long."""


@frozen
class RatedUnit:
    """One unit: each answer it was given, with how many gave it."""

    answers: frozenset[tuple[Hashable, int]]

    @property
    def count(self) -> int:
        """Ratings it was given."""
        return sum(times for _, times in self.answers)

    @property
    def same(self) -> Fraction:
        """The share of pairs of its ratings that are the same; it needs two ratings."""
        return Fraction(sum(times * (times - 1) for _, times in self.answers), self.count * (self.count - 1))

    def given(self, answer: Hashable) -> Fraction:
        """Return how many of its ratings are ``answer``."""
        return Fraction(dict(self.answers).get(answer, 0))

    def mean(self, worth: Callable[[Hashable], Fraction]) -> Fraction:
        """Return the mean over its ratings of what each answer is worth."""
        return sum((times * worth(answer) for answer, times in self.answers), Fraction(0)) / self.count


@frozen
class RatedUnits:
    """The distinct units with how often each occurs."""

    tally: Counter[RatedUnit]

    @classmethod
    def of(cls, ratings: Ratings) -> RatedUnits:
        """Return the units of a table of ratings; those without any rating are left out."""
        rows = (Counter(rating for rating in row if rating is not None) for row in ratings)
        return cls(Counter(RatedUnit(frozenset(row.items())) for row in rows if row))

    @property
    def count(self) -> int:
        """Units."""
        return self.tally.total()

    @property
    def ratings(self) -> int:
        """Ratings in all units together."""
        return sum(times * unit.count for unit, times in self.tally.items())

    @property
    def answers(self) -> frozenset[Hashable]:
        """The answers used."""
        return frozenset(answer for unit in self.tally for answer, _ in unit.answers)

    def paired(self) -> RatedUnits:
        """Return only the units rated at least twice."""
        return RatedUnits(Counter({unit: times for unit, times in self.tally.items() if unit.count > 1}))

    def mean(self, of: Callable[[RatedUnit], Fraction]) -> Fraction:
        """Return the mean over all units; there must be one."""
        return sum((times * of(unit) for unit, times in self.tally.items()), Fraction(0)) / self.count
