"""Textual's list, whose words can be selected with the mouse as those of its other widgets can."""

from __future__ import annotations

from rich.style import Style
from textual.selection import Selection
from textual.strip import Strip
from textual.widgets import OptionList


class SelectableList(OptionList):
    """A list in which a drag selects words; a click chooses, as ever."""

    ALLOW_SELECT = True

    def render_line(self, y: int) -> Strip:
        """Return row ``y`` of what is in view, what is selected in it reversed."""
        row = y + self.scroll_offset.y
        strip = super().render_line(y)
        span = self.text_selection.get_span(row) if self.text_selection is not None else None
        if span is not None:
            width = strip.cell_length
            start, end = span[0], width if span[1] == -1 else span[1]
            before, chosen, after = strip.divide([min(start, width), min(end, width), width])
            strip = Strip.join([before, chosen.apply_style(Style(reverse=True)), after])
        return strip.apply_offsets(0, row)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the words that the mouse was dragged over."""
        top = self.scroll_offset.y
        rows = [OptionList.render_line(self, row - top) for row in range(self.virtual_size.height)]
        return selection.extract("\n".join(row.text.rstrip() for row in rows)), "\n"

    def text_select_all(self) -> None:
        """Select nothing: two clicks in a list are two clicks."""
