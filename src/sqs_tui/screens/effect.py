"""The last look before something is written: what is chosen, and what it does to board and letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.binding import Binding
from textual.content import Content

from sqs_core.letter.effect import Effect
from sqs_tui.bindings import binding
from sqs_tui.effect_rows import chosen_rows, effect_page
from sqs_tui.screens.scrolled import ScrolledPage, ScrolledScreen
from sqs_tui.styles import TITLE


class EffectScreen(ScrolledScreen):
    """What would be written; ``write`` writes it."""

    view = "effect"
    shows_notes = True
    saved = "kept"
    BINDINGS = [binding("choice.write", name="write it"), Binding("escape", "back", "back", id="app.back")]
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

    def where(self) -> str:
        """What is about to be written."""
        return f"{self._title_words} ▸ Before it is written"

    def far(self) -> str:
        """That nothing is yet."""
        return "nothing written yet"

    def rows(self, width: int) -> Sequence[Content]:
        """Return what was chosen, then the effect."""
        width = min(width, self.size.width - 1)
        chosen = [Content.styled("  To be written", TITLE), *chosen_rows(self._chosen, width)]
        return [*chosen, Content.empty(), *effect_page(self.criteria, self._effect, width)]

    def update_view(self) -> None:
        """Show the page, and say that it goes on where it does."""
        super().update_view()
        height = self.query_one(ScrolledPage).size.height
        self.show_tip("↓ for more" if len(self.rows(self.size.width)) > height > 0 else "")

    def action_choice_write(self) -> None:
        """Write it."""
        self.app.pop_screen()
        self.app.call_later(self.app.attempt, self._write)
