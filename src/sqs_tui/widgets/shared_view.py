"""The shared view, for two readers.  It receives no private note, so it cannot show one."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message

from sqs_core.letter.shared_view import SharedView
from sqs_tui.styles import DIM, TITLE, text, wrapped
from sqs_tui.widgets.lines import DrawnLines

GAPS = (2, 1, 0)
"""Blank rows between the parts: as many as leave room for all of them."""


class SharedPane(DrawnLines, can_focus=True):
    """One thing a line, with white space around it."""

    @dataclass
    class Chosen(Message):
        """The outcome with the key ``key`` was clicked."""

        key: str

    def __init__(self, *, ends: str) -> None:
        super().__init__(id="shared")
        self._ends = ends
        self._view: SharedView | None = None
        self._keys: dict[int, str] = {}

    def show_view(self, view: SharedView) -> None:
        """Show ``view``."""
        self._view = view
        self.draw()

    def draw(self) -> None:
        """Draw the rows in view."""
        width, height = self.content_size
        if self._view is None or not height:
            return
        room = height - 2
        for gap in GAPS:
            rows, self._keys = _rows(self._view, width, gap)
            if len(rows) <= room:
                break
        else:
            rows[room - 1 :] = [Content.styled("    …", DIM)]
        rows += [Content.empty()] * (height - 1 - len(rows))
        self.show(
            [
                *rows,
                Content.styled(f"    Shared view: private notes are not shown.   {self._ends} ends it", DIM),
            ]
        )

    def on_click(self, event: events.Click) -> None:
        """Post the outcome that was clicked."""
        place = event.get_content_offset(self)
        if place is not None and place.y in self._keys:
            self.post_message(self.Chosen(self._keys[place.y]))


def _rows(view: SharedView, width: int, gap: int) -> tuple[list[Content], dict[int, str]]:
    """Return the rows, and which of them stand for the key of an outcome."""
    blank = [Content.empty()] * bool(gap)
    airy = gap > 1
    rows = [text(f"    {view.theme}", DIM), *blank]
    if airy:
        rows = [Content.empty(), rows[0], Content.styled("    " + "═" * (width - 10), DIM), Content.empty()]
    rows += [Content("    ") + row for row in wrapped(view.text, width - 10, TITLE)]
    rows += [Content.empty()] * gap
    keys: dict[int, str] = {}
    for choice in view.outcomes:
        if choice.key:
            keys[len(rows)] = choice.key
        words = f"    {'●' if choice.given else ' '}   {choice.key or ' '}    {choice.text}"
        rows.append(text(words, TITLE if choice.given else ""))
        rows += [Content.empty()] * airy
    if view.said:
        rows += [*blank, Content.styled("    What you said", TITLE)]
        rows += [Content("    ") + row for row in wrapped(view.said, width - 10)[:4]]
    if view.learning or view.strengths:
        rows += [*blank, Content.styled("    To take away", TITLE)]
        for mark, point in [*(("•", p) for p in view.learning), *(("+", p) for p in view.strengths)]:
            first, *rest = wrapped(point, width - 13)
            rows += [Content(f"    {mark}  ") + first, *(Content("       ") + row for row in rest[:1])]
    return rows, keys
