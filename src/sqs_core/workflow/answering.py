"""Answer questions in steps: the change, what was entered, and the words that describe it.

    >>> step = judging(criteria, "roh.plan", "insufficient")     # doctest: +SKIP
    >>> after = step.change(session)                             # UsageError, HeldError: nothing changed
    >>> step.description(after.record)
    'Answer: no, not good enough.'
    >>> still_to_say(criteria, after.record, "roh.plan")
    ('reason', 'evidence')

``step.entered`` describes what was entered without quoting it ("evidence at 2.3, 44 characters"), for when
saving it fails; ``step.words`` are the words themselves, to be shown again to whoever typed them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import MOST, RECORDED, Question, Weight
from sqs_core.errors import UsageError
from sqs_core.records.case import NONE_OF_THEM, CaseRecord, Session, check_answer, parse_answer
from sqs_core.records.second_marking import format_fact, value_in_words
from sqs_core.scoring.states import APPLYING, State, question_states
from sqs_core.text import counted
from sqs_core.workflow.case_form import Field, form_change, name_advice, setting_field, words_held

NOTE_TITLES: Final = {
    "evidence": "Evidence",
    "said": "What the case manager said",
    "learning": "Learning",
    "strength": "Strength",
}
"""The notes of an answer, and what each is called."""
WEIGHT_WORDS: Final[Mapping[Weight, str]] = {"yes": "yes", "no": "no", "not-applicable": "not applicable"}
PRIVATE_NOTES: Final = ("evidence",)
"""The notes that the shared view does not show."""


def note_title(criteria: Criteria, note: str, question: Question | None = None) -> str:
    """Return what ``note`` is called of a record under ``criteria``: "What the victim worker said".

    The evidence of a ``question`` that is answered with a text is the answer.
    """
    if note == "evidence" and question is not None and question.answer == "text":
        return "Answer"
    return criteria.in_its_words(NOTE_TITLES[note])


@frozen
class Step:
    """One change to one case.

    ``change`` returns the session after it; ``describe`` the sentences that describe it, from the records
    before and after.
    """

    entered: str
    change: Callable[[Session], Session]
    describe: Callable[[CaseRecord, CaseRecord], str]
    words: str = ""

    def description(self, after: CaseRecord, before: CaseRecord | None = None) -> str:
        """Return what the step did, in sentences."""
        return self.describe(before or after, after)


def judging(criteria: Criteria, question: str, outcome: str) -> Step:
    """Return the step that gives ``outcome`` to ``question``."""
    text = criteria.outcome_of(criteria.question(question), outcome).text

    def describe(before: CaseRecord, after: CaseRecord) -> str:
        parked = question_states(criteria, after)[question] is State.PARKED
        kept = text_not_counted(criteria, after, question)
        return f"Answer: {text}." + (_kept(criteria) if parked else f" {kept}" if kept else "")

    entered = f"the answer to {_number(criteria, question)}, {text}"
    return Step(entered, lambda s: s.judging(question, outcome), describe)


def giving(criteria: Criteria, question: str, words: str) -> Step:
    """Return the step that answers ``question`` with the value or text that ``words`` say; "" with none.

    UsageError where they say none of its kind.
    """
    asked = criteria.question(question)
    number = _number(criteria, question)
    try:
        value = parse_answer(asked, words)
    except UsageError as error:  # by the number that everybody sees, and not by its id
        whys = (
            problem.what.replace(f"answer to {question}", f"answer to {number}") for problem in error.problems
        )
        raise UsageError("; ".join(whys)) from None
    is_text = asked.answer == "text"
    entered = f"the answer to {number}, " + (counted(len(words), "character") if is_text else words)
    return Step(entered, lambda s: s.giving(question, value), _answer_given(criteria, question), words)


def answered(
    session: Session, name: str, words: str | None, reasons: tuple[str, ...] | None = None
) -> Session:
    """Return the session after the question ``name`` was answered with an outcome or a value.

    None takes the answer away.  UsageError where ``words`` are neither.
    """
    question = session.criteria.question(name)
    offered = (outcome.id for outcome in session.criteria.outcomes_of(question))
    if question.is_judged or words is None or words in offered:
        return session.judging(name, words, reasons)
    if reasons:
        raise UsageError(f"{name} takes no reasons: its answer is no judgement")
    return session.giving(name, parse_answer(question, words))


def choosing(criteria: Criteria, question: str, choice: str) -> Step:
    """Return the step that ticks or unticks one choice of ``question``; with none ticked it has no answer."""
    asked = criteria.question(question)
    check_answer(asked, (choice,))

    def change(session: Session) -> Session:
        now = session.record.answer(question).value
        ticked = {choice} ^ set(now if isinstance(now, tuple) else ())
        return session.giving(question, tuple(c.id for c in asked.choices if c.id in ticked) or None)

    entered = f"the choice '{choice}' at {_number(criteria, question)}"
    return Step(entered, change, _answer_given(criteria, question))


def _answer_given(criteria: Criteria, question: str) -> Callable[[CaseRecord, CaseRecord], str]:
    def describe(before: CaseRecord, after: CaseRecord) -> str:
        sentence = f"Answer: {answer_words(criteria, after, question) or 'none'}."
        parked = question_states(criteria, after)[question] is State.PARKED
        return sentence + (_kept(criteria) if parked else "")

    return describe


def answer_words(criteria: Criteria, record: CaseRecord, question: str) -> str:
    """Return the answer to ``question``: "no, not good enough", "30", "police; school"; "" for none.

    For a text this is its length, since the text itself is a note.
    """
    answer, asked = record.answer(question), criteria.question(question)
    if answer.outcome is None:
        return ""
    if answer.value is not None:
        return value_in_words(asked, answer.value)
    if asked.answer == "text" and answer.outcome == RECORDED.id:
        return f"written, {counted(len(answer.evidence), 'character')}"
    return str(criteria.outcome_of(asked, answer.outcome).text)


def answer_typed(record: CaseRecord, question: str) -> str:
    """Return the value that answers ``question`` as a person types it, to be changed; "" where none does."""
    return format_fact(record.answer(question).value)


def answer_hint(question: Question) -> str:
    """Return what can be typed for an answer: "a whole number from 0 to 60"; "" for a judgement."""
    if question.answer == "number":
        least, most = question.least, question.most
        return "a whole number " + (f"from {least}" if most == MOST else f"from {least} to {most}")
    hints = {
        "several": f"any of the choices, with commas between them, or {NONE_OF_THEM}",
        "date": "a date such as 26 Nov 2012 or 26/11/2012",
        "text": "in your own words; never a name",
    }
    return hints.get(question.answer, "")


def taking_away(criteria: Criteria, question: str) -> Step:
    """Return the step that takes the answer to ``question`` away; notes and reasons stay."""
    return Step(
        f"the answer to {_number(criteria, question)} taken away",
        lambda s: s.judging(question, None),
        lambda before, after: f"Answer: none. {text_not_counted(criteria, after, question)}".rstrip(),
    )


def ticking(criteria: Criteria, question: str, tick: Iterable[str] = (), untick: Iterable[str] = ()) -> Step:
    """Return the step that ticks some reasons and unticks others, whatever else is ticked by then."""
    more, fewer = frozenset(tick), frozenset(untick)
    asked = criteria.question(question)
    order = [reason.id for reason in criteria.reasons_of(asked)]

    def change(session: Session) -> Session:
        answer = session.record.answer(question)
        reasons = (set(answer.reasons) | more) - fewer
        return session.judging(question, answer.outcome, tuple(sorted(reasons, key=order.index)))

    def describe(before: CaseRecord, after: CaseRecord) -> str:
        ticked = (str(criteria.reason_of(asked, r).text) for r in after.answer(question).reasons)
        return f"Ticked: {'; '.join(ticked) or 'none'}."

    number = _number(criteria, question)
    entered = f"{counted(len(more), 'reason')} ticked and {len(fewer)} unticked at {number}"
    return Step(entered, change, describe)


def weighing(criteria: Criteria, question: str, weights: Mapping[str, Weight | None]) -> Step:
    """Return the step that weighs points of ``question``; None takes the weight of one away."""
    asked = criteria.question(question)

    def change(session: Session) -> Session:
        for prompt, weight in weights.items():
            session = session.weighing(question, prompt, weight)
        return session

    def describe(before: CaseRecord, after: CaseRecord) -> str:
        given = after.answer(question).prompts
        weights = (f"{criteria.prompt_of(asked, p).text}: {WEIGHT_WORDS[w]}" for p, w in given.items())
        return f"Weighed: {'; '.join(weights) or 'none'}."

    entered = f"{counted(len(weights), 'point')} weighed at {_number(criteria, question)}"
    return Step(entered, change, describe)


def noting(criteria: Criteria, question: str, note: str, text: str, *, replaces: bool = False) -> Step:
    """Return the step that writes a note, after what is there or (``replaces``) instead of it."""

    def change(session: Session) -> Session:
        there = str(getattr(session.record.answer(question), note))
        return session.noting(question, note, text if replaces else added(there, text))

    def describe(before: CaseRecord, after: CaseRecord) -> str:
        length = len(str(getattr(after.answer(question), note)))
        instead = answered_instead(criteria, before, after, question)
        return f"{title}: {counted(length, 'character')}. {instead}".rstrip()

    title = note_title(criteria, note, criteria.question(question))
    name = f"{title[0].lower()}{title[1:]} at {_number(criteria, question)}"
    return Step(f"{name}, {counted(len(text), 'character')}", change, describe, text)


def text_not_counted(criteria: Criteria, record: CaseRecord, question: str) -> str:
    """Return that a text is kept that no longer answers ``question``, "" where there is none."""
    answer = record.answer(question)
    kept = criteria.question(question).answer == "text" and answer.evidence.strip()
    return "" if not kept or answer.outcome == RECORDED.id else "The text written there is kept, not counted."


def answered_instead(criteria: Criteria, before: CaseRecord, after: CaseRecord, question: str) -> str:
    """Return that a text that was written answers ``question`` now, in place of "not known"; else ""."""
    old, new = before.answer(question).outcome, after.answer(question).outcome
    if old in (None, RECORDED.id) or new != RECORDED.id:
        return ""
    text = criteria.outcome_of(criteria.question(question), str(old)).text
    return f"It is the answer now, in place of '{text}'; undo brings that back."


def coming_back(criteria: Criteria, question: str, why: str | None) -> Step:
    """Return the step that marks ``question`` to come back to, with a line of why; None unmarks it."""
    number = _number(criteria, question)
    done = f"{number} is marked to come back to" if why is not None else f"{number} is no longer marked"
    return Step(
        f"the mark to come back to {number}",
        lambda s: s.flagging(question, later=why),
        lambda before, after: f"{done}.",
        why or "",
    )


def discussing(criteria: Criteria, question: str, wanted: bool) -> Step:
    """Return the step that marks ``question`` for moderation, or takes that mark away."""
    number = _number(criteria, question)
    state = "marked" if wanted else "no longer marked"

    def change(session: Session) -> Session:
        later = session.record.answer(question).later
        return session.flagging(question, later=later, discuss=wanted)

    return Step(
        f"the mark to discuss {number}",
        change,
        lambda before, after: f"{number} is {state} to discuss at moderation.",
    )


def recording(criteria: Criteria, field: Field, value: str) -> Step:
    """Return the step that records ``value`` in a line of the case form; "" takes it away."""

    def describe(before: CaseRecord, after: CaseRecord) -> str:
        numbers = criteria.question_numbers
        return "\n".join(
            (
                f"{field.label}: {words_held(after, field)}.",
                *form_change(criteria, before, after).sentences(numbers),
                *(f"{advice}." for advice in [name_advice(field, value)] if advice),
            )
        )

    return Step(
        f"{field.label}: {value or 'nothing'}", lambda s: setting_field(s, field, value), describe, value
    )


def still_to_say(criteria: Criteria, record: CaseRecord, question: str) -> tuple[str, ...]:
    """Return what the answer still lacks before the case can be finished: reason, evidence."""
    answer = record.answer(question)
    if answer.outcome is None or question_states(criteria, record)[question] not in APPLYING:
        return ()
    demands = criteria.demands_of(criteria.question(question), answer.outcome)
    given = {"reason": bool(answer.reasons), "evidence": bool(answer.evidence.strip())}
    return tuple(demand for demand in demands if not given[demand])


def added(before: str, text: str) -> str:
    """Return ``text`` on a line of its own after what was there ``before``."""
    return f"{before}\n{text}" if before and text else before or text


def _kept(criteria: Criteria) -> str:
    return f"\nIt is kept, but not counted, as the question does not apply to this {criteria.one}."


def _number(criteria: Criteria, question: str) -> str:
    return criteria.question_numbers[question]
