"""Ratings that an edited letter states in the words of its plan, held against what the records come to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from attrs import frozen

from sqs_core.claims.tokens import folded
from sqs_core.criteria import Criteria
from sqs_core.criteria.letter_plan import BRACES, texts_in
from sqs_core.letter.rating_texts import COMPUTED, RATING


class StatedRating(NamedTuple):
    """A rating that a sentence states: where, which, what it should be, and whether it is."""

    first: int
    last: int
    name: str
    right: str
    holds: bool


@frozen
class RatingReader:
    """Finds ratings by the sentences of the plan that state one; ``texts`` are what they have to say."""

    sentences: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]
    texts: Mapping[str, str]

    @classmethod
    def of(cls, criteria: Criteria, texts: Mapping[str, str], language: str) -> RatingReader:
        """Return the reader of letters under ``criteria``."""
        found = {}
        for text in texts_in(criteria.letter) if texts else ():
            for sentence in re.split(r"(?<=\.)\s+", text.in_language(language)):
                names = tuple(braces[1:-1] for braces in BRACES.findall(sentence))
                if any(name in texts for name in names):
                    parts = (r"\s+".join(map(re.escape, part.split())) for part in BRACES.split(sentence))
                    found[re.compile(r"\s*(.{1,200}?)\s*".join(parts), re.DOTALL)] = names
        return cls(tuple(found.items()), texts)

    def stated(self, sentence: str) -> Iterator[StatedRating]:
        """Yield the ratings that ``sentence`` states."""
        lead = len(sentence) - len(sentence.lstrip())
        for pattern, names in self.sentences:
            match = pattern.fullmatch(sentence.strip())
            for group, name in enumerate(names, 1) if match else ():
                if match and name.startswith((RATING, COMPUTED)):
                    right = self.texts[name]
                    first, last = match.span(group)
                    yield StatedRating(
                        lead + first, lead + last, name, right, folded(match[group]) == folded(right)
                    )
