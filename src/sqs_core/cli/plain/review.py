"""Before a case is done: what to put right, what to think about, what was answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.places import CASES, Place
from sqs_core.cli.plain.talk import counted
from sqs_core.errors import Problem
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.checks import before_finishing
from sqs_core.scoring.states import State, states
from sqs_core.text import whole_number

Dispatch = Callable[[Desk, Place, str], Place]


def review_room(desk: Desk, here: Place, arriving: bool, dispatch: Dispatch) -> Place:
    """List what is left to put right, each with a number that goes there."""
    found = to_put_right(desk, desk.record(here.case))
    if arriving:
        desk.talk.say(*review_lines(desk, here.case, found))
    where = "a number goes there, " if found else ""
    typed = desk.talk.ask(f"Review ({where}Enter for the cases):")
    if not typed:
        return CASES
    if 1 <= (place := whole_number(typed) or 0) <= len(found):
        name = found[place - 1].where
        return Place("question", here.case, name) if name else Place("facts", here.case)
    return dispatch(desk, here, typed)


def to_put_right(desk: Desk, record: CaseRecord) -> tuple[Problem, ...]:
    """What stands between the case and being finished, then advice; ``where`` is a question's id."""
    found = before_finishing(desk.criteria, record, lambda keys: str(keys[1]) if keys else "")
    return tuple(sorted(found, key=lambda problem: problem.advice))


def review_lines(desk: Desk, case: str, found: tuple[Problem, ...]) -> Iterator[str]:
    """The review in words."""
    record = desk.record(case)
    errors = [p for p in found if not p.advice]
    yield f"Case {case}. Review. " + (
        f"{counted(len(errors), 'thing')} to put right before this case is done."
        if errors
        else "Nothing to put right: every question that applies is answered."
    )
    for i, problem in enumerate(found, 1):
        if i == len(errors) + 1:
            yield f"{counted(len(found) - len(errors), 'thing')} to think about:"
        remedy = f"; {problem.remedy}" if problem.remedy and problem.code != "C101" else ""
        yield f"{i}. {_named(desk, problem)}{remedy}."
    yield from answers_lines(desk, case)
    learning = sum(1 for a in record.answers.values() if a.learning)
    strengths = sum(1 for a in record.answers.values() if a.strength)
    yield f"For the case manager: {learning} to take away, {counted(strengths, 'strength')}."
    if not desk.shared:
        talk = [desk.number(q) for q, a in record.answers.items() if a.discuss]
        yield f"To discuss at moderation: {', '.join(talk) or 'none'}."


def _named(desk: Desk, problem: Problem) -> str:
    """The problem, with the question's number instead of its id."""
    if not problem.where:
        return problem.what
    if problem.code == "C101":
        return f"{desk.number(problem.where)} is not answered yet"
    what = problem.what.replace(problem.where, desk.number(problem.where), 1)
    for outcome in desk.criteria.outcomes:
        what = what.replace(f"answered {outcome.id},", f"answered {str(outcome.text).split(',')[0]},")
    return what


def answers_lines(desk: Desk, case: str) -> Iterator[str]:
    """Every question that applies with its answer, a line for each section."""
    criteria, record = desk.criteria, desk.record(case)
    found = states(criteria, record)
    texts = {o.id: str(o.text).split(",")[0] for o in criteria.outcomes}
    for theme in criteria.themes:
        parts = []
        for question in criteria.theme_questions(theme.id):
            state, answer = found[question.id], record.answer(question.id)
            number = desk.number(question.id)
            if state is State.NOT_ASKED:
                continue
            word = texts[answer.outcome] if answer.outcome else "not answered"
            word += " (parked)" if state is State.PARKED else ""
            parts.append(f"{number} {word}" + (" (come back)" if answer.later is not None else ""))
        yield f"Section {theme.label}, {theme.title}: {'; '.join(parts) or 'nothing applies'}."
