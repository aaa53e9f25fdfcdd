"""Edit the lists of the letter: strengths, areas for improvement, copies; move and link their items.

>>> narrative = adding(narrative, "improvements", "Planning", ("roh.plan",))    # doctest: +SKIP
>>> narrative = moving(narrative, "improvements", 2, 1)      # places count from 1
>>> proposals_for(folder, "improvements")                    # shown beside the list; nothing is chosen
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal, TypeVar

from attrs import evolve, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.vocabulary import question_meant
from sqs_core.errors import RecordError, UsageError
from sqs_core.letter.proposals import WeakQuestion, proposals
from sqs_core.records.narrative import Improvement, Narrative, Strength
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import whole_number

LetterList = Literal["strengths", "improvements"]
LISTS: Final[dict[str, LetterList]] = {
    "strength": "strengths",
    "strengths": "strengths",
    "improvement": "improvements",
    "improvements": "improvements",
}
"""The lists by the words that mean them; copies are a detail (:mod:`sqs_core.workflow.letter_details`)."""
Item = Strength | Improvement
T = TypeVar("T")


@frozen
class Proposal:
    """Something that an item could be made of: its words, and the questions it would be linked to."""

    text: str
    questions: tuple[str, ...]
    chosen: bool = False


def list_title(criteria: Criteria, which: LetterList) -> str:
    """Return what the letter of a version calls a list."""
    sections = criteria.letter.sections if criteria.letter else ()
    return next((str(one.title) for one in sections if one.holds == which), which.capitalize())


def items(narrative: Narrative, which: LetterList) -> tuple[Item, ...]:
    """Return the items of a list."""
    return narrative.strengths if which == "strengths" else narrative.improvements


def place_meant(narrative: Narrative, which: LetterList, words: str) -> int:
    """Return the place of an item, from 1; UsageError where there is none of that number."""
    place, count = whole_number(words.strip()), len(items(narrative, which))
    if place is None or not 1 <= place <= count:
        raise UsageError(f"there is no item {words}; {_numbered(which, count)}")
    return place


def _numbered(which: LetterList, count: int) -> str:
    return f"the {which} are numbered 1 to {count}" if count else f"there are no {which} yet"


def adding(narrative: Narrative, which: LetterList, text: str, questions: Sequence[str] = ()) -> Narrative:
    """Return the narrative with one more item at the end of a list."""
    kind = Strength if which == "strengths" else Improvement
    made = kind(text, tuple(questions))
    return _with(narrative, which, (*items(narrative, which), made))


def editing(narrative: Narrative, which: LetterList, place: int, text: str) -> Narrative:
    """Return the narrative with other words for the item at ``place``; its links and actions stay."""
    found = list(items(narrative, which))
    found[place - 1] = evolve(found[place - 1], text=text)
    return _with(narrative, which, found)


def removing(narrative: Narrative, which: LetterList, place: int) -> Narrative:
    """Return the narrative without the item at ``place``."""
    found = list(items(narrative, which))
    del found[place - 1]
    return _with(narrative, which, found)


def moving(narrative: Narrative, which: LetterList, place: int, to: int) -> Narrative:
    """Return the narrative with the item at ``place`` moved to the place ``to``."""
    return _with(narrative, which, moved(items(narrative, which), place, to))


def moved(found: Sequence[T], place: int, to: int) -> tuple[T, ...]:
    """Return ``found`` with what is at ``place`` moved to ``to``, both from 1."""
    rest = list(found)
    rest.insert(max(0, min(to, len(rest)) - 1), rest.pop(place - 1))
    return tuple(rest)


def linking(
    criteria: Criteria, narrative: Narrative, which: LetterList, place: int, questions: Sequence[str]
) -> Narrative:
    """Return the narrative with the item at ``place`` linked to ``questions``, each by any of its names.

    Raises:
        UsageError: one of them is no question.
    """
    meant = dict.fromkeys(question_meant(criteria.whole, words) for words in questions)
    found = list(items(narrative, which))
    found[place - 1] = evolve(found[place - 1], questions=tuple(meant))
    return _with(narrative, which, found)


def _with(narrative: Narrative, which: LetterList, found: Sequence[Any]) -> Narrative:
    if which == "strengths":
        return evolve(narrative, strengths=tuple(found))
    return evolve(narrative, improvements=tuple(found))


def item_words(criteria: Criteria, item: Item) -> str:
    """Return an item in words, with the numbers of the questions it is linked to."""
    numbers = criteria.whole.question_numbers
    questions = ", ".join(numbers.get(name, name) for name in item.questions)
    return " ".join(item.text.split()) + (f" [{questions}]" if questions else "")


def proposals_for(folder: InspectionFolder, which: LetterList) -> tuple[Proposal, ...]:
    """Return what the records propose for a list: strengths that were marked, questions that fell short.

    Raises:
        RecordError: a record cannot be read.
    """
    records, problems = folder.cases()
    if problems:
        raise RecordError(*problems)
    narrative = folder.narrative().record
    found = proposals(findings_of(folder), records, narrative)
    if which == "strengths":
        written = {item.text for item in narrative.strengths}
        return tuple(Proposal(s.text, (s.question,), s.text in written) for s in found.strengths)
    enough = folder.criteria.in_its_words("good enough")
    return tuple(Proposal(_weakness(weak, enough), (weak.question,), weak.chosen) for weak in found.weak)


def _weakness(weak: WeakQuestion, enough: str) -> str:
    reasons = "; ".join(f"{reason} {len(cases)}" for reason, cases in weak.reasons.items())
    return f"{weak.short}: {weak.k} of {weak.n} {enough}" + (f"; {reasons}" if reasons else "")
