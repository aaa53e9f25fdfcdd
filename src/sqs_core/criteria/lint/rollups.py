"""Linting roll-ups and profiles: everything a rating has to declare before it may be given."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.criteria.lint.finding import LintFinding, Path, circles
from sqs_core.criteria.lint.names import unknown
from sqs_core.criteria.model import Criteria
from sqs_core.criteria.ratings import COMBINING, COUNTING, Rollup

_VALUES = {"several": "list of choices"}
_HOW = 'say denominator = "cases", "answers", "questions" or "themes"'


def lint_rollups(criteria: Criteria) -> Iterator[LintFinding]:
    """Lint parts (V102, V201), declarations (V701), bands (V702), weights (V703), limits and rounding (V704),
    what is no judgement (V705), profiles (V801).
    """
    rollups = {r.id: r for r in criteria.rollups}
    questions = [q.id for q in criteria.questions if q.is_judged]
    valued = {q.id: _VALUES.get(q.answer, q.answer) for q in criteria.questions if not q.is_judged}
    for i, rollup in enumerate(criteria.rollups):
        path: Path = ("rollups", i)
        counting = rollup.model in COUNTING
        kind, known = ("question", questions) if counting else ("roll-up", list(rollups))
        for name in rollup.of:
            if counting and name in valued:
                what = f"roll-up '{rollup.id}' rates {name}, whose answer is a {valued[name]}: no judgement"
                yield LintFinding((*path, "of"), "V705", what, "rate a question that judges it")
            elif name not in known:
                yield unknown((*path, "of"), kind, name, known)
        yield from _declared(path, rollup)
        yield from _bands(path, rollup)
        yield from _rounding(path, rollup)
        yield from _limits(path, rollup, rollups)
        for name in rollup.weights:
            if rollup.model not in COUNTING or name not in (*rollup.of, *_themes(criteria, rollup)):
                what = f"roll-up '{rollup.id}' weighs '{name}', which is not one of its questions or themes"
                yield LintFinding((*path, "weights"), "V703", what, "take the weight out, or add it to 'of'")
        if any(weight < 0 for weight in rollup.weights.values()):
            what = f"roll-up '{rollup.id}' has a weight below zero"
            yield LintFinding((*path, "weights"), "V703", what, "give a weight of 0 or more")
    if (zone := criteria.grey_zone) and not 0 <= zone.lowest <= zone.highest <= 100:
        what = f"the grey zone from {zone.lowest} to {zone.highest} is none"
        yield LintFinding(("grey_zone",), "V704", what, "give a lowest and a highest within 0 and 100")
    yield from _circles(criteria, rollups)
    yield from _profiles(criteria)


def _themes(criteria: Criteria, rollup: Rollup) -> set[str]:
    """Return the themes that a roll-up can weigh: of its questions, where it counts by theme."""
    return {q.theme for q in criteria.questions if rollup.denominator == "themes" and q.id in rollup.of}


def _declared(path: Path, rollup: Rollup) -> Iterator[LintFinding]:
    def finding(key: str, what: str, remedy: str) -> LintFinding:
        return LintFinding((*path, key), "V701", f"roll-up '{rollup.id}' {what}", remedy)

    if rollup.model in (*COUNTING, *COMBINING) and not rollup.of:
        yield finding("of", "does not say what it is made of", "list questions or roll-ups in 'of'")
    if rollup.model in COUNTING:
        if not rollup.denominator:
            yield finding("denominator", "does not say what it counts among", _HOW)
        elif rollup.denominator == "cases" and len(rollup.of) > 1:
            what = 'counts cases over several questions, where "k of n" would say nothing clear'
            yield finding("denominator", what, 'say "answers" or "questions", or give each its own roll-up')
        if rollup.fewest_cases < 1:
            what = "does not say how few cases are too few to rate"
            yield finding("fewest_cases", what, "add fewest_cases, 1 or more")
    elif rollup.denominator or rollup.fewest_cases:
        what = f"is '{rollup.model}', which counts no cases itself"
        yield finding("denominator", what, "take denominator and fewest_cases out; its parts have theirs")
    if rollup.fewest_parts and rollup.model != "worst":
        what = f"is '{rollup.model}', where a part left out would count as zero"
        yield finding("fewest_parts", what, "take fewest_parts out: all its parts must be rated")
    elif rollup.fewest_parts > len(rollup.of):
        what = f"needs {rollup.fewest_parts} rated parts, but has {len(rollup.of)}"
        yield finding("fewest_parts", what, f"say at most {len(rollup.of)}")


def _bands(path: Path, rollup: Rollup) -> Iterator[LintFinding]:
    def finding(what: str, remedy: str, *at: str | int) -> LintFinding:
        return LintFinding((*path, "bands", *at), "V702", f"roll-up '{rollup.id}' {what}", remedy)

    if rollup.model in ("worst", "none"):
        if rollup.bands:
            yield finding(f"is '{rollup.model}' and has no bands of its own", "take them out")
        return
    if not rollup.bands:
        yield finding("has no bands", "add bands, the lowest first")
        return
    if len({b.score for b in rollup.bands}) < len(rollup.bands):
        yield finding("has two bands with one score", "give each its own score, rising")
    if rollup.model == "given":
        if any(b.at_least is not None for b in rollup.bands):
            yield finding("is given, not counted, so nothing reaches 'at_least'", "take at_least out")
        return
    if sum(b.at_least is None for b in rollup.bands) != 1:
        what = "needs exactly one lowest band, the one without at_least"
        yield finding(what, "take at_least out of the lowest band, and give every other one")
    top = 1 if rollup.model in COUNTING else None
    wrong = False
    for i, band in enumerate(rollup.bands):
        if (limit := band.at_least) is None:
            continue
        if limit <= 0 or (top is not None and limit > top):
            wrong = True
            what = f"has a band from {limit}, which is not a share between 0 and 1"
            remedy = 'write a share such as "13/20"; for a sum, points above 0'
            yield finding(what, remedy, i, "at_least")
        elif top is None and limit.denominator != 1:
            yield finding(f"has a band from {limit} points", "write whole points", i, "at_least")
    if wrong:
        return
    limits = [(b.at_least, b.score) for b in rollup.bands if b.at_least is not None]
    lowest = [b.score for b in rollup.bands if b.at_least is None]
    rising = [score for _, score in sorted(limits)]
    if len({limit for limit, _ in limits}) < len(limits) or rising != sorted(rising):
        yield finding("has bands whose at_least and score do not rise together", "put them in order")
    elif lowest and rising and lowest[0] > rising[0]:
        yield finding("gives its lowest band more than the next", "give the lowest band the lowest score")


def _rounding(path: Path, rollup: Rollup) -> Iterator[LintFinding]:
    if not rollup.rounding:
        return
    here: Path = (*path, "rounding")
    if rollup.model not in COUNTING:
        what = f"roll-up '{rollup.id}' is '{rollup.model}', which has no share to round"
        yield LintFinding(here, "V704", what, "take rounding out")
    for band in rollup.bands:
        if band.at_least is not None and (band.at_least * 100).denominator != 1:
            what = f"roll-up '{rollup.id}' rounds to whole per cents, and '{band.id}' is from {band.at_least}"
            yield LintFinding(here, "V704", what, 'write whole per cents, such as "65/100"')


def _limits(path: Path, rollup: Rollup, rollups: dict[str, Rollup]) -> Iterator[LintFinding]:
    for i, limit in enumerate(rollup.limits):
        here: Path = (*path, "limits", i)
        if not rollup.bands or rollup.model == "given":
            what = f"roll-up '{rollup.id}' is '{rollup.model}', which cannot be limited"
            yield LintFinding(here, "V704", what, "limit one that counts or adds")
            continue
        if limit.when not in rollups:
            yield unknown((*here, "when"), "roll-up", limit.when, rollups)
        elif not (other := rollups[limit.when]).bands:
            what = f"roll-up '{limit.when}' has no bands of its own, so none can limit '{rollup.id}'"
            yield LintFinding((*here, "when"), "V704", what, "name one with bands")
        elif other.band(limit.rated) is None:
            yield unknown((*here, "rated"), "band", limit.rated, (band.id for band in other.bands))
        if rollup.band(limit.most) is None:
            yield unknown((*here, "most"), "band", limit.most, (band.id for band in rollup.bands))


def _circles(criteria: Criteria, rollups: dict[str, Rollup]) -> Iterator[LintFinding]:
    index = {r.id: i for i, r in enumerate(criteria.rollups)}
    leads = {
        name: (*(rollup.of if rollup.model in COMBINING else ()), *(limit.when for limit in rollup.limits))
        for name, rollup in rollups.items()
    }
    for circle in circles(leads):
        what = f"roll-ups lead in a circle: {' → '.join(circle)}"
        yield LintFinding(("rollups", index[circle[0]], "of"), "V201", what, "take one of them out")


def _profiles(criteria: Criteria) -> Iterator[LintFinding]:
    questions = {q.id: q for q in criteria.questions}
    for i, profile in enumerate(criteria.profiles):
        if not profile.questions:
            what = f"profile '{profile.id}' asks nothing"
            yield LintFinding(("profiles", i, "questions"), "V801", what, "list its questions")
        for name in profile.questions:
            condition = questions[name].when if name in questions else None
            for test in condition.comparisons() if condition else ():
                if test.source == "answer" and test.name in questions and test.name not in profile.questions:
                    what = f"profile '{profile.id}' asks {name}, which depends on {test.name}, but not that"
                    yield LintFinding(("profiles", i, "questions"), "V801", what, f"add {test.name} to it")
