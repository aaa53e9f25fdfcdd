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

    Nobody writes a sentence of two thousand characters, but a file can hold one, and reading a claim
    takes time with the square of its sentence's length.
    """
    ends = [0]
    for match in _END.finditer(text):
        begin = text.rfind(" ", max(0, match.start() - 40), match.start()) + 1
        if text[begin : match.start() + 1].lstrip("\"'“‘([") not in abbreviations:
            ends.append(match.end())
    ends.append(len(text))
    for start, end in list(pairwise(ends)):
        while end - start > LONGEST_SENTENCE:
            blank = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            start = blank + 1 if blank > 0 else start + LONGEST_SENTENCE
            ends.append(start)
    ends.sort()
    return tuple((a, b) for a, b in pairwise(ends) if text[a:b].strip())
