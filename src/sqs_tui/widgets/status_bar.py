"""Row 1: where one is, how far, when it was saved; a message for a while, a failure while it lasts."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from sqs_tui.save_status import News, row_1


class StatusBar(Widget):
    """One row, and the first."""

    DEFAULT_CSS = """
    StatusBar { height: 1; dock: top; }
    """

    where: reactive[str] = reactive("")
    far: reactive[str] = reactive("")
    news: reactive[News] = reactive(News())

    def render(self) -> Content:
        """Return the row."""
        return row_1(self.news, self.where, self.far, self.size.width)
