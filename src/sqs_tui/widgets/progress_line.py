"""A progress bar of characters."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from sqs_tui.styles import BAR, DIM


class ProgressLine(Widget):
    """``done`` of ``total``."""

    DEFAULT_CSS = """
    ProgressLine { height: 1; }
    """

    done: reactive[int] = reactive(0)
    total: reactive[int] = reactive(0)

    def render(self) -> Content:
        """Return the bar."""
        width = self.size.width
        full = width * self.done // self.total if self.total else 0
        return Content.assemble(("█" * full, BAR), ("░" * (width - full), DIM))
