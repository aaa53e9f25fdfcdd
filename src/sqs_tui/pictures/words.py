"""Words that several pictures share: days, orders, marks of a case and of a question."""

from __future__ import annotations

from datetime import date

from sqs_core.criteria import Criteria
from sqs_core.criteria.model import Outcome, Question
from sqs_core.errors import Problem
from sqs_core.records import CaseRecord, Inspection
from sqs_core.scoring.states import State
from sqs_tui.paint.lines import short
from sqs_tui.standings import Standing

STYLE_OF = {"sufficient": "yes", "insufficient": "no", "not-applicable": "dim", "not-known": "dim"}


def days(inspection: Inspection) -> str:
    """The days of fieldwork: "26–28 Nov 2012"."""
    first, last = inspection.first_day, inspection.last_day or inspection.first_day
    if first is None or last is None:
        return ""
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last)}"
    return f"{day(first)} – {day(last)}"


def day_of(inspection: Inspection, today: date) -> str:
    """Which day of the fieldwork ``today`` is: "day 2 of 3"; "" before and after."""
    first, last = inspection.first_day, inspection.last_day or inspection.first_day
    if first is None or last is None or not first <= today <= last or first == last:
        return ""
    return f"day {(today - first).days + 1} of {(last - first).days + 1}"


def day(value: date) -> str:
    """A day as it is read: "27 Nov 2012"."""
    return f"{value.day} {value:%b %Y}"


def order_of(record: CaseRecord) -> str:
    """The order in short: "YRO 24 months"."""
    parts = (str(record.facts.get(name, "")) for name in ("order_type", "order_length"))
    words = " ".join(part for part in parts if part)
    return words.replace(" months", "m").replace(" month", "m")


def case_mark(record: CaseRecord, standing: Standing) -> tuple[str, str]:
    """The mark of a case and its style: nobody has looked, looked at, all answered, finished."""
    if record.status == "finished":
        return "✓", "good"
    if record.blank:
        return "○", "dim"
    return ("●", "good") if standing.done == standing.asked else ("◐", "flag")


def problem_words(problem: Problem, record: CaseRecord) -> str:
    """What is the matter with a question, without its id; of a mark to come back to it also why."""
    words = problem.what.removeprefix(problem.where).strip()
    later = record.answer(problem.where).later if problem.code == "C104" else None
    return f"{words}: “{later}”" if later else words


def question_mark(
    criteria: Criteria, record: CaseRecord, question: Question, state: State
) -> tuple[str, str]:
    """The one character of a question in a grid, and its style."""
    answer = record.answer(question.id)
    if state in (State.NOT_ASKED, State.PARKED):
        return (" ", "dim") if state is State.NOT_ASKED else ("p", "dim")
    if answer.later is not None:
        return "⚑", "flag"
    if answer.outcome is None:
        return ".", "dim"
    outcome = criteria.outcome_of(question, answer.outcome)
    return outcome.mark, STYLE_OF[outcome.counts]


def outcome_word(criteria: Criteria, record: CaseRecord, question: Question, state: State) -> str:
    """The state of a question in one word, for an outline."""
    answer = record.answer(question.id)
    if state is State.NOT_ASKED:
        return ""
    if state is State.PARKED:
        return "parked"
    if answer.later is not None:
        return "back"
    if answer.outcome is None:
        return ""
    return in_a_word(criteria.outcome_of(question, answer.outcome))


BRIEF = {"sufficient": "yes", "not-applicable": "n/a", "not-known": "?"}


def in_a_word(outcome: Outcome) -> str:
    """An outcome in a word of at most six cells; of those that fall short each has its own."""
    if outcome.counts in BRIEF:
        return BRIEF[outcome.counts]
    known = {"insufficient": "no", "absent": "none"}
    return known.get(outcome.id) or short(str(outcome.text).split()[0].rstrip(","), 6)
