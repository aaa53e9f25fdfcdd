"""Why a quantity tells nothing of what was found here and now: a wish, a report, another time or place."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqs_core.claims.clause_splitter import Tag
from sqs_core.claims.measure_cues import Measure
from sqs_core.claims.nearby import Nearby

_WHY: Final = {
    "unreal": "it does not tell of what was found",
    "reported": "it is what somebody said",
    "elsewhere": "it tells of another time or place",
}


def why_out_of_scope(nearby: Nearby, measures: Collection[Measure], own_years: Collection[str]) -> str:
    """Return why the sentence is not of what was found here and now; "" where it is.

    ``measures`` are those that the paragraph can be about, ``own_years`` those of the inspection.
    """
    parsed, people = nearby.parsed, nearby.q.population == "people"
    for kind, why in _WHY.items():
        for tag in [] if people and kind == "reported" else parsed.of_kind(kind):
            here = _is_here(nearby, tag.first)
            if here and not _is_usual(nearby, tag, measures) and not nearby.is_in(tag, "pending", "unknown"):
                return f"{why} (“{tag.name}”)"
    for token, first in zip(parsed.tokens, parsed.firsts, strict=False):
        if token.aside in ("year", "date") and _is_here(nearby, first):
            years = [w for w in token.text.replace("-", " ").replace("/", " ").split() if len(w) == 4]
            if any(year.isdigit() and year not in own_years for year in years):
                return f"{_WHY['elsewhere']} (“{token.text}”)"
    return "it is a question" if parsed.words[-1] == "?" else ""


def _is_here(nearby: Nearby, word: int) -> bool:
    if nearby.q.means == "others":  # what is told of the rest changes nothing of how many they are
        first, end = nearby.window()
        return first <= word < end
    return nearby.span.holds(word) or word < nearby.parsed.front


def _is_usual(nearby: Nearby, tag: Tag, measures: Collection[Measure]) -> bool:
    """Whether it is no wish: "issues which would stop them", or the questions themselves speak so."""
    parsed, cues = nearby.parsed, nearby.cues
    if tag.first < parsed.front:
        return True  # "When plans should have been reviewed, …"
    before = parsed.words[max(0, tag.first - 1) : tag.first]
    said = {cues.present.get(word, word) for word in tag.name.split()}
    return not cues.particles.relatives.isdisjoint(before) or any(said <= one.words for one in measures)
