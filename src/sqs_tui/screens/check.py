"""Everything in the records that does not fit, with the way there."""

from __future__ import annotations

from attrs import frozen
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList

from sqs_core.scoring.checks import check_case
from sqs_core.text import counted
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.review import gap_of
from sqs_tui.bindings import bindings_of
from sqs_tui.screens.inspection import InspectionScreen
from sqs_tui.screens.menu import MenuScreen
from sqs_tui.styles import FLAG, GOOD, NO, TITLE, fitted, joined, shortened, text
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.option_menu import Line, PlaceMenu
from sqs_tui.widgets.view_tabs import ViewTabs


@frozen
class Misfit:
    """One line: where to go for it (None for a file that cannot be read), its words, whether it is advice."""

    location: Location | None
    words: str
    advice: bool = False


class CheckScreen(InspectionScreen, MenuScreen):
    """What does not fit, and what deserves a second look."""

    view = "check"
    BINDINGS = bindings_of("check", opens="go to it")
    shows_notes = True
    on_a_line = ("list_open",)
    help_text = (
        "What cannot be read stands first, then what does not fit, then what deserves a second look.  "
        "6 lists all that is left before the letter can go."
    )

    def compose_body(self) -> ComposeResult:
        """Yield the views, how much there is, and the list."""
        yield ViewTabs("check")
        yield LinesView(id="summary")
        yield PlaceMenu(id="misfits")

    def found(self) -> list[Misfit]:
        """Return what does not fit, what is only advice last."""
        workspace = self.workspace
        found = [Misfit(None, f"{p.where}: {p.what}; {p.remedy}") for p in workspace.problems]
        for case in workspace.cases:
            record = workspace.record(case)
            for p in check_case(
                workspace.criteria, record, lambda keys: str(keys[1]) if len(keys) > 1 else ""
            ):
                known = workspace.criteria.has_question(p.where)
                place = Location("question", case, p.where) if known else Location("facts", case)
                words = gap_of(workspace.criteria, record, p).about
                found.append(Misfit(place, words, p.advice))
        return sorted(found, key=lambda misfit: misfit.advice)

    def update_view(self) -> None:
        """Show the list."""
        found = self.found()
        wrong = sum(not misfit.advice for misfit in found)
        words = f"  {counted(wrong, 'thing') if wrong else 'Nothing'} to put right, "
        words += f"{counted(len(found) - wrong, 'thing')} to think about"
        summary = text(words, TITLE) if found else text("  ✓ Everything in the records fits.", GOOD)
        self.show_summary(summary)
        self.menu.show_lines(self._line(place, misfit) for place, misfit in enumerate(found))
        self.refresh_bindings()

    def _line(self, place: int, misfit: Misfit) -> Line:
        at = misfit.location
        name = ""
        if at is not None:
            name = str(self.criteria.question(at.item).short) if at.item else "facts"
        words = shortened(misfit.words, self.size.width - 40, FLAG if misfit.advice else NO)
        row = joined(fitted(at.case if at else "", 5), fitted(name, 28), Content(" "), words)
        return Line(str(place), row)

    @on(OptionList.OptionSelected)
    def action_list_open(self) -> None:
        """Open the case at this question, or at its facts."""
        found, marked = self.found(), self.menu.marked
        location = found[int(marked)].location if marked else None
        if location is None:
            words = "a file that cannot be read is mended by hand; then open the inspection again"
            self.app.show_message(words)
        else:
            self.go_to(location)
