"""Claims on answers that are values: nobody judged them, so no count tells more than that one is recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqs_core.claims.clause_splitter import WordSpan
from sqs_core.claims.nearby import Nearby
from sqs_core.letter.reference import Reference

VALUE: Final = "the records count in how many cases an answer is recorded, which nobody judged"
MORE_THAN_CHOSEN: Final = "it says more of it than that it was recorded"
_SAID_TOO: Final = (
    "population", "notpopulation", "subset", "notsubset", "whole", "partitive", "of-judged", "named", "same",
)  # fmt: skip
_JUDGING: Final = ("good", "bad", "degrees")


def said_of_values(nearby: Nearby, values: Sequence[Reference]) -> str:
    """Return what is said of ``values`` beside that they are recorded; "" for nothing.

    Each word has to be one of the question, of a choice or of the plan's sentence, or one that says nothing
    by itself.
    """
    parsed, particles = nearby.parsed, nearby.cues.particles
    measures = [nearby.cues.measures[about.measure] for about in values]
    said = frozenset().union(*(m.words for m in measures)) - particles.limits
    own = frozenset().union(*(m.own for m in measures))
    asked = frozenset().union(*(m.asked for m in measures))
    tagged = {i for m in parsed.of_kind(*_SAID_TOO) for i in range(m.first, m.last)}
    judged = {i for m in parsed.of_kind(*_JUDGING) for i in range(m.first, m.last)}
    counted = {i for first, last in parsed.spans for i in range(first, last)}
    whole = WordSpan(0, len(parsed.words))
    here = [i for i in range(*whole[:2]) if parsed.statement(i) in (nearby.span, whole) and i not in counted]
    spoken = [i for i in here if parsed.words[i][:1].isalpha() and parsed.words[i] not in asked]
    spoken = [i for i in spoken if i not in tagged]
    if not judged.isdisjoint(spoken):
        return VALUE
    known = said | particles.neutral | particles.denials | particles.auxiliaries
    if any(parsed.words[i] not in known and parsed.stems[i] not in own for i in spoken):
        return MORE_THAN_CHOSEN
    recording = any(parsed.words[i] in particles.recording for i in here)
    tells = recording or parsed.of_kind("same", "judged", "of-judged")
    return "" if tells or all(about.outcome for about in values) else VALUE
