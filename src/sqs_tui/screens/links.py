"""The questions that an item of the letter rests on, ticked in a box over the list."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import OptionList

from sqs_core.criteria import Criteria
from sqs_tui.box import BoxScreen
from sqs_tui.styles import text
from sqs_tui.widgets.option_menu import Line, OptionMenu


class LinksScreen(BoxScreen[tuple[str, ...]]):
    """Space ticks; Enter or Esc keeps what is ticked."""

    BINDINGS = [
        Binding("space", "tick", "tick", id="facts.tick"),
        Binding("escape,enter", "keep", "keep it", priority=True, id="links.keep"),
    ]
    AUTO_FOCUS = "OptionMenu"

    def __init__(self, criteria: Criteria, linked: tuple[str, ...]) -> None:
        super().__init__()
        self._criteria, self._linked = criteria, set(linked)

    def compose(self) -> ComposeResult:
        """Yield the questions."""
        with self.box("The questions it rests on", "Space ticks   Enter, Esc keep"):
            yield OptionMenu(id="questions")

    def on_mount(self) -> None:
        """Show the questions."""
        self._show()

    def _show(self) -> None:
        numbers = self._criteria.question_numbers
        self.query_one(OptionMenu).show_lines(
            Line(q.id, text(f"{'[x]' if q.id in self._linked else '[ ]'} {numbers[q.id]} {q.short}"))
            for q in self._criteria.questions
        )

    @on(OptionList.OptionSelected)
    def action_tick(self) -> None:
        """Tick the question with the mark, or untick it."""
        self._linked ^= {self.query_one(OptionMenu).marked}
        self._show()

    def action_keep(self) -> None:
        """Keep what is ticked, in the order of the questions."""
        self.dismiss(tuple(q.id for q in self._criteria.questions if q.id in self._linked))
