"""Which measures a paragraph may speak of, and the words by which each is known."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from attrs import frozen

from sqs_core.criteria import ClaimWords, LetterPlan, PlannedParagraph
from sqs_core.documents.phrases import phrase_pattern
from sqs_core.letter.edited_letter import LetterParagraph
from sqs_core.letter.live_figures import Reference, read_reference

# Measured on letters of the shipped version: a paragraph of the plan, however much edited, shares
# more than this part of its words' weight with its own plan, and no other comes near.
ENOUGH_ALIKE, CLEARLY_MORE = 0.25, 1.4
_WORD = re.compile(r"[a-zà-ÿ]{4,}")
_PLACES = re.compile(r"\{[^}]*\}")


class Hit(NamedTuple):
    """A cue found in a sentence: of which measure, where, and whether it is a weak one."""

    about: Reference
    start: int
    end: int
    weak: bool


Cue = tuple[Reference, re.Pattern[str], bool]


@frozen
class Topics:
    """The measures of each paragraph of a letter plan, and which paragraph an edited one is."""

    plan: LetterPlan
    claims: ClaimWords
    language: str

    @cached_property
    def cues(self) -> Mapping[str, tuple[Cue, ...]]:
        """The cues of each planned paragraph."""
        found: dict[str, tuple[Cue, ...]] = {}
        for paragraph, measures in self.claims.cues.items():
            found[paragraph] = tuple(
                (_reference(name), re.compile(phrase_pattern(cue.lstrip("~")), re.I), cue.startswith("~"))
                for name, cues in measures.items()
                for cue in cues
            )
        return found

    @cached_property
    def anywhere(self) -> tuple[Cue, ...]:
        """The cues that say enough without their paragraph: several words, of one measure only."""
        owners: dict[str, set[str]] = {}
        for measures in self.claims.cues.values():
            for name, cues in measures.items():
                for cue in cues:
                    owners.setdefault(cue.lower(), set()).add(name)
        wanted = {cue for cue, names in owners.items() if len(names) == 1 and " " in cue and cue[0] != "~"}
        return tuple(
            (_reference(name), re.compile(phrase_pattern(cue), re.I), False)
            for measures in self.claims.cues.values()
            for name, cues in measures.items()
            for cue in cues
            if cue.lower() in wanted
        )

    @cached_property
    def _planned(self) -> Mapping[str, tuple[str, PlannedParagraph]]:
        return {p.id: (s.id, p) for s in self.plan.sections for p in s.paragraphs}

    @cached_property
    def _vectors(self) -> Mapping[str, Counter[str]]:
        return {name: Counter(_words_of(p, self.language)) for name, (_, p) in self._planned.items()}

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        seen = Counter(word for vector in self._vectors.values() for word in vector)
        return {word: math.log(1 + len(self._vectors) / count) for word, count in seen.items()}

    def section_of(self, paragraph: str) -> str:
        """The section a planned paragraph stands in; "" where there is no such paragraph."""
        return self._planned[paragraph][0] if paragraph in self._planned else ""

    def paragraphs_of(self, page: LetterParagraph) -> tuple[str, ...]:
        """The planned paragraphs an edited one can be; none where that cannot be told.

        Its number says; without one, its section does where the plan numbers none of that
        section's paragraphs; otherwise the words it shares with the plan do.
        """
        if page.number:
            return (page.number,) if page.number in self._planned else ()
        within = [name for name, (section, _) in self._planned.items() if section == page.section]
        if within and not any(self._planned[name][1].numbered for name in within):
            return tuple(within)
        held = {s.id: s.holds for s in self.plan.sections}
        if held.get(page.section, "paragraphs") != "paragraphs":
            return ()
        return self._most_alike(page.text, within or list(self._planned))

    def _most_alike(self, text: str, names: Sequence[str]) -> tuple[str, ...]:
        words = set(_WORD.findall(text.lower()))
        whole = sum(self._weights.get(w, 1.0) for w in words)
        if len(words) < 5 or not whole:
            return ()
        scores = {
            name: sum(self._weights[w] for w in words if w in self._vectors[name]) / whole for name in names
        }
        best, *others = sorted(scores, key=lambda name: -scores[name])
        clear = not others or scores[best] >= CLEARLY_MORE * scores[others[0]]
        return (best,) if scores[best] >= ENOUGH_ALIKE and clear else ()

    def hits(self, sentence: str, paragraphs: Sequence[str]) -> tuple[Hit, ...]:
        """The cues in ``sentence``; of those that overlap the longest, weak ones only where no other is."""
        cues = [c for p in paragraphs for c in self.cues.get(p, ())] if paragraphs else self.anywhere
        found = [
            Hit(about, match.start(), match.end(), weak)
            for about, pattern, weak in cues
            for match in pattern.finditer(sentence)
        ]
        kept: list[Hit] = []
        for hit in sorted(found, key=lambda h: (h.start - h.end, h.weak, h.start)):
            if all(hit.end <= k.start or hit.start >= k.end for k in kept):
                kept.append(hit)
        return tuple(sorted(kept, key=lambda h: h.start))


def _reference(name: str) -> Reference:
    return read_reference(name) or Reference(name)


def _words_of(paragraph: PlannedParagraph, language: str) -> list[str]:
    """The words the plan has for a paragraph, whatever the result."""
    said = []
    for s in paragraph.sentences:
        wordings = (s.text, s.single_yes, s.none, s.all, s.but_one, s.most, s.few, s.some, s.nothing, s.other)
        said += [text.in_language(language) for text in wordings]
        said += [item.clause.in_language(language) for item in s.items]
    return _WORD.findall(_PLACES.sub(" ", " ".join(said)).lower())
