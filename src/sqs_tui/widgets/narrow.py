"""Painting the cells that changed and no others, and telling the terminal no style twice.

The framework knows which cells of a row are to be painted, and paints from the left edge of the
widget to the last of them.  Over a slow line that is two thirds of what an answer costs.
"""

from __future__ import annotations

import re

from rich.console import Console
from rich.control import Control
from textual._compositor import ChopsUpdate, Compositor

STYLE_OR_MOVE = re.compile(r"(\x1b\[[\d;]*[mH])")
RESET = "\x1b[0m"


def without_repeats(sent: str) -> str:
    """``sent`` without the styles that hold already: each piece of text has its own set and taken back."""
    kept: list[str] = []
    holds = wanted = ""
    for part in STYLE_OR_MOVE.split(sent):
        if part.startswith("\x1b[") and part.endswith("m"):
            wanted = "" if part == RESET else part
        elif part.startswith("\x1b["):
            kept.append(part)
        elif part:
            if wanted != holds:
                kept += [RESET if holds else "", wanted]
                holds = wanted
            kept.append(part)
    return "".join(kept) + (RESET if holds else "")


class NarrowUpdate(ChopsUpdate):
    """A part of the screen that is painted anew."""

    def render_segments(self, console: Console) -> str:
        """What the terminal is sent."""
        sent: list[str] = []
        for y, first, last in self.spans:
            for end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=False):
                if strip is not None and x < last and end > first:
                    left, right = max(x, first), min(end, last)
                    sent.append(Control.move_to(left, y).segment.text)
                    sent.append(strip.crop(left - x, right - x).render(console))
        return without_repeats("".join(sent))


class Narrow(Compositor):
    """Puts the widgets of a screen together, as the framework's own does."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What is to be painted anew; None where nothing is."""
        update = super().render_partial_update()
        return None if update is None else NarrowUpdate(update.chops, update.spans, update.chop_ends)
