"""The marks, and what stands for them where only ASCII can be drawn."""

from __future__ import annotations

_ASCII = dict(
    zip(
        "▶›✓✗⚑◐○●█▒░–—▸◂•─│╭╮╰╯┏┓┗┛━┃═·…←→↑↓▏’‘“”×␊✎",
        ">)*x!~o@#.---><*-|++++++++=|=..<>^v|''\"\"x e",
        strict=True,
    )
)
_TABLE = str.maketrans(_ASCII)


def in_ascii(text: str) -> str:
    """``text`` in ASCII, cell for cell: our own marks by the nearest letter, all else by ``?``."""
    return text if text.isascii() else text.translate(_TABLE).encode("ascii", "replace").decode()
