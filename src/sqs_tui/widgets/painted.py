"""A widget that draws lines and repaints only the cells that changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from sqs_tui.paint.changes import cells_changed
from sqs_tui.paint.lines import EMPTY, Line, cut
from sqs_tui.paint.marks import in_ascii

LOOKS = {
    "": ("foreground", ""),
    "dim": ("text-muted", ""),
    "title": ("foreground", "bold"),
    "on": ("accent", "bold"),
    "yes": ("success", ""),
    "no": ("error", ""),
    "flag": ("warning", "bold"),
    "here": ("accent", "bold"),
    "warn": ("warning", "bold"),
    "good": ("success", ""),
    "bold": ("foreground", "bold"),
    "figure": ("accent", ""),
    "bar": ("primary", ""),
    "pick": ("foreground", "reverse"),
}
"""Each style's colour, by its name in the theme, and what else there is to it.

Not in the style sheet: it would be worked out for each widget and style anew, before the first frame.
"""


class Painted(Widget, inherit_bindings=False):
    """Draws the lines it is shown.  It is the one place where text of ours reaches the terminal,

    so the sanitiser and the ASCII marks are here and nowhere else.
    """

    ascii_marks: ClassVar[bool] = False

    class Wished(Message):
        """The person pointed at something; ``wish`` is what its span stands for."""

        def __init__(self, wish: str) -> None:
            super().__init__()
            self.wish = wish

    def __init__(self, name: str, *, takes_keys: bool = False) -> None:
        super().__init__(id=name)
        self.can_focus = takes_keys
        self.lines: tuple[Line, ...] = ()
        self._made_for = (Size(0, 0), False)
        self._rows: dict[int, Line] = {}
        self._strips: dict[int, Strip] = {}
        self._looks: dict[str, Style] = {}

    def show(self, lines: Sequence[Line]) -> None:
        """Draw ``lines`` from now on; only cells that differ are painted."""
        width, height = self._fit()
        old, self.lines = self.lines, tuple(lines)
        dirty = []
        for y in range(height):
            before = old[y] if y < len(old) else EMPTY
            after = self.lines[y] if y < len(self.lines) else EMPTY
            if before is not after and before != after:
                row = cut(after, width)
                for first, last in cells_changed(self._rows.get(y) or cut(before, width), row):
                    dirty.append(Region(first, y, last - first, 1))
                self._rows[y] = row
                self._strips.pop(y, None)
        if dirty:
            self.refresh(*dirty)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The cells in ``crop``.

        There is no border, no padding and no opacity to be put around or over them, which is what the
        framework's own way to here spends most of a key's time on.
        """
        width = self._fit().width
        known = self._strips.get
        strips = [known(y) or self._strip(y) for y in crop.line_range]
        start, end = crop.column_span
        return strips if (start, end) == (0, width) else [strip.crop(start, end) for strip in strips]

    def render_line(self, y: int) -> Strip:
        """The cells of row ``y``."""
        return self.render_lines(Region(0, y, self.outer_size.width, 1))[0]

    def _strip(self, y: int) -> Strip:
        width = self._fit().width
        row = self._rows.get(y) or cut(self.lines[y] if y < len(self.lines) else EMPTY, width)
        segments = [
            Segment(safe("".join([span.text for span in spans]), self.ascii_marks), self._style(style))
            for style, spans in groupby(row, itemgetter(1))
        ]
        strip = self._strips[y] = Strip(segments).adjust_cell_length(width, self._style(""))
        return strip

    def _fit(self) -> Size:
        """The size; what was made for another one, or for other marks, is forgotten."""
        size = self.outer_size  # there is no border: this is the size, and is found at once
        if self._made_for != (size, self.ascii_marks):
            self._made_for = (size, self.ascii_marks)
            self._rows.clear()
            self._strips.clear()
        return size

    def _style(self, name: str) -> Style:
        style = self._looks.get(name)
        if style is None:
            colours = self.app.theme_variables
            colour, also = LOOKS[name]
            words = f"{also} {colours[colour]} on {colours['background']}"
            drawn = [Segment(" ", Style.parse(words.strip()))]
            for line_filter in self.get_line_filters():  # such as the one that takes colours away
                drawn = line_filter.apply(drawn, self.background_colors[1])
            style = self._looks[name] = drawn[0].style or Style.null()
        return style

    def notify_style_update(self) -> None:
        """The theme changed: nothing drawn before is right any more."""
        super().notify_style_update()
        self._strips.clear()
        self._looks.clear()

    def on_click(self, event: events.Click) -> None:
        """Tell the screen what was pointed at."""
        if event.y < len(self.lines):
            x = 0
            for span in self.lines[event.y]:
                x += cell_len(span.text)
                if event.x < x:
                    if span.wish:
                        self.post_message(self.Wished(span.wish))
                    return

    def on_mouse_scroll_down(self) -> None:
        """The wheel moves as the arrow does."""
        self.post_message(self.Wished("key:down"))

    def on_mouse_scroll_up(self) -> None:
        """The wheel moves as the arrow does."""
        self.post_message(self.Wished("key:up"))

    def get_content_width(self, container: Size, viewport: Size) -> int:
        """All the width there is."""
        return container.width


@lru_cache(maxsize=4096)
def safe(text: str, ascii_marks: bool) -> str:
    """``text`` as a terminal may have it: nothing it would obey, no tabs, ASCII where asked."""
    if not text.isprintable():  # all that the sanitiser takes away is not; nor are tabs
        from sqs_core.text import shown

        text = shown(text).replace("\t", " ").replace("\n", " ")
    return in_ascii(text) if ascii_marks else text
