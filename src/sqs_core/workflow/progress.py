"""Progress of a case and of the inspection, for the list of cases; how other cases came out on a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from sqs_core.criteria import Criteria, Question
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.states import State, answered_of, question_states


@frozen
class CaseProgress:
    """How far one case is: ``done`` of the ``asked`` questions are answered.

    ``later`` counts the marks to come back; ``states`` is the state of every question; ``undecided`` says
    that none applies yet: facts that decide it are missing, or the version asks nothing so far.
    ``with_whom`` says whether a record of its population is gone through together with anybody.
    """

    record: CaseRecord
    states: Mapping[str, State]
    done: int
    asked: int
    undecided: bool = False
    with_whom: bool = True

    @property
    def later(self) -> int:
        """How many questions are marked to come back to."""
        return len(self.record.to_come_back_to)

    @property
    def left(self) -> int:
        """How many questions that apply are not answered."""
        return self.asked - self.done

    @property
    def complete(self) -> bool:
        """Whether every question that applies is answered, and the facts say which do."""
        return self.left == 0 and not self.facts_first

    @property
    def facts_first(self) -> bool:
        """Whether its facts come next: nothing is recorded yet, or they do not say yet what is asked."""
        return self.record.blank or self.undecided

    @property
    def share_left(self) -> Fraction:
        """The share of the case still to be done: of its questions, or all where none applies yet."""
        if self.complete:
            return Fraction(0)
        return Fraction(self.left, self.asked) if self.asked else Fraction(1)

    @property
    def answered(self) -> str:
        """How far it is in words: "3 of 15 answered", "no question applies"."""
        none = f"no question applies{' yet' if self.undecided else ''}"
        return f"{self.done} of {self.asked} answered" if self.asked else none

    @property
    def words(self) -> str:
        """The state of the case in words: "not started", or "3 of 15 answered, CN with KM, finished"."""
        record = self.record
        if record.blank:
            parts = ["not started"]
        else:
            people = record.inspector or "no inspector"
            if self.with_whom:
                people += f" with {record.case_manager or 'nobody yet'}"
            parts = [self.answered, people]
        if self.later:
            parts.append(f"{self.later} to come back to")
        if record.status == "finished":
            parts.append("finished")
        if record.practice:
            parts.append("practice")
        return ", ".join(parts)


def progress_of(criteria: Criteria, record: CaseRecord) -> CaseProgress:
    """Return how far ``record`` is."""
    found = question_states(criteria, record)
    done, asked = answered_of(criteria, found)
    undecided = (
        not asked
        and record.status == "open"
        and (not criteria.questions or any(fact not in record.facts for fact in criteria.deciding_facts))
    )
    return CaseProgress(record, found, done, asked, undecided, bool(criteria.seen))


@frozen
class InspectionProgress:
    """The cases in their order, how many of them are complete, and the answers left in all."""

    cases: tuple[CaseProgress, ...]

    @property
    def complete(self) -> int:
        """How many cases have every question answered that applies."""
        return sum(case.complete for case in self.cases)

    @property
    def left(self) -> int:
        """How many answers are left in all."""
        return sum(case.left for case in self.cases)


def inspection_progress(criteria: Criteria, records: Iterable[CaseRecord]) -> InspectionProgress:
    """Return how far every one of ``records`` is."""
    return InspectionProgress(tuple(progress_of(criteria, record) for record in records))


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
        """Drop what is kept about ``case``."""
        self._known.pop(case, None)


# ------------------------------------------------------------ the same question in other cases

MOST = 40
"""Cases that are not good enough of which more is kept than their number: no window shows as many."""


@frozen
class PeerCases:
    """How many other cases are good enough, and which are not, with the reasons ticked in each.

    ``poor`` holds the first of ``number_poor``; ``recorded`` counts answers that are no judgement.
    Counted as on the board: with overrides, without parked answers.
    """

    good: int = 0
    number_poor: int = 0
    recorded: int = 0
    poor: tuple[tuple[str, tuple[str, ...]], ...] = ()


def sides_in_words(criteria: Criteria, question: Question) -> tuple[str, str]:
    """Return what cases that are good enough are, and what the others: "yes" and "no", "good or better"."""
    good, poor = (
        [outcome for outcome in criteria.outcomes_of(question) if outcome.counts == side]
        for side in ("sufficient", "insufficient")
    )
    if grades := [outcome for outcome in criteria.grades_of(question) if outcome in good]:
        return f"{grades[-1].word} or better", f"below {grades[-1].word}"
    return good[0].word if len(good) == 1 else "yes", poor[0].word if len(poor) == 1 else "no"


class PeerCounts:
    """The counts of the other cases, question by question, beside one case."""

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
            found = self._found[question] = self._count_peers(question, case, records)
        return found

    def _count_peers(self, question: str, case: str, records: Iterable[CaseRecord]) -> PeerCases:
        good, number, values = 0, 0, 0
        poor: list[tuple[str, tuple[str, ...]]] = []
        for record in records:
            if record.case == case or self._progress.of(record).states[question] is not State.ANSWERED:
                continue
            counts = self._criteria.counting[record.judged(question) or ""]
            if counts == "sufficient":
                good += 1
            elif counts == "recorded":
                values += 1
            elif counts == "insufficient":
                number += 1
                if number <= MOST:
                    poor.append((record.case, record.answer(question).reasons))
        return PeerCases(good, number, values, tuple(poor))
