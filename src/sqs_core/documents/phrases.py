"""Finding phrases of a word list in text: any white space between their words, ``*`` for any ending."""

from __future__ import annotations

import re
from collections.abc import Iterable


def phrase_pattern(words: str) -> str:
    """Return the expression of one phrase."""
    parts = [re.escape(part).replace(r"\*", r"\w*") for part in words.split()]
    return r"(?<![\w-])" + r"\s+".join(parts) + r"(?![\w-])"


def phrase_finder(words: Iterable[str]) -> re.Pattern[str]:
    """Return an expression that finds any of several phrases, whatever the case of their letters."""
    parts = [
        phrase_pattern(w) if w[:1].isalnum() else re.escape(w).replace("\\ ", r"\s+") + r"(?!\w)"
        for w in words
    ]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
