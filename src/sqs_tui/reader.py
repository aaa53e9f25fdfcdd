"""The terminal's own cursor on the line with the mark, for screen readers and magnifiers.

The framework hides that cursor and leaves it where a text field had it last.  Where the person wants
it (``reader_cursor``), it is shown and goes with the mark of every list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Offset

from sqs_tui.paint.lines import Line

if TYPE_CHECKING:
    from textual.app import App

    from sqs_tui.screens.picture import Picture

MARKS = {"here": "▶›", "pick": "▸"}
"""By the style of a span: how it begins where it is the mark of a list, or the figure of the letter."""
SHOW, HIDE = "\x1b[?25h", "\x1b[?25l"


def mark_in(lines: Sequence[Line]) -> tuple[int, int] | None:
    """The column and row of the mark in ``lines``; None where there is none."""
    for y, row in enumerate(lines):
        x = 0
        for span in row:
            text = span.text.lstrip()
            if text and text[0] in MARKS.get(span.style, ""):
                return x + cell_len(span.text) - cell_len(text), y
            x += cell_len(span.text)
    return None


def follow(frame: Picture) -> None:
    """Put the cursor on the mark, in the pane with the keys first; a text field keeps its own."""
    if frame.writing or not frame.is_current:
        return
    body = frame.painted("body")
    if body is None or not body.size:  # a screen that has just come has no places yet
        frame.call_after_refresh(follow, frame)
        return
    place = body.region.offset
    for name in ("body", "right", "left"):
        pane = frame.painted(name)
        found = mark_in(pane.lines) if pane is not None and pane.display else None
        if pane is not None and found is not None:
            place = pane.region.offset + Offset(*found)
            break
    # Each update of the screen ends with the framework moving the cursor there; there may be none now.
    frame.app.cursor_position = place
    _write(frame.app, f"\x1b[{place.y + 1};{place.x + 1}H")


def show_cursor(app: App[None], shown: bool) -> None:
    """Show the terminal's cursor, or hide it; again each time the screen was given away."""
    _write(app, SHOW if shown else HIDE)


def _write(app: App[None], sequence: str) -> None:
    if app._driver is not None and not app.is_headless:
        app._driver.write(sequence)
        app._driver.flush()
