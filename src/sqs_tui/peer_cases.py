"""How the other cases came out on a question: looked through once, and anew where one of them changed."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.records import CaseRecord
from sqs_core.scoring.states import State
from sqs_tui.progress import ProgressOfCases

MOST = 40
"""Cases that are not good enough of which more is kept than their number: no window shows as many."""


@frozen
class PeerCases:
    """How many other cases are good enough, and which are not, with the reasons ticked in each.

    ``poor`` holds the first of ``number_poor``.  Counted as on the board: what an override says, and
    nothing of what is parked.
    """

    good: int = 0
    number_poor: int = 0
    poor: tuple[tuple[str, tuple[str, ...]], ...] = ()


class PeerCounts:
    """What was found, question by question, beside one case."""

    def __init__(self, criteria: Criteria, progress: ProgressOfCases) -> None:
        self._criteria = criteria
        self._progress = progress
        self._beside: tuple[str, int] = ("", -1)
        self._found: dict[str, PeerCases] = {}

    def of(self, question: str, case: str, version: int, records: Iterable[CaseRecord]) -> PeerCases:
        """Return how ``question`` came out in ``records`` without ``case``.

        ``version`` is that of the others: while it stays, so does what was found, whatever is
        answered in ``case`` itself and however many others there are.
        """
        if self._beside != (case, version):
            self._beside = (case, version)
            self._found.clear()
        found = self._found.get(question)
        if found is None:
            found = self._found[question] = self._look(question, case, records)
        return found

    def _look(self, question: str, case: str, records: Iterable[CaseRecord]) -> PeerCases:
        good, number = 0, 0
        poor: list[tuple[str, tuple[str, ...]]] = []
        for record in records:
            if record.case == case or self._progress.of(record).states[question] is not State.ANSWERED:
                continue
            counts = self._criteria.counting[record.judged(question) or ""]
            if counts == "sufficient":
                good += 1
            elif counts == "insufficient":
                number += 1
                if number <= MOST:
                    poor.append((record.case, record.answer(question).reasons))
        return PeerCases(good, number, tuple(poor))
