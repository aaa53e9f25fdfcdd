"""Describe what a decision would do to board and letter before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.criteria import Criteria
from sqs_core.letter.effect import CountChange, Effect
from sqs_core.scoring.findings import CASES


def measure_name(criteria: Criteria, change: CountChange) -> str:
    """Return what a count counts, in short words: "risk of harm plan, in custody"."""
    criteria, (measure, _, choice) = criteria.whole, change.measure.partition(":")
    records = {CASES: "cases", **{population.id: str(population.many) for population in criteria.populations}}
    name = records.get(measure) or str(criteria.question(measure).short)
    if choice:
        texts = {one.id: str(one.text) for one in criteria.question(measure).choices}
        name = f"{name}: {texts[choice]}"
    return f"{name}, {criteria.subset(change.subset).text}" if change.subset else name


def count_words(count: tuple[int, int]) -> str:
    """Return "5 of 8"."""
    return f"{count[0]} of {count[1]}"


def effect_sentences(criteria: Criteria, effect: Effect) -> Iterator[str]:
    """Yield every count and every paragraph that changes, before and after."""
    if not effect.counts:
        yield "Board: no count changes."
    for change in effect.counts:
        before, after = count_words(change.before), count_words(change.after)
        yield f"Board, {measure_name(criteria, change)}: {before} becomes {after}."
    if not effect.words:
        yield "Letter: no word changes."
    for words in effect.words:
        number = f" {words.number}" if words.number else ""
        yield f"Letter{number} now: {words.before or '(nothing)'}"
        yield f"Letter{number} then: {words.after or '(nothing)'}"
    if effect.left_out:
        yield left_out_sentence(effect)


def left_out_sentence(effect: Effect) -> str:
    """Return which cases an effect is reckoned without, and why."""
    return f"Reckoned without {', '.join(effect.left_out)}: being marked a second time, blind."
