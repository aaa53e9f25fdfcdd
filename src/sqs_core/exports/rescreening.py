"""Two screenings compared, as data."""

from __future__ import annotations

import csv
import io
from typing import Any

from sqs_core.scoring.rescreening import RescreenedQuestion, Rescreening

COLUMNS = (
    "question", "earlier", "subset", "area", "before_k", "before_n", "after_k", "after_n", "difference",
    "low95", "high95", "p", "p_together", "verdict", "cases_needed", "why",
)  # fmt: skip


def rescreening_data(rescreening: Rescreening) -> dict[str, Any]:
    """Return the comparison as ``sqs compare --json`` prints it."""
    return {
        "format": 1,
        "before": _inspection(rescreening.before.service, rescreening.findings_before.criteria.id),
        "after": _inspection(rescreening.after.service, rescreening.findings_after.criteria.id),
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
        writer.writerow(_cells(_row(one)))
    return out.getvalue()


def _cells(row: dict[str, Any]) -> tuple[Any, ...]:
    low, high = row["interval95"] or (None, None)
    apart = {
        "question": row["id"],
        "before_k": row["before"][0],
        "before_n": row["before"][1],
        "after_k": row["after"][0],
        "after_n": row["after"][1],
        "low95": low,
        "high95": high,
    }
    return tuple(apart[name] if name in apart else row[name] for name in COLUMNS)


def _inspection(service: str, criteria: str) -> dict[str, str]:
    return {"service": service, "criteria": criteria}


def _row(one: RescreenedQuestion) -> dict[str, Any]:
    difference = one.difference
    return {
        "id": one.question,
        "earlier": one.earlier,
        "subset": one.subset,
        "area": one.area,
        "declared": one.declared,
        "before": list(one.before),
        "after": list(one.after),
        "difference": None if difference is None else _rounded(float(difference)),
        "interval95": None
        if one.interval is None
        else [_rounded(one.interval.low), _rounded(one.interval.high)],
        "p": None if one.p is None else _rounded(one.p),
        "p_together": None if one.p_together is None else _rounded(one.p_together),
        "verdict": one.verdict,
        "cases_needed": one.needed,
        "why": one.why,
    }


def _rounded(value: float) -> float:
    return round(value, 6)
