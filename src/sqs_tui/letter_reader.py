"""The letter as the screens read it: composed once for each change, and held against a draft."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from attrs import frozen

from sqs_core.errors import SqsError
from sqs_core.letter.compose import wording_of
from sqs_core.letter.document import Document, Figure, Paragraph
from sqs_core.letter.drafts import Draft, FigureChange, changes, draft_of
from sqs_core.letter.live_figures import CHOICES, Filler
from sqs_core.letter.reference import Reference, read_reference
from sqs_core.letter.report import Report, report_on
from sqs_core.scoring.findings import Findings
from sqs_core.storage.blinding import BlindedError, blinded_problem
from sqs_core.storage.drafts import draft_numbers, load_draft
from sqs_core.workflow.figures import figure_filler
from sqs_tui.workspace import Workspace

Stop = tuple[Paragraph, Figure | None]
"""A place that can have the mark: a figure in its paragraph, or a paragraph without one."""
Made = tuple[int, int]
"""What a letter is made of: the version of the records, and that of the figures."""


def report_of(workspace: Workspace, findings: Findings) -> Report:
    """Return the report as it stands with ``findings``.

    Raises:
        SqsError: there is none: of second markings, while a case is blinded, where figures cannot be counted.
    """
    if workspace.second:
        raise workspace.no_letter()
    if workspace.blinded:
        raise BlindedError(*map(blinded_problem, workspace.blinded))
    if workspace.uncounted is not None:
        raise workspace.uncounted
    return report_on(workspace.inspection, findings, workspace.narrative)


def stops_of(document: Document) -> list[Stop]:
    """Return every figure, and every paragraph with a name that has none, in reading order."""
    return [
        (paragraph, figure)
        for paragraph in document.paragraphs()
        for figure in paragraph.figures or ((None,) if paragraph.name else ())
    ]


def filler_of(workspace: Workspace) -> Filler | None:
    """Return what gives figures their words today; None while they are being counted."""
    if workspace.findings is None:
        return None
    return figure_filler(workspace.inspection, workspace.findings, workspace.narrative)


class LetterReader:
    """Composes the letter of the figures counted last."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._document: tuple[Made, Document] | None = None
        self._changed: tuple[Made, Mapping[tuple[str, str], FigureChange]] | None = None
        self._draft: Draft | None = None

    @property
    def made_of(self) -> Made:
        """What the letter is made of: its author's text changes without a new count, so both numbers."""
        return self._workspace.version, self._workspace.counted

    @property
    def draft_number(self) -> int:
        """The number of the draft kept last; 0 while there is none."""
        return self._draft.number if self._draft else 0

    def read_draft(self) -> None:
        """Read the draft kept last: one may have been kept meanwhile."""
        self._draft, self._changed = None, None
        with suppress(SqsError):  # none kept, or one of a later version: then nothing is compared
            if draft_numbers(self._workspace.folder.path):
                self._draft = load_draft(self._workspace.folder.path)

    def document(self) -> Document | None:
        """Return the letter; None while the figures are being counted.

        Raises:
            SqsError: there is none, such as while a case is blinded.
        """
        workspace = self._workspace
        if workspace.findings is None:
            return None
        if self._document is None or self._document[0] != self.made_of:
            self._document = self.made_of, report_of(workspace, workspace.findings).document
        return self._document[1]

    def stops(self) -> list[Stop]:
        """Return every place that can have the mark."""
        try:
            document = self.document()
        except SqsError:  # why there is no letter stands on the screen
            return []
        return stops_of(document) if document else []

    def changed(self, figure: Figure) -> FigureChange | None:
        """Return what changed about ``figure`` since the draft kept last."""
        findings = self._workspace.findings
        if self._draft is None or self._document is None or findings is None:
            return None
        if self._changed is None or self._changed[0] != self.made_of:
            now = draft_of(self._document[1], findings, self._draft.number + 1)
            found = {
                (change.name, counted.reference): counted
                for change in changes(self._draft, now)
                for counted in change.figures
            }
            self._changed = self.made_of, found
        known = self._changed[1]
        names = {
            name
            for paragraph, f in self._document[1].figures()
            if f is figure
            for name in (paragraph.number, paragraph.id)
        }
        return next((known[n, figure.reference] for n in names if (n, figure.reference) in known), None)

    def shapes(self, figure: Figure) -> tuple[tuple[str, str], ...]:
        """Return the shapes that this figure could have, with the words of each."""
        criteria, findings = self._workspace.criteria, self._workspace.findings
        reference = read_reference(figure.reference)
        if figure.form not in CHOICES or findings is None or reference is None:
            return ()
        language = self._workspace.inspection.language or criteria.languages[0]
        filler = Filler(findings.widest, wording_of(criteria, language))
        nouns = [str(one) for p in criteria.whole.populations for one in (p.one, p.many)] or ["case"]
        unit = "cases" if any(noun in figure.text for noun in nouns) else ""
        words = {
            form: filler.figure(reference._replace(form=form, unit=unit)).text
            for form in CHOICES
            if form != figure.form
        }
        return tuple((form, words.get(form, figure.text)) for form in CHOICES)

    def notes(self, figure: Figure) -> tuple[tuple[str, str], ...]:
        """Return the beginnings of the evidence on the cases that were not good enough."""
        workspace = self._workspace
        if (
            workspace.findings is None
            or figure.is_earlier
            or not workspace.criteria.has_question(figure.measure)
        ):
            return ()
        return tuple(
            (case, note)
            for case in workspace.findings.tally(figure.measure).other_cases
            if case in figure.of and case in workspace.sessions
            for note in (workspace.record(case).answer(figure.measure).evidence,)
            if note
        )


def before_sending(document: Document) -> list[str]:
    """Return what composing the letter has to tell; of questions left open, where many, one sentence."""
    open_ = [p for p in document.problems if p.code == "L004"]
    shown = [p for p in document.problems if len(open_) < 4 or p.code != "L004"]
    words = [f"{p.what}; {p.remedy}" if p.remedy else p.what for p in shown]
    for name, place in document.places().items():  # what its reader has instead of an id
        words = [one.replace(f"'{name}'", f"“{place}”") for one in words]
    if len(shown) < len(document.problems):
        words.append(
            f"{len(open_)} of the questions it speaks of are not judged in every case; the letter does not "
            "count those cases"
        )
    return words


# ------------------------------------------------------------ what it says of one figure


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


def words_said(workspace: Workspace) -> LetterWords:
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


def words_if_said(workspace: Workspace, question: str, subset: str) -> str:
    """Return the words the letter would have for a figure that it does not say as it is planned."""
    try:
        filler = filler_of(workspace)  # a version need not have a letter
        assert filler is not None
        return filler.figure(Reference(question, subset=subset, unit="cases")).text
    except SqsError:
        return ""
