"""Writing a note: what is typed goes into the record as one step to undo, however long one types."""

from __future__ import annotations

from sqs_core.records import Session
from sqs_core.text import without_forbidden


class NoteEditing:
    """The note that is being written, and the session as it was before."""

    def __init__(self) -> None:
        self.question = self.note = ""
        self._before: Session | None = None

    def begin(self, session: Session, question: str, note: str) -> None:
        """Write ``note`` on ``question`` from now on; what was written before is a step of its own."""
        self.question, self.note, self._before = question, note, session

    def begin_again(self, session: Session) -> None:
        """Something else in the case was changed meanwhile: what is typed from now on is another step."""
        if self._before is not None:
            self._before = session

    def end(self) -> None:
        """Write nothing any more."""
        self.question = self.note = ""
        self._before = None

    def with_text(self, now: Session, typed: str) -> Session | None:
        """Return the session with what was ``typed``; None where the record says so already.

        Raises:
            SqsError: the note cannot be changed.
        """
        if self._before is None:
            return None
        text = without_forbidden(typed)[0]
        text = text if text.strip() else ""
        if getattr(now.record.answer(self.question), self.note) == text:
            return None
        return self._before.noting(self.question, self.note, text)
