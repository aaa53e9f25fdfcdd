"""How far away the next rating is, in cases: which judgements would have had to be sufficient."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from sqs_core.criteria import RatingBand
from sqs_core.scoring.intervals import WhatIf
from sqs_core.scoring.tally import Tally

Steps = Mapping[str, WhatIf]
"""For each question, its count as it stands and as it would have to stand."""
Options = Mapping[int, Steps]
"""For each score that can be reached, the fewest further sufficient judgements that reach it."""


@frozen
class ThresholdGap:
    """The way to the rating ``band``, by the fewest further sufficient judgements."""

    band: RatingBand
    steps: Steps

    @property
    def cases(self) -> int:
        """How many further judgements would have had to be sufficient."""
        return sum(step.more for step in self.steps.values())

    @property
    def sentence(self) -> str:
        """In words: ``one more sufficient case would make it Good: roh.plan 9/14 → 10/14``."""
        many = "one more sufficient case" if self.cases == 1 else f"{self.cases} more sufficient cases"
        steps = ", ".join(f"{question} {step}" for question, step in self.steps.items())
        return f"{many} would make it {self.band.text}: {steps}"


def reaching(
    threshold: Fraction, value: Fraction, gains: Mapping[str, Fraction], tallies: Mapping[str, Tally]
) -> Steps | None:
    """Return the fewest further sufficient judgements that lift ``value`` to ``threshold``; None if none do.

    ``gains`` says what one sufficient judgement of each question adds.  Each judgement adds the
    same whatever the others do, so taking the largest gains first is the fewest.
    """
    missing = threshold - value
    steps: dict[str, WhatIf] = {}
    for question in sorted(gains, key=lambda name: -gains[name]):
        gain, tally = gains[question], tallies[question]
        if missing <= 0 or not gain:
            break
        more = min(tally.n - tally.k, -(-missing // gain))
        if more:
            steps[question] = WhatIf(tally.k, tally.n, int(more))
            missing -= gain * more
    return steps if missing <= 0 else None


def together(parts: Iterable[Steps]) -> Steps:
    """Return the steps that make all ``parts`` come true; a question in several needs only the most."""
    steps: dict[str, WhatIf] = {}
    for part in parts:
        for question, step in part.items():
            if question not in steps or steps[question].more < step.more:
                steps[question] = step
    return steps


def cost(steps: Steps) -> int:
    """Return how many further sufficient judgements ``steps`` are."""
    return sum(step.more for step in steps.values())


def at_least(options: Options, score: int) -> tuple[int, Steps] | None:
    """Return the score that the fewest steps reach of those that are ``score`` or more, and the steps."""
    reached = [(found, steps) for found, steps in options.items() if found >= score]
    return min(reached, key=lambda one: (cost(one[1]), -one[0])) if reached else None


def of_worst(parts: Iterable[Options]) -> dict[int, Steps]:
    """Return, for each score that the lowest of the parts can come to, the fewest steps to it.

    Parts may have other scores: where one can only go from 0 to 3 and another stands at 2, the lowest
    of them comes to 2 and never to 1.
    """
    options = list(parts)
    found: dict[int, Steps] = {}
    for score in sorted({score for part in options for score in part}):
        reached = [at_least(part, score) for part in options]
        if all(reached):
            lowest = min(one[0] for one in reached if one)
            found.setdefault(lowest, together(one[1] for one in reached if one))
    return found


def of_sum(parts: Iterable[Options]) -> dict[int, Steps]:
    """For each number of points, the fewest steps by which the parts add up to it.

    Exact where no question is looked at by two parts; otherwise it may ask for too many.
    """
    best: dict[int, Steps] = {0: {}}
    for part in parts:
        longer: dict[int, Steps] = {}
        for points, before in best.items():
            for score, steps in part.items():
                both = together((before, steps))
                known = longer.get(points + score)
                if known is None or cost(both) < cost(known):
                    longer[points + score] = both
        best = longer
    return best
