"""Which questions apply to a case, and in which of six states each one is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from sqs_core.criteria import Criteria
from sqs_core.records.case import CaseRecord
from sqs_core.records.computed import asked_questions


class State(StrEnum):
    """The six states a question can be in; every question of a case is in exactly one.

    >>> State("not-asked")
    <State.NOT_ASKED: 'not-asked'>
    """

    ANSWERED = "answered"
    NOT_APPLICABLE = "not-applicable"
    NOT_ASKED = "not-asked"
    UNANSWERED = "unanswered"
    NOT_KNOWN = "not-known"
    PARKED = "parked"


RATED = frozenset({State.ANSWERED, State.NOT_APPLICABLE})
"""The states of a question that somebody rated: with "not applicable", and without "not known"."""
APPLYING = frozenset({State.ANSWERED, State.NOT_APPLICABLE, State.UNANSWERED, State.NOT_KNOWN})


def question_states(criteria: Criteria, record: CaseRecord) -> Mapping[str, State]:
    """Return the state of every question of ``criteria`` in ``record``, in the version's order.

    A question whose condition does not hold is not asked; one that was answered and then
    stopped applying is parked, and counts as unanswered for the conditions of others.

    >>> folder = open_inspection("darlington-2012")
    >>> question_states(folder.criteria, folder.case("07").record)["roh.plan"]
    <State.ANSWERED: 'answered'>
    """
    asked = asked_questions(criteria, record)
    return {q.id: _state(criteria, asked[q.id], record.judged(q.id)) for q in criteria.questions}


def _state(criteria: Criteria, asked: bool, outcome: str | None) -> State:
    if not asked:
        return State.PARKED if outcome else State.NOT_ASKED
    if outcome is None:
        return State.UNANSWERED
    counts = criteria.counting[outcome]
    return State(counts) if counts.startswith("not-") else State.ANSWERED


def applying_questions(criteria: Criteria, record: CaseRecord) -> tuple[str, ...]:
    """Return the questions asked of this case, in the version's order."""
    return tuple(q for q, state in question_states(criteria, record).items() if state in APPLYING)


def progress(criteria: Criteria, record: CaseRecord) -> tuple[int, int]:
    """Return how many questions have an outcome, of those that apply to this case."""
    return answered_of(criteria, question_states(criteria, record))


def answered_of(criteria: Criteria, states: Mapping[str, State]) -> tuple[int, int]:
    """Return how many questions in ``states`` have an outcome, of those that apply.

    A computed one that cannot be told is neither answered nor left to answer: nobody gives its outcome.
    """
    untold = (q.id for q in criteria.computed if states[q.id] is State.NOT_KNOWN)
    counted = [states[name] for name in states.keys() - set(untold) if states[name] in APPLYING]
    return len(counted) - counted.count(State.UNANSWERED), len(counted)
