"""The cases behind a figure, in a box over the letter: Enter opens one at the question that is counted."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from sqs_core.letter.document import Figure
from sqs_core.scoring.findings import Findings
from sqs_core.workflow.navigation import Location
from sqs_tui.box import BoxScreen
from sqs_tui.messages import GoTo
from sqs_tui.styles import DIM, fitted, joined, outcome_word, shortened, text
from sqs_tui.widgets.option_menu import Line, OptionMenu


def figure_behind(findings: Findings, question: str) -> Figure:
    """Return the count of ``question`` as a figure, whose cases can be shown."""
    count = findings.count(question)
    return Figure(f"{count.k} of {count.n}", question, "", "", "of", count.k, count.n, count.cases, count.of)


class CasesBehindScreen(BoxScreen[None]):
    """A line for each case of the population: what was answered, and how its evidence begins."""

    BINDINGS = [
        Binding("escape,q", "dismiss", "close", show=False, id="page.close"),
        Binding("right,j", "move(1)", show=False),
        Binding("left,k", "move(-1)", show=False),
    ]
    AUTO_FOCUS = "OptionMenu"

    def __init__(self, figure: Figure) -> None:
        super().__init__()
        self._figure = figure

    def compose(self) -> ComposeResult:
        """Yield the cases."""
        with Vertical(id="cases-behind") as box:
            box.border_title = Content("Cases behind this figure")
            box.border_subtitle = Content("Enter opens one   Esc closes")
            yield OptionMenu(id="cases")

    def on_mount(self) -> None:
        """Show the cases."""
        self.query_one(OptionMenu).show_lines(self._lines())

    def _lines(self) -> list[Line]:
        workspace, figure = self.app.workspace, self._figure
        assert workspace is not None
        criteria = workspace.criteria
        question = criteria.whole.question(figure.measure)
        lines = []
        room = min(100, self.app.size.width * 4 // 5) - 26
        for case in figure.asked_cases:
            words, note = "", ""
            if case in workspace.sessions:
                progress = workspace.progress(case)
                words = outcome_word(criteria, progress.record, question, progress.states[question.id])
                note = progress.record.answer(question.id).evidence
            mark = "✓" if case in figure.counted_cases else " "
            lead = joined(text(f"{case:<6}"), fitted(words or "·", 7), text(f"{mark}  "))
            lines.append(Line(case, lead + shortened(" ".join(note.split()), room, DIM)))
        return lines

    def action_move(self, step: int) -> None:
        """Mark the next case, or the one before."""
        menu = self.query_one(OptionMenu)
        if menu.option_count:
            menu.highlighted = ((menu.highlighted or 0) + step) % menu.option_count

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        case = self.query_one(OptionMenu).marked
        self.dismiss()
        if case:
            self.app.call_later(self.app.post_message, GoTo(Location("question", case, self._figure.measure)))
