"""The ratings of a version's roll-ups: what came out, or why there is none, and how near the next is.

Shares are exact and never rounded towards a boundary.  Where nothing applies there is no
score: not nought, and not a pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria, RatingBand, Rollup
from sqs_core.criteria.ratings import COMBINING, COUNTING
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.intervals import cases_above
from sqs_core.scoring.tally import RecordIds, Tally
from sqs_core.scoring.threshold_gap import Distance, Options, Steps, at_least, of_sum, of_worst, reaching

RatingStatus = Literal["rated", "not-rated", "no-score", "none"]


@frozen
class Rating:
    """What one roll-up came to.

    ``status`` is ``rated``; ``not-rated`` (too few, or a part is not rated); ``no-score``
    (nothing it looks at applies to any case); or ``none`` (the version rates nothing here).
    Unless rated, ``why`` says so in a sentence and ``band`` is None.  ``value`` is the exact
    share, or the points of a sum.  ``k`` of ``n`` are the judgements counted and ``cases`` the
    cases behind them, for the models that count.  ``next`` is the way to the next higher
    rating, None where there is none higher or more sufficient cases would not lead there;
    ``spare`` is how many of the k could be lost without losing the rating, None where that
    depends on which.  ``held_by`` are the parts with the lowest rating of a worst-of.
    """

    rollup: Rollup
    status: RatingStatus
    band: RatingBand | None = None
    why: str = ""
    value: Fraction | None = None
    k: int = 0
    n: int = 0
    cases: RecordIds = ()
    next: Distance | None = None
    spare: int | None = None
    held_by: tuple[str, ...] = ()
    options: Options = field(factory=dict, repr=False)

    @property
    def words(self) -> str:
        """The rating in the version's words, or why there is none."""
        return str(self.band.text) if self.band else self.why


def compute_ratings(
    criteria: Criteria, summary: Findings, given: Mapping[str, str] | None = None
) -> tuple[Rating, ...]:
    """The rating of every roll-up of ``criteria`` from the counts in ``summary``, in their order.

    ``given`` are the ratings the inspectors recorded themselves, by roll-up.  UsageError where
    it names a roll-up or rating that is not there to be given, or a roll-up leads to itself.
    """
    rollups = {r.id: r for r in criteria.rollups}
    given = dict(given or {})
    _check_given(rollups, given)
    done: dict[str, Rating] = {}

    def rating(name: str, above: tuple[str, ...] = ()) -> Rating:
        if name in above:
            raise UsageError(f"a roll-up of {criteria.id} leads back to itself: {' → '.join((*above, name))}")
        if name not in rollups:
            raise UsageError(f"no roll-up '{name}' in {criteria.id}; {did_you_mean(name, rollups)}")
        if name not in done:
            rollup = rollups[name]
            parts = [rating(p, (*above, name)) for p in rollup.of] if rollup.model in COMBINING else []
            done[name] = _rated(rollup, summary, parts, given)
        return done[name]

    return tuple(rating(name) for name in rollups)


def _check_given(rollups: Mapping[str, Rollup], given: Mapping[str, str]) -> None:
    open_to = {name: r for name, r in rollups.items() if r.model == "given"}
    for name, band in given.items():
        if name not in open_to:
            raise UsageError(f"no rating '{name}' to be given; {did_you_mean(name, open_to)}")
        known = [b.id for b in open_to[name].bands]
        if band not in known:
            raise UsageError(f"no rating '{band}' for '{name}'; {did_you_mean(band, known)}")


def _rated(rollup: Rollup, summary: Findings, parts: Sequence[Rating], given: Mapping[str, str]) -> Rating:
    if rollup.model == "none":
        return Rating(rollup, "none", why=str(rollup.note) or "this version gives no rating here")
    if rollup.model == "given":
        band = next((b for b in rollup.bands if b.id == given.get(rollup.id)), None)
        if band is None:
            why = f"not rated, because no '{rollup.id}' is recorded under [ratings] in inspection.toml"
            return Rating(rollup, "not-rated", why=why)
        return Rating(rollup, "rated", band, options={band.score: {}})
    if rollup.model in COUNTING:
        return _counted(rollup, [summary.tally(name) for name in rollup.of])
    return _combined(rollup, parts)


def _counted(rollup: Rollup, tallies: Sequence[Tally]) -> Rating:
    """``bands`` and ``stars``: the share judged sufficient, and the band it falls into."""
    judged = {tally.question: tally for tally in tallies if tally.n}
    gains = _gains(rollup, judged)
    if not any(gains.values()):
        return Rating(rollup, "no-score", why="no score, because nothing it looks at was judged in any case")
    found = Rating(
        rollup,
        "not-rated",
        value=sum((gain * judged[name].k for name, gain in gains.items()), Fraction(0)),
        k=sum(tally.k for tally in judged.values()),
        n=sum(tally.n for tally in judged.values()),
        cases=tuple(sorted({case for tally in judged.values() for case in tally.judged})),
    )
    if len(found.cases) < rollup.fewest_cases:
        many = "only one case was" if len(found.cases) == 1 else f"only {len(found.cases)} cases were"
        return evolve(found, why=f"not rated, because {many} judged and it takes {rollup.fewest_cases}")
    value = found.value or Fraction(0)
    options: dict[int, Steps] = {}
    for band in rollup.bands:
        steps = reaching(band.at_least or Fraction(0), value, gains, judged)
        if steps is not None:
            options[band.score] = steps
    rated = _banded(found, value, options)
    # How many may be lost is one number only where each judgement weighs the same.
    even = len(set(gains.values())) == 1 and rated.band is not None and rated.band.at_least is not None
    threshold = rated.band.at_least if rated.band and even else None
    return rated if threshold is None else evolve(rated, spare=cases_above(found.k, found.n, threshold))


def _gains(rollup: Rollup, judged: Mapping[str, Tally]) -> dict[str, Fraction]:
    """What one sufficient judgement of each question adds to the share.

    Flat scoring divides by all judgements, weighted; default scoring by the question's own,
    then by the weights of the questions judged (XCCDF 1.2: NISTIR 7275 revision 4).
    """
    weights = {name: rollup.weights.get(name, 1) for name in judged}
    by_question = rollup.denominator == "questions"
    shares = {name: tally.n if by_question else 1 for name, tally in judged.items()}
    total = sum(w if by_question else w * judged[name].n for name, w in weights.items())
    return {name: Fraction(w, shares[name] * total) for name, w in weights.items()} if total else {}


def _combined(rollup: Rollup, parts: Sequence[Rating]) -> Rating:
    """``worst`` and ``sum``: out of the ratings of other roll-ups."""
    rated = [part for part in parts if part.band]
    missing = [part for part in parts if not part.band]
    cases = tuple(sorted({case for part in parts for case in part.cases}))
    found = Rating(rollup, "not-rated", cases=cases)
    if parts and all(part.status == "no-score" for part in parts):
        why = "no score, because none of its parts has one"
        return evolve(found, status="no-score", why=why)
    fewest = rollup.fewest_parts if rollup.model == "worst" and rollup.fewest_parts else len(parts)
    if len(rated) < fewest or not rated:
        names = ", ".join(part.rollup.id for part in missing)
        are = "is" if len(missing) == 1 else "are"
        takes = "all of its parts" if fewest == len(parts) else f"{fewest} of its parts"
        return evolve(found, why=f"not rated, because it takes {takes} and {names} {are} not rated")
    scores = [part.band.score for part in rated if part.band]
    if rollup.model == "sum":
        return _banded(found, Fraction(sum(scores)), _in_bands(rollup, of_sum(p.options for p in rated)))
    lowest = next(part for part in rated if part.band and part.band.score == min(scores))
    options = of_worst(part.options for part in rated)
    bands = {part.band.score: part.band for part in rated if part.band}
    for part in rated:
        bands |= {band.score: band for band in part.rollup.bands}
    held = tuple(part.rollup.id for part in rated if part.band and part.band.score == min(scores))
    result = evolve(found, status="rated", band=lowest.band, options=options, held_by=held)
    return evolve(result, next=_next(bands, min(scores), options))


def _in_bands(rollup: Rollup, points: Options) -> dict[int, Steps]:
    """The options of a sum, from points to the scores of its bands."""
    found: dict[int, Steps] = {}
    for band in rollup.bands:
        steps = at_least(points, int(band.at_least)) if band.at_least is not None else {}
        if steps is not None:
            found[band.score] = steps
    return found


def _banded(found: Rating, value: Fraction, options: Options) -> Rating:
    """``found`` with the highest band that ``value`` reaches; not rated where none admits it."""
    reached = [b for b in found.rollup.bands if b.at_least is None or value >= b.at_least]
    if not reached:
        return evolve(found, value=value, why="not rated, because none of its bands reaches down to this")
    band = max(reached, key=lambda b: b.score)
    rated = evolve(found, status="rated", band=band, value=value, options=options)
    return evolve(rated, next=_next({b.score: b for b in found.rollup.bands}, band.score, options))


def _next(bands: Mapping[int, RatingBand], score: int, options: Options) -> Distance | None:
    """The way to the lowest of ``bands`` above ``score`` that further sufficient cases reach."""
    for higher in sorted(s for s in bands if s > score):
        steps = at_least(options, higher)
        if steps:
            return Distance(bands[higher], steps)
    return None
