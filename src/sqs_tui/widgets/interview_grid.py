"""The answers of members of staff: a line for each question, a column for each person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive

from sqs_core.criteria import Criteria
from sqs_core.criteria.model import InterviewQuestion
from sqs_core.records import Interview
from sqs_tui.styles import DIM, HERE, OF_COUNTS, TITLE, fitted
from sqs_tui.widgets.lines import LinesView, point_at

CELL = 3
"""Cells of a person's column."""
LEAD = 3
"""Cells before a question, for the mark."""
SUM = 15
"""Cells of the last column: how many said yes of those asked."""


class InterviewGrid(LinesView, can_focus=True):
    """One cell has the cursor: its line is marked by ``▶``, the cell by brackets."""

    BINDINGS = [
        Binding("up", "move(-1, 0)", show=False, id="mark.up"),
        Binding("down", "move(1, 0)", show=False, id="mark.down"),
        Binding("left", "move(0, -1)", show=False, id="grid.left"),
        Binding("right", "move(0, 1)", show=False, id="grid.right"),
    ]

    row: reactive[int] = reactive(0, repaint=False, init=False)
    column: reactive[int] = reactive(0, repaint=False, init=False)

    @dataclass
    class Moved(Message):
        """The cursor is on another question or person."""

        grid: InterviewGrid

        @property
        def control(self) -> InterviewGrid:
            """The grid."""
            return self.grid

    def __init__(self) -> None:
        super().__init__(id="interviews")
        self._criteria: Criteria | None = None
        self._people: tuple[Interview, ...] = ()
        self._top = self._first = 0
        self._focused = False

    def show_people(self, criteria: Criteria, people: Mapping[str, Interview]) -> None:
        """Show the answers of ``people``, known by letters."""
        self._criteria = criteria
        self._people = tuple(people[letter] for letter in sorted(people))
        self.row, self.column = self.row, self.column
        if self.styles.is_auto_height and self.content_size.height != 1 + len(self._questions):
            self.refresh(layout=True)
        self.draw()

    @property
    def person(self) -> Interview | None:
        """The person in the column with the cursor."""
        return self._people[self.column] if self._people else None

    @property
    def question(self) -> str:
        """The question in the line with the cursor; "" where none are asked."""
        questions = self._questions
        return questions[self.row].id if questions else ""

    @property
    def _questions(self) -> tuple[InterviewQuestion, ...]:
        return self._criteria.interview_questions if self._criteria else ()

    def lines_in_view(self) -> list[tuple[int, int]]:
        """Return the rows in view that are of questions, each with the place of its question."""
        shown = range(self._top, min(len(self._questions), self._top + self.content_size.height - 1))
        head = self.content_region.y - self.region.y + 1
        return [(head + place - self._top, place) for place in shown]

    def put_cursor(self, person: str) -> None:
        """Have the cursor in the column of ``person``."""
        self.column = next((at for at, who in enumerate(self._people) if who.person == person), self.column)

    def validate_row(self, row: int) -> int:
        """Keep the cursor on a question."""
        return max(0, min(row, len(self._questions) - 1))

    def validate_column(self, column: int) -> int:
        """Keep the cursor on a person."""
        return max(0, min(column, len(self._people) - 1))

    def watch_row(self) -> None:
        """The cursor is on another question."""
        self._moved()

    def watch_column(self) -> None:
        """The cursor is on another person."""
        self._moved()

    def _moved(self) -> None:
        self.draw()
        self.post_message(self.Moved(self))

    # ------------------------------------------------------------ drawing

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return how many rows the head and all lines take."""
        return 1 + len(self._questions)

    def _label(self) -> tuple[int, int]:
        """Return how many cells a question has, and how many people have room."""
        width = self.content_size.width
        room = max(1, min(len(self._people), (width - 42 - LEAD) // CELL))
        # Not wider than the longest question: a line is read across.
        longest = max((len(str(q.short)) for q in self._questions), default=20)
        return min(width - LEAD - CELL * room - SUM, longest + 4), room

    def draw(self) -> None:
        """Draw the lines in view."""
        height = self.content_size.height
        if self._criteria is None or not height:
            return
        label, room = self._label()
        total, space = len(self._questions), height - 1
        self._first = max(0, min(self._first, self.column, len(self._people) - room), self.column - room + 1)
        self._top = max(0, min(self._top, self.row, total - space), self.row - space + 1)
        shown = self._people[self._first : self._first + room]
        head = Content(" " * (label + LEAD))
        for who in shown:
            name = f"{who.person[:2]:^{CELL}}"
            head = head + Content.styled(name, HERE if who is self.person else TITLE)
        rows = [head + Content.styled("   yes of asked", DIM)]
        for at, question in list(enumerate(self._questions))[self._top : self._top + space]:
            rows.append(self._line(at, question, shown, label))
        self.show([*rows, *[Content.empty()] * (height - len(rows))])
        if self._focused:
            x = LEAD + label + CELL * (self.column - self._first) + 1
            point_at(self, Offset(x, 1 + self.row - self._top))

    def _line(
        self, at: int, question: InterviewQuestion, shown: tuple[Interview, ...], label: int
    ) -> Content:
        assert self._criteria is not None
        outcomes = self._criteria.interview_outcomes
        marks = {o.id: (o.mark, OF_COUNTS[o.counts]) for o in outcomes}
        good = {o.id for o in outcomes if o.counts == "sufficient"}
        judged = {o.id for o in outcomes if not o.counts.startswith("not-")}
        here = at == self.row
        parts = [Content.styled(" ▶ " if here else "   ", HERE)]
        parts.append(fitted(str(question.short), label, HERE if here else ""))
        for who in shown:
            mark, style = marks.get(who.judged(question.id) or "", (".", DIM))
            mark = mark if who.gave_views else " "
            cell = f"[{mark}]" if here and who is self.person else f" {mark} "
            parts.append(Content.styled(cell, style))
        given = [who.judged(question.id) for who in self._people if who.gave_views]
        sums = f"   {sum(g in good for g in given):>2} of {sum(g in judged for g in given):<2}"
        return Content("").join([*parts, Content(sums)])

    # ------------------------------------------------------------ keys and pointer

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor, round at the ends."""
        if self._questions:
            self.row = (self.row + rows) % len(self._questions)
        if self._people:
            self.column = (self.column + columns) % len(self._people)

    def on_click(self, event: events.Click) -> None:
        """Go to the cell that was pointed at."""
        place = event.get_content_offset(self)
        if place is None:
            return
        label, room = self._label()
        column = (place.x - LEAD - label) // CELL
        if 0 <= column < room:
            self.column = self._first + column
        if place.y:
            self.row = self._top + place.y - 1

    def on_focus(self) -> None:
        """The keys are here."""
        self._focused = True
        self.draw()

    def on_blur(self) -> None:
        """The keys are elsewhere."""
        self._focused = False

    def on_resize(self) -> None:
        """Another part has room."""
        self.draw()
