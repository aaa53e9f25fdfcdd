"""Comparing two inspections in their folders: practice, and nothing that can be compared."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqs_core.storage.library import load_criteria
from sqs_core.storage.synthetic import write_synthetic
from sqs_core.workflow.rescreening import rescreening_of, rescreening_output


def test_practice_inspections_are_counted_and_marked_as_practice(tmp_path: Path) -> None:
    criteria = load_criteria("sqs-2012")
    days = {"then": (date(2026, 1, 12), date(2026, 1, 14)), "now": (date(2026, 9, 7), date(2026, 9, 9))}
    then, now = (
        write_synthetic(tmp_path / name, criteria, 3, seed, days=days[name])
        for seed, name in enumerate(days, 1)
    )
    found = rescreening_of(then, now)
    assert found.practice
    assert found.notes == (
        "the cases counted then and now are made up, for practice: this is no finding about a service",
    )
    assert len(found.questions) == len(criteria.question_numbers)
    page = rescreening_output(now, found, tmp_path / "changes.html").files[tmp_path / "changes.html"]
    assert b"PRACTICE" in page
