"""How far each case is, worked out once for each version of its record."""

from __future__ import annotations

from sqs_core.criteria import Criteria
from sqs_core.records import CaseRecord
from sqs_core.workflow.progress import CaseProgress, progress_of


class ProgressOfCases:
    """How far each case is whose record was asked about, under one criteria version."""

    def __init__(self, criteria: Criteria) -> None:
        self._criteria = criteria
        self._known: dict[str, CaseProgress] = {}

    def of(self, record: CaseRecord) -> CaseProgress:
        """Return how far ``record`` is."""
        known = self._known.get(record.case)
        if known is None or known.record is not record:
            known = self._known[record.case] = progress_of(self._criteria, record)
        return known

    def forget(self, case: str) -> None:
        """Keep nothing about ``case``."""
        self._known.pop(case, None)
