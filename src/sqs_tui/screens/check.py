"""Everything in the records that does not fit, with the way there."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from sqs_core.scoring.checks import check_case
from sqs_core.text import counted
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.review import Gap, gap_of
from sqs_tui.bindings import bindings_of
from sqs_tui.screens.inspection import InspectionScreen
from sqs_tui.screens.menu import MenuScreen
from sqs_tui.styles import FLAG, GOOD, NO, TITLE, fitted, joined, shortened, text
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.option_menu import Line, PlaceMenu
from sqs_tui.widgets.view_tabs import ViewTabs

UNREADABLE = Location("check")
"""Where one stays: a file that cannot be read has no place of its own."""


class CheckScreen(InspectionScreen, MenuScreen):
    """What does not fit, and what deserves a second look."""

    view = "check"
    BINDINGS = bindings_of("check", opens="go to it")
    shows_notes = True
    on_a_line = ("list_open",)
    help_text = (
        "What cannot be read stands first, then what does not fit, then what deserves a second look.  "
        "What is left before the letter can go is listed by 6."
    )

    def compose_body(self) -> ComposeResult:
        """Yield the views, how much there is, and the list."""
        yield ViewTabs("check")
        yield LinesView(id="summary")
        yield PlaceMenu(id="misfits")

    def found(self) -> list[Gap]:
        """Return what cannot be read, what does not fit, and last what is only advice."""
        workspace = self.workspace
        found = [
            Gap(UNREADABLE, p.what, f"{p.where}: {p.what}; {p.remedy}", p.remedy, p.code, stops=True)
            for p in workspace.problems
        ]
        for record in workspace.records():
            problems = check_case(self.criteria, record, lambda keys: str(keys[1]) if len(keys) > 1 else "")
            found += [gap_of(self.criteria, record, problem) for problem in problems]
        return sorted(found, key=lambda gap: not gap.stops)

    def update_view(self) -> None:
        """Show the list."""
        found = self.found()
        wrong = sum(gap.stops for gap in found)
        words = f"  {counted(wrong, 'thing') if wrong else 'Nothing'} to put right, "
        words += f"{counted(len(found) - wrong, 'thing')} to think about"
        summary = text(words, TITLE) if found else text("  ✓ Everything in the records fits.", GOOD)
        self.show_summary(summary)
        self.menu.show_lines(self._line(place, gap) for place, gap in enumerate(found))
        self.refresh_bindings()

    def _line(self, place: int, gap: Gap) -> Line:
        at = gap.location
        name = str(self.criteria.question(at.item).short) if at.item else "facts" if at.case else ""
        style, width = NO if gap.stops else FLAG, self.size.width - 8
        if not at.case:  # a file that cannot be read
            return Line(str(place), shortened(gap.about, width, style))
        name_width = min(28, width // 2)
        words = shortened(gap.about, width - name_width - 6, style)
        return Line(str(place), joined(fitted(at.case, 5), fitted(name, name_width), Content(" "), words))

    @on(OptionList.OptionSelected)
    def action_list_open(self) -> None:
        """Open the case at this question, or at its facts."""
        marked = self.menu.marked
        location = self.found()[int(marked)].location if marked else UNREADABLE
        if location == UNREADABLE:
            words = "a file that cannot be read is mended by hand; then open the inspection again"
            self.app.show_message(words)
        else:
            self.go_to(location)
