"""The letter as the screens read it: composed once for each change, read through, held against a draft."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from textual.message import Message

from sqs_core.claims.proofreading import Proofreading
from sqs_core.errors import SqsError
from sqs_core.letter.compose import wording_of
from sqs_core.letter.document import Document, Figure
from sqs_core.letter.drafts import Draft, FigureChange, changes, draft_of
from sqs_core.letter.live_figures import CHOICES, Filler, read_reference
from sqs_core.storage.drafts import draft_numbers, load_draft
from sqs_tui.pictures.letter_parts import Stop, stops_of
from sqs_tui.screens.letter_text import LetterText

PAUSE = 0.5
"""Seconds without a change before the letter is read through: not while somebody types in it."""

Made = tuple[int, int]


@dataclass
class Proofed(Message):
    """The letter of the records and figures ``made_of`` has been read through."""

    made_of: Made
    proof: Proofreading


class LetterReading(LetterText):
    """A view with the letter of the figures counted last."""

    def __init__(self) -> None:
        super().__init__()
        self.proof: Proofreading | None = None
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

    def stops(self) -> list[Stop]:
        """Every place that can have the mark."""
        try:
            document = self.document()
        except SqsError:  # why there is no letter stands in the picture
            return []
        return stops_of(document) if document else []

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
            for paragraph, f in self._document[1].figures()
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

    def shapes(self, figure: Figure) -> tuple[tuple[str, str], ...]:
        """The shapes that this figure could have, with the words of each."""
        if figure.form not in CHOICES:
            return ()
        criteria, findings = self.desk.criteria, self.desk.findings
        assert findings is not None
        wording = wording_of(criteria, self.desk.inspection.language or criteria.languages[0])
        filler = Filler(findings, wording)
        reference = read_reference(figure.reference)
        unit = "cases" if "case" in figure.text else ""
        if reference is None:
            return ()
        return tuple(
            (
                form,
                figure.text
                if form == figure.form
                else filler.figure(reference._replace(form=form, unit=unit)).text,
            )
            for form in CHOICES
        )

    def notes(self, figure: Figure) -> tuple[tuple[str, str], ...]:
        """The beginnings of the evidence on the cases that were not good enough."""
        criteria, findings = self.desk.criteria, self.desk.findings
        assert findings is not None
        if not criteria.has_question(figure.measure):
            return ()
        short_of = findings.tally(figure.measure).other_cases
        return tuple(
            (case, note)
            for case in short_of
            if case in figure.of and case in self.desk.sessions
            for note in (self.desk.record(case).answer(figure.measure).evidence,)
            if note
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
            from sqs_core.claims.proofreading import proofread

            with suppress(SqsError):
                self.post_message(Proofed(made_of, proofread(inspection, counted, letter, cases, exceptions)))

        self.run_worker(work, thread=True, exclusive=True, group="proof")

    def on_proofed(self, message: Proofed) -> None:
        """The letter has been read through."""
        if message.made_of == self.made_of:
            self.proof = message.proof
            self.draw()


def before_sending(document: Document) -> list[str]:
    """What the letter's own composing has to tell; of questions left open, where many, one sentence."""
    open_ = [p for p in document.problems if p.code == "L004"]
    told = [p for p in document.problems if len(open_) < 4 or p.code != "L004"]
    words = [f"{p.what}; {p.remedy}" if p.remedy else p.what for p in told]
    if len(told) < len(document.problems):
        words.append(
            f"{len(open_)} of the questions it speaks of are not judged in every case; the letter does not "
            "count those cases"
        )
    return words
