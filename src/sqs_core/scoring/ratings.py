"""Compute the ratings of a version's roll-ups, why one is missing, and how near the next is.

Shares are exact and never rounded towards a boundary.  Where nothing applies there is no score: neither
nought nor a pass.  What the sample cannot decide is not rated; instead, the range of possible ratings is
given (docs/consistency.md).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria, RatingBand, Rollup
from sqs_core.criteria.ratings import COMBINING, COUNTING, RatingLimit
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.records.inspection import Inspection
from sqs_core.records.override import RatingOverride
from sqs_core.scoring.confidence import is_everywhere, undecided
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.intervals import cases_above, wilson
from sqs_core.scoring.tally import RecordIds, Tally
from sqs_core.scoring.threshold_gap import Options, Steps, ThresholdGap, at_least, of_sum, of_worst, reaching

RatingStatus = Literal["rated", "not-rated", "no-score", "none"]
Verdict = Literal["rated", "between", "not-rated", "no-score", "none"]


@frozen(repr=False)
class Rating:
    """The result of one roll-up, and how much of it may be shown.

    Show ``shown``, by its ``verdict``: the band a count falls into may not be one that the sample decides.

    Args:
        rollup: what was rated.
        status: by the count alone: ``rated``; ``not-rated`` (too few, or a part is not rated);
            ``no-score`` (nothing it looks at applies to any case); ``none`` (the version rates nothing here).
        band: what the count falls into; None unless ``rated``.
        why: why there is no band, in a sentence.
        undecided: why the sample does not decide the rating; "" where it does.
        lowest, highest: between which ratings it lies; both ``band`` where it is decided.
        value: the exact share, or the points of a sum.
        k, n: the judgements counted, for the models that count.
        weighted: whether a judgement weighs more than another, so that ``k`` of ``n`` is not ``value``.
        cases: the cases behind them.
        next: the way to the next higher rating by the count; None where more sufficient cases lead to none.
        spare: how many of the k could be lost without losing the band; None where that depends on which.
        held_by: the parts with the lowest rating of a worst-of.
        limit: by what the rating is limited, in a sentence; "" where it is not.
        override: the decision over it; None where it stands as it was computed.
        computed: what it would be shown as without that decision.
        options: the scores that further sufficient judgements can reach.

    >>> criteria = load_criteria("local-audit")
    >>> compute_ratings(criteria, count_findings(criteria, ()))
    (<Rating overall: no score, because nothing it looks at was judged in any case>,)
    """

    rollup: Rollup
    status: RatingStatus
    band: RatingBand | None = None
    why: str = ""
    undecided: str = ""
    lowest: RatingBand | None = None
    highest: RatingBand | None = None
    value: Fraction | None = None
    k: int = 0
    n: int = 0
    weighted: bool = False
    cases: RecordIds = ()
    next: ThresholdGap | None = None
    spare: int | None = None
    held_by: tuple[str, ...] = ()
    limit: str = ""
    override: RatingOverride | None = None
    computed: str = ""
    options: Options = field(factory=dict, repr=False)

    def __repr__(self) -> str:
        return f"<Rating {self.rollup.id}: {self.shown}>"

    @property
    def verdict(self) -> Verdict:
        """What may be shown: a rating only where the sample decides it."""
        if self.status != "rated" or not self.undecided:
            return self.status
        ends = [band.score for band in self.rollup.bands]
        shown = [band.score for band in (self.lowest, self.highest) if band]
        return "not-rated" if ends and shown == [min(ends), max(ends)] else "between"

    @property
    def words(self) -> str:
        """What the count falls into in the version's words, or why there is no rating."""
        return str(self.band.text) if self.band else self.why

    @property
    def shown(self) -> str:
        """The rating as it may be shown: itself, "between … and …", or "not rated", with the reason."""
        if self.override:
            by = f"decided by {self.override.authority}: {self.override.remark}"
            return f"{self.words} ({by}; computed: {self.computed})"
        if self.verdict == "between" and self.lowest and self.highest:
            return f"between {self.lowest.text} and {self.highest.text}, because {self.undecided}"
        if self.verdict == "not-rated" and self.undecided:
            return f"not rated, because {self.undecided}"
        return self.words

    @property
    def rests_on(self) -> str:
        """What it is made of in words: "9 of 14", "28 points", "the lowest: standard.2.2"; "" for nothing."""
        return "; ".join(part for part in (self._counted_words, self.limit) if part)

    @property
    def _counted_words(self) -> str:
        if self.rollup.model == "sum" and self.value is not None:
            return f"{self.value} points"
        if self.value is not None:
            counted = f"{self.k} of {self.n}"
            # Cut, not rounded: 64.96 must not stand as 65.0 below a band that begins there.
            tenths = self.value * 1000 // 1
            share = str(self.value) if self.value.denominator <= 100 else f"{tenths // 10}.{tenths % 10}%"
            return f"a weighted share of {share}; {counted} judgements" if self.weighted else counted
        return f"the lowest: {', '.join(self.held_by)}" if self.held_by else ""


def compute_ratings(
    criteria: Criteria,
    findings: Findings,
    given: Mapping[str, str] | None = None,
    *,
    frame: int | None = None,
    overridden: Mapping[str, RatingOverride] | None = None,
) -> tuple[Rating, ...]:
    """Return the rating of every roll-up of ``criteria`` from the counts in ``findings``, in their order.

    Args:
        criteria: the version.
        findings: its counts, of all cases.
        given: the ratings the inspectors recorded themselves, by roll-up.
        frame: how many cases could have been drawn; None where nobody knows.
        overridden: decisions over computed ratings, by roll-up; roll-ups made of one take the decision.

    >>> criteria = load_criteria("local-audit")
    >>> [rating.status for rating in compute_ratings(criteria, count_findings(criteria, ()))]
    ['no-score']

    Raises:
        UsageError: ``given`` or ``overridden`` names a roll-up or rating that is not there, or a roll-up
            leads to itself.
    """
    rollups = {r.id: r for r in criteria.rollups}
    given = dict(given or {})
    _check_given(rollups, given)
    decided = dict(overridden or {})
    for name in decided:
        if name not in rollups or rollups[name].model in ("given", "none"):
            raise UsageError(_why_not_overridden(rollups, name))
    done: dict[str, Rating] = {}

    def rating(name: str, above: tuple[str, ...] = ()) -> Rating:
        if name in above:
            raise UsageError(f"a roll-up of {criteria.id} leads back to itself: {' → '.join((*above, name))}")
        if name not in rollups:
            raise UsageError(f"no roll-up '{name}' in {criteria.id}; {did_you_mean(name, rollups)}")
        if name not in done:
            rollup = rollups[name]
            parts = [rating(p, (*above, name)) for p in rollup.of] if rollup.model in COMBINING else []
            found = _rated(rollup, findings, parts, given, frame)
            limits = [(limit, rating(limit.when, (*above, name))) for limit in rollup.limits]
            found = _limited(found, limits)
            done[name] = _decided_over(found, parts, decided[name]) if name in decided else found
        return done[name]

    return tuple(rating(name) for name in rollups)


def ratings_of(findings: Findings, inspection: Inspection, *, framed: bool = True) -> tuple[Rating, ...]:
    """Return the ratings of what ``findings`` count: of an inspection, or of one of its populations.

    Of the whole of several populations they are those that rest on more than one, or on none; a rating that
    the inspectors give is of the whole.  ``framed`` False leaves aside how many cases could have been drawn.
    """
    criteria = findings.criteria
    whole, several = criteria.whole is criteria, bool(criteria.whole.populations)
    ids = {rollup.id for rollup in criteria.rollups}
    decided = {name: made for name, made in inspection.overridden.items() if whole or name in ids}
    frame = inspection.sample.frame if framed and not (whole and several) else None
    given = inspection.ratings if whole else {}
    found = compute_ratings(criteria, findings, given, frame=frame, overridden=decided)
    if not (whole and several):
        return found
    return tuple(r for r in found if len(criteria.rated_populations(r.rollup.id)) != 1)


def _limited(found: Rating, limits: Sequence[tuple[RatingLimit, Rating]]) -> Rating:
    """Return ``found`` as the ratings of other roll-ups limit it.

    Where one of those is not rated, nobody knows whether it limits, and there is no rating; where it is
    not decided, the rating is not either.
    """
    for limit, other in limits:
        most, rated = found.rollup.band(limit.most), other.rollup.band(limit.rated)
        band, low, high = found.band, found.lowest, found.highest
        if not (band and low and high and most and rated):
            continue
        if other.status == "not-rated":
            why = f"not rated, because {limit.when}, which can limit it, is not rated"
            found = evolve(found, status="not-rated", band=None, why=why, next=None, spare=None, options={})
        elif other.band and other.lowest and other.highest:
            low = most if other.lowest.score <= rated.score and most.score < low.score else low
            high = most if other.highest.score <= rated.score and most.score < high.score else high
            found = evolve(found, lowest=low, highest=high)
            if low == high:
                found = evolve(found, undecided="")  # whatever the count, it is limited to this
            elif not found.undecided:
                found = evolve(found, undecided=f"{limit.when} is not decided")
            if other.band.score <= rated.score and most.score < band.score:
                why = f"limited to {most.text}, because {limit.when} is {other.band.text}"
                found = evolve(found, band=most, limit=why, next=None, spare=None, options={most.score: {}})
    return found


def _decided_over(found: Rating, parts: Sequence[Rating], decision: RatingOverride) -> Rating:
    """Return ``found`` with the rating that was decided, and what was computed beside it."""
    bands = {band.id: band for part in parts for band in part.rollup.bands}
    bands |= {band.id: band for band in found.rollup.bands}
    band = bands.get(decision.new)
    if band is None:
        known = did_you_mean(decision.new, bands)
        raise UsageError(f"no rating '{decision.new}' for '{found.rollup.id}'; {known}")
    return evolve(
        found,
        status="rated",
        band=band,
        lowest=band,
        highest=band,
        undecided="",
        next=None,
        spare=None,
        options={band.score: {}},
        override=decision,
        computed=found.shown,
    )


def _why_not_overridden(rollups: Mapping[str, Rollup], name: str) -> str:
    """Return why there is no computed rating called ``name``, and where to put what is meant."""
    model = rollups[name].model if name in rollups else ""
    if model == "given":
        line = f'"{name}" = "{rollups[name].bands[-1].id}"'
        return (
            f"'{name}' is not computed: the inspectors give it, in inspection.toml under [ratings], such as "
            f"{line}; 'sqs verify DIR --accept --why …' then takes that over"
        )
    if model == "none":
        return (
            f"'{name}' is not rated in this version, which has no bands for it; "
            "'sqs criteria new FILE.toml --from ID' begins a version of your own, which can have them"
        )
    known = [r.id for r in rollups.values() if r.model not in ("given", "none")]
    return f"no computed rating '{name}' to be overridden; {did_you_mean(name, known)}"


def _check_given(rollups: Mapping[str, Rollup], given: Mapping[str, str]) -> None:
    open_to = {name: r for name, r in rollups.items() if r.model == "given"}
    for name, band in given.items():
        if name not in open_to:
            raise UsageError(f"no rating '{name}' to be given; {did_you_mean(name, open_to)}")
        known = [b.id for b in open_to[name].bands]
        if band not in known:
            raise UsageError(f"no rating '{band}' for '{name}'; {did_you_mean(band, known)}")


def _rated(
    rollup: Rollup,
    findings: Findings,
    parts: Sequence[Rating],
    given: Mapping[str, str],
    frame: int | None,
) -> Rating:
    if rollup.model == "none":
        return Rating(rollup, "none", why=str(rollup.note) or "this version gives no rating here")
    if rollup.model == "given":
        band = next((b for b in rollup.bands if b.id == given.get(rollup.id)), None)
        if band is None:
            why = f'not rated, because no "{rollup.id}" is recorded under [ratings] in inspection.toml'
            return Rating(rollup, "not-rated", why=why)
        return Rating(rollup, "rated", band, lowest=band, highest=band, options={band.score: {}})
    if rollup.model in COUNTING:
        tallies = [findings.tally(name) for name in rollup.of]
        known = frame is not None and all(is_everywhere(findings, tally) for tally in tallies)
        return _counted(rollup, tallies, frame * len(tallies) if frame and known else None)
    return _combined(rollup, parts)


def _counted(rollup: Rollup, tallies: Sequence[Tally], population: int | None) -> Rating:
    """Return the rating of a roll-up that counts: the share judged sufficient, and the band it falls into.

    ``population`` is how many judgements could have been made, where that is known.
    """
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
        weighted=len(set(gains.values())) > 1,
        cases=tuple(sorted({case for tally in judged.values() for case in tally.judged})),
    )
    if len(found.cases) < rollup.fewest_cases:
        many = "only one case was" if len(found.cases) == 1 else f"only {len(found.cases)} cases were"
        return evolve(found, why=f"not rated, because {many} judged and it takes {rollup.fewest_cases}")
    value = found.value or Fraction(0)
    options: dict[int, Steps] = {}
    for band in rollup.bands:
        steps = reaching(rollup.least_of(band) or Fraction(0), value, gains, judged)
        if steps is not None:
            options[band.score] = steps
    rated = _decided(_banded(found, value, options), gains, judged, population)
    # How many may be lost is one number only where each judgement weighs the same.
    even = len(set(gains.values())) == 1 and rated.band is not None and rated.band.at_least is not None
    threshold = rollup.least_of(rated.band) if rated.band and even else None
    return rated if threshold is None else evolve(rated, spare=cases_above(found.k, found.n, threshold))


def _decided(
    rating: Rating, gains: Mapping[str, Fraction], judged: Mapping[str, Tally], population: int | None
) -> Rating:
    """Return ``rating`` with whether the sample decides it: whether its interval contains a boundary.

    Judgements that weigh differently count for fewer, by Kish's effective sample size (Survey Sampling,
    1965): one over the sum of the squared weights, which is n where all weigh the same.
    """
    if rating.value is None or rating.band is None:
        return rating
    size = 1 / sum((gain**2 * judged[name].n for name, gain in gains.items()), Fraction(0))
    whole = population if population is not None and size <= population else None
    interval = wilson(rating.value * size, size, population=whole)
    least = {band.id: rating.rollup.least_of(band) for band in rating.rollup.bands}
    limits = [found for found in least.values() if found is not None]
    why = undecided(interval, limits) if interval else ""
    if not why or not interval:
        return evolve(rating, lowest=rating.band, highest=rating.band)
    bands = sorted(rating.rollup.bands, key=lambda band: band.score)
    low = [b for b in bands if (limit := least[b.id]) is None or limit <= interval.low]
    high = [b for b in bands if (limit := least[b.id]) is None or limit < interval.high]
    return evolve(rating, undecided=why, lowest=low[-1] if low else bands[0], highest=high[-1])


def _gains(rollup: Rollup, judged: Mapping[str, Tally]) -> dict[str, Fraction]:
    """Return what one sufficient judgement of each question adds to the share.

    Flat scoring divides by all judgements, weighted; default scoring by the question's own,
    then by the weights of the questions judged (XCCDF 1.2: NISTIR 7275 revision 4).
    """
    weights = {name: Fraction(rollup.weights.get(name, 1)) for name in judged}
    if rollup.denominator == "themes":
        themes: dict[str, Fraction] = {}
        for name, tally in judged.items():
            themes[tally.theme] = themes.get(tally.theme, Fraction(0)) + weights[name]
        weights = {
            name: weights[name] / themes[tally.theme] * rollup.weights.get(tally.theme, 1)
            for name, tally in judged.items()
            if themes[tally.theme]
        }
    by_question = rollup.denominator in ("questions", "themes")
    shares = {name: judged[name].n if by_question else 1 for name in weights}
    total = sum(w if by_question else w * judged[name].n for name, w in weights.items())
    return {name: w / (shares[name] * total) for name, w in weights.items()} if total else {}


def _combined(rollup: Rollup, parts: Sequence[Rating]) -> Rating:
    """Return the rating of a roll-up that combines the ratings of others: ``worst`` and ``sum``."""
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
    lows = [part.lowest.score for part in rated if part.lowest]
    highs = [part.highest.score for part in rated if part.highest]
    open_parts = [part.rollup.id for part in rated if part.undecided]
    why = f"{', '.join(open_parts)} {'is' if len(open_parts) == 1 else 'are'} not decided"
    if rollup.model == "sum":
        result = _banded(found, Fraction(sum(scores)), _in_bands(rollup, of_sum(p.options for p in rated)))
        lowest, highest = (_banded(found, Fraction(sum(points)), {}).band for points in (lows, highs))
        return evolve(result, lowest=lowest, highest=highest, undecided=why if lowest != highest else "")
    options = of_worst(part.options for part in rated)
    held = [part for part in rated if part.band and part.band.score == min(scores)]
    result = evolve(found, status="rated", band=held[0].band, options=options)
    result = evolve(result, held_by=tuple(part.rollup.id for part in held), next=_next_worst(rated, options))
    return evolve(
        result,
        lowest=_with_score(rated, min(lows)),
        highest=_with_score(rated, min(highs)),
        undecided=why if min(lows) != min(highs) else "",
    )


def _with_score(parts: Sequence[Rating], score: int) -> RatingBand | None:
    """Return the rating of ``score`` of a part that can come to it, before that of one that merely has it."""
    can = [part for part in parts if score in part.options]
    bands = [band for part in (*can, *parts) for band in (*part.rollup.bands, part.band) if band]
    return next((band for band in bands if band.score == score), None)


def _next_worst(parts: Sequence[Rating], options: Options) -> ThresholdGap | None:
    """Return the way to the next rating that the lowest of ``parts`` can come to."""
    now = min(part.band.score for part in parts if part.band)
    for score in sorted(found for found in options if found > now):
        band = _with_score(parts, score)
        if band and options[score]:
            return ThresholdGap(band, options[score])
    return None


def _in_bands(rollup: Rollup, points: Options) -> dict[int, Steps]:
    """Return the options of a sum, from points to the scores of its bands."""
    found: dict[int, Steps] = {}
    for band in rollup.bands:
        reached = at_least(points, int(band.at_least)) if band.at_least is not None else (0, {})
        if reached is not None:
            found[band.score] = reached[1]
    return found


def _banded(found: Rating, value: Fraction, options: Options) -> Rating:
    """Return ``found`` with the highest band that ``value`` reaches; not rated where none admits it."""
    least = {band.id: found.rollup.least_of(band) for band in found.rollup.bands}
    reached = [b for b in found.rollup.bands if (limit := least[b.id]) is None or value >= limit]
    if not reached:
        return evolve(found, value=value, why="not rated, because none of its bands reaches down to this")
    band = max(reached, key=lambda b: b.score)
    rated = evolve(found, status="rated", band=band, value=value, options=options)
    return evolve(rated, next=_next({b.score: b for b in found.rollup.bands}, band.score, options))


def _next(bands: Mapping[int, RatingBand], score: int, options: Options) -> ThresholdGap | None:
    """Return the way to the lowest of ``bands`` above ``score`` that further sufficient cases reach."""
    for higher in sorted(s for s in bands if s > score):
        reached = at_least(options, higher)
        if reached and reached[1]:
            return ThresholdGap(bands[higher], reached[1])
    return None
