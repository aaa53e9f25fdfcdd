"""Styles by their meaning, and the words and marks that several screens share.

Styles are theme variables: colour tells a state, weight tells importance.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from textual.content import Content

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import PARKED_MARK, RECORDED, ROLE, Question, Weight
from sqs_core.records import CaseRecord, Inspection, Interview
from sqs_core.records.dates import day
from sqs_core.scoring.states import State
from sqs_core.text import shown
from sqs_core.workflow.progress import CaseProgress

TITLE = "bold"
DIM = "$text-muted"
YES, NO, FLAG = "$text-success", "$text-error", "bold $text-warning"
GOOD, WARN = "$text-success", "bold $text-warning"
HERE = "bold $text-accent"
BAR = "$primary"
FIGURE, PICK = "$text-accent", "bold reverse"
"""A figure of the letter, and the one with the mark."""

OF_COUNTS = {"sufficient": YES, "insufficient": NO, "not-applicable": DIM, "not-known": DIM, "recorded": ""}
"""By what an outcome counts as."""
MARK_OF_WEIGHT: Final[Mapping[Weight | None, str]] = {
    None: "[ ]", "yes": "[y]", "no": "[n]", "not-applicable": "[/]",
}  # fmt: skip
STYLE_OF_WEIGHT: Final[Mapping[Weight | None, str]] = {"yes": YES, "no": NO, "not-applicable": DIM}


def text(words: str, style: str = "") -> Content:
    """Return ``words`` as content that a terminal may have: no markup is read in it, nothing is obeyed."""
    words = shown(words).replace("\t", " ")
    return Content.styled(words, style) if style else Content(words)


def fitted(words: str, width: int, style: str = "") -> Content:
    """Return ``words`` in exactly ``width`` cells, on one line; what is cut off shows as an ellipsis."""
    return text(words.replace("\n", " "), style).truncate(max(0, width), ellipsis=True, pad=True)


def shortened(words: str, width: int, style: str = "") -> Content:
    """Return ``words`` in at most ``width`` cells, on one line, with an ellipsis where some are left out."""
    return text(words.replace("\n", " "), style).truncate(max(0, width), ellipsis=True)


def wrapped(words: str, width: int, style: str = "") -> list[Content]:
    """Return ``words`` broken at blanks into lines of at most ``width`` cells; newlines are kept."""
    return [line.rstrip() for line in text(words, style).wrap(max(1, width))]


def beside(lead: Content, words: str, width: int, style: str = "") -> list[Content]:
    """Return ``words`` beside ``lead``, broken into lines under each other within ``width`` cells in all."""
    first, *rest = wrapped(words, width - lead.cell_length, style) or [Content.empty()]
    return [lead + first, *(Content(" " * lead.cell_length) + row for row in rest)]


def joined(*parts: Content) -> Content:
    """Return ``parts`` as one line."""
    return Content("").join(parts)


# ------------------------------------------------------------ words and marks


def days(inspection: Inspection) -> str:
    """Return the days of fieldwork: "26–28 Nov 2012"."""
    first, last = inspection.first_day, inspection.last_day or inspection.first_day
    if first is None or last is None:
        return ""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def day_of(inspection: Inspection, today: date) -> str:
    """Return which day of the fieldwork ``today`` is: "day 2 of 3"; "" before and after."""
    first, last = inspection.first_day, inspection.last_day or inspection.first_day
    if first is None or last is None or not first <= today <= last or first == last:
        return ""
    return f"day {(today - first).days + 1} of {(last - first).days + 1}"


ORDER: Final = ("order_type", "order_length")
"""The facts that tell the order, in versions that ask for it."""


def order_of(record: CaseRecord) -> str:
    """Return the order in short: "YRO 24m"."""
    parts = (str(record.facts.get(name, "")) for name in ORDER)
    words = " ".join(part for part in parts if part)
    return words.replace(" months", "m").replace(" month", "m")


def role_of(criteria: Criteria, person: Interview) -> str:
    """Return the role of a member of staff, and that no views were given: "case manager, no views"."""
    words = next((str(c.text) for c in criteria.fact(ROLE).choices if c.id == person.role), "no role yet")
    return words if person.gave_views else f"{words}, no views"


def case_mark(progress: CaseProgress) -> tuple[str, str]:
    """Return the mark of a case and its style: finished, nobody has looked, all answered, begun."""
    if progress.record.status == "finished":
        return "✓", GOOD
    if progress.record.blank:
        return "○", DIM
    return ("●", GOOD) if progress.complete else ("◐", FLAG)


def question_mark(
    criteria: Criteria, record: CaseRecord, question: Question, state: State
) -> tuple[str, str]:
    """Return the one character of a question in a grid, and its style."""
    answer = record.answer(question.id)
    if state in (State.NOT_ASKED, State.PARKED):
        return (" ", DIM) if state is State.NOT_ASKED else (PARKED_MARK, DIM)
    if answer.later is not None:
        return "⚑", FLAG
    if answer.outcome is None:
        return ".", DIM
    outcome = criteria.outcome_of(question, answer.outcome)
    return outcome.mark, OF_COUNTS[outcome.counts]


def outcome_word(criteria: Criteria, record: CaseRecord, question: Question, state: State) -> str:
    """Return the state of a question in one word of at most six letters, for an outline; "" for none."""
    answer = record.answer(question.id)
    if state is State.NOT_ASKED:
        return ""
    if state is State.PARKED:
        return "parked"
    if answer.later is not None:
        return "back"
    if answer.outcome is None:
        return ""
    value = answer.value
    if isinstance(value, date):
        return f"{value.day} {value:%b}"
    if isinstance(value, tuple):
        return f"{len(value)} of {len(question.choices)}"[:6] if value else "none"
    if value is not None:
        return str(value)[:6]
    if answer.outcome == RECORDED.id:
        return "text"
    return criteria.outcome_of(question, answer.outcome).brief_word
