"""Outcomes that follow from the record itself: whether something was in time, and the lowest of grades.

They stand in the record like any other, so that whoever reads its file sees them, and are computed anew
whenever it changes or is read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Protocol, TypeVar

from attrs import evolve

from sqs_core.criteria import Criteria, Question
from sqs_core.criteria.conditions import FactValue, ValueSource
from sqs_core.criteria.questions import Timely
from sqs_core.text import counted


class Judged(Protocol):
    """A record with facts, and answers to questions: a :class:`~sqs_core.records.case.CaseRecord`."""

    @property
    def facts(self) -> Mapping[str, FactValue]:
        """The facts."""

    def judged(self, question: str) -> str | None:
        """Return the outcome that counts."""

    def looked_at(self, question: str) -> FactValue | None:
        """Return what conditions compare."""

    def answer(self, question: str) -> Any:
        """Return the answer."""

    def answering(self, question: str, answer: Any) -> Any:
        """Return the record with another answer."""


_Record = TypeVar("_Record", bound=Judged)


def asked_questions(criteria: Criteria, record: Judged) -> Mapping[str, bool]:
    """Return of every question whether it is asked of this case: whether its condition holds."""
    asked: dict[str, bool] = {}

    def look_up(source: ValueSource, name: str) -> FactValue | None:
        if source == "fact":
            return record.facts.get(name)
        if source == "linked":
            return criteria.value_linked(name, record.facts)
        return record.looked_at(name) if is_asked(name) else None

    def is_asked(name: str) -> bool:
        known = asked.get(name)
        if known is None:
            condition = criteria.question(name).when
            asked[name] = False  # a condition that leads back to itself finds no answer there
            known = asked[name] = condition is None or condition.holds(look_up)
        return known

    for name in criteria.asking_order:  # so that a long chain of conditions never nests deep
        is_asked(name)
    return asked


def is_computed(criteria: Criteria, name: str) -> bool:
    """Return whether the outcome of the question called ``name`` is computed."""
    return criteria.has_question(name) and criteria.question(name).is_computed


def with_computed(criteria: Criteria, record: _Record) -> _Record:
    """Return ``record`` with the outcome of every question that is computed; none where it is not asked."""
    for question in criteria.computed:
        asked = asked_questions(criteria, record)
        outcome = _outcome(criteria, record, question, asked) if asked[question.id] else None
        answer = record.answer(question.id)
        if answer.outcome != outcome:
            record = record.answering(question.id, evolve(answer, outcome=outcome))
    return record


def _dates(criteria: Criteria, timely: Timely, record: Judged) -> dict[str, FactValue | None]:
    """Return the two dates by their names: facts, or answers to questions that are asked of the record."""
    asked: Mapping[str, bool] = {}
    if any(criteria.has_question(name) for name in (timely.start, timely.end)):
        asked = asked_questions(criteria, record)
    return {
        name: record.looked_at(name) if asked.get(name) else record.facts.get(name)
        for name in (timely.start, timely.end)
    }


def days_taken(criteria: Criteria, timely: Timely, record: Judged) -> int | None:
    """Return how many days lie between the two dates, the first not counted; None where nobody can tell."""
    holidays = criteria.holidays
    start, end = _dates(criteria, timely, record).values()
    if not isinstance(start, date) or not isinstance(end, date) or end < start:
        return None
    if timely.days == "calendar":
        return (end - start).days
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    return sum(day.weekday() < 5 and day not in holidays for day in days)


def why_untold(criteria: Criteria, timely: Timely, record: Judged) -> str:
    """Return why nobody can tell whether something was in time; "" where one can."""
    missing = [
        name for name, value in _dates(criteria, timely, record).items() if not isinstance(value, date)
    ]
    if missing:
        return f"no date '{_titled(criteria, missing[0])}' is recorded"
    if days_taken(criteria, timely, record) is not None:
        return ""
    return f"'{_titled(criteria, timely.end)}' is before '{_titled(criteria, timely.start)}'"


def computed_from(criteria: Criteria, question: Question) -> str:
    """Return what the outcome of ``question`` follows from: "'Referred on' and 'Assessment finished on'"."""
    if timely := question.timely:
        return f"'{_titled(criteria, timely.start)}' and '{_titled(criteria, timely.end)}'"
    return f"the grades of {counted(len(question.lowest_of), 'question')}"


def computed_words(criteria: Criteria, record: Judged, question: Question) -> str:
    """Return how the outcome of ``question`` came about, in a sentence; "" where it is not computed."""
    if question.lowest_of:
        parts = ", ".join(str(criteria.question(name).short) for name in question.lowest_of)
        return f"Computed: the lowest of {parts}."
    if not (timely := question.timely):
        return ""
    dates = _dates(criteria, timely, record)
    start, end = (
        f"{_titled(criteria, name)} {value if isinstance(value, date) else 'not recorded'}"
        for name, value in dates.items()
    )
    taken = days_taken(criteria, timely, record)
    kind = "working day" if timely.days == "working" else "day"
    duration = counted(taken, kind) if taken is not None else "cannot be told"
    return f"Computed: {duration}; at most {counted(timely.within, kind)}. {start}; {end}."


def _titled(criteria: Criteria, name: str) -> str:
    return str(criteria.fact(name).text if criteria.has_fact(name) else criteria.question(name).short)


def _outcome(criteria: Criteria, record: Judged, question: Question, asked: Mapping[str, bool]) -> str | None:
    by_meaning = {outcome.counts: outcome.id for outcome in reversed(criteria.outcomes_of(question))}
    if question.timely:
        taken = days_taken(criteria, question.timely, record)
        if taken is None:  # of a case that nobody has looked at yet, nothing is said
            looked = record.facts or any(_dates(criteria, question.timely, record).values())
            return by_meaning.get("not-known") if looked else None
        return by_meaning.get("sufficient" if taken <= question.timely.within else "insufficient")
    parts = [record.judged(name) for name in question.lowest_of if asked[name]]
    if None in parts:
        return None  # one of them is still to be judged
    given = {o.id: o.grade for o in criteria.outcomes_of(question) if o.grade and o.id in parts}
    return min(given, key=lambda name: given[name]) if given else by_meaning.get("not-applicable")
