"""Lines of styled text, of which only the rows that changed are painted."""

from __future__ import annotations

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from rich.segment import Segment
from textual.content import Content
from textual.geometry import Offset, Region, Size
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

_PLACES: WeakKeyDictionary[Widget, Offset] = WeakKeyDictionary()
"""The position of the mark in a widget that has one."""


class LinesView(Widget):
    """Shows one line in each row; a line that is too long ends in an ellipsis."""

    DEFAULT_CSS = """
    LinesView { height: auto; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._lines: tuple[Content, ...] = ()
        self._strips: dict[int, Strip] = {}
        self._made_for = Size(0, 0)

    def show(self, lines: Sequence[Content]) -> None:
        """Show ``lines``; rows that have not changed are not painted again."""
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
        """Return row ``y`` alone; Textual would render all rows again for one that changed."""
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
        """Discard what was drawn: the theme or a class has changed."""
        super().notify_style_update()
        self._strips.clear()


class DrawnLines(LinesView):
    """Lines drawn for the size and the focus of the widget; a subclass draws them."""

    _focused = False
    """Whether the widget has the focus."""

    _titles = ("", "")

    def draw(self) -> None:
        """Draw the rows in view."""
        raise NotImplementedError

    def set_titles(self, title: str, tail: str) -> None:
        """Show ``title`` in the border over the lines, and ``tail`` in that under them."""
        if (title, tail) != self._titles:  # each setting has all of it painted again
            self._titles = title, tail
            self.border_title, self.border_subtitle = Content(title), Content(tail)

    def on_focus(self) -> None:
        """Redraw with the focus."""
        self._focused = True
        self.draw()

    def on_blur(self) -> None:
        """Redraw without the focus."""
        self._focused = False
        self.draw()

    def on_resize(self) -> None:
        """Draw for the new size."""
        self.draw()


def strip_of(widget: Widget, line: Content, width: int) -> Strip:
    """Return ``line`` in exactly ``width`` cells, as ``widget`` draws it."""
    made = line.truncate(width, ellipsis=True, pad=True)
    parts = made.render(widget.visual_style, end="", parse_style=widget.app.stylesheet.parse_style)
    return Strip([Segment(words, style.rich_style) for words, style in parts], width)


# ------------------------------------------------------------ the terminal's cursor
# For screen readers and magnifiers it is on the line one is on.  Textual hides it and leaves it where a text
# field had it last.  Where the person wants it (``reader_cursor``), the driver shows it, and every list
# tells here where its mark is.


def point_at(widget: Widget, place: Offset) -> None:
    """Put the terminal's cursor at ``place`` in the content of ``widget``, and again once it is laid out."""
    _PLACES[widget] = place
    if has_the_keys(widget):
        widget.app.cursor_position = widget.content_region.offset + place
    widget.call_after_refresh(_point_again, widget, place)


def _point_again(widget: Widget, place: Offset) -> None:
    if not has_the_keys(widget):
        return
    where = widget.content_region.offset + place
    if widget.app.cursor_position != where:
        widget.app.cursor_position = where
        widget.refresh(Region(place.x, place.y, 1, 1))  # the cursor moves with the next update


def point_at_focus(widget: Widget | None) -> None:
    """Put the terminal's cursor where one writes in ``widget``, at its mark, or where it begins."""
    if isinstance(widget, Input | TextArea):
        point_at_writing(widget)
    elif widget is not None:
        point_at(widget, _PLACES.get(widget, Offset()))


def point_at_writing(widget: Input | TextArea) -> None:
    """Put the terminal's cursor where text is edited, which is known once the screen is laid out."""
    widget.call_after_refresh(_point_at_writing, widget)


def _point_at_writing(widget: Input | TextArea) -> None:
    if not has_the_keys(widget):
        if widget.screen.focused is not widget:  # Textual has moved it here for a text that was laid out anew
            point_at_focus(widget.screen.focused)
        return
    left, top, width, height = widget.content_region
    x, y = widget.cursor_screen_offset
    where = Offset(min(x, left + width - 1), min(y, top + height - 1))
    if widget.app.cursor_position != where:
        widget.app.cursor_position = where
        widget.refresh()


def has_the_keys(widget: Widget) -> bool:
    """Return whether keys go to ``widget``, since screens behind another keep their focus."""
    return widget.has_focus and bool(widget.size) and widget.app.screen is widget.screen
