"""Tying each quantity of a paragraph to what it counts, by the plan and the words around it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from sqs_core.claims.clause_splitter import Parsed, WordSpan, content_of
from sqs_core.claims.link import Link, Spoken
from sqs_core.claims.measure_cues import MeasureCues
from sqs_core.claims.measured import Measured
from sqs_core.claims.naming import MeasureNamer, Mention, Pool
from sqs_core.claims.nearby import Nearby
from sqs_core.claims.population_nouns import pointed_nouns
from sqs_core.claims.statement import Statement
from sqs_core.letter.reference import Reference


@frozen
class ClaimLinker:
    """Links the quantities of paragraphs to measures of the version.

    What is not plain is not guessed at: a sentence that can be understood in several ways is linked in all of
    them, and one that holds a word no measure is told in is linked in none.  ``own_years`` are the years that
    the inspection itself is of: naming them is to speak of it.
    """

    cues: MeasureCues
    measured: Measured
    own_years: frozenset[str] = field(factory=frozenset)

    def links(self, sentences: Sequence[Parsed], pool: Pool) -> list[tuple[int, Link]]:
        """Return the quantities of one paragraph's sentences (by their place in the list), linked."""
        namer, spoken = MeasureNamer(self.cues), Spoken()
        found: list[tuple[int, Link]] = []
        for place, parsed in enumerate(sentences):
            spoken.here = False
            for at, quantity in enumerate(parsed.quantities):
                nearby = Nearby(parsed, at, self.cues)
                self._turn(nearby, namer, pool, spoken)
                pointed = pointed_nouns(sentences, place, quantity, self.cues)
                link = Statement(nearby, namer, self.measured, pool, spoken, self.own_years, pointed).link()
                if link is None:
                    continue
                if not link.ways and quantity.means not in ("hedge", "vague", "comparison"):
                    spoken.unlinked = True
                found.append((place, link))
            if not parsed.quantities:
                self._speak(parsed, WordSpan(0, len(parsed.words)), namer, pool, spoken)
        return _without_parts(found)

    def _turn(self, nearby: Nearby, namer: MeasureNamer, pool: Pool, spoken: Spoken) -> None:
        """Follow what is said between two quantities: "Reviews of plans were weaker: eleven were good"."""
        parsed, first = nearby.parsed, nearby.span.first
        before = [last for _, last in parsed.spans[: nearby.at]]
        for span in parsed.statements:
            empty = not any(span.holds(a) for a, _ in parsed.spans)
            if span.kind == "main" and empty and max([0, *before]) <= span.first < first:
                self._speak(parsed, span, namer, pool, spoken)

    def _speak(self, parsed: Parsed, span: WordSpan, namer: MeasureNamer, pool: Pool, spoken: Spoken) -> None:
        """Follow words without a quantity: "it" in what comes next is what they speak of."""
        content = content_of(parsed, span, self.cues)
        named = namer.named(Mention(content), pool)
        measures = self.cues.measures
        keys = frozenset().union(*(measures[about.measure].keys for about in spoken.topic))
        if content and len(named.alternatives) == 1:
            spoken.topic = tuple(map(Reference, named.alternatives[0]))
        elif content & (frozenset().union(*(measures[m].keys for m in pool.measures)) - keys):
            spoken.unlinked = True


def _without_parts(links: Sequence[tuple[int, Link]]) -> list[tuple[int, Link]]:
    """Unlink numbers of a sentence that count one thing in parts: "four were very good, three adequate"."""
    parts: dict[tuple[int, tuple[Reference, ...]], set[int]] = {}
    for place, link in links:
        if _is_part(link):
            parts.setdefault((place, link.ways[0][0].abouts), set()).add(link.quantity.k or 0)
    doubtful = {(place, _measures(abouts)) for (place, abouts), counts in parts.items() if len(counts) > 1}
    kept = []
    for place, link in links:
        if _is_part(link) and (place, _measures(link.ways[0][0].abouts)) in doubtful:
            link = Link(link.quantity, why="it counts the same thing in parts")
        kept.append((place, link))
    return kept


def _measures(abouts: Sequence[Reference]) -> frozenset[str]:
    return frozenset(about.measure for about in abouts)


def _is_part(link: Link) -> bool:
    exact = link.quantity.means in ("count", "all") and link.quantity.k is not None
    return bool(link.ways) and exact and not link.total and not link.subset
