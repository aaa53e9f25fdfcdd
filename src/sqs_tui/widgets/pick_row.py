"""Options in a row, wrapped into as few rows as they need; each can be clicked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attrs import frozen
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message

from sqs_tui.styles import DIM, HERE
from sqs_tui.widgets.lines import DrawnLines, point_at


@frozen
class Pick:
    """One thing to choose: its id, and its words."""

    id: str
    words: Content


Entry = Content | Pick | None
"""Words between the options, an option, or the start of a new row."""


@frozen
class _Spot:
    """Where a thing stands: its row, and its columns from ``start`` up to ``end``."""

    id: str
    row: int
    start: int
    end: int


class PickRow(DrawnLines):
    """Rows that are broken between two things.  ``indent`` blanks stand before every row but the first."""

    @dataclass
    class Picked(Message):
        """The thing ``id`` was clicked."""

        picks: PickRow
        id: str

        @property
        def control(self) -> PickRow:
            """The rows."""
            return self.picks

    def __init__(self, *, id: str, indent: int = 2) -> None:
        super().__init__(id=id)
        self._entries: tuple[Entry, ...] = ()
        self._indent = indent
        self._spots: list[_Spot] = []
        self._top = 0
        self._count = 0

    def show_picks(self, entries: Sequence[Entry]) -> None:
        """Show ``entries``."""
        self._entries = tuple(entries)
        self.draw()

    @property
    def ids(self) -> list[str]:
        """The ids of the things, in their order."""
        return [entry.id for entry in self._entries if isinstance(entry, Pick)]

    def mark_of(self, pick: Pick) -> Content:
        """Return what stands before ``pick``."""
        return Content.empty()

    def row_in_view(self) -> int:
        """Return the row that is to be in view, where there is no room for all."""
        return 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows everything takes."""
        return len(self._rows(width)[0])

    def draw(self) -> None:
        """Draw the rows in view."""
        width, height = self.content_size
        if not width:
            return
        rows, self._spots = self._rows(width)
        if len(rows) != self._count:
            self._count = len(rows)
            self.refresh(layout=True)
        if self.styles.is_auto_height and self.styles.max_height is None:
            height = len(rows)
        at = self.row_in_view()
        self._top = max(0, at - height + 1, min(self._top, at, len(rows) - height))
        shown = rows[self._top : self._top + height]
        if shown and self._top + len(shown) < len(rows):
            shown[-1] = shown[-1].truncate(width - 2) + Content.styled(" …", DIM)
        self.show(shown)

    def _rows(self, width: int) -> tuple[list[Content], list[_Spot]]:
        rows, spots = [Content.empty()], []
        for entry in self._entries:
            if entry is None:
                rows.append(Content.empty())
                continue
            words = self.mark_of(entry) + entry.words if isinstance(entry, Pick) else entry
            if rows[-1].cell_length and rows[-1].cell_length + words.rstrip().cell_length > width:
                rows.append(Content(" " * self._indent))
            start = rows[-1].cell_length
            rows[-1] = rows[-1] + words
            if isinstance(entry, Pick):
                spots.append(_Spot(entry.id, len(rows) - 1, start, rows[-1].cell_length))
        return (rows if rows[-1].cell_length or len(rows) > 1 else []), spots

    def on_click(self, event: events.Click) -> None:
        """Post the thing that was clicked."""
        place = event.get_content_offset(self)
        for spot in self._spots:
            if place is not None and spot.row == place.y + self._top and spot.start <= place.x < spot.end:
                self.picked(spot.id)

    def picked(self, id_: str) -> None:
        """Post that ``id_`` was clicked."""
        self.post_message(self.Picked(self, id_))


class PickList(PickRow, can_focus=True):
    """The same with a cursor, which arrows move.  With ``marks`` ``▶`` stands before the thing it is on."""

    BINDINGS = [
        Binding("left,up", "move(-1)", "before", show=False, id="mark.up"),
        Binding("right,down", "move(1)", "next", show=False, id="mark.down"),
    ]

    @dataclass
    class Moved(Message):
        """The cursor is on the thing ``id``."""

        picks: PickList
        id: str

        @property
        def control(self) -> PickList:
            """The rows."""
            return self.picks

    def __init__(self, *, id: str, indent: int = 2, marks: bool = False) -> None:
        super().__init__(id=id, indent=indent)
        self._marks = marks
        self.cursor = ""
        """The id of what the cursor is on; "" where there is nothing."""

    def show_picks(self, entries: Sequence[Entry]) -> None:
        """Show ``entries``; the cursor stays on what it was on, else it is on the first."""
        ids = [entry.id for entry in entries if isinstance(entry, Pick)]
        if self.cursor not in ids:
            self.cursor = ids[0] if ids else ""
        super().show_picks(entries)

    def mark_of(self, pick: Pick) -> Content:
        """Return the mark of the cursor."""
        if not self._marks:
            return Content.empty()
        here = pick.id == self.cursor and self._focused
        return Content.styled("▶", HERE) if here else Content(" ")

    def row_in_view(self) -> int:
        """Return the row with the cursor."""
        return next((spot.row for spot in self._spots if spot.id == self.cursor), 0)

    def draw(self) -> None:
        """Draw the rows in view, with the terminal's cursor on the mark."""
        super().draw()
        if self._focused:
            spot = next((spot for spot in self._spots if spot.id == self.cursor), None)
            if spot is not None:
                point_at(self, Offset(spot.start, spot.row - self._top))

    def action_move(self, step: int) -> None:
        """Move the cursor, wrapping at the ends."""
        ids = self.ids
        if ids:
            self.cursor = ids[(ids.index(self.cursor) + step) % len(ids)]
            self.draw()
            self.post_message(self.Moved(self, self.cursor))

    def picked(self, id_: str) -> None:
        """Put the cursor on ``id_``, which was clicked."""
        self.cursor = id_
        self.draw()
        super().picked(id_)
