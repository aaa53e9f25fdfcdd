"""A page of rows to read that has keys of its own: it moves up and down."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content

from sqs_tui.screens.base import SqsScreen
from sqs_tui.widgets.lines import LinesView


class ScrolledPage(VerticalScroll, inherit_bindings=False, can_focus=True):
    """What moves: up and down alone, as the other arrows are the screen's."""

    BINDINGS = [
        Binding("up,k", "scroll_up", show=False),
        Binding("down,j", "scroll_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
        Binding("home", "scroll_home", show=False),
        Binding("end", "scroll_end", show=False),
    ]


class ScrolledScreen(SqsScreen):
    """Rows to read; a subclass says which."""

    fits_room = True
    AUTO_FOCUS = "ScrolledPage"

    def rows(self, width: int) -> Sequence[Content]:
        """Return all of the page, for a width in cells."""
        raise NotImplementedError

    def compose_body(self) -> ComposeResult:
        """Yield the page."""
        with ScrolledPage(id="scrolled"):
            yield LinesView(id="rows")

    def update_view(self) -> None:
        """Show the page."""
        lines = self.query_one("#rows", LinesView)
        lines.show(self.rows(lines.content_size.width or self.size.width))

    def to_top(self) -> None:
        """Show another page from its beginning."""
        self.query_one(ScrolledPage).scroll_home(animate=False)
        self.refresh_view()
