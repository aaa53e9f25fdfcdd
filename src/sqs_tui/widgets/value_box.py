"""The box for an answer that is no judgement: a number or a date is typed in it; a text is written below."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from sqs_core.criteria.questions import Question
from sqs_core.workflow.answering import answer_hint
from sqs_tui.styles import DIM, text
from sqs_tui.widgets.line_input import LineInput


class ValueLine(LineInput):
    """The line itself.  Into a number go digits alone, so that letters do there what they do elsewhere."""

    BINDINGS = [
        Binding("enter", "submit", "keep it, go on"),
        Binding("tab", "app.focus_next", "next field", id="app.focus-next"),
        Binding("escape", "screen.back", "keep it, back", id="note.keep"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.only = ""
        """The characters that can be typed; any where it is empty."""
        self._begun = False

    def begin(self, character: str) -> None:
        """Replace the text by ``character``, and continue after it."""
        self._begun = True
        self.value = character
        self.cursor_position = len(character)
        self.focus()

    def on_focus(self) -> None:
        """One writes here; what is typed takes the place of what stands there, unless it was begun."""
        if not self._begun:
            self.action_select_all()
        self._begun = False

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether the line takes a key."""
        return super().check_consume_key(key, character) and (not self.only or str(character) in self.only)

    async def _on_key(self, event: events.Key) -> None:
        if event.is_printable and not self.check_consume_key(event.key, event.character):
            event.prevent_default()  # the screen's own key


class ValueBox(Vertical):
    """The line with what can be typed, and under it why what was typed cannot be."""

    DEFAULT_CSS = """
    ValueBox { border: round $primary-muted; border-title-color: $foreground; padding: 0 1; }
    ValueBox:focus-within { border: heavy $accent; }
    ValueBox > ValueLine { width: 100%; height: 1; border: none; padding: 0; background: $surface; }
    ValueBox > Static { height: auto; }
    ValueBox > #why { color: $text-error; }
    """

    class Entered(Message):
        """Enter was pressed in the line."""

    def __init__(self, key: str) -> None:
        super().__init__(id="value")
        self._key = key
        self._shown = ""
        self.why = ""
        """Why the value is refused; "" where it is not."""

    def compose(self) -> ComposeResult:
        """Yield the line, why it cannot be, and what can."""
        yield ValueLine()
        yield Static(id="why")
        yield Static(id="hint")

    @property
    def line(self) -> ValueLine:
        """The line."""
        return self.query_one(ValueLine)

    @property
    def edited(self) -> bool:
        """Whether the words differ from those shown."""
        return self.line.display and self.line.value.strip() != self._shown

    def show_value(self, question: Question, value: str, *, locked: bool) -> None:
        """Show the answer to ``question`` as it is typed, unless words are being typed."""
        typed = question.answer in ("number", "date")
        number = question.answer == "number"
        self.border_title = Content(f"{self._key} {question.answer.capitalize()}")
        self.line.display, self.line.disabled = typed, locked
        self.line.only = ("0123456789-" if question.least < 0 else "0123456789") if number else ""
        hint = answer_hint(question)
        self.query_one("#hint", Static).update(text(hint if typed else f"e writes it below: {hint}", DIM))
        if not self.edited:
            self._put(value)

    def clear(self) -> None:
        """Drop the value of the previous question."""
        self._put("")

    def _put(self, value: str) -> None:
        self._shown = value
        self._set(value, "")

    def _set(self, value: str, why: str) -> None:
        with self.line.prevent(Input.Changed):
            self.line.value = value
        self._say(why)

    def _say(self, why: str) -> None:
        self.why = why
        refused = self.query_one("#why", Static)
        refused.update(text(why))
        refused.display, self.query_one("#hint").display = bool(why), not why

    def refuse(self, words: str, why: str) -> None:
        """Keep the refused ``words``, and show why."""
        self._set(words, why)
        if self.line.only:  # so short a thing is typed anew, not mended
            self.line.action_select_all()

    @on(Input.Changed)
    def _typed(self, message: Input.Changed) -> None:
        message.stop()
        self._say("")

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        self.post_message(self.Entered())
