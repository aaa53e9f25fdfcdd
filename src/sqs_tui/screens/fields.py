"""The fields of a question: the judgement, the reasons and the notes, and which of them has the keys."""

from __future__ import annotations

from sqs_tui.pictures.sheet import NOTE_NAME
from sqs_tui.screens.judging import Judging

FIELDS = ("judgement", "reasons", "evidence", "said", "learning", "strength")


class Fields(Judging):
    """A screen on one question, of whose fields one has the keys."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.field = "judgement"
        self.mark = 0
        self.in_common = False

    def do_field_on(self) -> None:
        """The next field."""
        self._step_field(1)

    def do_field_back(self) -> None:
        """The field before."""
        self._step_field(-1)

    def _step_field(self, step: int) -> None:
        fields = [f for f in FIELDS if not (self.in_common and f in ("reasons", "evidence"))]
        self.to_field(fields[(fields.index(self.field) + step) % len(fields)])

    def to_field(self, field: str) -> None:
        """Give the keys to another field; what is being written is kept."""
        self.commit()
        self.stop_writing()
        if field in NOTE_NAME:
            self.write(field)
        else:
            self.field, self.mark = field, 0
            self.draw()

    def do_evidence(self) -> None:
        """Write the evidence."""
        self.write("evidence")

    def do_said(self) -> None:
        """Write what the case manager said."""
        self.write("said")

    def do_learning(self) -> None:
        """Write what the case manager takes away."""
        self.write("learning")

    def do_strength(self) -> None:
        """Write what was done well."""
        self.write("strength")

    def do_copy(self) -> None:
        """Send the evidence to the terminal's clipboard."""
        answer = self.record.answer(self.question)
        text = answer.evidence
        if text:
            self.sqs.clipboard_out(text)
        else:
            self.sqs.say("there is no evidence to copy")
