"""A note on a question: a text of several lines under its name, or beside it where room is short."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Label, TextArea

from sqs_core.text import counted
from sqs_tui.bindings import binding
from sqs_tui.widgets.lines import point_at_writing
from sqs_tui.widgets.pasting import cleaned


class NoteText(TextArea):
    """The text itself.  Tab leaves it; the terminal's own cursor follows the text's."""

    BINDINGS = [
        Binding("escape", "screen.back", "keep it, back", id="note.keep"),
        Binding("tab", "app.focus_next", "next field", id="app.focus-next"),
        Binding("f4", "screen.editor", "editor", id="app.editor"),
        Binding("enter", "nothing", show=False),  # it begins a line, whatever it does on the screen
    ]

    def __init__(self) -> None:
        super().__init__(tab_behavior="focus", show_line_numbers=False, soft_wrap=True, compact=True)
        self.begins_at_end = True
        """Whether the cursor goes to the end on focus, as long as nobody has moved it in this text."""
        self.highlight_cursor_line = False
        self.cursor_blink = False

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the cursor is on the screen: Textual's is of how the text was wrapped when it was loaded."""
        at = self.wrapped_document.location_to_offset(self.cursor_location)
        return self.content_region.offset + at - self.scroll_offset

    def render_line(self, y: int) -> Strip:
        """Return row ``y``; an ellipsis in the last tells, while nobody writes, that the text goes on."""
        strip = super().render_line(y)
        width, height = self.size
        if self.has_focus or y + 1 < height or width < 2:
            return strip
        words, cut = strip.text.rstrip(), self.scroll_offset.y + height < self.wrapped_document.height
        if not self.soft_wrap:
            words = self.document.get_line(0)
            cut = self.document.line_count > 1 or cell_len(words) > width
        line = Content(f"{words}…").truncate(width, ellipsis=True, pad=True)
        return Strip([Segment(line.plain, self.rich_style)], width) if cut else strip

    def on_focus(self) -> None:
        """Continue at the end of the text."""
        if self.begins_at_end:
            self.begins_at_end = False
            self.move_cursor(self.document.end)
        self.scroll_cursor_visible()
        point_at_writing(self)

    def on_blur(self) -> None:
        """Show the text from its beginning."""
        self.scroll_home(animate=False, immediate=True)

    def on_resize(self) -> None:
        """Move the terminal's own cursor to where the text now is."""
        point_at_writing(self)

    def action_nothing(self) -> None:
        """Do nothing: the text has taken the key."""

    def on_paste(self, event: events.Paste) -> None:
        """Leave out what no record may hold; the base class then inserts what is left."""
        event.text = cleaned(self, event.text)


class AnswerText(NoteText):
    """A note on a question."""

    BINDINGS = [binding("question.done", "screen.question_done", show=True)]


class WhyText(NoteText):
    """The reason for a choice."""

    BINDINGS = [binding("choice.done", "screen.choice_done", show=True)]


class NoteField(Horizontal):
    """One note.  Its text is loaded from a record and posted as it changes; nothing is saved here."""

    DEFAULT_CSS = """
    NoteField { height: 1fr; min-height: 2; }
    NoteField > Label { width: auto; display: none; }
    NoteField > NoteText {
        scrollbar-size-horizontal: 0; scrollbar-size-vertical: 1; width: 1fr; height: 100%;
        border: none; padding: 0; background: $background;
    }
    NoteField > NoteText:focus { background: $surface; }
    NoteField.-line { height: 1; min-height: 1; border: none; }
    NoteField.-line > Label { display: block; }
    """

    class Edited(Message):
        """The text was edited."""

    def __init__(
        self, note: str, key: str, title: str, *, tail: str = "", text: type[NoteText] = AnswerText
    ) -> None:
        super().__init__(id=note)
        self.note, self._key, self._title, self._tail = note, key, title, tail
        self.area = text()
        self._shown_title = ""

    def compose(self) -> ComposeResult:
        """Yield the name and the text."""
        yield Label(Content.assemble((f"{self._key} {self._title}: ", "bold")))
        yield self.area

    def call_it(self, title: str) -> None:
        """Rename the note."""
        if title != self._title:
            self._title = title
            self.query_one(Label).update(Content.assemble((f"{self._key} {title}: ", "bold")))
            self._draw_titles()

    @property
    def text(self) -> str:
        """The text as it stands in the box."""
        return self.area.text

    def load(self, text: str, *, read_only: bool) -> None:
        """Show ``text`` unless the box has it already."""
        if self.area.text != text:
            with self.area.prevent(TextArea.Changed):
                self.area.load_text(text)
            self.area.begins_at_end = True
        if self.area.read_only != read_only:
            self.area.read_only = read_only
        self._draw_titles()

    def write(self, cursor: tuple[int, int] | None = None) -> None:
        """Focus the text, at ``cursor`` or at its end."""
        self.area.begins_at_end = False
        self.screen.set_focus(self.area)
        self.area.move_cursor(cursor if cursor is not None else self.area.document.end)

    def _draw_titles(self) -> None:
        mark = "▸" if self.area.has_focus else ""
        count = len(self.area.text)
        tail = self._tail or (counted(count, "character") if count else "")
        title = f" {mark}{self._key} {self._title}" + (f"  {tail} " if tail else " ")
        if title != self._shown_title:  # each setting has the border painted again
            self._shown_title = title
            self.border_title = Content(title)

    def on_resize(self) -> None:
        """Do not wrap a single row, so that it shows as much of the text as fits."""
        if self.area.soft_wrap != (self.size.height > 1):
            self.area.soft_wrap = self.size.height > 1

    def on_descendant_focus(self) -> None:
        """Mark the note as being edited."""
        self._draw_titles()

    def on_descendant_blur(self) -> None:
        """Mark the note as no longer edited."""
        self._draw_titles()

    @on(TextArea.Changed)
    def _edited(self, message: TextArea.Changed) -> None:
        message.stop()
        self._draw_titles()
        self.post_message(self.Edited())
