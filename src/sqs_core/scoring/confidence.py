"""How certain a line of the board is, whether it may be rated, and what one more case would change.

For analysts: none of it goes into the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from sqs_core.scoring.findings import Findings
from sqs_core.scoring.intervals import (
    Interval,
    WhatIf,
    boundaries_within,
    cases_above,
    cases_to_reach,
    what_if,
    wilson,
)
from sqs_core.scoring.tally import Tally


class BoundaryGap(NamedTuple):
    """How far a count is from one boundary, in cases.

    ``short`` more sufficient cases would reach it (0: reached); ``spare`` fewer would still hold
    it (None: not reached).
    """

    boundary: Fraction
    short: int
    spare: int | None

    def __str__(self) -> str:
        where = f"{float(self.boundary * 100):g}%"
        if self.short:
            return f"{self.short} more to {where}"
        return f"{self.spare or 'none'} to spare over {where}"


class Confidence(NamedTuple):
    """What can be said of one line of the board.

    ``interval`` is Wilson's at 95 %; ``in_frame`` the same with the finite-population correction,
    where it may be used.  ``why_not_rated`` says why no rating should be given from this sample
    alone; "" where it may.
    """

    question: str
    k: int
    n: int
    interval: Interval | None
    in_frame: Interval | None
    one_more: WhatIf | None
    distances: tuple[BoundaryGap, ...]
    why_not_rated: str = ""

    @property
    def best(self) -> Interval | None:
        """The narrower interval where it may be used, else the plain one."""
        return self.in_frame or self.interval


def confidence_of(
    findings: Findings,
    tally: Tally,
    *,
    frame: int | None = None,
    boundaries: Iterable[Fraction] = (),
) -> Confidence:
    """Return what can be said of ``tally`` on the board ``findings``.

    ``frame`` is how many cases could have been drawn.  It corrects the interval only of a question
    that is asked of every case and was judged in every case counted, on a board without a filter:
    of any other question nobody knows to how many cases of the frame it applies.
    """
    limits = tuple(sorted(boundaries))
    usable = frame is not None and is_everywhere(findings, tally) and frame >= tally.n > 0
    plain = wilson(tally.k, tally.n)
    in_frame = wilson(tally.k, tally.n, population=frame) if usable else None
    distances = tuple(
        BoundaryGap(b, short, cases_above(tally.k, tally.n, b))
        for b in limits
        if (short := cases_to_reach(tally.k, tally.n, b)) is not None
    )
    return Confidence(
        question=tally.question,
        k=tally.k,
        n=tally.n,
        interval=plain,
        in_frame=in_frame,
        one_more=what_if(tally.k, tally.n),
        distances=distances,
        why_not_rated=why_not_rated(tally.k, tally.n, limits, frame if usable else None),
    )


def is_everywhere(findings: Findings, tally: Tally) -> bool:
    """Return whether a question is asked and judged in every case, on a board without a filter."""
    criteria = findings.criteria
    return (
        not findings.where
        and criteria.has_question(tally.question)
        and criteria.question(tally.question).when is None
        and tally.n == len(findings.cases)
    )


def why_not_rated(k: int, n: int, boundaries: Iterable[Fraction], population: int | None = None) -> str:
    """Return why ``k`` of ``n`` should not be rated against ``boundaries`` by itself; "" where it may be.

    Nothing judged is no score.  A boundary inside the 95 % interval is one the sample cannot
    decide: a rating would be given by chance.  This is the rule for a version's roll-up to ask.
    """
    interval = wilson(k, n, population=population)
    if interval is None:
        return "nothing was judged"
    return undecided(interval, boundaries)


def undecided(interval: Interval, boundaries: Iterable[Fraction]) -> str:
    """Return which of ``boundaries`` lie within ``interval``, in a clause; "" for none."""
    within = boundaries_within(interval, boundaries)
    if not within:
        return ""
    named = ", ".join(f"{float(b * 100):g}%" for b in within)
    # One decimal: whole percents would say that 65–99% does not decide 65%.
    return f"the range {100 * interval.low:.1f}–{100 * interval.high:.1f}% does not decide {named}"


def confidences(
    findings: Findings, *, frame: int | None = None, boundaries: Iterable[Fraction] = ()
) -> Mapping[str, Confidence]:
    """Return :func:`confidence_of` for every question and interview question of the board."""
    limits = tuple(boundaries)
    tallies = {**findings.tallies, **findings.interviews}
    return {
        name: confidence_of(findings, tally, frame=frame, boundaries=limits)
        for name, tally in tallies.items()
    }
