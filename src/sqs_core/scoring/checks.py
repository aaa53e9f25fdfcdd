"""Every inconsistency within a case record, and what deserves a second look."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.errors import Problem
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.states import State, states

Place = Callable[[list[str | int]], str]


def inconsistencies(criteria: Criteria, record: CaseRecord, place: Place) -> tuple[Problem, ...]:
    """What stops ``record`` from being finished (C1..), and advice that does not (C2..).

    ``place`` turns a path of keys in the record into "file:line".  While a case is open,
    a question not answered yet is work to do, not an inconsistency.
    """
    return tuple(_found(criteria, record, place))


def before_finishing(criteria: Criteria, record: CaseRecord, place: Place) -> tuple[Problem, ...]:
    """What stops ``record`` from being finished, whatever its status is now, and advice that does not."""
    return inconsistencies(criteria, evolve(record, status="finished"), place)


def _found(criteria: Criteria, record: CaseRecord, place: Place) -> Iterator[Problem]:
    counted = {o.id: o for o in criteria.outcomes}
    for name, state in states(criteria, record).items():
        answer = record.answer(name)
        path: list[str | int] = ["answers", name]
        if state is State.PARKED:
            yield Problem(
                place(path),
                f"{name} was answered, but does not apply as the facts stand",
                "it is kept and not counted; look whether the facts are right",
                "C201",
                advice=True,
            )
        if state is State.UNANSWERED and record.status == "finished":
            yield Problem(
                place(path),
                f"{name} applies but is not answered",
                "reopen the case and answer it",
                "C101",
            )
        if answer.later is not None and state is not State.NOT_ASKED:
            yield Problem(
                place(path),
                f"{name} is marked to come back to",
                "answer it and take the mark away",
                "C104",
                advice=record.status == "open",
            )
        override = record.override(name)
        if override is not None and answer.outcome not in _known_to_moderators(record, name):
            yield Problem(
                place(path),
                f"{name} was answered anew after it was overridden; the override still counts",
                "override it again where the new answer is to count",
                "C203",
                advice=True,
            )
        if state is not State.ANSWERED or answer.outcome is None or override is not None:
            continue  # what was overridden rests on the remark
        demands = counted[answer.outcome].demands
        given = "answered " + answer.outcome
        if "reason" in demands and not answer.reasons:
            yield Problem(
                place(path),
                f"{name} is {given}, but no reason is ticked",
                "tick at least one reason",
                "C102",
            )
        if "evidence" in demands and not answer.evidence.strip():
            yield Problem(
                place(path),
                f"{name} is {given}, but there is no evidence",
                "write what it rests on",
                "C103",
            )
    if record.assessed_with_case_manager is None and record.answers:
        yield Problem(
            place([]),
            "not recorded whether the case was assessed with the case manager",
            "say so among the facts",
            "C202",
            advice=True,
        )
    blank = [fact for fact in criteria.deciding_facts if fact not in record.facts]
    if blank and record.answers:
        yield Problem(
            place([]),
            f"not recorded among the facts: {', '.join(blank)}; what depends on that is not asked",
            "say yes or no to each",
            "C204",
            advice=True,
        )


def _known_to_moderators(record: CaseRecord, question: str) -> set[str]:
    """The outcomes that stood when ``question`` was overridden, or that an override gave."""
    return {word for o in record.overrides if o.question == question for word in (o.old, o.new)}
