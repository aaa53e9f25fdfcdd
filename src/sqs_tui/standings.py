"""How far each case is, worked out once for each version of its record."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.records import CaseRecord
from sqs_core.scoring.states import State, question_states


@frozen
class Standing:
    """How far a case is: the state of each question, and how many are answered of those that apply."""

    states: Mapping[str, State]
    done: int
    asked: int


class Standings:
    """The standing of each case whose record was asked about, under one criteria version."""

    def __init__(self, criteria: Criteria) -> None:
        self._criteria = criteria
        self._known: dict[str, tuple[CaseRecord, Standing]] = {}

    def of(self, record: CaseRecord) -> Standing:
        """How far ``record`` is."""
        known = self._known.get(record.case)
        if known is None or known[0] is not record:
            found = question_states(self._criteria, record)
            each = list(found.values())
            asked = len(each) - each.count(State.NOT_ASKED) - each.count(State.PARKED)
            done = asked - each.count(State.UNANSWERED)
            known = self._known[record.case] = record, Standing(found, done, asked)
        return known[1]

    def forget(self, case: str) -> None:
        """Keep nothing about ``case``."""
        self._known.pop(case, None)
