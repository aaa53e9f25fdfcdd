"""One line of the facts of a case: a tick, a choice or words, with what it switches beside it."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from sqs_core.workflow.case_form import Field
from sqs_tui.styles import DIM, HERE, YES, fitted, shortened, text
from sqs_tui.widgets.line_input import FormLine
from sqs_tui.widgets.lines import point_at


class FactRow(Widget):
    """A line of the form.  It posts what a person does; the screen decides."""

    @dataclass
    class Set(Message):
        """Set the line to ``value``; "" removes it.  ``go_on``: move to the next line afterwards."""

        row: FactRow
        value: str
        go_on: bool = False

    def __init__(self, field: Field) -> None:
        super().__init__(id=f"fact-{field.name}")
        self.field = field
        self.value = ""
        self.shown = ""
        self.effect = self.briefly = ""

    def show(self, value: str, shown: str, effect: str = "", briefly: str = "") -> None:
        """Show ``value``, in words ``shown``, and what it switches, in full or ``briefly``."""
        if (value, shown, effect, briefly) != (self.value, self.shown, self.effect, self.briefly):
            self.value, self.shown, self.effect, self.briefly = value, shown, effect, briefly
            self.redraw()

    def redraw(self) -> None:
        """Draw the line again."""
        self.refresh()

    def label_width(self) -> int:
        """Return how many cells the labels take."""
        return 43 if self.size.width >= 70 else 30

    @property
    def in_full(self) -> str:
        """What the line has no room for: its label, its hint, the words chosen; "" where all is shown."""
        room = self.size.width - self.label_width() - 7
        parts = (
            (self.field.label, len(self.field.label) > self.label_width()),
            (self.field.hint, bool(self.value) or len(self.field.hint) > room),
            (self.shown, bool(self.field.choices) and len(self.shown) > room),
        )
        return ": ".join(words for words, cut in parts if words and cut)

    def label(self) -> Content:
        """Return the label, with the mark where the line has the keys."""
        on = self.has_focus or self.has_focus_within
        style = HERE if on else ""
        return Content.styled(" ▶ " if on else "   ", HERE) + fitted(
            self.field.label, self.label_width(), style
        )


class ChoiceRow(FactRow, can_focus=True):
    """Yes or no, or one of several."""

    DEFAULT_CSS = """
    ChoiceRow { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    BINDINGS = [
        Binding(
            "space", "step(1)", "tick", id="facts.tick", tooltip="tick or untick; choose the next of several"
        ),
        Binding("right", "say(1)", show=False),
        Binding("left", "say(-1)", show=False),
        Binding("y", "yes('yes')", show=False),
        Binding("n", "yes('no')", show=False),
        Binding("backspace", "clear", "take away", id="facts.clear",
                tooltip="leave it unsaid: neither yes nor no"),
    ]  # fmt: skip

    @property
    def is_boolean(self) -> bool:
        """Whether it is answered yes or no."""
        return self.field.kind == "boolean"

    def render(self) -> Content:
        """Return the line."""
        width, label = self.size.width, self.label_width()
        if not self.is_boolean:
            words = shortened(self.shown, width - label - 7) if self.value else shortened("–", 5, DIM)
            return self.label() + Content(" ") + words + Content.styled(" ▾", DIM)
        said = {"yes": "   ", "no": "   "} if self.field.of else {"yes": "yes", "no": "no "}
        mark = f"[{'x' if self.value == 'yes' else ' '}] {said.get(self.value, ' · ')}"
        room = width - label - 13
        effect = self.effect if len(self.effect) < room else self.briefly
        effect_words = shortened(effect, room, DIM) if room > 12 else Content.empty()
        return self.label() + Content.styled(f" {mark}  ", YES if self.value == "yes" else "") + effect_words

    def on_focus(self) -> None:
        """Redraw with the focus."""
        self.refresh()
        point_at(self, Offset(1, 0))

    def on_blur(self) -> None:
        """Redraw without the focus."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Tick or choose, if the line had the focus already."""
        place = event.get_content_offset(self)
        if place is not None and place.x > self.label_width() + 2:
            self.action_step(1)

    def _post(self, value: str) -> None:
        self.post_message(self.Set(self, value))

    def action_step(self, step: int) -> None:
        """Tick or untick; or choose the next of several."""
        if self.is_boolean:
            self._post("no" if self.value == "yes" else "yes")
        else:
            known = ["", *(name for name, _ in self.field.choices)]
            self._post(known[(known.index(self.value) + step) % len(known)])

    def action_say(self, step: int) -> None:
        """Answer yes or no; or choose another of several."""
        if self.is_boolean:
            self._post("yes" if step > 0 else "no")
        else:
            self.action_step(step)

    def action_yes(self, value: str) -> None:
        """Answer yes or no."""
        if self.is_boolean:
            self._post(value)

    def action_facts_clear(self) -> None:
        """Clear the answer."""
        self._post("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` works: letters say yes and no only where that is asked."""
        return False if action == "yes" and not self.is_boolean else super().check_action(action, parameters)


class WordsRow(FactRow):
    """A line of words, typed in place, with what is wrong with them underneath."""

    DEFAULT_CSS = """
    WordsRow { height: auto; layout: vertical; }
    WordsRow > #line { height: 1; layout: horizontal; }
    WordsRow #label { width: auto; height: 1; }
    WordsRow FormLine { width: 1fr; height: 1; border: none; padding: 0 1; background: $background; }
    WordsRow FormLine:focus { background: $surface; border: none; }
    WordsRow > #refused { display: none; height: auto; color: $text-error; padding: 0 0 0 3; }
    WordsRow.-refused > #refused { display: block; }
    """

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._put_in = ""
        """The contents of the box before typing."""

    def compose(self) -> ComposeResult:
        """Yield the label, the words, and what is wrong with them."""
        with Vertical(id="line"):
            yield Static(id="label")
            hint = f"({self.field.hint})" if self.field.hint else ""
            yield FormLine(placeholder=hint, replaced=True)
        yield Static(id="refused")

    @property
    def box(self) -> FormLine:
        """The box with the words."""
        return self.query_one(FormLine)

    def redraw(self) -> None:
        """Show the label and the words, unless words are being typed."""
        self._draw_label()
        if self.box.value == self.value:
            self._put_in = self.value
        if self.box.value == self.value or self.has_class("-refused"):
            return
        if not self.box.has_focus or self.box.value == self._put_in:
            with self.box.prevent(Input.Changed):
                self.box.value = self._put_in = self.value
            if self.box.has_focus:  # as if one had come to it now: what is typed replaces them
                self.box.action_select_all()

    def _draw_label(self) -> None:
        self.query_one("#label", Static).update(self.label() + Content(" "))

    def refuse(self, words: str, why: str) -> None:
        """Keep the refused ``words``, and show why."""
        self.box.value = words
        self.add_class("-refused")
        self.query_one("#refused", Static).update(text(why))
        self.call_after_refresh(self.scroll_visible, animate=False)  # it grew by the rows that say why

    def accept(self) -> None:
        """Clear the refusal."""
        self.remove_class("-refused")

    @property
    def edited(self) -> bool:
        """Whether the words differ from the record."""
        return self.box.value.strip() != self.value

    def on_descendant_focus(self) -> None:
        """Redraw with the focus."""
        self._draw_label()

    def on_descendant_blur(self) -> None:
        """Redraw without the focus, and send what was typed."""
        self._draw_label()
        self.send()

    def on_resize(self) -> None:
        """Redraw for the new width of the label."""
        self._draw_label()

    def send(self) -> None:
        """Post the words where they differ from the record."""
        if self.edited:
            self.post_message(self.Set(self, self.box.value.strip()))

    @on(Input.Submitted)
    def _entered(self, message: Input.Submitted) -> None:
        message.stop()
        self.post_message(self.Set(self, self.box.value.strip(), go_on=True))
