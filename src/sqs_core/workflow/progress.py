"""How far a case is, and the inspection: what the list of cases tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.states import APPLYING, State, question_states


@frozen
class CaseProgress:
    """How far one case is: ``done`` of the ``asked`` questions are answered.

    ``later`` counts the marks to come back; ``states`` is the state of every question.
    """

    record: CaseRecord
    states: Mapping[str, State]
    done: int
    asked: int

    @property
    def later(self) -> int:
        """How many questions are marked to come back to."""
        return len(self.record.to_come_back_to)

    @property
    def left(self) -> int:
        """How many questions that apply are not answered."""
        return self.asked - self.done

    @property
    def words(self) -> str:
        """The state of the case in words: "not started", or "3 of 15 answered, CN with KM, finished"."""
        record = self.record
        if record.blank:
            told = ["not started"]
        else:
            people = f"{record.inspector or 'no inspector'} with {record.case_manager or 'nobody yet'}"
            told = [f"{self.done} of {self.asked} answered", people]
        if self.later:
            told.append(f"{self.later} to come back to")
        if record.status == "finished":
            told.append("finished")
        if record.practice:
            told.append("practice")
        return ", ".join(told)


def progress_of(criteria: Criteria, record: CaseRecord) -> CaseProgress:
    """Return how far ``record`` is."""
    found = question_states(criteria, record)
    asked = sum(state in APPLYING for state in found.values())
    done = asked - sum(state is State.UNANSWERED for state in found.values())
    return CaseProgress(record, found, done, asked)


@frozen
class InspectionProgress:
    """The cases in their order, how many of them are complete, and the answers left in all."""

    cases: tuple[CaseProgress, ...]

    @property
    def complete(self) -> int:
        """How many cases have every question answered that applies."""
        return sum(case.left == 0 for case in self.cases)

    @property
    def left(self) -> int:
        """How many answers are left in all."""
        return sum(case.left for case in self.cases)


def inspection_progress(criteria: Criteria, records: Iterable[CaseRecord]) -> InspectionProgress:
    """Return how far every one of ``records`` is."""
    return InspectionProgress(tuple(progress_of(criteria, record) for record in records))
