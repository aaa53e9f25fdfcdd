"""The facts of a case: they decide which questions are asked, and say so while one ticks."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.content import Content

from sqs_core.errors import SqsError
from sqs_core.records.dates import dated
from sqs_core.scoring.states import State
from sqs_core.text import capitalised, counted, without_forbidden
from sqs_core.workflow.case_form import (
    Switched,
    case_form,
    name_advice,
    setting_field,
    switched,
    typed_as,
)
from sqs_core.workflow.navigation import Location
from sqs_tui.bindings import bindings_of
from sqs_tui.screens.case import CaseScreen
from sqs_tui.screens.form import FormScreen
from sqs_tui.styles import DIM, TITLE, WARN, text, wrapped
from sqs_tui.widgets.fact_row import ChoiceRow, FactRow, WordsRow
from sqs_tui.widgets.line_input import FormBody, FormLine
from sqs_tui.widgets.lines import LinesView


class FactsScreen(CaseScreen, FormScreen):
    """Tick, choose, write; and read what that switches."""

    view = "facts"
    BINDINGS = bindings_of("facts", but=("facts.tick", "facts.clear"), opens="questions")
    AUTO_FOCUS = "ChoiceRow, FormLine"
    help_text = (
        "Facts decide which questions are asked.  Space ticks; y and n say yes and no; ← and → choose.  On a "
        "line for words, just type: every key that leaves the line keeps them.  Unticking a fact parks the "
        "answers that no longer apply: they are kept, not counted, and back when it is ticked again."
    )

    def compose_body(self) -> ComposeResult:
        """Yield a line for each fact, and what they come to."""
        if self.workspace.practice:  # all is filled in, and Enter on a choice goes to the questions
            self.AUTO_FOCUS = "ChoiceRow"  # type: ignore[misc]
        with FormBody(id="form"):
            for field in case_form(self.criteria):
                yield ChoiceRow(field) if field.choices else WordsRow(field)
        yield LinesView(id="effect")

    # ------------------------------------------------------------ what is shown

    def where(self) -> str:
        """The case."""
        return f"{self.workspace.inspection.place} ▸ {self.heading}{self.lock_mark} ▸ Facts"

    def update_view(self) -> None:
        """Show every line as it is now, and what the facts come to."""
        criteria, record = self.criteria, self.record
        names = {question.id: str(question.short) for question in criteria.questions}
        for row in self.rows():
            value = typed_as(record, row.field)
            value = dated(value) if row.field.kind == "date" else value
            effect = switched(criteria, record, row.field)
            row.show(
                value,
                dict(row.field.choices).get(value, value),
                effect.words(names),
                _briefly(effect),
            )
            if isinstance(row, WordsRow):
                row.box.locked = self.finished
            if isinstance(row, WordsRow) and (self.case, row.field.name) in self.workspace.unsent:
                self._refused_before(row)
        self._show_effect()
        tips = self.workspace.practice and self.app.settings.tips
        if tips:
            words = "tip  the facts of this practice case are filled in: Enter goes to the questions"
            self.show_tip(self.in_its_words(words), WARN)
        else:
            self._show_line()

    def _show_line(self) -> None:
        """Show in full what the line with the keys has no room for."""
        row = self.row
        usual = "Facts decide which questions are asked.  No names: use the reference."
        in_full = row.in_full if row is not None else ""
        self.show_tip(capitalised(f"{self.locked}.") if self.finished else in_full or usual)

    def _show_effect(self) -> None:
        lines = self.query_one("#effect", LinesView)
        width = lines.content_size.width or self.size.width
        criteria, progress, row = self.criteria, self.progress, self.row
        parked = [str(q.short) for q in criteria.questions if progress.states[q.id] is State.PARKED]
        apply = counted(progress.asked, "question applies", "questions apply")
        words = f"  {apply} to this {self.criteria.one}: {progress.done} answered"
        if not progress.asked:
            words = f"  {capitalised(progress.answered)}"
        words += f", {progress.later} to come back to." if progress.later else "."
        shown = [text(words, TITLE)]
        if row is not None and row.effect:
            rows = wrapped(f"{row.field.label}: {row.effect}.", width - 3, DIM)[: 1 if parked else 2]
            shown += [Content("  ") + line for line in rows]
        if parked:
            note = f"! Parked, kept but not counted: {', '.join(parked)}."
            shown.append(Content("  ") + wrapped(note, width - 3, WARN)[0])
        lines.show([*shown[:3], *[Content.empty()] * (3 - len(shown))])

    def on_descendant_focus(self) -> None:
        """Another line has the keys."""
        if self.is_mounted and self.open:
            self._show_effect()
            if not (self.workspace.practice and self.app.settings.tips):
                self._show_line()

    # ------------------------------------------------------------ changing

    @on(FactRow.Set)
    def set_line(self, message: FactRow.Set) -> None:
        """Set a fact, go on where that is wanted, and say what is wrong or to think about."""
        row, words = message.row, without_forbidden(message.value)[0].strip()
        if self.finished:
            self._say_locked()
            return
        if row.field.required and not words:
            words = "y or n: it is recorded whether the case manager took part"
            self.app.show_message(self.in_its_words(words))
            return
        key = (self.case, row.field.name)
        try:
            session = setting_field(self.session, row.field, words)
        except SqsError as error:
            if isinstance(row, WordsRow):
                why = "; ".join(problem.what for problem in error.problems)
                self.workspace.unsent[key] = words
                row.refuse(words, why)
            else:
                self.app.show_error(error)
            return
        self.workspace.unsent.pop(key, None)
        if isinstance(row, WordsRow):
            row.accept()
        self.change(lambda before: session)
        if advice := name_advice(row.field, words):
            self.app.show_message(advice, warning=True)
        last = row is self.rows()[-1]  # where each line is words, nothing else would lead on
        if message.go_on and (last or self.workspace.practice):  # practice: all is filled in, as the tip says
            self.action_list_open()
        elif message.go_on:
            self.focus_next()

    @on(FormLine.Locked)
    def _say_locked(self) -> None:
        """Say that the facts of a finished case stay as they are."""
        self.app.show_message(self.locked)

    def _refused_before(self, row: WordsRow) -> None:
        words = self.workspace.unsent[self.case, row.field.name]
        if row.has_class("-refused"):
            return
        try:
            setting_field(self.session, row.field, words)
        except SqsError as error:
            row.refuse(words, "; ".join(problem.what for problem in error.problems))

    def commit(self) -> None:
        """Put the line that is being written into the record."""
        if self.open:
            super().commit()

    def action_list_open(self) -> None:
        """Go on to the questions."""
        self.commit()
        self.go_to(Location("question", self.case))


def _briefly(effect: Switched) -> str:
    """Return what a fact switches by the number of questions, where their names have no room."""
    would = "" if effect.on else "would "
    sides = (
        ("adds" if effect.on else "add", effect.adds),
        ("leaves out" if effect.on else "leave out", effect.leaves_out),
    )
    return "; ".join(f"{would}{does} {counted(len(found), 'question')}" for does, found in sides if found)
