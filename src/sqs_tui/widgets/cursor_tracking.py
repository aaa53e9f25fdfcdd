"""The terminal's own cursor on the line one is on, for screen readers and magnifiers.

Textual hides that cursor and leaves it where a text field had it last.  Where the person wants it
(``reader_cursor``), the driver shows it, and every list tells here where its mark is.
"""

from __future__ import annotations

from textual.geometry import Offset, Region
from textual.widget import Widget


def point_at(widget: Widget, place: Offset) -> None:
    """Have the terminal's cursor at ``place`` of the content of ``widget``; once more when it is laid out."""
    if has_the_keys(widget):
        widget.app.cursor_position = widget.content_region.offset + place
    widget.call_after_refresh(_point_again, widget, place)


def _point_again(widget: Widget, place: Offset) -> None:
    if not has_the_keys(widget):
        return
    where = widget.content_region.offset + place
    if widget.app.cursor_position != where:
        widget.app.cursor_position = where
        widget.refresh(Region(place.x, place.y, 1, 1))  # the cursor moves with the next update


def has_the_keys(widget: Widget) -> bool:
    """Return whether keys go to ``widget``: a screen behind another one keeps its focus too."""
    return widget.has_focus and bool(widget.size) and widget.app.screen is widget.screen
