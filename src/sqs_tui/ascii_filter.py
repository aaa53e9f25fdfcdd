"""ASCII for terminals without anything else: each mark by the nearest character, cell for cell."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len
from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_MARKS = "▶›✓✗⚑◐○●█▒░–—▸◂•·…←→↑↓▾’‘“”×␊✎≤≥"
_LIKE = ">)*x!~o@#.---><*..<>^vv''\"\"x.e<>"
_NEAREST = dict(zip(_MARKS, _LIKE, strict=True))
_HORIZONTAL, _VERTICAL = "─━═╌╍┄┅┈┉╴╶╸╺╼╾", "│┃║╎╏┆┇┊┋╵╷╹╻╽╿"


@lru_cache(maxsize=4096)
def in_ascii(text: str) -> str:
    """Return ``text`` in ASCII, as wide as it was: what has no near character becomes ``?``.

    >>> in_ascii("▶ seven – “enough”")
    '> seven - "enough"'
    """
    return text if text.isascii() else "".join(map(_nearest, text))


def _nearest(character: str) -> str:
    if character.isascii():
        return character
    if character in _NEAREST:
        return _NEAREST[character]
    if character in _HORIZONTAL:
        return "-"
    if character in _VERTICAL:
        return "|"
    if "─" <= character <= "╿":  # what is left of the box drawing block: corners and crossings
        return "+"
    if "▀" <= character <= "▟":  # blocks, of which scroll bars and wide borders are made
        return "#"
    return "?" * cell_len(character)


class AsciiFilter(LineFilter):
    """Turns every line that is drawn into ASCII, whichever widget drew it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return ``segments`` with their text in ASCII."""
        return [Segment(in_ascii(text), style, control) for text, style, control in segments]
