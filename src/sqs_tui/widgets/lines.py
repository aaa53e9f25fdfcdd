"""Lines of styled text, of which only the rows that changed are painted."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget


class Lines(Widget):
    """Shows one line in each row.  What is too long for its row ends in an ellipsis."""

    DEFAULT_CSS = """
    Lines { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Content, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._made_for = Size(0, 0)

    def show(self, lines: Sequence[Content]) -> None:
        """Show ``lines`` from now on; the rows that stay as they are are not painted again."""
        before, self._lines = self._lines, tuple(lines)
        if len(before) != len(self._lines):
            self._strips.clear()
            self.refresh(layout=self.styles.is_auto_height)
            return
        changed = [
            y
            for y, (old, new) in enumerate(zip(before, self._lines, strict=True))
            if old is not new and not old.is_same(new)
        ]
        for y in changed:
            self._strips.pop(y, None)
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def render(self) -> Content:
        """Return the lines, each in its row."""
        return Content("\n").join(self._lines)

    def render_line(self, y: int) -> Strip:
        """Return row ``y``: Textual would make all rows anew for one that changed."""
        if self.text_selection is not None:
            return super().render_line(y)
        if self._made_for != self.size:
            self._made_for = self.size
            self._strips.clear()
        if y not in self._strips:
            line = self._lines[y] if y < len(self._lines) else Content.empty()
            self._strips[y] = strip_of(self, line, self.size.width).apply_offsets(0, y)
        return self._strips[y]

    def notify_style_update(self) -> None:
        """Another theme, or another class: nothing drawn before is right any more."""
        super().notify_style_update()
        self._strips.clear()


def strip_of(widget: Widget, line: Content, width: int) -> Strip:
    """Return ``line`` in exactly ``width`` cells, as ``widget`` draws it."""
    made = line.truncate(width, ellipsis=True, pad=True)
    parts = made.render(widget.visual_style, end="", parse_style=widget.app.stylesheet.parse_style)
    return Strip([Segment(words, style.rich_style) for words, style in parts], width)
