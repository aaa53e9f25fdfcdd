"""How far two or more people agree: raw agreement, Gwet's AC1 and Krippendorff's alpha.

Ratings come as units by raters: one row a unit (a question in a case), one place a rater, ``None`` where
a rater gave none.  A rating may be anything hashable and is only ever compared for being the same, so
renaming the labels, swapping raters or reordering units changes nothing.  Everything is computed in exact
fractions; only the bounds of an interval and the standard error are floats.

What cannot be known is ``None`` with the reason beside it: never 0, never a perfect 1.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from fractions import Fraction
from math import sqrt

from attrs import frozen

from sqs_core.scoring.intervals import Interval, normal_interval, wilson
from sqs_core.scoring.rated_units import RatedUnit, RatedUnits, Ratings

FEW_UNITS = 10
"""Below this many units rated at least twice, an agreement figure deserves a warning."""

LARGE_SAMPLE = 30
"""Units rated at least twice from which on the interval of AC1 and alpha is given.

Their variance is a large-sample one.  At 30 units a normal interval is 4 % narrower than one by
Student's t; below that it would promise more than it holds.
"""

TOO_FEW = f"no interval: it takes {LARGE_SAMPLE} units"
"""Why a figure of fewer units has no interval."""

RAW, AC1, ALPHA = "raw agreement", "Gwet's AC1", "Krippendorff's alpha"

_NOTHING_TWICE = "undefined: no unit was rated by two people"
_ONE_ANSWER_AC1 = "undefined: one answer alone was used, and the answers possible were not named"
_ONE_ANSWER_ALPHA = "undefined: all gave the same answer, so there is no chance to compare with"
_NO_SPREAD = "no interval: the units do not differ, which says nothing of units not seen"


@frozen(repr=False)
class Agreement:
    """One agreement figure.

    ``value`` is exact: 1 is perfect, and for AC1 and alpha 0 is what chance would give and less than 0 is
    worse than chance; ``None`` when it is undefined.  ``interval`` is ``None`` when no honest one exists;
    ``why`` then says why, as it does for an undefined value.  ``units`` counts the units rated at least
    twice, ``ratings`` the ratings in them.
    """

    name: str
    value: Fraction | None
    interval: Interval | None
    units: int
    ratings: int
    standard_error: float | None = None
    why: str = ""

    def __repr__(self) -> str:
        return f"<{self}>"

    @property
    def few(self) -> bool:
        """Whether there are fewer than ten units: too few to rely on."""
        return self.units < FEW_UNITS

    def __str__(self) -> str:
        if self.value is None:
            return f"{self.name} undefined ({self.units} units)"
        span = f", {self.interval}" if self.interval else ""
        return f"{self.name} {float(self.value):z.2f}{span} ({self.units} units)"


@frozen(repr=False)
class Measures:
    """The three figures for one set of ratings; iterating gives raw agreement first."""

    raw: Agreement
    ac1: Agreement
    alpha: Agreement

    def __repr__(self) -> str:
        return f"<Measures of {self.raw.units} units: {', '.join(map(str, self))}>"

    def __iter__(self) -> Iterator[Agreement]:
        return iter((self.raw, self.ac1, self.alpha))


def measures(
    ratings: Ratings, categories: Collection[Hashable] | None = None, confidence: float = 0.95
) -> Measures:
    """Return raw agreement, AC1 and alpha of the same ratings; arguments as for :func:`gwet_ac1`."""
    return Measures(
        raw_agreement(ratings, confidence),
        gwet_ac1(ratings, categories, confidence),
        krippendorff_alpha(ratings, confidence),
    )


def raw_agreement(ratings: Ratings, confidence: float = 0.95) -> Agreement:
    """Return the share of pairs of raters who agree, as a mean over units rated at least twice.

    With two ratings in every unit that is agreed units of all units, and the interval is Wilson's; with
    more, it is the mean of the units' shares ± normal standard errors.  Undefined when no unit was
    rated twice.  Source: the observed agreement of Fleiss (1971), Psychol. Bull. 76, 378–382, unit by unit
    over the raters it had.
    """
    units = RatedUnits.of(ratings).paired()
    if not units.count:
        return Agreement(RAW, None, None, 0, 0, why=_NOTHING_TWICE)
    value = units.mean(lambda unit: unit.same)
    if units.ratings == 2 * units.count:
        interval = wilson(int(value * units.count), units.count, confidence)
        return Agreement(RAW, value, interval, units.count, units.ratings)
    return _estimate(RAW, value, units, lambda unit: unit.same, confidence)


def gwet_ac1(
    ratings: Ratings, categories: Collection[Hashable] | None = None, confidence: float = 0.95
) -> Agreement:
    """Return Gwet's AC1: agreement beyond chance, where chance is agreeing on units that are hard to judge.

    ``categories`` are the answers that were possible; chance agreement falls as they grow, so name them
    where they are known.  By default they are those used.  Undefined when no unit was rated twice, and
    when one answer alone was used and the possible ones are not named (with them it is 1).

    A unit with a single rating still shows which answers are common, so it counts towards chance and
    the variance, as in Gwet: pass only cases that were meant to be rated twice.

    Source: Gwet (2008), Br. J. Math. Stat. Psychol. 61, 29–48, and for gaps Gwet (2014), Handbook of
    Inter-Rater Reliability, 4th ed.; the interval is ± normal standard errors from his linearised variance,
    given from :data:`LARGE_SAMPLE` units on.

    Raises :class:`ValueError` when a rating is not among ``categories``, or those are fewer than two.
    """
    units = RatedUnits.of(ratings)
    if categories is not None:
        _check_categories(units.answers, categories)
    paired = units.paired()
    if not paired.count:
        return Agreement(AC1, None, None, 0, 0, why=_NOTHING_TWICE)
    kinds = len(units.answers if categories is None else set(categories))
    if kinds < 2:
        return Agreement(AC1, None, None, paired.count, paired.ratings, why=_ONE_ANSWER_AC1)

    def use(answer: Hashable) -> Fraction:
        return units.mean(lambda unit: unit.given(answer) / unit.count)

    share = {answer: use(answer) for answer in units.answers}
    chance = sum((p * (1 - p) for p in share.values()), Fraction(0)) / (kinds - 1)
    value = (paired.mean(lambda unit: unit.same) - chance) / (1 - chance)

    def linear(unit: RatedUnit) -> Fraction:
        doubt = unit.mean(lambda answer: 1 - share[answer]) / (kinds - 1)
        agreed = Fraction(units.count, paired.count) * (unit.same - chance) if unit.count > 1 else Fraction(0)
        return (agreed - 2 * (1 - value) * (doubt - chance)) / (1 - chance)

    return _estimate(AC1, value, units, linear, confidence)


def krippendorff_alpha(ratings: Ratings, confidence: float = 0.95) -> Agreement:
    """Return Krippendorff's alpha for nominal ratings by any number of raters, with gaps.

    Only units rated at least twice count.  Undefined when there are none, and when everyone gave the same
    answer throughout: without variation there is no chance agreement to compare with.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; the interval is ± normal
    standard errors from the linearised variance of Gwet (2014), Handbook of Inter-Rater Reliability, 4th
    ed., as in his R package irrCAC 1.0, given from :data:`LARGE_SAMPLE` units on.
    """
    units = RatedUnits.of(ratings).paired()
    if not units.count:
        return Agreement(ALPHA, None, None, 0, 0, why=_NOTHING_TWICE)
    usual = Fraction(units.ratings, units.count)

    def use(answer: Hashable) -> Fraction:
        return units.mean(lambda unit: unit.given(answer)) / usual

    share = {answer: use(answer) for answer in units.answers}
    chance = sum((p * p for p in share.values()), Fraction(0))
    if chance == 1:
        return Agreement(ALPHA, None, None, units.count, units.ratings, why=_ONE_ANSWER_ALPHA)

    plain = units.mean(lambda unit: unit.same * unit.count) / usual
    # Krippendorff pairs a rating with others only, never with itself, and chance must not either.
    observed = plain + (1 - plain) / units.ratings
    value = (observed - chance) / (1 - chance)

    def linear(unit: RatedUnit) -> Fraction:
        weight = unit.count / usual
        agreed = unit.same * weight - observed * (weight - 1)
        likely = unit.mean(share.__getitem__) * weight - chance * (weight - 1)
        return (agreed - chance - 2 * (1 - plain) / (1 - chance) * (likely - chance)) / (1 - chance)

    return _estimate(ALPHA, value, units, linear, confidence)


def _estimate(
    name: str, value: Fraction, units: RatedUnits, linear: Callable[[RatedUnit], Fraction], confidence: float
) -> Agreement:
    """Return ``value`` with the interval from the spread of ``linear``, each unit's contribution to it."""
    paired = units.paired()
    if units.count == 1:
        return Agreement(name, value, None, 1, paired.ratings, why=TOO_FEW)
    centre = units.mean(linear)
    variance = units.mean(lambda unit: (linear(unit) - centre) ** 2) / (units.count - 1)
    error = sqrt(variance)
    # Units rated once count towards the spread, but however many there are, they are no pairs.
    if paired.count < LARGE_SAMPLE:
        return Agreement(name, value, None, paired.count, paired.ratings, error, TOO_FEW)
    if variance == 0:
        return Agreement(name, value, None, paired.count, paired.ratings, 0.0, _NO_SPREAD)
    interval = normal_interval(value, error, confidence)
    return Agreement(name, value, interval, paired.count, paired.ratings, error)


def _check_categories(seen: frozenset[Hashable], categories: Collection[Hashable]) -> None:
    if len(set(categories)) < 2:
        raise ValueError("fewer than two categories: there was nothing to agree or differ about")
    if strange := seen.difference(categories):
        known = ", ".join(sorted(map(repr, set(categories))))
        raise ValueError(f"no category {', '.join(sorted(map(repr, strange)))}; possible: {known}")
