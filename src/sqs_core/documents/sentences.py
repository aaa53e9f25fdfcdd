"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sqs_core.documents.folding import Span

LONGEST_SENTENCE = 2000
_END = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")


def sentences(text: str, abbreviations: Sequence[str] = ()) -> tuple[Span, ...]:
    """Return the places of the sentences of ``text``; what no full stop ends is cut at a blank.

    Nobody writes a sentence of two thousand characters, but a file can hold one.
    """
    cut: list[Span] = []
    for start, end in whole_sentences(text, abbreviations):
        while end - start > LONGEST_SENTENCE:
            blank = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            after = blank + 1 if blank > 0 else start + LONGEST_SENTENCE
            cut.append((start, after))
            start = after
        cut.append((start, end))
    return tuple((a, b) for a, b in cut if text[a:b].strip())


def whole_sentences(text: str, abbreviations: Sequence[str] = ()) -> tuple[Span, ...]:
    """Return the places of the sentences of ``text``, however long."""
    ends = [0]
    for match in _END.finditer(text):
        begin = text.rfind(" ", max(0, match.start() - 40), match.start()) + 1
        if text[begin : match.start() + 1].lstrip("\"'“‘([") not in abbreviations:
            ends.append(match.end())
    ends.append(len(text))
    return tuple((a, b) for a, b in pairwise(ends) if text[a:b].strip())
