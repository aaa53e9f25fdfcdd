"""A text in the rows available; where it has more, the last may name the key that shows all."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from sqs_tui.styles import wrapped


class ParagraphView(Widget):
    """Wrapped words.  ``more`` ends the last row in view where there are more."""

    DEFAULT_CSS = """
    ParagraphView { height: auto; }
    """

    words: reactive[str] = reactive("")
    look: reactive[str] = reactive("")

    def __init__(self, *, id: str, more: str = " …") -> None:
        super().__init__(id=id)
        self._more = more

    def watch_words(self) -> None:
        """Lay out again, since other words may need another height."""
        if self.styles.is_auto_height:
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows all of it takes."""
        return len(wrapped(self.words, width)) if self.words else 0

    def render(self) -> Content:
        """Return the rows in view."""
        width, height = self.size
        rows = wrapped(self.words, width, self.look)
        if len(rows) > height > 0:
            last = rows[height - 1].truncate(max(0, width - len(self._more)), pad=True)
            rows = [*rows[: height - 1], last + Content(self._more)]
        return Content("\n").join(rows)
