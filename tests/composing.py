"""Small letters for tests: cases as dicts of facts and answers, and what a paragraph says of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqs_core.criteria import Criteria
from sqs_core.letter.compose import compose
from sqs_core.letter.document import Document
from sqs_core.records import Answer, CaseRecord, Inspection, Narrative
from sqs_core.records.interview import interview_with
from sqs_core.scoring.findings import count_findings

Case = Mapping[str, Any]
YES, NO, UNKNOWN, EXEMPT = "sufficient", "insufficient", "not-known", "not-applicable"


def composed(
    criteria: Criteria,
    cases: Iterable[Case] = (),
    people: Iterable[Mapping[str, str]] = (),
    *,
    narrative: Narrative | None = None,
    dates: tuple[date, date] | None = None,
    **header: Any,
) -> Document:
    """The letter on ``cases``: a key with a dot is a question, any other a fact.

    An answer is an outcome, or a pair of outcome and reasons; None leaves the question open.
    """
    records = []
    for number, case in enumerate(cases, 1):
        record = CaseRecord(f"{number:02}", criteria.id, criteria.hash)
        for name, value in case.items():
            if not criteria.has_question(name):
                record = record.noting(name, value)
            elif value is not None:
                outcome, reasons = (value, ()) if isinstance(value, str) else value
                record = record.answering(name, Answer(outcome, tuple(reasons)))
        records.append(record)
    staff = [
        interview_with(chr(65 + at), criteria.id, criteria.hash, role="case-manager", answers=answers)
        for at, answers in enumerate(people)
    ]
    if dates:
        header |= {"first_day": dates[0], "last_day": dates[1]}
    inspection = Inspection("Example Service", criteria.id, criteria.hash, **header)
    return compose(inspection, count_findings(criteria, records, staff), narrative)


def said(document: Document, paragraph: str) -> str:
    """The words of the paragraph with this id; "" where it is not in the letter."""
    return next((p.words for p in document.paragraphs() if p.id == paragraph), "")


def text_of(document: Document) -> str:
    """Every paragraph and list item, one on a line."""
    return "\n".join(p.words for p in document.paragraphs())
