"""Which paragraph of the letter plan an edited one is, and so which measures it can speak of."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property

from attrs import define

from sqs_core.claims.measure_cues import MeasureCues
from sqs_core.claims.naming import Pool
from sqs_core.criteria import LetterPlan
from sqs_core.criteria.letter_plan import texts_in, without_braces
from sqs_core.letter.edited_letter import LetterParagraph

# Measured on letters of the shipped version: a paragraph of the plan, however much edited, shares
# more than this part of its words' weight with its own plan, and no other comes near.
ENOUGH_ALIKE, CLEARLY_MORE = 0.25, 1.4
_WORD = re.compile(r"[^\W\d_]{4,}")


@define(slots=False)
class ParagraphPools:
    """The measures of each paragraph of a letter plan, and which paragraph an edited one is."""

    plan: LetterPlan
    cues: MeasureCues
    language: str

    @cached_property
    def _vectors(self) -> Mapping[str, Counter[str]]:
        found = {}
        for paragraph in self.plan.paragraphs:
            said = " ".join(text.in_language(self.language) for text in texts_in(paragraph))
            found[paragraph.id] = Counter(_WORD.findall(without_braces(said).lower()))
        return found

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        seen = Counter(word for vector in self._vectors.values() for word in vector)
        return {word: math.log(1 + len(self._vectors) / count) for word, count in seen.items()}

    @cached_property
    def _sections(self) -> Mapping[str, str]:
        return {p.id: s.id for s in self.plan.sections for p in s.paragraphs}

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(paragraph.id for paragraph in self.plan.paragraphs if paragraph.numbered)

    def section_of(self, paragraph: str) -> str:
        """Return the section a planned paragraph stands in; "" where there is no such paragraph."""
        return self._sections.get(paragraph, "")

    def pool(self, paragraph: LetterParagraph) -> Pool:
        """Return the measures an edited paragraph can speak of.

        Its number says; without one, its section does where the plan numbers none of that section's
        paragraphs; otherwise the words it shares with the plan do, or else its section.
        """
        if paragraph.number:
            return self._numbered(paragraph.number)
        within = [name for name, section in self._sections.items() if section == paragraph.section]
        held = {section.id: section.holds for section in self.plan.sections}
        if held.get(paragraph.section, "paragraphs") != "paragraphs":
            return Pool((), False)
        whole = Pool(self.cues.sections.get(paragraph.section, ()), False, paragraph.section)
        if within and not any(name in self._numbers for name in within):
            return whole
        alike = self._most_alike(paragraph.text, within or list(self._vectors))
        return self._numbered(alike) if alike else whole

    def _numbered(self, name: str) -> Pool:
        measures, section = self.cues.paragraphs.get(name, ()), self.section_of(name)
        # A paragraph of the plan that is about no measure of its own can speak of any in its section.
        return Pool(measures or self.cues.sections.get(section, ()), bool(measures), section)

    def _most_alike(self, text: str, names: Sequence[str]) -> str:
        words = set(_WORD.findall(text.lower()))
        whole = sum(self._weights.get(w, 1.0) for w in words)
        if len(words) < 5 or not whole or not names:
            return ""
        scores = {n: sum(self._weights[w] for w in words if w in self._vectors[n]) / whole for n in names}
        best, *others = sorted(scores, key=lambda name: -scores[name])
        clear = not others or scores[best] >= CLEARLY_MORE * scores[others[0]]
        return best if scores[best] >= ENOUGH_ALIKE and clear else ""
