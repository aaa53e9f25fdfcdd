"""The part of the question step that takes an answer that is no judgement: number, date, choices or text."""

from __future__ import annotations

from typing import Final

from textual import on

from sqs_core.criteria.questions import RECORDED
from sqs_core.errors import SqsError
from sqs_core.records.case import NONE_OF_THEM
from sqs_core.records.dates import dated
from sqs_core.scoring.states import APPLYING
from sqs_core.text import without_forbidden
from sqs_core.workflow.answering import Step, answer_hint, answer_typed, answer_words, choosing, giving
from sqs_tui.screens.case import NotesScreen
from sqs_tui.styles import DIM
from sqs_tui.widgets.choice_list import ChoiceLine, ChoiceList
from sqs_tui.widgets.value_box import ValueBox, ValueLine

VALUE: Final = "(value)"
"""The id of the line that tells the value, among the outcomes."""
NONE: Final = "(none)"
"""The id of the line that says that no choice holds; no version can call anything so."""
HOW: Final = {
    "number": "type the number",
    "date": "type the date",
    "several": "tick them with 1–9",
    "text": "write it",
}
"""What is done for an answer, by its kind."""
DIGITS = "0123456789"


class ValueStep(NotesScreen):
    """What a question step does where the answer is a value; where it is judged, nothing here is called."""

    shared = False
    """Whether the view for two readers is shown."""

    @property
    def box(self) -> ValueBox:
        """The box for a number or a date."""
        return self.query_one(ValueBox)

    @property
    def in_value(self) -> bool:
        """Whether the keys are in the box for a value, or in the list that takes it."""
        here = self.focused
        return isinstance(here, ValueLine) or (here is not None and here.id == "reasons")

    # ------------------------------------------------------------ what is shown

    def show_value(self) -> None:
        """Show what answers the question."""
        asked = self.asked
        locked = self.finished or self.state not in APPLYING
        typed = answer_typed(self.record, self.question)
        self.box.show_value(asked, dated(typed) if asked.answer == "date" else typed, locked=locked)
        refused = self.workspace.unsent.get((self.case, self.question))
        if refused is not None and not self.box.edited:
            self._give(refused)

    def value_lines(self) -> list[ChoiceLine]:
        """Return the line that tells the value, before the outcomes there are."""
        recorded = self.answer.outcome == RECORDED.id
        words = answer_words(self.criteria, self.record, self.question) if recorded else ""
        kind = self.asked.answer
        key = self.app.key_of("question.evidence" if kind == "text" else "question.reasons")
        return [ChoiceLine(VALUE, key, words or HOW[kind], style="" if words else DIM, chosen=recorded)]

    def choice_lines(self) -> list[ChoiceLine]:
        """Return the choices of which several can be ticked, and that none holds."""
        value = self.answer.value
        ticked = value if isinstance(value, tuple) else ()
        lines = [
            ChoiceLine(c.id, str(place) if place < 10 else "", str(c.text), _tick(c.id in ticked))
            for place, c in enumerate(self.asked.choices, 1)
        ]
        none = ChoiceLine(NONE, "0", NONE_OF_THEM, _tick(value == ()))
        return [*lines, none]

    def show_question(self) -> None:
        """Show the question as it stands, without its notes."""
        raise NotImplementedError

    # ------------------------------------------------------------ answering

    def value_key(self, key: str) -> bool:
        """Take a digit: it begins a number or a date, or ticks a choice; whether it did."""
        kind = self.asked.answer
        if kind == "several" and key and key in DIGITS:
            lines = self.choice_lines()
            line = next((line for line in lines if line.key == key), None)
            if line is not None:
                self.choose(line.id)
        elif kind in ("number", "date") and key and key in (DIGITS + "-" if self.asked.least < 0 else DIGITS):
            self.to_value(key)
        else:
            return False
        return True

    def to_value(self, begun: str = "") -> None:
        """Go to where the answer is given, with the first character of it already there."""
        if self.finished or self.state not in APPLYING:
            self.say_why_not()
        elif self.asked.answer == "text":
            self.write("evidence")
        elif self.asked.answer == "several":
            self.set_focus(self.query_one("#reasons", ChoiceList))
        elif self.shared:  # there is no box in it
            self.app.ask(
                f"{self.asked.short}, {answer_hint(self.asked)}:", begun, self._answer_together, does="answer"
            )
        elif begun:
            self.box.line.begin(begun)
        else:
            self.set_focus(self.box.line)

    def choose(self, choice: str) -> None:
        """Tick or untick a choice; or say that none holds, or no longer."""
        if self.finished or self.state not in APPLYING:
            self.say_why_not()
            return
        criteria, question = self.criteria, self.question
        if choice != NONE:
            step = choosing(criteria, question, choice)
        else:
            step = giving(criteria, question, "" if self.answer.value == () else NONE_OF_THEM)
        self.change(step.change)

    def _answer_together(self, words: str) -> None:
        self.change(giving(self.criteria, self.question, words.strip()).change)

    def say_why_not(self) -> None:
        """Say why nothing can be answered here."""
        if self.finished:
            words = self.locked
        else:
            words = self.in_its_words("this question does not apply as the facts stand; f changes the facts")
        self.app.show_message(words)

    def commit_value(self) -> None:
        """Put a value that is being written into the record."""
        if self.box.edited and not self._give(self.box.line.value):
            self.app.show_message(self.box.why, warning=True)

    def _give(self, typed: str) -> bool:
        """Answer with what was typed; whether it can be, else it stays in the box with the reason."""
        words = without_forbidden(typed)[0].strip()
        key = self.case, self.question
        try:
            step: Step = giving(self.criteria, self.question, words)
            session = step.change(self.session)
        except SqsError as error:
            self.workspace.unsent[key] = words
            self.box.refuse(words, "; ".join(problem.what for problem in error.problems))
            return False
        self.workspace.unsent.pop(key, None)
        self.box.clear()
        if session is not self.session:
            self.workspace.save(session)
        self.refresh_view()
        return True

    def action_undo(self) -> None:
        """Take back the last change in this case; a value that is being typed is the last."""
        self.commit()
        super().action_undo()

    def drop_value(self) -> None:
        """Let go of what was typed: another answer is given."""
        self.workspace.unsent.pop((self.case, self.question), None)
        self.box.clear()

    @on(ValueBox.Entered)
    def _entered(self) -> None:
        if not self.box.edited or self._give(self.box.line.value):
            self.action_question_next()

    def action_question_next(self) -> None:
        """Go on."""
        raise NotImplementedError


def _tick(on_: bool) -> str:
    return "[x]" if on_ else "[ ]"
