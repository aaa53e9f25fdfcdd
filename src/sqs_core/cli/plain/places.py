"""Where one can be in plain mode, and the words that lead there."""

from __future__ import annotations

from typing import Literal

from attrs import frozen

from sqs_core.cli.plain.numbers import numbers, question_called, questions_named
from sqs_core.criteria import Criteria
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.states import State, applies, states
from sqs_core.text import whole_number

MOST_NAMED = 8
Room = Literal["cases", "facts", "question", "review", "interviews", "interview"]


@frozen
class Place:
    """A room, and what is looked at in it: a case, or a person in the interview rooms.

    ``item`` is the question; in the facts room "all" walks through them one by one.
    """

    room: Room
    case: str = ""
    item: str = ""


CASES = Place("cases")
INTERVIEWS = Place("interviews")


def first_place(criteria: Criteria, record: CaseRecord) -> Place:
    """Where work on a case goes on: its facts while it is blank, else the next question."""
    if record.blank:
        return Place("facts", record.case, "all")
    return next_place(criteria, record)


def next_place(criteria: Criteria, record: CaseRecord, after: str = "") -> Place:
    """The next question that applies and is not answered, looking from ``after`` on and then
    from the start; the review where all are answered."""
    found = states(criteria, record)
    names = list(found)
    start = names.index(after) + 1 if after in names else 0
    for name in (*names[start:], *names[:start]):
        if found[name] is State.UNANSWERED and name != after:
            return Place("question", record.case, name)
    return Place("review", record.case)


def neighbour(criteria: Criteria, record: CaseRecord, question: str, step: int) -> str | None:
    """The question that applies ``step`` places after ``question``, answered or not."""
    names = [q.id for q in criteria.questions]
    asked = set(applies(criteria, record))
    at = names.index(question) + step
    while 0 <= at < len(names):
        if names[at] in asked:
            return names[at]
        at += step
    return None


def case_called(word: str, known: tuple[str, ...]) -> str | None:
    """The case reference that ``word`` means: itself, or the same number with zeros before it."""
    if word in known:
        return word
    same = [c for c in known if c.lower() == word.lower()]
    if not same and (number := whole_number(word)) is not None:
        same = [c for c in known if whole_number(c) == number]
    return same[0] if len(same) == 1 else None


def place_called(
    criteria: Criteria, words: str, here: Place, cases: tuple[str, ...], people: tuple[str, ...]
) -> Place | str:
    """The place that ``words`` name, or the sentence that says why there is none.

    "2.3", "roh.plan", "victims" (of a question's name), "case 9", "9", "9 2.3", "9 victims",
    "facts", "review", "cases", "interviews", "interview A".
    """
    parts = words.lower().split()
    if parts[:1] == ["case"]:
        parts = parts[1:]
        words = " ".join(parts)
    simple: dict[str, Place] = {"cases": CASES, "interviews": INTERVIEWS}
    if here.case and here.room not in ("interview", "interviews"):
        simple |= {"facts": Place("facts", here.case), "review": Place("review", here.case)}
    if words.lower() in simple:
        return simple[words.lower()]
    if parts[:1] == ["interview"] and len(parts) == 2:
        person = case_called(parts[1], people)
        if person:
            return Place("interview", person)
        return f'There is no interview "{parts[1]}"; "add person {parts[1].upper()}" makes one.'
    in_case = here.case if here.room in ("facts", "question", "review") else ""
    if not parts:
        return 'Go where? For example: goto 3.2, goto case 9, goto later, goto facts, goto "cases".'
    case = None if question_called(criteria, words) else case_called(parts[0], cases)
    if case is not None and len(parts) == 1:
        return Place("question", case)
    asked = " ".join(parts[1:]) if case is not None else words
    found = _questions_meant(criteria, asked)
    if len(found) > 1:
        known = numbers(criteria)
        named = ", ".join(f"{known[name]} {criteria.question(name).short}" for name in found[:MOST_NAMED])
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        return f'"{asked}" is in the names of several questions: {named}{more}. Type a number.'
    if found and (case or in_case):
        return Place("question", case or in_case, found[0])
    if found:
        return f"Which case? For example: goto {cases[0] if cases else '01'} {words}"
    if case is not None:
        return f'There is no question "{asked}"; they have numbers such as 2.3.'
    near = f"the cases are {' '.join(cases)}" if 0 < len(cases) <= 40 else f"there are {len(cases)} cases"
    return f'There is no question or case "{words}"; {near}; questions have numbers such as 2.3.'


def _questions_meant(criteria: Criteria, words: str) -> tuple[str, ...]:
    exact = question_called(criteria, words)
    return (exact,) if exact else questions_named(criteria, words)
