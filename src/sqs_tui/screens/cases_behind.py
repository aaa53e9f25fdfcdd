"""The cases behind a figure, in a box over the letter: Enter opens one at the question that is counted."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import OptionList

from sqs_core.letter.document import Figure
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.rescreening import Rescreening, changes_since
from sqs_core.storage.layout import path_beside
from sqs_core.text import capitalised
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
    """A line for each case of the population: what was answered, and how its evidence begins.

    Those that the words of the figure count come first.
    """

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
        where = " of the inspection before" if self._figure.is_earlier else ""
        title = f"{capitalised(self._many())}{where} behind this figure"
        with self.box(title, "Enter opens one   Esc closes"):
            yield OptionMenu(id="cases")

    def _many(self) -> str:
        """Return what the records behind the figure are called."""
        assert self.app.workspace is not None
        version = self.app.workspace.criteria.whole
        population = version.population_of(self._figure.measure)
        return version.of(population).many if population else version.many

    def on_resize(self) -> None:
        """Show the cases in the room there is."""
        self.query_one(OptionMenu).show_lines(self._lines())

    def _lines(self) -> list[Line]:
        workspace, figure = self.app.workspace, self._figure
        assert workspace is not None
        criteria = workspace.criteria
        question = criteria.whole.question(figure.measure)
        counted: list[Line] = []
        others: list[Line] = []
        room = min(100, self.app.size.width * 4 // 5) - 23
        for case in figure.asked_cases:
            words, note = "", ""
            if figure.is_earlier:
                words = self._then(case)
            elif case in workspace.sessions:
                progress = workspace.progress(case)
                words = outcome_word(criteria, progress.record, question, progress.states[question.id])
                note = progress.record.answer(question.id).evidence
            elif workspace.findings is not None:  # of another population, whose evidence is not read here
                outcomes = workspace.findings.widest.tally(question.id).outcomes
                given = next((name for name, cases in outcomes.items() if case in cases), "")
                words = criteria.whole.outcome_of(question, given).brief_word if given else ""
            lead = joined(text(f"{case:<6}"), fitted(words or "·", 7))
            line = Line(case, lead + shortened(" ".join(note.split()), room, DIM))
            (counted if case in figure.counted_cases else others).append(line)
        heads = (("counted", counted), ("not counted", others))
        return [one for head, lines in heads if lines for one in (Line("", text(head, DIM)), *lines)]

    def _then(self, case: str) -> str:
        """Return what was answered in ``case`` of the inspection before, in a word."""
        found = self._rescreening()
        if found is None:
            return ""
        then, earlier = found.findings_before, self._asked_then(found)
        given = next((name for name, cases in then.tally(earlier).outcomes.items() if case in cases), "")
        version = then.criteria.whole
        return version.outcome_of(version.question(earlier), given).brief_word if given else ""

    def _rescreening(self) -> Rescreening | None:
        workspace = self.app.workspace
        if workspace is None or workspace.findings is None:
            return None
        return changes_since(workspace.inspection, workspace.findings)

    def _asked_then(self, found: Rescreening) -> str:
        """Return the question of the inspection before that the figure counts."""
        return next(one.earlier for one in found.questions if one.question == self._figure.measure)

    def action_move(self, step: int) -> None:
        """Mark the next case, or the one before."""
        menu = self.query_one(OptionMenu)
        if step > 0:
            menu.action_cursor_down()
        else:
            menu.action_cursor_up()

    @on(OptionList.OptionSelected)
    def _open(self) -> None:
        case, workspace = self.query_one(OptionMenu).marked, self.app.workspace
        found = self._rescreening() if self._figure.is_earlier else None
        self.dismiss()
        if case and workspace is not None and found is not None:
            folder = path_beside(workspace.folder.path, workspace.inspection.earlier.folder).resolve()
            there = Location("question", case, self._asked_then(found))
            self.app.call_later(self.app.turn_to_folder, str(folder), there)
        elif case:
            self.app.call_later(self.app.post_message, GoTo(Location("question", case, self._figure.measure)))
