"""Navigate: the places of the interfaces, where work goes on, and where words lead.

>>> location = where_work_goes_on(criteria, record)         # doctest: +SKIP
Location(view='question', case='07', item='roh.plan')
>>> go_to(criteria, "9 victims", location, cases, people)    # doctest: +SKIP
Location(view='question', case='09', item='roh.victim')
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import INTERVIEWS as PEOPLE
from sqs_core.criteria.vocabulary import question_called, questions_named, several_named
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.states import APPLYING, State, question_states
from sqs_core.text import whole_number
from sqs_core.workflow.answering import still_to_say
from sqs_core.workflow.progress import progress_of

View = Literal[
    "start", "new", "cases", "facts", "question", "text", "review", "takeaway", "override",
    "board", "interviews", "letter", "paragraph", "details", "list", "drafts", "check", "left",
    "moderation", "merge", "effect", "settings", "unsaved", "actions", "compared",
    "programme",
]  # fmt: skip
"""The places of the user interfaces; plain mode has some of them as rooms, the others as words."""

IN_CASE: tuple[View, ...] = ("facts", "question", "review")
"""The views of one case."""


@frozen
class Location:
    """A view, and what is looked at in it.

    ``case`` is a case reference, with its population before it ("victims/03") where that is another one.
    The view "interviews" is the list of another population, the staff asked.  ``item`` is a question,
    among facts and details a field (or :data:`ALL`), in the letter the name of a paragraph, in the view
    "list" the list ("strengths", "improvements").
    """

    view: View
    case: str = ""
    item: str = ""


ALL = "all"
"""As the item of a form: its lines one after the other."""
CASES = Location("cases")
INTERVIEWS = Location("interviews")


def the_cases(criteria: Criteria) -> Location:
    """Return the list of cases: of the population in view, from the interviews of the first one."""
    here = criteria.population
    first = criteria.all_populations[0].id
    return Location("cases", item=f"{first}/") if here is not None and here.id == PEOPLE else CASES


def where_work_goes_on(criteria: Criteria, record: CaseRecord) -> Location:
    """Return where work on a case goes on: its facts where they come first, else the next open question."""
    if progress_of(criteria, record).facts_first:
        return Location("facts", record.case, ALL)
    return next_location(criteria, record)


def next_location(criteria: Criteria, record: CaseRecord, after: str = "") -> Location:
    """Return the next open question after ``after``; the review where every question is answered."""
    question = next_open(criteria, record, after)
    return Location("question", record.case, question) if question else Location("review", record.case)


def next_open(criteria: Criteria, record: CaseRecord, after: str = "") -> str | None:
    """Return the next question that applies and is not answered, or whose computed answer lacks its reason.

    The search begins after ``after`` and wraps round; ``after`` itself is excluded.
    """
    lacking = {
        question.id
        for question in criteria.computed
        if record.override(question.id) is None and still_to_say(criteria, record, question.id)
    }
    found = question_states(criteria, record)
    names = list(found)
    start = names.index(after) + 1 if after in names else 0
    for name in (*names[start:], *names[:start]):
        if (found[name] is State.UNANSWERED or name in lacking) and name != after:
            return name
    return None


def neighbour(criteria: Criteria, record: CaseRecord, question: str, step: int) -> str | None:
    """Return the nearest question that applies before (``step`` -1) or after (1), answered or not."""
    found = question_states(criteria, record)
    names = list(found)
    at = names.index(question) + step
    while 0 <= at < len(names):
        if found[names[at]] in APPLYING:
            return names[at]
        at += step
    return None


def next_case(criteria: Criteria, records: Iterable[CaseRecord]) -> str | None:
    """Return the first case that is not complete."""
    return next((record.case for record in records if not progress_of(criteria, record).complete), None)


def to_come_back_to(criteria: Criteria, records: Iterable[CaseRecord]) -> Iterator[tuple[str, str, str]]:
    """Yield the case, the question and the line of why of every mark to come back."""
    order = {question.id: place for place, question in enumerate(criteria.questions)}
    for record in records:
        for name in sorted(record.to_come_back_to, key=lambda name: order[name]):
            yield record.case, name, record.answer(name).later or ""


def case_called(word: str, known: Sequence[str]) -> str | None:
    """Return the case (or person) that ``word`` means: itself, or the same number with zeros before it.

    >>> case_called("2", ("01", "02"))
    '02'
    """
    if word in known:
        return word
    same = [c for c in known if c.lower() == word.lower()]
    if not same and (number := whole_number(word)) is not None:
        same = [c for c in known if whole_number(c) == number]
    return same[0] if len(same) == 1 else None


def go_to(
    criteria: Criteria, words: str, here: Location, cases: Sequence[str], people: Sequence[str]
) -> Location | str:
    """Return the location that ``words`` name, or the sentence that says why there is none.

    "2.3", "roh.plan", "victims" (of a question's name), "case 9", "9", "9 2.3", "9 victims",
    "facts", "review", "cases", "interviews", "interview A".  A case without a question is a location
    in the view "question" without an item: :func:`where_work_goes_on` says where that is.
    """
    for lead in ("case ", f"{criteria.one.lower()} "):
        if words.lower().startswith(lead):
            words = words[len(lead) :].strip().lower()
    parts = words.lower().split()
    known = {"cases": the_cases(criteria), "interviews": INTERVIEWS}
    in_case = here.case if here.view in IN_CASE else ""
    if in_case:
        known |= {"facts": Location("facts", in_case), "review": Location("review", in_case)}
    if words.lower() in known:
        return known[words.lower()]
    if parts[:1] == ["interview"] and len(parts) == 2:
        return interview_called(parts[1], people)
    if not parts:
        return (
            f'Go where? For example: goto 3.2, goto {criteria.one} 9, goto later, goto facts, goto "cases".'
        )
    case = None if question_called(criteria, words) else case_called(parts[0], cases)
    if case is not None and len(parts) == 1:
        return Location("question", case)
    asked = " ".join(parts[1:]) if case is not None else words
    found = questions_named(criteria, asked)
    if len(found) > 1:
        return several_named(criteria, asked, found)
    if found and (case or in_case):
        return Location("question", case or in_case, found[0])
    if found:
        return f"Which {criteria.one}? For example: goto {cases[0] if cases else '01'} {words}"
    if case is not None:
        return f'There is no question "{asked}"; they have numbers such as 2.3.'
    near = f"the {criteria.many} are {' '.join(cases)}"
    if not 0 < len(cases) <= 40:
        near = f"there are {criteria.counted(len(cases))}" if len(cases) != 1 else near
    return f'There is no question or {criteria.one} "{words}"; {near}; questions have numbers such as 2.3.'


def interview_called(word: str, people: Sequence[str]) -> Location | str:
    """Return the interview with the person called ``word``, or the sentence that there is none."""
    person = case_called(word, people)
    if person:
        return Location("question", f"{PEOPLE}/{person}")
    return f'There is no interview "{word}"; "add person {word.upper()}" makes one.'
