"""Whether a record fits its criteria version: every name in it known, every value of its kind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from sqs_core.criteria import Criteria, Question
from sqs_core.criteria.questions import RECORDED
from sqs_core.errors import Locator, Problem, SqsError, UsageError
from sqs_core.records.case import Answer, CaseRecord, check_answer, check_fact, parse_fact, read_answer
from sqs_core.records.interview import Interview
from sqs_core.records.override import TIME

if TYPE_CHECKING:
    from sqs_core.records.second_marking import Agreed


def validate_case(criteria: Criteria, record: CaseRecord, place: Locator) -> tuple[Problem, ...]:
    """Return every fact, question, outcome and reason of ``record`` that ``criteria`` do not know.

    ``place`` turns a path of keys into "file:line".
    """
    return tuple(_case_misfits(criteria, record, place))


def _case_misfits(criteria: Criteria, record: CaseRecord, place: Locator) -> Iterator[Problem]:
    for fact, value in record.facts.items():
        yield from _refusal(place, ["facts", fact], check_fact, criteria, fact, value)
    keys: list[str | int]
    for name, answer in record.answers.items():
        if criteria.takes(name, answer.outcome, answer.reasons, answer.prompts):
            # As nearly always, and this is asked of every answer of every record.
            if answer.value is not None or answer.outcome == RECORDED.id:
                keys = ["answers", name, "value"]
                yield from _refusal(place, keys, _check_recorded, criteria.question(name), answer)
            continue
        if not criteria.has_question(name):
            yield from _refusal(place, ["answers", name], criteria.question, name)
            continue
        question = criteria.question(name)
        if answer.outcome is not None:
            keys = ["answers", name, "outcome"]
            yield from _refusal(place, keys, criteria.outcome_of, question, answer.outcome)
        for reason in answer.reasons:
            yield from _refusal(place, ["answers", name, "reasons"], criteria.reason_of, question, reason)
        for prompt in answer.prompts:
            keys = ["answers", name, "prompts", prompt]
            yield from _refusal(place, keys, criteria.prompt_of, question, prompt)
    for i, override in enumerate(record.overrides):
        keys = ["overrides", i]
        unknown = _refusal(place, keys, criteria.question, override.question)
        yield from unknown
        for outcome in () if unknown else (override.old, override.new):
            yield from _refusal(
                place, keys, criteria.outcome_of, criteria.question(override.question), outcome
            )
        if not re.fullmatch(TIME, override.time):
            yield Problem(
                place(keys), "the time of an override is not a time", "write 2012-11-28T16:05:00Z", "R020"
            )
        if not (override.remark.strip() and override.authority.strip()):
            yield Problem(
                place(keys), "an override has no remark or no authority", "write why, and by whom", "R020"
            )


def validate_interview(criteria: Criteria, interview: Interview, place: Locator) -> tuple[Problem, ...]:
    """Return as :func:`validate_case`, by the keys that an interview's file has."""

    def in_file(keys: Iterable[str | int]) -> str:
        return place([key for key in keys if key != "facts"][:2])

    return tuple(_case_misfits(criteria.staff, interview, in_file))


def validate_agreed(criteria: Criteria, agreed: Agreed, place: Locator) -> tuple[Problem, ...]:
    """Return every question, outcome and fact of ``agreed`` that ``criteria`` do not know."""
    found: list[Problem] = []
    for name, decision in agreed.answers.items():
        where: list[str | int] = ["answers", name]
        unknown = _refusal(place, where, criteria.question, name)
        found += unknown
        if not unknown and decision.agreed:
            found += _refusal(place, where, read_answer, criteria, criteria.question(name), decision.agreed)
    for name, decision in agreed.facts.items():
        found += _refusal(place, ["facts", name], parse_fact, criteria, name, decision.agreed)
    return tuple(found)


def _check_recorded(question: Question, answer: Answer) -> None:
    """Refuse a value where there can be none, or that is not of its kind; and an answer that lacks it."""
    if answer.value is None:
        if question.answer != "text":  # whose text may have been purged
            raise UsageError(f"{question.id} is recorded, and no value is there; write it, or take both out")
    elif question.answer in ("judgement", "text"):
        raise UsageError(f"{question.id} takes no value; take it out")
    elif answer.outcome != RECORDED.id:
        raise UsageError(f'{question.id} has a value and another outcome; write outcome = "{RECORDED.id}"')
    else:
        check_answer(question, answer.value)


def _refusal(
    place: Locator, keys: list[str | int], ask: Callable[..., object], *names: object
) -> tuple[Problem, ...]:
    """Return what the criteria say when asked for a name they do not have."""
    try:
        ask(*names)
    except SqsError as error:
        what, _, remedy = str(error).partition("; ")
        # Looked for only now: finding a line reads the whole file, for a record without faults too.
        return (Problem(place(keys), what, remedy, "R020"),)
    return ()
