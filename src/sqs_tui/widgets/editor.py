"""The boxes one writes in: a note of several lines, and one line."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.widgets import Input, TextArea

from sqs_core.text import without_forbidden


@dataclass
class Dropped(Message):
    """What was pasted held ``count`` characters that no record may hold; they were left out."""

    count: int


class NoteBox(TextArea):
    """A note of several lines.  It lies over the picture of the note while one writes in it."""

    def __init__(self) -> None:
        super().__init__(id="note", tab_behavior="focus", show_line_numbers=False, soft_wrap=True)
        self.highlight_cursor_line = False
        self.cursor_blink = False

    def point(self) -> None:
        """Put the terminal's own cursor where one writes: of itself the box does so only after a key."""
        if self.has_focus:
            self.app.cursor_position = self.cursor_screen_offset
            self.refresh()

    def on_resize(self) -> None:
        """Laid out, also for the first time: the cursor is at another place of the terminal."""
        self.point()

    async def _on_paste(self, event: events.Paste) -> None:
        # The base class has its own handler, which is called after this one with the same event.
        event.text = _cleaned(self, event.text)


class LineBox(Input):
    """One line of words."""

    def __init__(self) -> None:
        super().__init__(id="line", select_on_focus=False, compact=True)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        event.text = _cleaned(self, event.text).replace("\n", " ")


def _cleaned(box: NoteBox | LineBox, text: str) -> str:
    text, dropped = without_forbidden(text)
    if dropped:
        box.post_message(Dropped(dropped))
    return text
