"""The last look before something is written: what is chosen, and what it does to board and letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sqs_core.letter.effect import Effect
from sqs_tui.bindings import binding
from sqs_tui.effect_rows import chosen_rows, effect_page
from sqs_tui.screens.base import SqsScreen
from sqs_tui.styles import TITLE


class EffectScreen(SqsScreen):
    """What would be written; ``write`` writes it."""

    fits_room = True
    view = "effect"
    shows_notes = True
    BINDINGS: ClassVar[list[BindingType]] = [
        binding("choice.write", name="write it"),
        Binding("escape", "back", "back", id="app.back"),
    ]
    AUTO_FOCUS = "VerticalScroll"
    help_text = (
        "Nothing is written yet.  This is what was chosen, every count that changes, and every "
        "paragraph of the letter that reads otherwise, before and after; what differs is in brackets.  "
        "W writes it, Esc goes back with everything as it was."
    )

    def __init__(
        self, title: str, chosen: Sequence[tuple[str, str]], effect: Effect, write: Callable[[], object]
    ) -> None:
        super().__init__()
        self._title_words, self._chosen = title, tuple(chosen)
        self._effect, self._write = effect, write

    def compose_body(self) -> ComposeResult:
        """Yield the page."""
        with VerticalScroll(id="whole"):
            yield Static(id="words")

    def where(self) -> str:
        """What is about to be written."""
        return f"{self._title_words} ▸ Before it is written"

    def far(self) -> str:
        """That nothing is yet."""
        return "nothing written yet"

    def update_view(self) -> None:
        """Show what was chosen, then the effect."""
        width = self.size.width - 1
        rows = [Content.styled("  To be written", TITLE), *chosen_rows(self._chosen, width), Content.empty()]
        rows += effect_page(self.workspace.criteria, self._effect, width)
        self.query_one("#words", Static).update(Content("\n").join(rows))
        page = self.query_one("#whole")
        self.show_tip("↓ for more" if len(rows) > page.size.height > 0 else "")

    def action_choice_write(self) -> None:
        """Write it."""
        self.app.pop_screen()
        self.app.call_later(self.app.attempt, self._write)
