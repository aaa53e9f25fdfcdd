"""The box for one line.  Not beside the note's: each brings a widget that takes a while to import."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from sqs_tui.widgets.pasting import cleaned


class LineBox(Input):
    """One line of words."""

    def __init__(self) -> None:
        super().__init__(id="line", select_on_focus=False, compact=True)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        event.text = cleaned(self, event.text).replace("\n", " ")
