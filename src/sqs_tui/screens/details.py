"""The details of the letter: to whom, from whom, on what date.  Every line is kept as one leaves it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding

from sqs_core.errors import SqsError
from sqs_core.records import Inspection
from sqs_core.records.dates import dated
from sqs_core.text import without_forbidden
from sqs_core.workflow.case_form import Field
from sqs_core.workflow.letter_details import (
    DETAILS,
    LetterDetail,
    change_details,
    details_of,
    held_lines,
    lines_typed,
    missing_details,
    other_inspections,
    recall,
    with_detail,
)
from sqs_core.workflow.navigation import ALL
from sqs_tui.bindings import bindings_of
from sqs_tui.messages import Saved
from sqs_tui.screens.authoring import AuthoringScreen
from sqs_tui.screens.form import FormScreen
from sqs_tui.widgets.fact_row import FactRow, WordsRow
from sqs_tui.widgets.line_input import FormBody

LINES = "; "
"""What parts the lines of a detail that has several."""


class DetailRow(WordsRow):
    """A line of the form; one that the letter cannot go without and does not have bears a mark."""

    def label_width(self) -> int:
        """Return how many cells the labels take."""
        return 24


class DetailsScreen(AuthoringScreen, FormScreen):
    """One line for each detail; what is wrong with one stands under it."""

    view = "details"
    BINDINGS = [*bindings_of("details"), Binding("ctrl+r", "details_recall", show=False)]
    AUTO_FOCUS = "FormLine"
    help_text = (
        "Just type: every key that leaves a line keeps it.  Several lines, as of an address, are parted by a "
        "semicolon.  Ctrl-R takes the blank ones from the last inspection of this service that is beside "
        "this one.  On the letter u takes a change back."
    )

    def __init__(self, at: str = "") -> None:
        super().__init__()
        self._at = at if at != ALL else ""

    def compose_body(self) -> ComposeResult:
        """Yield a line for each detail."""
        with FormBody(id="form"):
            for detail in details_of(self.criteria):
                yield DetailRow(Field(detail.name, detail.label, hint=_hint(detail)))

    def on_mount(self) -> None:
        """Begin at the line that was gone to, else at the first that is missing."""
        self._read()
        missing = missing_details(self.workspace.inspection, self.criteria)
        at = self._at or (missing[0].name if missing else "")
        if at:
            self.call_after_refresh(lambda: self.set_focus(self._row(at).box))

    def _read(self) -> None:
        """Take up what others changed meanwhile; nothing is written."""
        try:
            self.workspace.folder = change_details(self.workspace.folder, lambda inspection: inspection)
        except SqsError as error:
            self.app.show_error(error)

    def _row(self, name: str) -> DetailRow:
        return self.query_one(f"#fact-{name}", DetailRow)

    def where(self) -> str:
        """The details."""
        return f"{self.workspace.inspection.place} ▸ Letter details"

    def far(self) -> str:
        """How many are missing."""
        count = len(missing_details(self.workspace.inspection, self.criteria))
        return f"{count} still needed" if count else "all there"

    def update_view(self) -> None:
        """Show every line as it is now."""
        inspection = self.workspace.inspection
        needed = missing_details(inspection, self.criteria)
        for detail in details_of(self.criteria):
            row = self._row(detail.name)
            value = _held(inspection, detail)
            row.show(value, value)
            row.set_class(detail in needed, "-needed")
        self._show_line()

    def on_descendant_focus(self) -> None:
        """Another line has the keys."""
        self._show_line()

    def _show_line(self) -> None:
        """Show in full what the line with the keys has no room for, else what is needed."""
        row = self.row
        needed = missing_details(self.workspace.inspection, self.criteria)
        words = f"needed: {', '.join(d.label.lower() for d in needed)}" if needed else ""
        usual = words or "^R takes the blank lines from the last inspection of this service"
        self.show_tip((row.in_full if row is not None else "") or usual)

    # ------------------------------------------------------------ changing

    @on(FactRow.Set)
    def set_line(self, message: FactRow.Set) -> None:
        """Keep a detail as the letter has it, or say what is wrong with it."""
        row = message.row
        words = without_forbidden(message.value)[0].strip()
        detail = next(d for d in DETAILS if d.name == row.field.name)
        lines = [part.strip() for part in words.split(";")] if detail.many else [words]
        assert isinstance(row, DetailRow)
        if words != _held(self.workspace.inspection, detail):
            try:
                kept = lines_typed(self.workspace.folder.path, detail.name, lines if words else ())
                self._change(lambda inspection: with_detail(inspection, detail.name, kept))
            except SqsError as error:
                row.refuse(message.value, "; ".join(problem.what for problem in error.problems))
                return
        row.accept()
        if message.go_on:
            self.focus_next()
        row.value = ""  # the words may be kept otherwise than they were typed: a date is
        self.refresh_view()

    def _change(self, change: Callable[[Inspection], Inspection]) -> None:
        workspace = self.workspace
        workspace.folder = change_details(workspace.folder, change)
        workspace.version += 1
        self.app.post_message(Saved(workspace.key("inspection", ""), datetime.now()))
        self.app.count()

    def action_details_recall(self) -> None:
        """Take the blank lines from the last inspection of this service."""
        self.commit()
        workspace = self.workspace
        others = tuple(other_inspections(workspace.folder.path))
        _, names = recall(workspace.inspection, others)
        if not names:
            words = "nothing to recall: no other inspection of this service is beside this one"
            self.app.show_message(words)
            return
        self.app.attempt(lambda: self._change(lambda inspection: recall(inspection, others)[0]))
        labels = [d.label.lower() for d in DETAILS if d.name in names]
        self.app.show_message(f"recalled: {', '.join(labels)}")
        self.refresh_view()


def _held(inspection: Inspection, detail: LetterDetail) -> str:
    return dated(LINES.join(held_lines(inspection, detail)))


def _hint(detail: LetterDetail) -> str:
    return f"{detail.hint}; lines parted by ;" if detail.many else detail.hint
