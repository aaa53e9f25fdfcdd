"""The letter as the screens read it: composed once for each change, read through, held against a draft."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from textual.message import Message

from sqs_core.errors import SqsError
from sqs_core.letter.document import Document, Figure, Paragraph
from sqs_core.letter.drafts import Draft, FigureChange, changes, draft_of
from sqs_core.letter.proof import Proof
from sqs_core.storage.drafts import draft_numbers, load_draft
from sqs_tui.screens.letter_text import LetterText

PAUSE = 0.5
"""Seconds without a change before the letter is read through: not while somebody types in it."""

Made = tuple[int, int]


@dataclass
class Proofed(Message):
    """The letter of the records and figures ``made_of`` has been read through."""

    made_of: Made
    proof: Proof


class LetterReading(LetterText):
    """A view with the letter of the figures counted last."""

    def __init__(self) -> None:
        super().__init__()
        self.proof: Proof | None = None
        self._document: tuple[Made, Document] | None = None
        self._changed: tuple[Made, Mapping[tuple[str, str], FigureChange]] | None = None
        self._asked_for: Made | None = None
        self._draft: Draft | None = None

    def on_screen_resume(self) -> None:
        """Come into view: a draft may have been kept meanwhile."""
        self._draft, self._changed = None, None
        with suppress(SqsError):  # none kept, or one of a later version: then nothing is compared
            if draft_numbers(self.desk.folder.path):
                self._draft = load_draft(self.desk.folder.path)
        super().on_screen_resume()

    @property
    def made_of(self) -> Made:
        """What the letter is made of: the narrative changes without a new count, so both numbers."""
        return self.desk.version, self.desk.counted

    @property
    def draft_number(self) -> int:
        """The number of the draft kept last; 0 while there is none."""
        return self._draft.number if self._draft else 0

    def document(self) -> Document | None:
        """The letter of the figures counted last; None while they are being counted."""
        desk = self.desk
        if desk.findings is None:
            return None
        if self._document is None or self._document[0] != self.made_of:
            self._document = (self.made_of, desk.report(desk.findings).document)
            if self.proof is None:
                self.call_later(self._read_through)
            else:
                self.set_timer(PAUSE, self._read_through)
        return self._document[1]

    def figures(self) -> list[tuple[Paragraph, Figure]]:
        """Every live figure with its paragraph."""
        try:
            document = self.document()
        except SqsError:  # why there is no letter stands in the picture
            return []
        return list(document.figures()) if document else []

    def changed(self, figure: Figure) -> FigureChange | None:
        """What changed about ``figure`` since the draft kept last."""
        findings = self.desk.findings
        if self._draft is None or self._document is None or findings is None:
            return None
        if self._changed is None or self._changed[0] != self.made_of:
            now = draft_of(self._document[1], findings, self._draft.number + 1)
            found = {
                (change.name, told.reference): told
                for change in changes(self._draft, now)
                for told in change.figures
            }
            self._changed = self.made_of, found
        names = {
            name
            for paragraph, f in self.figures()
            if f is figure
            for name in (paragraph.number, paragraph.id)
        }
        return next(
            (
                self._changed[1][n, figure.reference]
                for n in names
                if (n, figure.reference) in self._changed[1]
            ),
            None,
        )

    def _read_through(self) -> None:
        desk, made_of = self.desk, self.made_of
        document, findings = self._document, desk.findings
        if document is None or findings is None or document[0] != made_of or self._asked_for == made_of:
            return
        self._asked_for = made_of
        inspection, cases, exceptions = desk.inspection, desk.cases, desk.narrative.exceptions
        letter, counted = document[1], findings

        def work() -> None:
            from sqs_core.letter.proof import proof_of

            with suppress(SqsError):
                self.post_message(Proofed(made_of, proof_of(inspection, counted, letter, cases, exceptions)))

        self.run_worker(work, thread=True, exclusive=True, group="proof")

    def on_proofed(self, message: Proofed) -> None:
        """The letter has been read through."""
        if message.made_of == self.made_of:
            self.proof = message.proof
            self.draw()
