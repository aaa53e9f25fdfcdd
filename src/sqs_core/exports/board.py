"""The board as data: the JSON that ``sqs summary --json`` prints, and CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import asdict

from sqs_core.exports.data import interval_data, pick
from sqs_core.scoring.confidence import Confidence
from sqs_core.scoring.fact_counts import FactCount
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.intervals import wilson
from sqs_core.scoring.ratings import Rating
from sqs_core.scoring.states import State
from sqs_core.scoring.tally import Tally

_UNJUDGED = {
    "not_applicable": State.NOT_APPLICABLE,
    "not_asked": State.NOT_ASKED,
    "not_known": State.NOT_KNOWN,
    "unanswered": State.UNANSWERED,
    "parked": State.PARKED,
}


def board_data(
    findings: Findings,
    confidence: Mapping[str, Confidence] | None = None,
    ratings: Iterable[Rating] = (),
    *,
    subsets: bool = False,
) -> dict[str, Any]:
    """Return the board in the published shape (docs/json.md), ready for ``json.dumps``.

    ``applicable`` is the n of "k of n": cases judged one way or the other.  It and the other
    states (not applicable, not asked, not known, unanswered, parked) add up to ``cases``.

    Args:
        findings: what was counted.
        confidence: for each question, what the sample can decide; it adds the interval in the frame,
            the distance to boundaries in cases, and why the question should not be rated.
        ratings: the ratings of the version's roll-ups.
        subsets: adds the counts within each subset of the version.
    """
    criteria = findings.criteria
    questions = [tally_data(tally) for tally in findings.tallies.values()]
    for line in questions if subsets and findings.subsets else ():
        within = {name: found.tally(line["id"]) for name, found in findings.subsets.items()}
        line["subsets"] = {
            name: {"applicable": tally.n, "sufficient": tally.k} for name, tally in within.items()
        }
    interviews = [tally_data(tally) for tally in findings.interviews.values()]
    for line in (*questions, *interviews) if confidence else ():
        line |= confidence_data((confidence or {})[line["id"]])
    if findings.populations:
        for line in questions:
            line["population"] = criteria.population_of(line["id"])
    sizes = {name: len(records) for name, records in findings.populations.items()}
    return {
        "format": 1,
        "criteria": pick(criteria, "id", "hash"),
        "cases": len(findings.cases),
        **({"populations": sizes} if sizes else {}),
        "where": {f: v.isoformat() if isinstance(v, date) else v for f, v in findings.where.items()},
        "facts": [fact_data(count) for count in findings.facts.values()],
        "questions": questions,
        "interviewed": len(findings.people),
        "gave_views": len(findings.gave_views),
        "interviews": interviews,
        "rollups": [rating_data(rating) for rating in ratings],
    }


def fact_data(count: FactCount) -> dict[str, Any]:
    """Return how a fact came out; the median and the range are null where it is no number."""
    numbers = count.numbers
    return {
        "id": count.fact.id,
        "kind": count.fact.kind,
        "recorded": len(count.recorded),
        "choices": {choice: len(cases) for choice, cases in count.choices.items()},
        "cases": {choice: list(cases) for choice, cases in count.choices.items()},
        "numbers": dict(zip(count.recorded, numbers, strict=False)),
        "median": count.median,
        "range": [min(numbers), max(numbers)] if numbers else None,
    }


def board_csv(findings: Findings) -> str:
    """Return the board as CSV: for each question the count of every state and outcome, and the interval."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = ("id", "theme", "applicable", "sufficient", *_UNJUDGED)
    outcomes = [o.id for o in findings.criteria.outcomes if o.judges]
    values = any(tally.value for tally in findings.tallies.values())
    valued = ("recorded", "median", "lowest", "highest", "choices") if values else ()
    writer.writerow([*columns, *outcomes, "interval95_low", "interval95_high", *valued])
    for tally in findings.tallies.values():
        data = tally_data(tally)
        # Nobody judged a value, so that no share of them is sufficient.
        blank = ("applicable", "sufficient") if tally.value else ()
        counts = ["" if column in blank else data[column] for column in columns]
        given = [data["outcomes"].get(outcome, "") for outcome in outcomes]
        interval = data["interval95"] or ("", "")
        writer.writerow([*counts, *given, *interval, *(_value_cells(tally.value) if valued else ())])
    return out.getvalue()


def _value_cells(value: FactCount | None) -> tuple[str | int | float, ...]:
    if value is None:
        return ("",) * 5
    numbers = value.numbers
    middle = (value.median, min(numbers), max(numbers)) if value.median is not None else ("", "", "")
    chosen = " ".join(f"{choice}={len(cases)}" for choice, cases in value.choices.items())
    return (len(value.recorded), *middle, chosen)


def confidence_data(known: Confidence) -> dict[str, Any]:
    """Return what is known of a line beside its count; ``spare`` is null where a boundary is not reached."""
    return {
        "interval95_frame": interval_data(known.in_frame),
        "boundaries": [{"at": str(d.boundary), "short": d.short, "spare": d.spare} for d in known.distances],
        "why_not_rated": known.why_not_rated,
    }


def tally_data(tally: Tally) -> dict[str, Any]:
    """Return one line of the board; ``interval95`` is Wilson's, null where nothing was judged."""
    states = {state.value: list(units) for state, units in tally.unjudged.items() if units}
    return {
        "id": tally.question,
        "theme": tally.theme,
        "applicable": tally.n,
        "sufficient": tally.k,
        "outcomes": {outcome: len(units) for outcome, units in tally.outcomes.items()},
        **{name: len(tally.unjudged[state]) for name, state in _UNJUDGED.items()},
        "cases": {outcome: list(units) for outcome, units in tally.outcomes.items()},
        "states": states,
        "reasons": {reason: len(units) for reason, units in tally.reasons.items()},
        "prompts": {
            prompt: {weight: list(units) for weight, units in weighed.items()}
            for prompt, weighed in tally.prompts.items()
        },
        "interval95": interval_data(wilson(tally.k, tally.n)),
        **({"value": _value_data(tally, tally.value)} if tally.value else {}),
    }


def _value_data(tally: Tally, value: FactCount) -> dict[str, Any]:
    """Return how the values came out that answer a question: as a fact, of the cases ``asked``."""
    counted = {key: part for key, part in fact_data(value).items() if key != "id"}
    return {"asked": len(tally.asked), **counted, "recorded_in": list(tally.recorded)}


def rating_data(rating: Rating) -> dict[str, Any]:
    """Return one roll-up as it may be shown; ``value`` is exact, such as "13/20", or a number of points.

    A rating that the sample does not decide is null: ``between`` tells its lowest and its highest, and
    ``count_in`` what the count alone falls into.  ``next`` is the nearest higher rating by the count, with
    the judgements that would have led to it; null where there is none, or where more sufficient cases
    would not lead there.
    """
    rollup, ahead = rating.rollup, rating.next
    band = rating.band if rating.verdict == "rated" else None
    ends = (rating.lowest, rating.highest) if rating.verdict == "between" else ()
    return {
        "id": rollup.id,
        "title": str(rollup.title),
        "model": rollup.model,
        "denominator": rollup.denominator or None,
        "status": rating.verdict,
        "rating": band.id if band else None,
        "text": str(band.text) if band else None,
        "score": band.score if band else None,
        "shown": rating.shown,
        "between": [end.id for end in ends if end] or None,
        "count_in": rating.band.id if rating.band else None,
        "why": rating.undecided or rating.why or None,
        "rests_on": rating.rests_on,
        "value": None if rating.value is None else str(rating.value),
        "sufficient": rating.k,
        "applicable": rating.n,
        "cases": list(rating.cases),
        "spare": rating.spare,
        "held_by": list(rating.held_by),
        "limit": rating.limit or None,
        "override": {**asdict(rating.override), "computed": rating.computed} if rating.override else None,
        "next": ahead
        and {
            "rating": ahead.band.id,
            "cases": ahead.cases,
            "steps": [
                {"question": name, "sufficient": step.k, "applicable": step.n, "more": step.more}
                for name, step in ahead.steps.items()
            ],
            "sentence": ahead.sentence,
        },
    }
