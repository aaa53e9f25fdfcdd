"""What the letter says of a line of the board, and saying it another way."""

from __future__ import annotations

from contextlib import suppress

from attrs import evolve

from sqs_core.errors import SqsError
from sqs_core.letter.document import Figure
from sqs_core.letter.live_figures import CHOICES
from sqs_core.scoring.findings import Findings
from sqs_core.storage.drafts import draft_numbers
from sqs_tui.screens.view import ViewFrame


class BoardWords(ViewFrame):
    """A board that knows the words of the letter; ``draft`` is the number of the draft kept last."""

    def __init__(self) -> None:
        super().__init__()
        self.subset = ""
        self.draft = 0
        self._uses: tuple[tuple[int, int], dict[str, list[tuple[str, Figure]]]] | None = None

    @property
    def summary(self) -> Findings | None:
        """The figures of the cases in view."""
        raise NotImplementedError

    @property
    def question(self) -> str:
        """The question of the line with the mark."""
        raise NotImplementedError

    def said(self, question: str) -> list[tuple[str, Figure]]:
        """The figures of the letter that say this line, each with the number of its paragraph."""
        desk, findings = self.desk, self.desk.findings
        assert findings is not None
        made_of = (desk.version, desk.counted)
        if self._uses is None or self._uses[0] != made_of:
            found: dict[str, list[tuple[str, Figure]]] = {}
            with suppress(SqsError):  # no letter while a case is shut: then nothing is said of where
                for paragraph, figure in desk.report(findings).document.figures():
                    if not figure.outcome:
                        found.setdefault(figure.measure, []).append(
                            (paragraph.number or paragraph.id, figure)
                        )
            self._uses = made_of, found
            self.draft = 0
            with suppress(SqsError):
                self.draft = max(draft_numbers(desk.folder.path), default=0)
        return [(where, f) for where, f in self._uses[1].get(question, []) if f.subset == self.subset]

    def words(self, question: str) -> str:
        """The words the letter would have for a figure that it does not say as it is planned."""
        from sqs_core.letter.compose import wording_of
        from sqs_core.letter.live_figures import Filler, Reference

        findings = self.desk.findings
        assert findings is not None
        criteria = self.desk.criteria
        try:
            wording = wording_of(criteria, self.desk.inspection.language or criteria.languages[0])
            return (
                Filler(findings, wording).figure(Reference(question, subset=self.subset, unit="cases")).text
            )
        except SqsError:
            return ""

    def do_wording(self) -> None:
        """Say this figure by its count or by the version's scale, wherever the letter states it."""
        if self.summary is None:
            return
        said = [figure for _, figure in self.said(self.question) if figure.form in CHOICES]
        if not said:
            self.sqs.say("the letter does not say this figure in words of its own choice")
            return
        form = next(choice for choice in CHOICES if choice != said[0].form)
        narrative = self.desk.narrative
        wording = {**narrative.wording, said[0].reference: form}
        self.desk.keep_narrative(evolve(narrative, wording=wording))
        self.sqs.count()
        text = next((f.text for _, f in self.said(self.question) if f.form == form), "")
        self.sqs.say(f"the letter says “{text}”" if text else "the letter says it another way")
        self.draw()
