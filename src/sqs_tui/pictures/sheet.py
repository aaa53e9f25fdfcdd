"""What the picture of a question is made of."""

from __future__ import annotations

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.model import Outcome, Question, Reason
from sqs_core.records import Answer, CaseRecord
from sqs_tui.standings import Standing

NOTES = (
    ("evidence", "e", "Evidence"),
    ("said", "c", "What the case manager said"),
    ("learning", "t", "Learning"),
    ("strength", "+", "Strength"),
)
NOTE_NAME = {note: name for note, _, name in NOTES}


@frozen
class Sheet:
    """What is to be drawn.  ``field`` is the part with the keys: judgement, reasons, or a note.

    ``mark`` is the place of the cursor among the outcomes or reasons; ``typed`` is how long the note
    being written is, which a moment ago was typed and is not in the record yet.
    """

    criteria: Criteria
    record: CaseRecord
    question: Question
    standing: Standing
    field: str = "judgement"
    mark: int = 0
    typed: int = 0

    @property
    def answer(self) -> Answer:
        """The answer as it stands."""
        return self.record.answer(self.question.id)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes the question has."""
        return self.criteria.outcomes_of(self.question)

    @property
    def outcome(self) -> Outcome | None:
        """The outcome given."""
        return next((o for o in self.outcomes if o.id == self.answer.outcome), None)

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The reasons that go with the outcome given, else those of the first "not good enough"."""
        given = self.outcome
        if given is not None and given.counts == "insufficient":
            return self.criteria.reasons_of(self.question, given.id)
        poor = next((o for o in self.outcomes if o.counts == "insufficient"), None)
        return self.criteria.reasons_of(self.question, poor.id) if poor else ()


@frozen
class Box:
    """Where a note is written: column, row, width and height within the picture."""

    x: int
    y: int
    width: int
    height: int
