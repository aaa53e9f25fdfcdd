"""The claim map: every figure of the letter with its cases.  For the lead only."""

from __future__ import annotations

from sqs_core.criteria import Criteria
from sqs_core.letter.document import THEN, Document, Figure

NOTICE = "For the lead inspector only: it names the cases behind each figure. Not for publication."


PARTS = (
    "reference", "text", "counted", "k", "n", "asked", "counted_cases", "cases", "others", "asked_cases",
)  # fmt: skip
"""What is told of each figure, beside its paragraph: the words, its numbers, and the cases behind each."""


def claim_map(document: Document) -> tuple[tuple[str, Figure], ...]:
    """Return the figures of a letter in reading order, each with the name of its paragraph."""
    return tuple((paragraph.name, figure) for paragraph, figure in document.figures() if figure.states_number)


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
