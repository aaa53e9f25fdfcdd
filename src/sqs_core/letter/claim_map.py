"""The claim map: every figure of the letter with its cases.  For the lead only."""

from __future__ import annotations

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.letter.document import Document, Figure

NOTICE = "For the lead inspector only: it names the cases behind each figure. Not for publication."


@frozen
class MappedFigure:
    """One figure where it stands; ``others`` are the cases judged but not counted.

    Where the words tell how many were judged ("the ten cases"), those are counted.
    """

    paragraph: str
    reference: str
    text: str
    k: int
    n: int
    cases: tuple[str, ...]
    others: tuple[str, ...]


def claim_map(document: Document) -> tuple[MappedFigure, ...]:
    """The figures of a letter in reading order, each with the cases it counts and leaves out."""
    return tuple(
        _mapped(paragraph.number or paragraph.id, figure)
        for paragraph, figure in document.figures()
        if figure.states_number
    )


def _mapped(paragraph: str, figure: Figure) -> MappedFigure:
    counted = figure.of if figure.form in ("n", "total") else figure.cases
    others = tuple(case for case in figure.of if case not in counted)
    return MappedFigure(paragraph, figure.reference, figure.text, len(counted), figure.n, counted, others)


def what_is_counted(reference: str, criteria: Criteria) -> str:
    """What a figure counts, in words of the version: "vulnerability plan: no plan at all (custody)"."""
    counted, _, subset = reference.partition("@")
    measure, _, outcome = counted.partition(":")
    names = {q.id: str(q.short) for q in criteria.questions}
    names |= {q.id: str(q.short) for q in criteria.interview_questions}
    outcomes = {o.id: str(o.text) for o in criteria.outcomes}
    subsets = {s.id: str(s.text) for s in criteria.subsets}
    said = names.get(measure, measure)
    said += f": {outcomes.get(outcome, 'not sufficient')}" if outcome else ""
    return said + (f" ({subsets.get(subset, subset)})" if subset else "")
