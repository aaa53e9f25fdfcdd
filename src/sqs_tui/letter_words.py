"""What the letter says of a figure, and where."""

from __future__ import annotations

from contextlib import suppress

from attrs import frozen

from sqs_core.errors import SqsError
from sqs_core.letter.document import Figure
from sqs_core.letter.live_figures import CHOICES
from sqs_core.letter.reference import Reference
from sqs_core.storage.drafts import draft_numbers
from sqs_tui.letter_reader import filler_of, report_of
from sqs_tui.workspace import Workspace


@frozen
class LetterWords:
    """The figures of the letter by what they count, each with the number of its paragraph.

    ``draft`` is the number of the draft kept last (0: none).
    """

    figures: dict[str, list[tuple[str, Figure]]]
    draft: int = 0

    def of(self, question: str, subset: str) -> list[tuple[str, Figure]]:
        """Return the figures that say how ``question`` came out in ``subset``."""
        return [
            (where, figure) for where, figure in self.figures.get(question, []) if figure.subset == subset
        ]

    def choices(self, question: str, subset: str) -> list[Figure]:
        """Return those of them that have words of their own choice.

        A figure may say the total only ("five cases"): these say how many of them.
        """
        return [figure for _, figure in self.of(question, subset) if figure.form in CHOICES]


def letter_words(workspace: Workspace) -> LetterWords:
    """Return what the letter says; nothing while a case is blinded: then there is no letter."""
    findings = workspace.findings
    found: dict[str, list[tuple[str, Figure]]] = {}
    draft = 0
    if findings is not None:
        with suppress(SqsError):
            for paragraph, figure in report_of(workspace, findings).document.figures():
                if not figure.outcome and not figure.is_earlier:
                    found.setdefault(figure.measure, []).append((paragraph.number or paragraph.id, figure))
        with suppress(SqsError):
            draft = max(draft_numbers(workspace.folder.path), default=0)
    return LetterWords(found, draft)


def words_for(workspace: Workspace, question: str, subset: str) -> str:
    """Return the words the letter would have for a figure that it does not say as it is planned."""
    filler = filler_of(workspace)
    assert filler is not None
    try:
        return filler.figure(Reference(question, subset=subset, unit="cases")).text
    except SqsError:
        return ""
