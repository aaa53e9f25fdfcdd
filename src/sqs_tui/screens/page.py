"""A page to read, over the screen: help, guidance, messages, this computer."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from sqs_tui.box import BoxScreen
from sqs_tui.styles import DIM
from sqs_tui.widgets.lines import point_at_focus


class PageScreen(BoxScreen[None]):
    """A title and rows; arrows move, and any key of the way out closes it.

    ``page`` gives the rows for a width in cells; a row that is longer is broken at its blanks.
    """

    BINDINGS = [Binding("escape,enter,q,question_mark,f1,g", "dismiss", "close", show=False, id="page.close")]
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, title: str, page: Callable[[int], Sequence[Content]]) -> None:
        super().__init__()
        self._title, self._page = title, page

    def compose(self) -> ComposeResult:
        """Yield the page."""
        with self.box(self._title, "Esc closes"), VerticalScroll():
            yield Static(id="words")

    def on_resize(self) -> None:
        """Break the rows for the width there is."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        words = self.query_one("#words", Static)
        rows = self._page(words.content_size.width)
        words.update(Content("\n").join(rows) if rows else Content.styled("Nothing yet.", DIM))
        self.call_after_refresh(point_at_focus, self.focused)  # the box has grown with the words
