"""The text beside the question: the current place, what was found, and what would be quoted."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message

from sqs_core.text import shown
from sqs_tui.bindings import bindings_of
from sqs_tui.open_text import OpenText
from sqs_tui.styles import DIM, FLAG, HERE, shortened, text, wrapped
from sqs_tui.widgets.lines import DrawnLines, point_at

PROMISE = "not saved; only quotes are"
NONE_OPEN = (
    "No text is open for this case.",
    "o  opens a file: .txt, .md, .docx",
    "or paste the text here.",
    "It is read, and kept nowhere: only what you quote goes into the record.",
)
FOUND = "reverse"


class TextPanel(DrawnLines, can_focus=True):
    """A window on the text, with what is chosen marked."""

    BINDINGS = [
        *bindings_of("text", on="screen."),
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("left", "unit(-1)", show=False),
        Binding("right", "unit(1)", show=False),
        Binding("pageup", "leaf(-10)", show=False),
        Binding("pagedown,space", "leaf(10)", show=False),
        Binding("home", "leaf(-1_000_000)", show=False),
        Binding("end", "leaf(1_000_000)", show=False),
        Binding("backspace", "nothing", show=False),
    ]

    @dataclass
    class Pasted(Message):
        """A text was pasted to be read."""

        text: str

    class Moved(Message):
        """Another part of the text is chosen."""

    def __init__(self, key: str) -> None:
        super().__init__(id="text-panel")
        self._key = key
        self._text = OpenText()

    def show_text(self, open_text: OpenText) -> None:
        """Show ``open_text``."""
        self._text = open_text
        self.draw()

    # ------------------------------------------------------------ drawing

    def draw(self) -> None:
        """Draw the rows in view, and the title."""
        width, height = self.content_size
        if not height:
            return
        rows = self._rows(width, height)
        self.show([*rows, *[Content.empty()] * (height - len(rows))])
        self.set_titles(shown(self._title()), PROMISE)

    def _title(self) -> str:
        lead = "▸" if self._focused else ""
        panel = self._text
        if panel.source is None:
            return f"{lead}{self._key} Text"
        name = f"{lead}{self._key} {panel.source.label} {panel.source.place(panel.span)}"
        if panel.source.pages:
            name += f" of {panel.source.pages[-1][1]}"
        if panel.words and not panel.found:
            name += f"  “{shortened(panel.words, 12).plain}” not found"
        elif panel.words:
            at = f"{panel.match + 1} of " if panel.match >= 0 else ""
            name += f"  {at}{len(panel.found)} found"
        return name

    def _rows(self, width: int, height: int) -> list[Content]:
        panel = self._text
        if panel.waiting:
            return [Content.styled("reading …", DIM)]
        if panel.source is None:
            return [row for words in NONE_OPEN for row in wrapped(words, width)][:height]
        laid = panel.rows(width - 2)
        start, end = panel.span
        first = max(0, sum(row <= start for row, _ in laid) - 1)
        last = max(first, sum(row < end for row, _ in laid) - 1)
        # All of what is chosen where there is room for it, else its beginning.
        panel.top = _window(min(last, first + height - 1), panel.top, height, len(laid))
        panel.top = _window(first, panel.top, height, len(laid))
        if self._focused:
            point_at(self, Offset(0, first - panel.top))
        return [
            self._row(laid[place], chosen=first <= place <= last)
            for place in range(panel.top, min(len(laid), panel.top + height))
        ]

    def _row(self, row: tuple[int, int], *, chosen: bool) -> Content:
        panel, (start, end), on = self._text, row, self._focused
        assert panel.source is not None
        flowing = panel.source.flowing
        matches = [(max(a, start), min(b, end)) for a, b in panel.found if a < end and b > start]
        mark = "▶ " if chosen and on else "• " if matches else "  "
        parts = [Content.styled(mark, HERE if chosen and on else FLAG)]
        cuts = sorted({start, end, *panel.span, *(at for match in matches for at in match)})
        for a, b in pairwise(at for at in cuts if start <= at <= end):
            inside = panel.span[0] <= a < panel.span[1] and on
            found = any(left <= a < right for left, right in matches)
            parts.append(text(flowing[a:b], FOUND if found else HERE if inside else ""))
        return Content("").join(parts)

    # ------------------------------------------------------------ keys

    def action_step(self, step: int) -> None:
        """Go to the next or previous match, or line, sentence, paragraph."""
        self._text.step(step)
        self._moved()

    def action_unit(self, step: int) -> None:
        """Choose a larger or smaller unit."""
        self._text.choose(step)
        self._moved()

    def action_leaf(self, rows: int) -> None:
        """Move by so many rows."""
        self._text.leaf(rows)
        self._moved()

    def action_nothing(self) -> None:
        """Do nothing: elsewhere the key removes the answer, which nobody means here."""

    def _moved(self) -> None:
        self.draw()
        self.post_message(self.Moved())

    def on_paste(self, event: events.Paste) -> None:
        """Read what is pasted as the text."""
        event.stop()
        self.post_message(self.Pasted(event.text))


def _window(cursor: int, top: int, height: int, total: int) -> int:
    """Return the first row to show so that ``cursor`` is in view, moving as little as possible."""
    if cursor < top:
        top = cursor
    elif cursor >= top + height:
        top = cursor - height + 1
    return max(0, min(top, total - height))
