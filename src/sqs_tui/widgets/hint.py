"""The row over the footer: what row 1 has no room for, else a tip on what one is at."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from sqs_tui.save_status import News, goes_on


class Hint(Widget):
    """One row; ``tip`` is shown where there is nothing of more weight."""

    DEFAULT_CSS = """
    Hint { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    tip: reactive[Content] = reactive(Content.empty, always_update=True)
    news: reactive[News] = reactive(News())

    def show(self, tip: Content) -> None:
        """Show ``tip`` from now on; the same one is not painted again."""
        if not self.tip.is_same(tip):
            self.tip = tip

    def render(self) -> Content:
        """Return the row."""
        return goes_on(self.news, self.size.width) or self.tip
