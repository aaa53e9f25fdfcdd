"""Review a case before it is finished: what stops it, what to consider, and its answers at a glance.

>>> found = review_of(criteria, record)                      # doctest: +SKIP
>>> [(gap.words, gap.location) for gap in found.stops]
[('2.3 is answered no, but no reason is ticked', Location('question', '07', 'roh.plan'))]
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from sqs_core.criteria import Criteria, Question, Theme
from sqs_core.errors import Problem
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.checks import check_before_finishing
from sqs_core.scoring.states import State, question_states
from sqs_core.text import counted
from sqs_core.workflow.answering import answer_words
from sqs_core.workflow.navigation import Location

NOT_ANSWERED = "C101"


@frozen
class Gap:
    """One thing to put right, or (``stops`` false) to think about: what, where, and what would do.

    ``words`` name the question by its number, ``about`` leave it out.
    """

    location: Location
    words: str
    about: str
    remedy: str
    code: str
    stops: bool

    def __str__(self) -> str:
        remedy = f"; {self.remedy}" if self.remedy and self.code != NOT_ANSWERED else ""
        return f"{self.words}{remedy}."


@frozen
class Review:
    """A case before it is finished.

    ``gaps`` are in the order in which they are to be shown, those that stop it first; the counts are of
    learning points, of strengths, and ``discuss`` the questions marked for moderation.
    """

    case: str
    finished: bool
    gaps: tuple[Gap, ...]
    learning: int
    strengths: int
    discuss: tuple[str, ...]

    @property
    def stops(self) -> tuple[Gap, ...]:
        """What stands between the case and being finished."""
        return tuple(gap for gap in self.gaps if gap.stops)

    @property
    def advice(self) -> tuple[Gap, ...]:
        """What is worth considering but does not stop it."""
        return tuple(gap for gap in self.gaps if not gap.stops)

    @property
    def summary(self) -> str:
        """Whether the case can be finished, in a sentence."""
        if not self.stops:
            return "Nothing to put right: every question that applies is answered."
        return f"{counted(len(self.stops), 'thing')} to put right before this case is done."


def review_of(criteria: Criteria, record: CaseRecord, *, second: bool = False) -> Review:
    """Return the review of ``record``; a ``second`` marking is stopped by nothing but missing answers."""
    numbers = criteria.question_numbers
    answers = record.answers.values()
    return Review(
        record.case,
        record.status == "finished",
        gaps_of(criteria, record, second=second),
        sum(bool(answer.learning) for answer in answers),
        sum(bool(answer.strength) for answer in answers),
        tuple(numbers[name] for name, answer in record.answers.items() if answer.discuss),
    )


def gaps_of(criteria: Criteria, record: CaseRecord, *, second: bool = False) -> tuple[Gap, ...]:
    """Return what stands between ``record`` and being finished, then what deserves a second look."""
    found = check_before_finishing(criteria, record, lambda keys: str(keys[1]) if len(keys) > 1 else "")
    gaps = [gap_of(criteria, record, problem, second=second) for problem in found]
    return tuple(sorted(gaps, key=lambda gap: not gap.stops))


def gap_of(criteria: Criteria, record: CaseRecord, problem: Problem, *, second: bool = False) -> Gap:
    """Return what ``problem`` of a case is in words, and where it is mended."""
    question = problem.where
    stops = not problem.advice and not (second and problem.code != NOT_ANSWERED)
    if not question:
        where = Location("facts", record.case)
        return Gap(where, problem.what, problem.what, problem.remedy, problem.code, stops)
    number = criteria.question_numbers[question]
    what = problem.what.replace(question, number, 1)
    if problem.code == NOT_ANSWERED:
        what = f"{number} is not answered yet"
    for outcome in criteria.outcomes:
        what = what.replace(f"answered {outcome.id},", f"answered {outcome.word},")
    later = record.answer(question).later if problem.code == "C104" else None
    about = what.removeprefix(number).strip() + (f": “{later}”" if later else "")
    where = Location("question", record.case, question)
    return Gap(where, what, about, problem.remedy, problem.code, stops)


def answers_at_a_glance(
    criteria: Criteria, record: CaseRecord
) -> Iterator[tuple[Theme, tuple[tuple[str, str], ...]]]:
    """Yield each section with the number and the answer in a word of every question that is asked."""
    found = question_states(criteria, record)
    numbers = criteria.question_numbers
    for theme in criteria.themes:
        yield (
            theme,
            tuple(
                (numbers[question.id], answer_in_a_word(criteria, record, question, found[question.id]))
                for question in criteria.theme_questions(theme.id)
                if found[question.id] is not State.NOT_ASKED
            ),
        )


def answer_in_a_word(criteria: Criteria, record: CaseRecord, question: Question, state: State) -> str:
    """Return "no", "not answered", "yes (parked)" or "yes (come back)"."""
    answer = record.answer(question.id)
    word = criteria.outcome_of(question, answer.outcome).word if answer.outcome else "not answered"
    if not question.is_judged and answer.outcome:
        word = answer_words(criteria, record, question.id)
    word += " (parked)" if state is State.PARKED else ""
    return word + (" (come back)" if answer.later is not None else "")
