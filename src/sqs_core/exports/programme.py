"""Many inspections as one wide table: a row a case, no notes, one criteria version."""

from __future__ import annotations

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.exports.table import CellValue, Column, case_columns, case_row
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection

_INSPECTION = (
    Column("inspection", "text", "name of the inspection's folder"),
    Column("service", "text", "the service whose work was screened"),
    Column("area", "text", "the place it serves"),
    Column("first_day", "date", "first day of fieldwork"),
    Column("last_day", "date", "last day of fieldwork"),
    Column("criteria", "text", "criteria version"),
)


def programme_columns(criteria: Criteria) -> tuple[Column, ...]:
    """Return which inspection, and then the columns of its cases; no two are called the same."""
    cases = case_columns(criteria)
    taken = {column.name for column in cases}
    ours = [evolve(c, name=f"{c.name}_") if c.name in taken else c for c in _INSPECTION]
    return (*ours, *cases)


def programme_row(
    criteria: Criteria, name: str, inspection: Inspection, record: CaseRecord
) -> tuple[CellValue, ...]:
    """Return the row of one case of the inspection in the folder ``name``."""
    where = (name, inspection.service, inspection.area or None, inspection.first_day, inspection.last_day)
    return (*where, criteria.id, *case_row(criteria, record))
