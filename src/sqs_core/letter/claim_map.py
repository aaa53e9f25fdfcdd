"""The claim map: every figure of the letter with its cases.  For the lead only."""

from __future__ import annotations

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.letter.document import THEN, Document, Figure

NOTICE = "For the lead inspector only: it names the cases behind each figure. Not for publication."


@frozen
class MappedFigure:
    """One figure where it stands, with its numbers and the cases behind each.

    Args:
        paragraph: its number, or its id.
        reference: the measure, as an author writes it.
        text: the words.
        counted: the number that the words state.
        k: the cases that came out so, ``cases``.
        n: the cases judged: ``cases`` and ``others``.
        asked: the population, judged or not.
        counted_cases: the cases behind ``counted``.
        cases: the cases behind ``k``.
        others: the cases judged, but not among ``cases``.
        asked_cases: the cases behind ``asked``.
    """

    paragraph: str
    reference: str
    text: str
    counted: int
    k: int
    n: int
    asked: int
    counted_cases: tuple[str, ...]
    cases: tuple[str, ...]
    others: tuple[str, ...]
    asked_cases: tuple[str, ...]


def claim_map(document: Document) -> tuple[MappedFigure, ...]:
    """Return the figures of a letter in reading order, each with the cases behind its numbers."""
    return tuple(
        _mapped(paragraph.number or paragraph.id, figure)
        for paragraph, figure in document.figures()
        if figure.states_number
    )


def _mapped(paragraph: str, figure: Figure) -> MappedFigure:
    return MappedFigure(
        paragraph=paragraph,
        reference=figure.reference,
        text=figure.text,
        counted=len(figure.counted_cases),
        k=figure.k,
        n=figure.n,
        asked=figure.asked,
        counted_cases=figure.counted_cases,
        cases=figure.cases,
        others=figure.others,
        asked_cases=figure.asked_cases,
    )


def what_is_counted(reference: str, criteria: Criteria) -> str:
    """What a figure counts, in words of the version: "vulnerability plan: no plan at all (custody)"."""
    criteria = criteria.whole
    counted, _, subset = reference.removeprefix(THEN).partition("@")
    measure, _, outcome = counted.partition(":")
    names = {q.id: str(q.short) for q in criteria.questions}
    names |= {q.id: str(q.short) for q in criteria.interview_questions}
    names |= {population.id: str(population.title) for population in criteria.populations}
    outcomes = {o.id: str(o.text) for o in criteria.outcomes}
    subsets = {s.id: str(s.text) for s in criteria.subsets}
    said = names.get(measure, measure)
    said += f": {outcomes.get(outcome, 'not sufficient')}" if outcome else ""
    said += f" ({subsets.get(subset, subset)})" if subset else ""
    return f"{said}, in the inspection before" if reference.startswith(THEN) else said
