"""Staff interviews, item by item: the role, whether views were given, each question.

>>> item = next_item(criteria, interview)                    # doctest: +SKIP
>>> choice = choice_called(criteria, item, "yes")
>>> interview = answering(interview, item, choice.value)
"""

from __future__ import annotations

from attrs import evolve, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.model import GAVE_VIEWS
from sqs_core.records.case import Answer
from sqs_core.records.interview import Interview
from sqs_core.workflow.navigation import INTERVIEWS, Location

ROLE, VIEWS = "role", "views"
"""The items that are no question of the version."""


@frozen
class AnswerChoice:
    """One answer to an item: the value recorded, its words, and the letter that gives it ("" for none)."""

    value: str
    text: str
    key: str = ""


def items_asked(criteria: Criteria) -> tuple[str, ...]:
    """Return what is asked about a person, in order."""
    return (ROLE, VIEWS, *(question.id for question in criteria.interview_questions))


def text_of(criteria: Criteria, item: str) -> str:
    """Return the question that an item asks."""
    if item == ROLE:
        return "What is this person's role?"
    if item == VIEWS:
        return "Did this person give views?"
    return str(criteria.interview_question(item).text)


def choices_of(criteria: Criteria, item: str) -> tuple[AnswerChoice, ...]:
    """Return the answers that can be given to an item."""
    if item == ROLE:
        return tuple(AnswerChoice(name, words[0]) for name, words in roles_of(criteria).items())
    if item == VIEWS:
        return (AnswerChoice("yes", "yes", "y"), AnswerChoice("no", "no", "n"))
    return tuple(AnswerChoice(o.id, str(o.text), o.key) for o in criteria.interview_outcomes)


def roles_of(criteria: Criteria) -> dict[str, tuple[str, ...]]:
    """Return the roles the letter knows, each with its words for one and for several."""
    return dict(criteria.letter.roles) if criteria.letter else {}


def choice_called(criteria: Criteria, item: str, words: str) -> AnswerChoice | None:
    """Return the answer meant by its place in the list, its letter, its id or its words."""
    word = words.strip().lower()
    for place, choice in enumerate(choices_of(criteria, item), 1):
        if word in (str(place), choice.key or choice.value, choice.value, choice.text.lower()):
            return choice
    return None


def held(interview: Interview, item: str) -> str:
    """Return the value recorded for an item; "" where there is none."""
    if item == ROLE:
        return interview.role
    if item == VIEWS:
        return "yes" if interview.gave_views else "no"
    return interview.judged(item) or ""


def answering(interview: Interview, item: str, value: str | None) -> Interview:
    """Return the interview with ``value`` for an item; None takes the answer to a question away."""
    if item == ROLE:
        return interview.noting(ROLE, value)
    if item == VIEWS:
        return interview.noting(GAVE_VIEWS, value == "yes")
    return evolve(interview, answers=interview.answering(item, Answer(value)).answers)


def next_item(criteria: Criteria, interview: Interview) -> str:
    """Return the first item nothing is recorded for; the first one where nothing is left."""
    asked = items_asked(criteria)
    return next((item for item in asked if item != VIEWS and not held(interview, item)), asked[0])


def after_item(criteria: Criteria, person: str, item: str, value: str = "") -> Location:
    """Return where to go after an item was answered: the next one, the list of people after the last.

    Who gave no views is asked nothing more.
    """
    asked = items_asked(criteria)
    at = asked.index(item) + 1
    if at >= len(asked) or (item == VIEWS and value == "no"):
        return INTERVIEWS
    return Location("interview", person, asked[at])


def state_of(criteria: Criteria, interview: Interview) -> str:
    """Return how far an interview is: "case manager, 3 of 10 answered"."""
    roles = roles_of(criteria)
    role = roles[interview.role][0] if interview.role in roles else "role not recorded"
    if not interview.gave_views:
        return f"{role}, gave no views"
    return f"{role}, {len(interview.answers)} of {len(criteria.interview_questions)} answered"
