"""Every figure that can be asked for: k of n of a measure, of an outcome, within a subset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.records.case import CaseRecord
from sqs_core.records.interview import Interview
from sqs_core.scoring.tally import Summary, Units, summarise

CASES = "cases"
INTERVIEWS = "interviews"
OTHER = "other"


@frozen
class Count:
    """``cases`` are the k counted, ``of`` the n they are counted among."""

    cases: Units
    of: Units

    @property
    def k(self) -> int:
        """How many were counted."""
        return len(self.cases)

    @property
    def n(self) -> int:
        """Among how many."""
        return len(self.of)


@frozen
class Findings:
    """The board for all cases and for each subset of the version."""

    criteria: Criteria
    whole: Summary
    subsets: Mapping[str, Summary] = field(factory=dict)

    def count(self, measure: str, outcome: str = "", subset: str = "") -> Count:
        """The count of ``outcome`` for ``measure``, within ``subset``.

        ``measure`` is a question, an interview question, ``cases`` (those screened) or
        ``interviews`` (those who gave views of those interviewed; its subsets are roles).
        ``outcome`` "" counts the sufficient ones, ``other`` the rest of those judged.
        UsageError names what is known where a name is not.
        """
        if measure == INTERVIEWS:
            people = self.whole.people
            if subset:
                return Count(self.whole.roles.get(subset, ()), people)
            return Count(self.whole.gave_views, people)
        board = self.whole
        if subset:
            self.criteria.subset(subset)
            board = self.subsets[subset]
        if measure == CASES:
            return Count(board.cases, board.cases if not subset else self.whole.cases)
        tally = board.tally(measure)
        if not outcome:
            return Count(tally.sufficient_cases, tally.judged)
        if outcome == OTHER:
            return Count(tally.other_cases, tally.judged)
        if outcome not in tally.outcomes:
            known = (*tally.outcomes, OTHER)
            raise UsageError(f"no outcome '{outcome}' for {measure}; {did_you_mean(outcome, known)}")
        return Count(tally.outcomes[outcome], tally.judged)

    def reasons(self, measure: str, cases: Units) -> Mapping[str, Units]:
        """The reasons ticked for ``measure`` in ``cases``, most frequent first."""
        tally = self.whole.tally(measure)
        wanted = set(cases)
        within = {r: tuple(c for c in found if c in wanted) for r, found in tally.reasons.items()}
        return dict(sorted(((r, c) for r, c in within.items() if c), key=lambda item: -len(item[1])))


def find(criteria: Criteria, records: Iterable[CaseRecord], interviews: Iterable[Interview] = ()) -> Findings:
    """Count ``records`` and ``interviews``, for all cases and for each subset of the version."""
    kept, people = tuple(records), tuple(interviews)
    return Findings(
        criteria,
        summarise(criteria, kept, people),
        {s.id: summarise(criteria, kept, subset=s.when) for s in criteria.subsets},
    )
