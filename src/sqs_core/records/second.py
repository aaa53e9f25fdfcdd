"""A second marking of a case, and what was agreed where the two differ.

The second marking itself is a :class:`~sqs_core.records.case.CaseRecord`, open while it is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import UsageError
from sqs_core.records.case import CaseRecord, FactValue
from sqs_core.records.facts import check_fact, read_fact

Taken = Literal["first", "second", "other"]


@frozen
class Decision:
    """What was agreed about one question or fact: which marking was taken, and why.

    ``first``, ``second`` and ``agreed`` are outcomes, or facts as a person types them; "" is
    nothing recorded.  ``taken`` "other" is neither marking's view.
    """

    taken: Taken
    why: str
    first: str = ""
    second: str = ""
    agreed: str = ""
    by: str = ""


@frozen
class Agreed:
    """What was agreed about one case, and the two markings it was agreed from.

    ``first`` and ``second`` are the inspectors' initials, the hashes those of the two files.
    """

    case: str
    criteria: str
    criteria_hash: str
    first: str = ""
    second: str = ""
    first_hash: str = ""
    second_hash: str = ""
    answers: Mapping[str, Decision] = field(factory=dict)
    facts: Mapping[str, Decision] = field(factory=dict)

    def deciding(self, criteria: Criteria, item: str, decision: Decision) -> Agreed:
        """This record with ``decision`` about ``item``, in place of an earlier one."""
        if criteria.has_question(item):
            return evolve(self, answers={**self.answers, item: decision})
        return evolve(self, facts={**self.facts, item: decision})

    def decided(self, item: str) -> Decision | None:
        """What was agreed about ``item``; None where nothing was yet."""
        return self.answers.get(item) or self.facts.get(item)


def words_of(value: FactValue | None) -> str:
    """A fact as a person types it: yes, no, an ISO date or words; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else value


def recorded(criteria: Criteria, record: CaseRecord, item: str) -> str:
    """The outcome or fact that ``record`` holds for ``item``; UsageError where it is neither."""
    if criteria.has_question(item):
        return record.answer(item).outcome or ""
    criteria.fact(item)
    return words_of(record.facts.get(item))


def decide(
    criteria: Criteria, first: CaseRecord, second: CaseRecord, item: str, taken: str, why: str, by: str = ""
) -> Decision:
    """The decision for ``item``: ``taken`` is "first", "second", or another outcome or value.

    UsageError where the item or the outcome is not of the criteria, or no reason why is given.
    """
    if not why.strip():
        raise UsageError("why was it agreed so? --why says it, for whoever reads the record later")
    views = {"first": recorded(criteria, first, item), "second": recorded(criteria, second, item)}
    agreed = views.get(taken, taken)
    if taken not in views and criteria.has_question(item):
        criteria.outcome_of(criteria.question(item), taken)
    elif taken not in views:
        agreed = words_of(read_fact(criteria, item, taken))
    source: Taken = "first" if taken == "first" else "second" if taken == "second" else "other"
    return Decision(source, why.strip(), views["first"], views["second"], agreed, by)


def settling(
    criteria: Criteria, record: CaseRecord, second: CaseRecord, item: str, decision: Decision
) -> CaseRecord:
    """``record`` (the one that counts) with ``decision`` about ``item`` carried out.

    The second marking's answer comes with its reasons and notes; the first's and any other
    outcome keep those of ``record``.
    """
    if not criteria.has_question(item):
        value = read_fact(criteria, item, decision.agreed)
        if value is not None:
            check_fact(criteria, item, value)
        return record.noting(item, value)
    answer = second.answer(item) if decision.taken == "second" else record.answer(item)
    return record.answering(item, evolve(answer, outcome=decision.agreed or None))
