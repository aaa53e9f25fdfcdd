"""The box for one line.  Not beside the note's: each brings a widget that takes a while to import."""

from __future__ import annotations

from textual import events
from textual.widgets import Input
from textual.widgets.input import Selection

from sqs_tui.widgets.pasting import cleaned


class LineBox(Input):
    """One line of words."""

    def __init__(self) -> None:
        super().__init__(id="line", select_on_focus=False, compact=True)
        self.cursor_blink = False

    def _watch_selection(self, selection: Selection) -> None:
        # The base class takes the terminal's own cursor to itself also as it is made, which on a busy
        # machine is after the note's box had it.
        place = self.app.cursor_position
        super()._watch_selection(selection)
        if not self.has_focus:
            self.app.cursor_position = place

    def _on_paste(self, event: events.Paste) -> None:
        event.text = cleaned(self, event.text).replace("\n", " ")
