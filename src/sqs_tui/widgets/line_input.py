"""A line of text to edit."""

from __future__ import annotations

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input

from sqs_tui.widgets.lines import point_at_writing
from sqs_tui.widgets.pasting import cleaned


class LineInput(Input):
    """Textual's Input, without what no record may hold, and with a cursor that does not blink.

    With ``replaced``, typing replaces the whole text when the line is first entered.
    """

    def __init__(
        self, value: str = "", *, placeholder: str = "", id: str | None = None, replaced: bool = False
    ) -> None:
        super().__init__(value, placeholder, id=id, select_on_focus=replaced, compact=True)
        self.cursor_blink = False

    def on_focus(self) -> None:
        """Show the terminal's cursor in the line."""
        point_at_writing(self)

    def on_resize(self) -> None:
        """Move the terminal's own cursor to where the words now are."""
        point_at_writing(self)

    def on_paste(self, event: Paste) -> None:
        """Leave out what no record may hold, and line breaks; the base class then inserts what is left."""
        event.text = cleaned(self, event.text).replace("\n", " ")


class FormLine(LineInput):
    """One of several lines of a form: every key that leaves it keeps its text."""

    BINDINGS = [
        Binding("enter", "submit", "next line"),
        Binding("tab", "app.focus_next", "next line", show=False, id="app.focus-next"),
        Binding("escape", "screen.back", "keep it, back", id="note.keep"),
    ]

    class Locked(Message):
        """Something was typed into a line that stays as it is."""

    locked = False
    """Whether the line stays as it is: nothing is typed into it."""

    def replace(self, text: str, start: int, end: int) -> None:
        """Put ``text`` in, as every key that changes the line does; not into a locked one."""
        if self.locked:
            self.post_message(self.Locked())
        else:
            super().replace(text, start, end)

    async def on_key(self, event: Key) -> None:
        """Open the help at a "?" typed where there is nothing yet: no line of a form begins with one."""
        if event.character == "?" and self.selected_text == self.value:
            event.stop()
            event.prevent_default()
            await self.run_action("app.help")


class FormBody(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The lines of a form; it scrolls with them, and ↑ and ↓ go from line to line in a small window too."""
