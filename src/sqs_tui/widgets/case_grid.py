"""Every case by every question: rows made as they come into view, with a cursor on a case and a question."""

from __future__ import annotations

from collections.abc import Callable

from attrs import frozen
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.records import Interview
from sqs_core.text import capitalised
from sqs_core.workflow.progress import CaseProgress
from sqs_tui.pace import Clock
from sqs_tui.styles import DIM, FLAG, HERE, ORDER, case_mark, fitted, order_of, question_mark, role_of
from sqs_tui.widgets.lines import point_at, strip_of

LEAD = 12
"""Width in cells of the cursor, a case's mark and its name."""
_PEOPLE, _ROLE, _DONE, _TIME = 19, 23, 10, 6
"""Widths in cells: order, case manager and inspector; the role of a person; flags and answers; time."""
LEAP = 10
"""The number of cases that PgUp and PgDn move."""


@frozen
class Columns:
    """The columns shown beside a case and its marks; where room is short, the least needed goes first.

    ``people`` is how many cells those take that tell of people, 0 where there are none.
    """

    people: int
    done: bool
    time: bool

    @classmethod
    def for_width(cls, criteria: Criteria, width: int, *, timed: bool) -> Columns:
        """Return the columns that fit into ``width`` with a mark for every question."""
        room = width - LEAD - len(criteria.questions) - len(criteria.themes) + 1
        done = room >= _DONE
        people = _ROLE if _of_staff(criteria) else _PEOPLE
        people = people if done and room >= _DONE + people else 0
        time = timed and done and room >= _DONE + _TIME + people
        return cls(people, done, time)

    @property
    def lead(self) -> int:
        """Cells before the marks."""
        return LEAD + self.people


@frozen
class GridRows:
    """What the grid shows: the cases in their order, how far each is, and those that are blinded.

    ``progress`` is None while the records are read: then only the names of the cases are known.
    """

    names: tuple[str, ...] = ()
    criteria: Criteria | None = None
    progress: Callable[[str], CaseProgress] | None = None
    columns: Columns = Columns(people=0, done=False, time=False)
    clock: Clock | None = None
    blinded: tuple[str, ...] = ()

    @property
    def questions(self) -> list[str]:
        """The questions by their columns, theme by theme."""
        if self.criteria is None:
            return []
        themes = self.criteria.themes
        return [question.id for theme in themes for question in self.criteria.theme_questions(theme.id)]


class CaseGrid(ScrollView, can_focus=True):
    """The grid.  Only the rows in view are made."""

    DEFAULT_CSS = """
    CaseGrid { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    """
    BINDINGS = [
        Binding("up", "move(-1)", show=False, id="mark.up"),
        Binding("down", "move(1)", show=False, id="mark.down"),
        Binding("pageup", f"move(-{LEAP})", show=False),
        Binding("pagedown", f"move({LEAP})", show=False),
        Binding("home", "move(-1_000_000)", show=False),
        Binding("end", "move(1_000_000)", show=False),
        Binding("left", "column(-1)", show=False, id="grid.left"),
        Binding("right", "column(1)", show=False, id="grid.right"),
    ]

    row: reactive[int] = reactive(0, repaint=False, init=False)
    column: reactive[int] = reactive(0, repaint=False, init=False)
    """0 for the case as a whole, else the place of a question."""

    class Moved(Message):
        """The cursor is on another case or question."""

    class Opened(Message):
        """The case with the cursor was clicked."""

    def __init__(self) -> None:
        super().__init__(id="grid")
        self.cases = GridRows()
        self._columns_of: list[str] = []

    # ------------------------------------------------------------ what there is

    def show_cases(self, cases: GridRows) -> None:
        """Show ``cases``; the cursor stays in its row."""
        self.cases, self._columns_of = cases, cases.questions
        self.virtual_size = Size(self.size.width, max(1, len(cases.names) + len(cases.blinded)))
        self.row, self.column = self.row, self.column
        self.refresh()

    @property
    def case(self) -> str | None:
        """The case with the cursor."""
        return self.cases.names[self.row] if self.cases.names else None

    @property
    def question(self) -> str:
        """The question with the cursor; "" where it is on the case as a whole."""
        return self._columns_of[self.column - 1] if 0 < self.column <= len(self._columns_of) else ""

    def validate_row(self, row: int) -> int:
        """Keep the cursor on a case."""
        return max(0, min(row, len(self.cases.names) - 1))

    def validate_column(self, column: int) -> int:
        """Keep the cursor on a question, or before the first."""
        return max(0, min(column, len(self._columns_of)))

    def watch_row(self, before: int, after: int) -> None:
        """Show the cursor on another case."""
        self.show_cursor()
        self.refresh_line(before)
        self.refresh_line(after)
        self.post_message(self.Moved())

    def watch_column(self) -> None:
        """Show the cursor on another question."""
        self.refresh_line(self.row)
        self.post_message(self.Moved())

    def show_cursor(self) -> None:
        """Scroll until the row with the cursor is in view."""
        row, top, height = self.row, self.scroll_offset.y, max(1, self.size.height)
        if row < top:
            self.scroll_to(y=row, animate=False, immediate=True)
        elif row >= top + height:
            self.scroll_to(y=row - height + 1, animate=False, immediate=True)
        if self.has_focus:
            point_at(self, Offset(1, row - self.scroll_offset.y))

    # ------------------------------------------------------------ drawing

    def render_line(self, y: int) -> Strip:
        """Return row ``y`` of what is in view."""
        place = y + self.scroll_offset.y
        line = self._line(place)
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(place)) is not None:
            start, end = span
            line = line.stylize("reverse", start, None if end == -1 else end)
        return strip_of(self, line, self.size.width).apply_offsets(0, place)

    def _line(self, place: int) -> Content:
        """Return one row: a case, or one that is blinded."""
        cases = self.cases
        if place >= len(cases.names):
            rest = cases.blinded[place - len(cases.names) :][:1]
            if rest:
                return Content.styled(f"   ×  {rest[0]:<5} blinded: being marked a second time", FLAG)
            return Content.empty()
        name = cases.names[place]
        here = place == self.row
        cursor = ("▶" if self.has_focus else "›") if here else " "
        head = Content.styled(f" {cursor} ", HERE)
        words = fitted(name, 5, HERE if here else "")
        if cases.progress is None or cases.criteria is None:
            return Content("").join([head, Content("   "), words])
        progress = cases.progress(name)
        mark, style = case_mark(progress)
        parts = [head, Content.styled(f"{mark}  ", style), words, Content(" ")]
        record = progress.record
        if cases.columns.people:
            if isinstance(record, Interview):
                parts.append(fitted(role_of(cases.criteria, record), _ROLE - 1) + Content(" "))
            else:
                parts.append(fitted(order_of(record), 8))
                seen = (record.case_manager or "–") if cases.criteria.seen else ""
                parts += [Content(" ") + fitted(who, 4) for who in (seen, record.inspector or "–")]
                parts.append(Content(" "))
        parts += self._marks(cases.criteria, progress, here=here)
        if cases.columns.done:
            parts.append(Content.styled(f"  {progress.later or '–'}", FLAG if progress.later else DIM))
            done = f"{progress.done:>2}/{progress.asked:<2}" if progress.asked else "   – "
            parts.append(Content(f"  {done}"))
        if cases.columns.time and cases.clock is not None:
            parts.append(Content.styled(f" {cases.clock.minutes(name):>5}", DIM))
        return Content("").join(parts)

    def _marks(self, criteria: Criteria, progress: CaseProgress, *, here: bool) -> list[Content]:
        parts: list[Content] = []
        column = 0
        for place, theme in enumerate(criteria.themes):
            if place:
                parts.append(Content.styled("│", DIM))  # a blank is a question not asked: it parts no themes
            for question in criteria.theme_questions(theme.id):
                column += 1
                state = progress.states[question.id]
                mark, style = question_mark(criteria, progress.record, question, state)
                if column == self.column:
                    style = f"{style} reverse" if here else f"{style} underline"
                parts.append(Content.styled(mark, style))
        return parts

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the words that the mouse was dragged over."""
        rows = range(len(self.cases.names) + len(self.cases.blinded))
        return selection.extract("\n".join(self._line(row).plain for row in rows)), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Show what is selected."""
        self.refresh()

    # ------------------------------------------------------------ keys and pointer

    def action_move(self, step: int) -> None:
        """Go to another case."""
        self.row += step

    def action_column(self, step: int) -> None:
        """Go to another question; in the whole column its marks are underlined."""
        self.column += step
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Choose a case; a second click opens it."""
        place = event.get_content_offset(self)
        if place is None:
            return
        row = place.y + self.scroll_offset.y
        if row >= len(self.cases.names):
            return
        column = self._column_at(place.x)
        again = row == self.row and column in (0, self.column)
        self.row, self.column = row, column
        self.refresh()
        if again:
            self.post_message(self.Opened())

    def _column_at(self, x: int) -> int:
        """Return the place of the question at column ``x``; 0 where there is none."""
        criteria = self.cases.criteria
        if criteria is None:
            return 0
        at, column = self.cases.columns.lead, 0
        for theme in criteria.themes:
            count = len(criteria.theme_questions(theme.id))
            if at <= x < at + count:
                return column + x - at + 1
            at, column = at + count + 1, column + count
        return 0

    def on_focus(self) -> None:
        """Redraw with the focus."""
        self.show_cursor()
        self.refresh()

    def on_blur(self) -> None:
        """Redraw without the focus."""
        self.refresh()

    def on_resize(self) -> None:
        """Redraw for the new size."""
        self.show_cursor()


def _of_staff(criteria: Criteria) -> bool:
    return criteria.population is not None and criteria.population.id == INTERVIEWS


def head_words(criteria: Criteria, columns: Columns) -> str:
    """Return the head of the columns."""
    groups = " ".join(
        theme.label[: len(criteria.theme_questions(theme.id))].ljust(len(criteria.theme_questions(theme.id)))
        for theme in criteria.themes
    )
    order = "Order" if any(fact.id in ORDER for fact in criteria.facts) else "     "
    people = f"{order}    {'Mgr' if criteria.seen else '   '}  Insp "
    if _of_staff(criteria):
        people = "Role".ljust(_ROLE)
    noun = "Case" if criteria.one.endswith("case") else capitalised(criteria.one)
    words = (
        f"      {noun if len(noun) < LEAD - 6 else 'Ref'}".ljust(LEAD)
        + (people if columns.people else "")
        + groups
    )
    return words + ("  ⚑   Done" if columns.done else "") + ("  Time" if columns.time else "")
