"""The overview: every case by every question, and the way into each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqs_core.errors import SqsError
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import Line, line, window
from sqs_tui.screens.timed import TimedView
from sqs_tui.screens.view import ViewFrame

if TYPE_CHECKING:
    from sqs_tui.pictures.overview import Sums

SORTS = ("number", "left to do", "inspector")


class OverviewScreen(TimedView):
    """Case by question."""

    deeds = (
        Deed("overview.open", "enter", "open case", "Open the case at its next question", foot=1),
        Deed("overview.facts", "f", "facts", "The facts of the case: they decide what is asked", foot=2),
        Deed("overview.add", "a", "add case", "Add a case under a reference of your choice", foot=4),
        Deed("overview.board", "b", "board", "How many of how many, question by question", foot=3),
        Deed("overview.sort", "s", "sort", "Sort by number, by what is left, by inspector", foot=6),
        Deed("overview.takeaway", "p", "take-away", "The sheet for the case manager", foot=7),
        Deed(
            "overview.export", "x", "export", "Write the tables for analysts: CSV, without free text", foot=9
        ),
        Deed(
            "overview.review",
            "F",
            "check case",
            "What is to be put right before the case is finished",
            foot=8,
        ),
        *ViewFrame.views,
    )
    help_text = (
        "Every line is a case and every character a question, theme by theme.  Choose a case with the "
        "arrows (or j and k), and Enter opens it at its next question.  A blank is a question that the "
        "facts leave out; p stands for an answer that is parked: kept, but not counted.  Time counts the "
        "minutes from change to change of a case, without pauses of more than a quarter of an hour; the "
        "settings hide it."
    )

    def __init__(self, *, open_case: str | None = None) -> None:
        super().__init__()
        self.cursor = 0
        self.top = 0
        self.sort = 0
        self.open_case = open_case
        self._order: tuple[str, ...] = ()
        self._listed: tuple[str, ...] | None = None
        self._sums: tuple[int, Sums] | None = None

    def arrived(self) -> None:
        """The inspection is on the desk."""
        self._sorted()
        self.look_at_times()
        place = self.sqs.memory.of(self.desk.path)
        if place and place.place.case in self._order:
            self.cursor = self._order.index(place.place.case)
        if self.open_case:
            wanted, self.open_case = self.open_case, None
            try:
                self.desk.folder.case(wanted)
            except SqsError as error:
                self.sqs.warn(error)
            else:
                self.cursor = self._order.index(wanted)
                self.do_open()
        self.draw()

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The grid."""
        if self.sqs.desk is None:
            return self._listing(width, height)
        from sqs_tui.pictures.overview import grid, rows_shown, sums_of
        from sqs_tui.screens.rows import Rows

        self._sorted()
        desk = self.desk
        clock = self.clock()
        shown = rows_shown(width, height, clock)
        self.cursor = max(0, min(self.cursor, len(self._order) - 1))
        self.top = window(self.cursor, self.top, shown, len(self._order))
        rows = Rows(desk, self._order)
        # A thousand cases are summed once for each change, not for each arrow.
        if self._sums is None or self._sums[0] != desk.version:
            self._sums = desk.version, sums_of(desk.criteria, rows)
        sums = self._sums[1]
        return grid(desk.criteria, rows, sums, self.cursor, self.top, width, height, clock, desk.sealed)

    def _listing(self, width: int, height: int) -> Sequence[Line]:
        """The names of the cases: nothing is read yet."""
        from sqs_tui.pictures.listing import listing

        if self._listed is None:
            from sqs_core.storage.layout import cases_listed

            folder = self.sqs.asked_for[0]
            self._listed = cases_listed(folder, second=self.sqs.second) if folder is not None else ()
        return listing(self._listed, width, height)

    def tip(self) -> Line:
        """How the list goes on, and what is the matter with records that cannot be read."""
        from sqs_tui.paint.words import number

        if self.sqs.desk is None:
            cases = number(len(self._listed or ()), "case")
            return line((f" reading the records of {cases} …" if self._listed else " reading …", "dim"))
        from sqs_tui.pictures.overview import rows_shown

        problems = len(self.desk.problems)
        if problems:
            return line(
                (f" ! {number(problems, 'problem')} in records that cannot be read: 5 tells which", "warn")
            )
        if self.desk.sealed:
            shut = ", ".join(self.desk.sealed)
            return line((f" Shut while marked a second time, blind: {shut}", "flag"))
        sort = f"sorted by {SORTS[self.sort]}" if self.sort else ""
        more = len(self._order) > rows_shown(self.size.width, self.size.height - 3, self.clock())
        marks = " ✓ finished  ● all answered  ◐ begun  ○ not looked at"
        told = f"{len(self._order)} cases, ↓↑ for more" if more else ""
        told = "   ".join(part for part in (told, sort) if part)
        room = self.size.width - len(told) - 4
        return line((f"{marks}   " if len(marks) <= room else " ", "dim"), (told, "dim"))

    def other_key(self, key: str) -> bool:
        """Arrows."""
        steps = {
            "down": 1,
            "j": 1,
            "up": -1,
            "k": -1,
            "pagedown": 10,
            "pageup": -10,
            "home": -9999,
            "end": 9999,
        }
        if key not in steps or self.sqs.desk is None:
            return False
        self.cursor = max(0, min(len(self._order) - 1, self.cursor + steps[key]))
        self.draw()
        return True

    def pointed(self, row: int) -> None:
        """A click chooses a case; a second one opens it."""
        if row == self.cursor:
            self.do_open()
        self.cursor = row
        self.draw()

    def footer_deeds(self) -> Sequence[Deed]:
        """Here, where all cases are, the key that finds words in them stands in the footer too."""
        return [d._replace(foot=5) if d.id == "app.search" else d for d in super().footer_deeds()]

    @property
    def case(self) -> str | None:
        """The case under the cursor."""
        return self._order[self.cursor] if self.sqs.desk is not None and self._order else None

    def do_open(self) -> None:
        """Open the case: at its facts while they are blank, else at its next question."""
        from sqs_tui.screens.case import open_case

        if self.case is not None:
            open_case(self.sqs, self.case)

    def do_facts(self) -> None:
        """The facts of the case."""
        from sqs_tui.screens.facts import FactsScreen

        if self.case is not None:
            self.sqs.push_screen(FactsScreen(self.case))

    def do_takeaway(self) -> None:
        """The sheet for the case manager."""
        from sqs_tui.screens.takeaway import TakeawayScreen

        if self.case is not None:
            self.sqs.push_screen(TakeawayScreen(self.case))

    def do_review(self) -> None:
        """What is to be put right before the case is finished."""
        from sqs_tui.screens.review import ReviewScreen

        if self.case is not None:
            self.sqs.push_screen(ReviewScreen(self.case))

    def do_add(self) -> None:
        """Add a case."""
        if self.sqs.desk is not None:
            self.ask("Reference of the new case (no name):", self._next_id(), self._add)

    def do_export(self) -> None:
        """Write the tables for analysts into a folder."""
        from sqs_tui.exports import ask_tables

        if self.sqs.desk is not None:
            ask_tables(self)

    def do_sort(self) -> None:
        """Another order, the same case under the cursor."""
        case = self.case
        self.sort = (self.sort + 1) % len(SORTS)
        self._sorted()
        if case is not None:
            self.cursor = self._order.index(case)
        self.draw()

    def do_back(self) -> None:
        """Out to the start screen; the inspection stays open."""
        from sqs_tui.screens.start import StartScreen

        self.sqs.note_place(None)
        below = [s for s in self.sqs.screen_stack if isinstance(s, StartScreen)]
        if below:
            self.sqs.pop_screen()
        else:
            self.sqs.push_screen(StartScreen())  # the first screen of a run cannot be switched

    def _add(self, reference: str) -> None:
        self.desk.add_case(reference.strip())
        self._sorted()
        self.cursor = self._order.index(reference.strip())
        self.sqs.say(f"case {reference.strip()} added; f sets its facts")

    def _next_id(self) -> str:
        from sqs_core.text import valid_case_id

        numbers = [int(case) for case in self.desk.cases if case.isdigit()]
        wide = max([2, *(len(case) for case in self.desk.cases if case.isdigit())])
        proposed = f"{max(numbers, default=0) + 1:0{wide}}"
        return proposed if valid_case_id(proposed) else ""

    def _sorted(self) -> None:
        desk = self.desk
        cases = desk.cases
        if SORTS[self.sort] == "left to do":
            left = {c: s.asked - s.done for c in cases for s in (desk.standing(c),)}
            cases = tuple(sorted(cases, key=lambda c: -left[c]))
        elif SORTS[self.sort] == "inspector":
            cases = tuple(sorted(cases, key=lambda c: desk.record(c).inspector or "~"))
        self._order = cases
