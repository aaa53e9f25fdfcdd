"""The box one writes a note in."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from sqs_tui.widgets.painted import Painted
from sqs_tui.widgets.pasting import cleaned


class NoteBox(TextArea):
    """A note of several lines.  It lies over the picture of the note while one writes in it."""

    def __init__(self) -> None:
        super().__init__(id="note", tab_behavior="focus", show_line_numbers=False, soft_wrap=True)
        self.highlight_cursor_line = False
        self.cursor_blink = False
        if Painted.ascii_marks:  # the bar's own glyphs are no ASCII: a terminal without them shows "\\u2584"
            self.styles.scrollbar_size_vertical = 0

    def point(self) -> None:
        """Put the terminal's own cursor where one writes: of itself the box does so only after a key."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
            self.refresh()

    def on_resize(self) -> None:
        """Laid out, also for the first time: the cursor is at another place of the terminal."""
        self.point()

    def on_focus(self) -> None:
        """Focused: where that comes after the laying out, the place has to be told again."""
        self.call_after_refresh(self.point)

    async def _on_paste(self, event: events.Paste) -> None:
        # The base class has its own handler, which is called after this one with the same event.
        event.text = cleaned(self, event.text)
