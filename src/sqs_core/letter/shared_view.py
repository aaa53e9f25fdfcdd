"""One question of a case for two readers: what both may see, and by construction nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from sqs_core.criteria import Criteria, Question
from sqs_core.criteria.questions import RECORDED
from sqs_core.records.case import NONE_OF_THEM, Answer, CaseRecord
from sqs_core.records.second_marking import value_in_words
from sqs_core.scoring.states import APPLYING, State, progress, question_states

MOST_POINTS = 3
"""Of what to take away, this many points are shown beside a question."""


@frozen
class SharedChoice:
    """One outcome, value or choice of a question: its key ("" for none), its words, whether it was given."""

    key: str
    text: str
    given: bool


@frozen
class SharedView:
    """What the case manager may read along: it has no field for a private note.

    ``heading`` is what the record is called ("Case 07", "Parent 03"); ``done`` of ``asked`` questions are
    answered; ``applies`` is false where the facts say that the question does not; ``said`` are the own words
    of who is seen.
    """

    case: str
    heading: str
    done: int
    asked: int
    theme: str
    question: str
    text: str
    applies: bool
    outcomes: tuple[SharedChoice, ...]
    said: str
    learning: tuple[str, ...]
    strengths: tuple[str, ...]


def shared_view(criteria: Criteria, record: CaseRecord, question: str) -> SharedView:
    """Return what of ``question`` in ``record`` both may read; UsageError for no question of the version."""
    asked = criteria.question(question)
    answer = record.answer(question)
    answers = record.answers.values()
    done, of = progress(criteria, record)
    return SharedView(
        case=record.case,
        heading=criteria.heading(record.case),
        done=done,
        asked=of,
        theme=next(str(t.title) for t in criteria.themes if t.id == asked.theme),
        question=question,
        text=str(asked.text),
        applies=question_states(criteria, record)[question] in APPLYING,
        outcomes=(
            *_choices_of_value(asked, answer),
            *(SharedChoice(o.key, str(o.text), o.id == answer.outcome) for o in criteria.outcomes_of(asked)),
        ),
        said=answer.said,
        learning=tuple(a.learning for a in answers if a.learning)[:MOST_POINTS],
        strengths=tuple(a.strength for a in answers if a.strength)[:MOST_POINTS],
    )


def _choices_of_value(asked: Question, answer: Answer) -> Iterator[SharedChoice]:
    """Yield what answers a question that is not judged; of a text only that it is written: it is a note."""
    value = answer.value
    if asked.answer == "several":
        ticked = value if isinstance(value, tuple) else ()
        for place, choice in enumerate(asked.choices, 1):
            yield SharedChoice(str(place) if place < 10 else "", str(choice.text), choice.id in ticked)
        yield SharedChoice("0", NONE_OF_THEM, value == ())
    elif not asked.is_judged:
        recorded = answer.outcome == RECORDED.id
        words = "written" if value is None else value_in_words(asked, value)
        yield SharedChoice("", words if recorded else "not answered yet", recorded)


def shared_text(view: SharedView) -> str:
    """Return the view as lines, for a terminal that only prints."""
    rows = [f"{view.heading}. {view.done} of {view.asked} answered.", view.theme, "", view.text]
    if not view.applies:
        rows.append("As the facts stand, this does not apply.")
    rows += [f"  {'[x]' if choice.given else '[ ]'} {choice.text}" for choice in view.outcomes]
    if view.said:
        rows += ["", "What you said", *(f"  {row}" for row in view.said.split("\n"))]
    if view.learning or view.strengths:
        rows += ["", "To take away", *(f"  - {text}" for text in view.learning)]
        rows += [f"  + {text}" for text in view.strengths]
    return "\n".join(rows)


def question_in_view(criteria: Criteria, before: CaseRecord | None, now: CaseRecord) -> str:
    """Return the question to show where nobody says which: the one whose answer changed since ``before``,

    else the first that applies and is not answered, else the first that applies, else the first.
    """
    if before is not None:
        changed = [q.id for q in criteria.questions if before.answer(q.id) != now.answer(q.id)]
        if changed:
            return changed[-1]
    found = question_states(criteria, now)
    for wanted in ({State.UNANSWERED}, APPLYING):
        for question, state in found.items():
            if state in wanted:
                return question
    return criteria.questions[0].id
