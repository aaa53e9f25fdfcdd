"""Two screenings compared, as data."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from typing import Any

from sqs_core.exports.data import interval_data, pick
from sqs_core.scoring.rescreening import RescreenedQuestion, Rescreening

COLUMNS = (
    "question", "earlier", "subset", "area", "before_k", "before_n", "after_k", "after_n", "difference",
    "low95", "high95", "p", "p_together", "verdict", "cases_needed", "why",
)  # fmt: skip


def rescreening_data(rescreening: Rescreening) -> dict[str, Any]:
    """Return the comparison as ``sqs compare --json`` prints it."""
    return {
        "format": 1,
        "before": {
            "service": rescreening.before.service,
            "criteria": rescreening.findings_before.criteria.id,
        },
        "after": {"service": rescreening.after.service, "criteria": rescreening.findings_after.criteria.id},
        "practice": rescreening.practice,
        "notes": list(rescreening.notes),
        "by_chance": round(rescreening.by_chance, 2),
        "questions": [_row(one) for one in rescreening.questions],
        "subsets": [_row(one) for one in rescreening.subsets],
    }


def rescreening_csv(rescreening: Rescreening) -> str:
    """Return a line a question and then a line a part of the sample, as CSV with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in (*rescreening.questions, *rescreening.subsets):
        row = _row(one)
        row["question"] = one.question
        row["before_k"], row["before_n"] = one.before
        row["after_k"], row["after_n"] = one.after
        row["low95"], row["high95"] = row["interval95"] or (None, None)
        writer.writerow([row[name] for name in COLUMNS])
    return out.getvalue()


def _row(one: RescreenedQuestion) -> dict[str, Any]:
    return {
        "id": one.question,
        **pick(one, "earlier", "subset", "area", "declared", "before", "after"),
        "difference": _rounded(one.difference),
        "interval95": interval_data(one.interval, 6),
        "p": _rounded(one.p),
        "p_together": _rounded(one.p_together),
        "verdict": one.verdict,
        "cases_needed": one.needed,
        "why": one.why,
    }


def _rounded(value: float | Fraction | None) -> float | None:
    return None if value is None else round(float(value), 6)
