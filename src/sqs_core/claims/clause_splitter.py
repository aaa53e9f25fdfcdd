"""A sentence of an edited letter taken apart: clauses, asides about subsets, negations."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from attrs import field, frozen

from sqs_core.claims.measure_cues import Hit
from sqs_core.claims.quantities import Quantity
from sqs_core.criteria import ClaimWords
from sqs_core.documents.phrases import phrase_finder

Span = tuple[int, int]


@frozen
class Cutter:
    """Takes sentences apart by the words of one language of a version."""

    breaks: re.Pattern[str]
    including: re.Pattern[str]
    excluding: re.Pattern[str]
    negations: re.Pattern[str]
    whole: re.Pattern[str]
    asides: re.Pattern[str]
    subsets: tuple[tuple[str, re.Pattern[str]], ...]
    populations: tuple[tuple[str, re.Pattern[str]], ...]
    interviewed: re.Pattern[str]
    judged: re.Pattern[str]
    joins: re.Pattern[str]

    @classmethod
    def of(cls, claims: ClaimWords) -> Cutter:
        """The cutter for one language."""
        negations = [w for w in claims.negations if w[0].isalpha() and "'" not in w]
        glued = [re.escape(w) for w in claims.negations if w not in negations]
        pattern = phrase_finder(negations).pattern + "".join(f"|{w}" for w in glued)
        return cls(
            phrase_finder(claims.breaks),
            phrase_finder(claims.including),
            phrase_finder(claims.excluding),
            re.compile(pattern, re.I),
            phrase_finder(claims.whole),
            phrase_finder(claims.asides),
            tuple((name, phrase_finder(words)) for name, words in claims.subsets.items()),
            tuple((fact, phrase_finder(words)) for fact, words in claims.populations.items()),
            phrase_finder(claims.interviewed),
            phrase_finder(claims.judged),
            phrase_finder(claims.joins),
        )

    def cut(self, text: str, hits: Sequence[Hit], quantities: Sequence[Quantity]) -> SentenceParts:
        """``text`` taken apart; a break inside a cue or a quantity is none."""
        taken = [(h.start, h.end) for h in hits] + [(q.start, q.end) for q in quantities]
        inclusions = [(m, True) for m in self.including.finditer(text)]
        exclusions = [(m, False) for m in self.excluding.finditer(text)]
        asides: list[tuple[int, int, bool]] = []
        for match, inside in (*inclusions, *exclusions):
            # At the start of a sentence ("This included …") it is the whole of it.
            stop = len(text) if match.start() < 3 else re.compile(r"[,;.]").search(text, match.end() + 1)
            end = stop if isinstance(stop, int) else stop.start() if stop else len(text)
            asides.append((match.start(), end, inside))
        cuts = {0, len(text)}
        for match in self.breaks.finditer(text):
            at = match.start()
            free = not any(a < at < b or a <= at < b for a, b in taken)
            if free and not any(a <= at < b for a, b, _ in asides):
                cuts.add(at)
        # "Five had none, and three had a poor one": each quantity keeps its own words.
        said = [q for q in quantities if not any(a <= q.start < b for a, b, _ in asides)]
        for one, other in pairwise(said):
            between = [m.start() for m in self.joins.finditer(text, one.end, other.start)]
            free_joins = [at for at in between if not any(a < at < b for a, b in taken)]
            for at in free_joins[-1:]:
                before = max(c for c in cuts if c <= at)
                after = min(c for c in cuts if c > at)
                # Only where both parts say what they are about: "clear and thorough in nine" is one.
                if any(before <= h.start < at for h in hits) and any(at <= h.start < after for h in hits):
                    cuts.add(at)
        ordered = sorted(cuts)
        clauses = tuple(pairwise(ordered)) or ((0, len(text)),)
        return SentenceParts(self, text, tuple(hits), tuple(quantities), clauses, tuple(asides))


@frozen
class SentenceParts:
    """A sentence with its cues, its quantities, its clauses and its asides."""

    cutter: Cutter
    text: str
    hits: tuple[Hit, ...]
    quantities: tuple[Quantity, ...]
    clauses: tuple[Span, ...]
    asides: tuple[tuple[int, int, bool], ...] = field(factory=tuple)

    def aside(self, place: int) -> tuple[int, int, bool] | None:
        """The aside that ``place`` stands in; its last part says whether it includes or excludes."""
        return next((a for a in self.asides if a[0] <= place < a[1]), None)

    def clause(self, place: int) -> Span:
        """The clause that ``place`` stands in."""
        return next((c for c in self.clauses if c[0] <= place < c[1]), (0, len(self.text)))

    def window(self, quantity: Quantity) -> Span:
        """From a quantity to where something else begins: what its relative clause can reach."""
        ends = [self.clause(quantity.start)[1]]
        ends += [q.start for q in self.quantities if q.start >= quantity.end]
        comma = self.text.find(",", quantity.end)
        aside = self.aside(quantity.start)
        ends += [comma] if comma >= 0 else []
        ends += [aside[1]] if aside else []
        return quantity.start, min(ends)

    def hits_in(self, span: Span) -> tuple[Hit, ...]:
        """The cues in ``span`` that are not in an aside within it."""
        inside = [h for h in self.hits if span[0] <= h.start < span[1]]
        return tuple(h for h in inside if self.aside(h.start) is None or self.aside(span[0]) is not None)

    def subset(self, span: Span) -> str:
        """The subset named in ``span``, "" where none is."""
        return next((n for n, words in self.cutter.subsets if words.search(self.text, *span)), "")

    def population(self, span: Span) -> str:
        """The fact whose cases ``span`` speaks of, "" where it does not."""
        text = self.text
        for a, b, _ in self.asides:
            if not a <= span[0] < b:
                text = text[:a] + " " * (b - a) + text[b:]
        return next((n for n, words in self.cutter.populations if words.search(text, *span)), "")

    def is_whole(self, span: Span) -> bool:
        """Whether ``span`` says that the whole sample is meant."""
        return self.cutter.whole.search(self.text, *span) is not None

    def is_unjudged(self, span: Span) -> bool:
        """Whether ``span`` says that something could not be judged."""
        return self.cutter.judged.search(self.text, *span) is not None

    def negated(self, span: Span) -> bool:
        """Whether ``span`` is in the negative, beside its cues, quantities and asides."""
        blank = [(h.start, h.end) for h in self.hits] + [(q.start, q.end) for q in self.quantities]
        blank += [(a, b) for a, b, _ in self.asides if not a <= span[0] < b]
        text = list(self.text)
        for a, b in blank:
            text[a:b] = "#" * (b - a)
        return self.cutter.negations.search("".join(text), *span) is not None
