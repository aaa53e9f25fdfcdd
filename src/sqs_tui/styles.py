"""Styles by their meaning, as theme variables: colour tells a state, weight tells importance."""

from __future__ import annotations

from textual.content import Content

from sqs_core.text import shown

TITLE = "bold"
DIM = "$text-muted"
YES, NO, FLAG = "$text-success", "$text-error", "bold $text-warning"
GOOD, WARN = "$text-success", "bold $text-warning"
HERE = "bold $text-accent"
BAR = "$primary"
FIGURE, PICK = "$text-accent", "bold reverse"
"""A figure of the letter, and the one with the mark."""

OF_COUNTS = {"sufficient": YES, "insufficient": NO, "not-applicable": DIM, "not-known": DIM}
"""By what an outcome counts as."""


def text(words: str, style: str = "") -> Content:
    """Return ``words`` as content that a terminal may have: no markup is read in it, nothing is obeyed."""
    words = shown(words).replace("\t", " ")
    return Content.styled(words, style) if style else Content(words)


def fitted(words: str, width: int, style: str = "") -> Content:
    """Return ``words`` in exactly ``width`` cells, on one line; what is cut off shows as an ellipsis."""
    return text(words.replace("\n", " "), style).truncate(max(0, width), ellipsis=True, pad=True)


def shortened(words: str, width: int, style: str = "") -> Content:
    """Return ``words`` in at most ``width`` cells, on one line, with an ellipsis where some are left out."""
    return text(words.replace("\n", " "), style).truncate(max(0, width), ellipsis=True)


def wrapped(words: str, width: int, style: str = "") -> list[Content]:
    """Return ``words`` broken at blanks into lines of at most ``width`` cells; newlines are kept."""
    return [line.rstrip() for line in text(words, style).wrap(max(1, width))]


def joined(*parts: Content) -> Content:
    """Return ``parts`` as one line."""
    return Content("").join(parts)
