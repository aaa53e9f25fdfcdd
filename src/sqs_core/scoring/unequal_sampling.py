"""Draw a sample by coverage and risk: each case with a known chance, which need not be equal.

:data:`METHOD_UNEQUAL` names the algorithm, which depends on the seed, the references and their values alone:

1. The chance of a case is in proportion to its factor (custody twice: 2, the others 1), at most 1, and all
   together are n.  Where the cases of one manager would come to less than 1 together, they are raised to 1.
2. Managers, and the cases of each, are put in the order of the SHA-256 of the method, the seed, "manager" or
   "case", and the name, joined by newlines.  The chances are laid end to end in that order.
3. The start is that of the method, the seed and "start", as a fraction of 2^256.  A case is drawn where the
   start, or the start and a whole number, falls on its part (Madow (1949), Ann. Math. Stat. 20, 333–354).

So a case is drawn with exactly its chance, n are drawn, and a manager whose chances come to 1 gives at least
one.  A figure of all cases is the sum over those drawn, each divided by its chance, which is right on average
whatever the chances are (Horvitz and Thompson (1952), J. Am. Stat. Assoc. 47, 663–685).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import accumulate
from math import ceil

from attrs import evolve, frozen

from sqs_core.scoring.intervals import Interval, wilson
from sqs_core.scoring.sampling import FrameCase

METHOD_UNEQUAL = "sqs-sample-2"
Chances = Mapping[str, Fraction]
"""The chance of each case of being drawn."""


@frozen
class RiskPlan:
    """What a draw covers: one of ``each`` (a column), some kinds ``over``-represented, none audited lately.

    ``over`` has (column, value, factor); ``audited`` is a column of dates, and a case whose last audit came
    after ``since`` is not eligible.
    """

    each: str = ""
    over: tuple[tuple[str, str, Fraction], ...] = ()
    audited: str = ""
    since: date | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the list that it looks at, each once."""
        return tuple(
            dict.fromkeys(c for c in (self.each, *(over[0] for over in self.over), self.audited) if c)
        )

    @property
    def words(self) -> tuple[str, ...]:
        """The plan as an inspection records it; :func:`plan_of` reads it."""
        each = (f"each {self.each}",) if self.each else ()
        over = tuple(f"over {column}={value}:{factor}" for column, value, factor in self.over)
        return (*each, *over, *((f"not {self.audited} after {self.since}",) if self.audited else ()))

    def weighed(self, case: FrameCase) -> WeighedCase:
        """Return a case of the list with its manager and its factor."""
        values = dict(zip(self.columns, case.kind, strict=True))
        factor = Fraction(1)
        for column, value, times in self.over:
            if values[column].casefold() == value.casefold():
                factor *= times
        return WeighedCase(case.case, values.get(self.each, ""), factor)


def plan_of(words: Sequence[str]) -> RiskPlan:
    """Return the plan that an inspection records in ``words``.

    Raises :class:`ValueError` where they are none.
    """
    plan = RiskPlan()
    for word in words:
        kind, _, rest = word.partition(" ")
        if kind == "each":
            plan = evolve(plan, each=rest)
        elif kind == "over":
            plan = evolve(plan, over=(*plan.over, over_of(rest)))
        elif kind == "not":
            column, _, day = rest.rpartition(" after ")
            plan = evolve(plan, audited=column, since=date.fromisoformat(day))
        else:
            raise ValueError(f"'{word}' is no part of a plan")
    return plan


def over_of(words: str) -> tuple[str, str, Fraction]:
    """Return ("custody", "yes", 2) for "custody=yes:2"; ValueError where it says no such thing."""
    column, equals, rest = words.partition("=")
    value, colon, factor = rest.rpartition(":")
    if not (equals and colon and column.strip() and value.strip()) or Fraction(factor) <= 0:
        raise ValueError(f"'{words}' is not such as custody=yes:2")
    return column.strip().casefold(), value.strip(), Fraction(factor)


@frozen
class WeighedCase:
    """A case of the list: its reference, whose it is ("" where that is not looked at), and its factor."""

    case: str
    manager: str = ""
    factor: Fraction = Fraction(1)


def chances_of(cases: Sequence[WeighedCase], n: int) -> dict[str, Fraction]:
    """Return the chance of each of ``cases`` in a draw of ``n``.

    Raises :class:`ValueError` where n is below 1, or more than there are, or fewer than there are managers.
    """
    managers = {one.manager for one in cases}
    if not 1 <= n <= len(cases):
        raise ValueError(f"{n} cases cannot be drawn from {len(cases)}")
    if len(managers) > n:
        raise ValueError(f"{n} cases cannot be of {len(managers)} managers, one of each at least")
    raised: set[str] = set()
    while True:
        rest = [one for one in cases if one.manager not in raised]
        found = _in_proportion(rest, n - len(raised))
        for manager in raised:
            found |= _in_proportion([one for one in cases if one.manager == manager], 1)
        together = dict.fromkeys(managers, Fraction(0))
        for one in cases:
            together[one.manager] += found[one.case]
        few = {manager for manager, chance in together.items() if chance < 1}
        if not few:
            return {one.case: found[one.case] for one in cases}
        raised |= few


def _in_proportion(cases: Sequence[WeighedCase], n: int) -> dict[str, Fraction]:
    """Return chances in proportion to the factors, none above 1, that come to ``n``."""
    sure: set[str] = set()
    while True:
        rest = [one for one in cases if one.case not in sure]
        whole = sum((one.factor for one in rest), Fraction(0))
        left = n - len(sure)
        found = {one.case: left * one.factor / whole for one in rest}
        above = {case for case, chance in found.items() if chance > 1}
        if not above:
            return found | dict.fromkeys(sure, Fraction(1))
        sure |= above


def draw_unequal(cases: Sequence[WeighedCase], n: int, seed: int) -> tuple[str, ...]:
    """Draw ``n`` of ``cases``; the algorithm is at the head of this module."""
    start = Fraction(int.from_bytes(_hash(seed, "start", ""), "big"), 2**256)
    return tuple(sorted(drawn_from(in_order(cases, seed), chances_of(cases, n), start)))


def in_order(cases: Sequence[WeighedCase], seed: int) -> list[str]:
    """Return the references in the order in which their chances are laid end to end."""

    def place(one: WeighedCase) -> tuple[bytes, str, bytes, str]:
        return _hash(seed, "manager", one.manager), one.manager, _hash(seed, "case", one.case), one.case

    return [one.case for one in sorted(cases, key=place)]


def drawn_from(order: Sequence[str], chances: Chances, start: Fraction) -> Iterator[str]:
    """Yield the cases on whose part the ``start`` (0 ≤ start < 1) falls, or that and a whole number."""
    ends = accumulate(chances[case] for case in order)
    before = Fraction(0)
    for case, end in zip(order, ends, strict=True):
        if ceil(before - start) < ceil(end - start):
            yield case
        before = end


def _hash(seed: int, what: str, name: str) -> bytes:
    return hashlib.sha256(f"{METHOD_UNEQUAL}\n{seed}\n{what}\n{name}".encode()).digest()


@frozen
class WeighedShare:
    """What the cases drawn say of all on the list.

    ``k`` of ``n`` drawn were sufficient; ``of_k`` and ``of_n`` estimate the same for all that were
    listed; ``interval`` is Wilson's for their share, at Kish's effective sample size.
    """

    k: int
    n: int
    of_k: Fraction
    of_n: Fraction
    interval: Interval | None

    @property
    def share(self) -> Fraction | None:
        """The estimated share sufficient of all; None where nothing was judged."""
        return self.of_k / self.of_n if self.n else None


def weighed_share(sufficient: Collection[str], judged: Collection[str], chances: Chances) -> WeighedShare:
    """Estimate from the cases ``judged`` how many of all would be, and would be ``sufficient``.

    Cases without a chance were not drawn, and do not count: what was picked on purpose stands for itself.
    Source of the effective size: Kish (1965), Survey Sampling, section 11.7.
    """
    weights = {case: 1 / chances[case] for case in judged if case in chances}
    good = {case: weight for case, weight in weights.items() if case in sufficient}
    of_k, of_n = (sum(found.values(), Fraction(0)) for found in (good, weights))
    interval = None
    if weights:
        size = of_n**2 / sum(weight**2 for weight in weights.values())
        interval = wilson(of_k / of_n * size, size)
    return WeighedShare(len(good), len(weights), of_k, of_n, interval)
