"""One case: its facts, and the answers given about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal, get_args

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.questions import RECORDED, Fact, FactKind, Question, Weight
from sqs_core.errors import HeldError, UsageError, did_you_mean
from sqs_core.records.computed import computed_from, with_computed
from sqs_core.records.dates import parse_date
from sqs_core.records.override import Override
from sqs_core.text import CASE_ID_RULE, one_line, valid_case_id

CaseStatus = Literal["open", "finished"]


@frozen(repr=False)
class Answer:
    """What was judged and noted about one question of one case.

    ``outcome`` is None while only notes were taken.  ``evidence`` is the inspector's, with
    its place in the file; ``said`` is the case manager's view; ``learning`` and ``strength``
    go on the take-away sheet.  ``later`` marks a question to come back to, with a line that may be
    empty; None where it is not marked.  ``discuss`` marks it for moderation.  ``prompts`` is how each
    point of the question was weighed, of those that were.  ``value`` is the number, date or choices that a
    question of that kind is answered with; a text that it is answered with is the ``evidence``.

    >>> Answer("insufficient", ("victims",), evidence="Plan, page 2.")
    <Answer insufficient: victims>
    """

    outcome: str | None = None
    reasons: tuple[str, ...] = ()
    evidence: str = ""
    said: str = ""
    learning: str = ""
    strength: str = ""
    later: str | None = None
    discuss: bool = False
    prompts: Mapping[str, Weight] = field(factory=dict, hash=False)
    value: FactValue | None = None

    def __repr__(self) -> str:
        return f"<Answer {': '.join(filter(None, (str(self.outcome), ', '.join(self.reasons))))}>"

    @property
    def blank(self) -> bool:
        """Whether nothing at all was recorded."""
        return self == NO_ANSWER


@frozen
class Parked:
    """Something recorded under another version that has no place in this one: kept, never counted.

    It names where it comes from (``criteria``, ``criteria_hash``), why it is parked, and holds
    either the whole ``answer`` to ``question``, or the ``value`` of ``fact``.  Migrating back to
    that version puts it where it was.
    """

    criteria: str
    criteria_hash: str
    why: str = ""
    question: str = ""
    answer: Answer | None = None
    fact: str = ""
    value: FactValue | None = None


NO_ANSWER = Answer()
NOTES = ("evidence", "said", "learning", "strength")


@frozen(repr=False)
class CaseRecord:
    """The record of one case.  It is a value: the ``-ing`` methods give a changed copy.

    ``case`` is a case reference, never a name.  ``criteria`` and ``criteria_hash`` pin the
    version it was made under.  ``practice`` records are never counted or reported.
    ``parked`` is what migrations from other versions found no place for.
    ``overrides`` are a moderator's decisions, the latest last: the answer stays as it was
    given, and the override's outcome counts.

    >>> record = open_inspection("darlington-2012").case("07").record
    >>> record
    <CaseRecord 07: open, 22 answers, under sqs-2012>
    >>> record.judged("roh.plan"), record.facts["custody"]
    ('insufficient', True)
    """

    case: str
    criteria: str
    criteria_hash: str
    status: CaseStatus = "open"
    inspector: str = ""
    case_manager: str = ""
    assessed_with_case_manager: bool | None = None
    practice: bool = False
    facts: Mapping[str, FactValue] = field(factory=dict)
    answers: Mapping[str, Answer] = field(factory=dict)
    parked: tuple[Parked, ...] = ()
    overrides: tuple[Override, ...] = ()

    def __repr__(self) -> str:
        return f"<CaseRecord {self.case}: {self.status}, {len(self.answers)} answers, under {self.criteria}>"

    def answer(self, question: str) -> Answer:
        """Return the answer to ``question``; a blank one where nothing was recorded."""
        return self.answers.get(question, NO_ANSWER)

    def override(self, question: str) -> Override | None:
        """Return the override of ``question`` that counts: the latest; None where there is none."""
        return next((o for o in reversed(self.overrides) if o.question == question), None)

    def judged(self, question: str) -> str | None:
        """Return the outcome that counts for ``question``: of its latest override, else of its answer."""
        if self.overrides and (override := self.override(question)):
            return override.new
        return self.answer(question).outcome

    def looked_at(self, question: str) -> FactValue | None:
        """Return what conditions compare of ``question``: the value that is recorded, else the outcome."""
        outcome = self.judged(question)
        value = self.answer(question).value if outcome == RECORDED.id else None
        return outcome if value is None else value

    def overriding(self, override: Override) -> CaseRecord:
        """Return this record with one more override; the answer itself is left as it is."""
        return evolve(self, overrides=(*self.overrides, override))

    def answering(self, question: str, answer: Answer) -> CaseRecord:
        """Return this record with ``answer`` to ``question``; a blank answer leaves no trace."""
        if not answer.blank:
            return evolve(self, answers={**self.answers, question: answer})
        return evolve(self, answers={name: a for name, a in self.answers.items() if name != question})

    def noting(self, fact: str, value: FactValue | None) -> CaseRecord:
        """Return this record with ``fact`` set to ``value``; None takes the fact away."""
        facts = {**self.facts, fact: value}
        return evolve(self, facts={name: held for name, held in facts.items() if held is not None})

    @property
    def blank(self) -> bool:
        """Whether nothing has been entered yet, beside the case reference."""
        return not (
            self.facts
            or self.answers
            or self.parked
            or self.inspector
            or self.case_manager
            or self.assessed_with_case_manager is not None
        )

    @property
    def to_come_back_to(self) -> tuple[str, ...]:
        """The questions marked to come back to."""
        return tuple(q for q, a in self.answers.items() if a.later is not None)


# ------------------------------------------------------------ facts

NONE_OF_THEM: Final = "none of them"
"""What is typed where it was looked at, and no choice of several holds."""


def check_fact(criteria: Criteria, name: str, value: FactValue) -> None:
    """Refuse, with UsageError, a value that is not of the kind the fact ``name`` has."""
    _check_value(criteria.fact(name), value, f"fact '{name}'")


def check_answer(question: Question, value: FactValue) -> None:
    """Refuse, with UsageError, a value that is not of the kind ``question`` is answered with."""
    _check_value(question.as_fact, value, f"the answer to {question.id}")


def _check_value(fact: Fact, value: FactValue, called: str) -> None:
    if type(value) is not _TYPES[fact.kind]:  # not isinstance: a bool is an int
        raise UsageError(f"{called} is {_KINDS[fact.kind]}, not '{_typed(value)}'")
    known = [c.id for c in fact.choices]
    for part in value if isinstance(value, tuple) else (value,) if fact.kind == "choice" else ():
        if part not in known:
            raise UsageError(f"{called} has no choice '{part}'; {did_you_mean(str(part), known)}")
    if isinstance(value, tuple) and len(set(value)) < len(value):
        raise UsageError(f"{called} has a choice twice; name each once")
    if fact.kind == "number" and isinstance(value, int) and not fact.least <= value <= fact.most:
        raise UsageError(f"{called} is a whole number from {fact.least} to {fact.most}, not {value}")


_TYPES: Final[Mapping[FactKind, type]] = {
    "boolean": bool, "choice": str, "several": tuple, "number": int, "date": date, "text": str,
}  # fmt: skip
_KINDS: Final[Mapping[FactKind, str]] = {
    "boolean": "true or false", "choice": "words", "several": "a list of words", "number": "a whole number",
    "date": "a date such as 2012-11-26", "text": "words",
}  # fmt: skip


def _typed(value: FactValue) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def parse_fact(criteria: Criteria, name: str, words: str) -> FactValue | None:
    """Return the value that ``words`` typed by a person give the fact ``name``.

    yes/no, true/false for a boolean; a day as people write it (``records.days.read_day``); a whole
    number; a choice, several with commas between them ("none of them" where none is ticked), or words.
    Nothing typed is None: the fact is taken away.  UsageError where the words cannot be read so.
    """
    fact = criteria.fact(name)
    value = _parse_value(fact, words, f"fact '{name}'")
    if fact.links and value is not None:
        _check_link(criteria, fact, words.strip())
    return value


def parse_answer(question: Question, words: str) -> FactValue | None:
    """Return the value that ``words`` typed by a person answer ``question`` with, as :func:`parse_fact`."""
    return _parse_value(question.as_fact, words, f"the answer to {question.id}")


def read_answer(criteria: Criteria, question: Question, words: str) -> tuple[str | None, FactValue | None]:
    """Return the outcome and the value that ``words`` answer ``question`` with: an outcome's id, or a value.

    Nothing typed is neither.  UsageError where the words are none of both.
    """
    if not words.strip():
        return None, None
    if question.answer in ("judgement", "text") or words in (o.id for o in criteria.outcomes_of(question)):
        return criteria.outcome_of(question, words).id, None
    return RECORDED.id, parse_answer(question, words)


_DAY_IN_NUMBERS: Final = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}-\d{1,2}")


def _parse_value(fact: Fact, words: str, called: str) -> FactValue | None:
    words = words.strip()
    if not words:
        return None
    value: FactValue = words
    if fact.kind == "boolean":
        meanings = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
        if words.lower() not in meanings:
            raise UsageError(f"{called} is yes or no, not '{words}'")
        value = meanings[words.lower()]
    elif fact.kind == "date":
        day = parse_date(words)
        if day is None:
            no_day = ": there is no such day" if _DAY_IN_NUMBERS.fullmatch(words) else ""
            raise UsageError(f"{called} is a date such as 2012-11-26 or 26/11/2012, not '{words}'{no_day}")
        value = day
    elif fact.kind == "number":
        if not re.fullmatch(r"-?[0-9]{1,9}", words):
            raise UsageError(f"{called} is a whole number, not '{words}'")
        value = int(words)
    elif fact.kind == "several":
        ticked = [] if words.lower() == NONE_OF_THEM else [part.strip() for part in words.split(",")]
        _check_value(fact, tuple(ticked), called)
        value = tuple(choice.id for choice in fact.choices if choice.id in ticked)
    _check_value(fact, value, called)
    return value


def _check_link(criteria: Criteria, fact: Fact, record: str) -> None:
    """Refuse, with UsageError, what can name no record, or none that is there as far as that is known."""
    if not valid_case_id(record):
        raise UsageError(f"fact '{fact.id}' is the reference of a record, never a name: {CASE_ID_RULE}")
    known = criteria.linked.get(fact.links)
    if known is not None and record not in known:
        raise UsageError(
            f"fact '{fact.id}' names a record of '{fact.links}', and there is no '{one_line(record, 40)}'; "
            f"{did_you_mean(record, known)}"
        )


# ------------------------------------------------------------ a session

MOST_STEPS = 200


@frozen(repr=False)
class Session:
    """A record under work, with what came before (``past``) and what was undone (``future``).

    It is a value: each change gives another session.  Changes that the criteria do not
    allow raise UsageError and leave the session as it was; a finished case raises HeldError.

    >>> folder = open_inspection("darlington-2012")
    >>> session = Session(folder.criteria, folder.new_case("15"))
    >>> session = session.setting("rosh_identified", True).judging("roh.plan", "sufficient")
    >>> session
    <Session on case 15: 2 changes to undo>
    >>> session.undoing().record.judged("roh.plan") is None
    True
    """

    criteria: Criteria
    record: CaseRecord
    past: tuple[CaseRecord, ...] = ()
    future: tuple[CaseRecord, ...] = ()

    def __repr__(self) -> str:
        return f"<Session on case {self.record.case}: {len(self.past)} changes to undo>"

    def judging(self, question: str, outcome: str | None, reasons: tuple[str, ...] | None = None) -> Session:
        """Return the session after ``outcome`` was given to ``question``; None takes it away.

        UsageError where it is computed.

        ``reasons`` None leaves the ticked ones: those the outcome does not take are kept
        in the record but not counted, and are there again if the outcome is changed back.  A value is
        taken away by any outcome: :meth:`giving` records it.
        """
        asked = self.criteria.question(question)
        if asked.is_computed and outcome != self.record.answer(question).outcome:
            raise UsageError(f"{question} is computed from {computed_from(self.criteria, asked)}")
        answer = evolve(self.record.answer(question), outcome=outcome)
        if outcome is not None:
            self.criteria.outcome_of(asked, outcome)
        if not asked.is_judged and outcome == RECORDED.id:
            return self.giving(question, answer.value if asked.answer != "text" else answer.evidence)
        answer = evolve(answer, value=None)
        if reasons is not None:
            for reason in reasons:
                self.criteria.reason_of(asked, reason)
                takes = [r.id for r in self.criteria.reasons_of(asked, outcome)] if outcome else []
                if reason not in takes:
                    raise UsageError(
                        f"reason '{reason}' of {question} cannot be given with outcome '{outcome}'; "
                        f"{did_you_mean(reason, takes)}"
                    )
            answer = evolve(answer, reasons=self._in_order(question, reasons))
        return self.answering(question, answer)

    def giving(self, question: str, value: FactValue | None) -> Session:
        """Return the session after ``question`` was answered with ``value``; None takes the answer away.

        UsageError where that is not what it is answered with.
        """
        asked = self.criteria.question(question)
        if value is not None:
            check_answer(asked, value)
        answer = self.record.answer(question)
        outcome = None if value is None or not str(value).strip() else RECORDED.id
        if asked.as_fact.kind == "text":
            return self.answering(question, evolve(answer, outcome=outcome, evidence=str(value or "")))
        return self.answering(question, evolve(answer, outcome=outcome, value=value))

    def ticking(self, question: str, reason: str) -> Session:
        """Return the session after ``reason`` was ticked, or unticked where it was ticked."""
        self.criteria.reason_of(self.criteria.question(question), reason)
        answer = self.record.answer(question)
        ticked = set(answer.reasons) ^ {reason}
        return self.answering(question, evolve(answer, reasons=self._in_order(question, tuple(ticked))))

    def weighing(self, question: str, prompt: str, weight: Weight | None) -> Session:
        """Return the session after a point was weighed; None takes that away.  The outcome stays as it is."""
        asked = self.criteria.question(question)
        self.criteria.prompt_of(asked, prompt)
        if weight not in (None, *get_args(Weight)):
            raise UsageError(f"a point is weighed yes, no or not-applicable, not '{weight}'")
        answer = self.record.answer(question)
        weighed = {**answer.prompts, prompt: weight}
        kept = {p.id: given for p in asked.prompts if (given := weighed.get(p.id))}
        return self.answering(question, evolve(answer, prompts=kept))

    def noting(self, question: str, note: str, text: str) -> Session:
        """Return the session after one of the notes (evidence, said, learning, strength) was written.

        To write the evidence of what is answered with a text is to answer it, whatever the answer was.
        """
        if note not in NOTES:
            raise UsageError(f"no note '{note}'; {did_you_mean(note, NOTES)}")
        asked, now = self.criteria.question(question), self.record.answer(question)
        written = bool(text.strip()) and text != now.evidence
        if note == "evidence" and asked.answer == "text" and (written or now.outcome == RECORDED.id):
            return self.giving(question, text)
        changes: dict[str, Any] = {note: text}
        return self.answering(question, evolve(now, **changes))

    def flagging(self, question: str, *, later: str | None = None, discuss: bool | None = None) -> Session:
        """Return the session after ``question`` was marked to come back to, or to discuss.

        ``later`` None takes the mark away; ``discuss`` None leaves it as it is.
        """
        self.criteria.question(question)
        answer = self.record.answer(question)
        talk = answer.discuss if discuss is None else discuss
        return self.answering(question, evolve(answer, later=later, discuss=talk))

    def answering(self, question: str, answer: Answer) -> Session:
        """Return the session with a whole answer to a question of the version."""
        self.criteria.question(question)
        return self._with(self.record.answering(question, answer))

    def setting(self, fact: str, value: FactValue | None) -> Session:
        """Return the session after a fact was set; None takes it away.

        UsageError where the value is not of the fact's kind.
        """
        if value is not None:
            check_fact(self.criteria, fact, value)
        else:
            self.criteria.fact(fact)
        return self._with(self.record.noting(fact, value))

    def attending(
        self,
        *,
        inspector: str | None = None,
        case_manager: str | None = None,
        with_case_manager: bool | None = None,
    ) -> Session:
        """Return the session after it was noted who screened the case; None leaves a part as it is."""
        noted: dict[str, Any] = {
            "inspector": inspector,
            "case_manager": case_manager,
            "assessed_with_case_manager": with_case_manager,
        }
        given = {part: value for part, value in noted.items() if value is not None}
        return self._with(evolve(self.record, **given))

    def undoing(self) -> Session:
        """Return the session one change back; itself where there is nothing to undo."""
        if not self.past:
            return self
        self._check_not_finished()
        return evolve(self, record=self.past[-1], past=self.past[:-1], future=(self.record, *self.future))

    def redoing(self) -> Session:
        """Return the session with the change last undone made again; itself where there is none."""
        if not self.future:
            return self
        self._check_not_finished()
        return evolve(self, record=self.future[0], past=(*self.past, self.record), future=self.future[1:])

    def _with(self, record: CaseRecord) -> Session:
        self._check_not_finished()
        record = with_computed(self.criteria, record)
        if record == self.record:
            return self
        return evolve(self, record=record, past=(*self.past, self.record)[-MOST_STEPS:], future=())

    def _check_not_finished(self) -> None:
        if self.record.status == "finished":
            named = self.criteria.named(self.record.case)
            raise HeldError(f"{named} is finished; reopen it, saying why, to change it")

    def _in_order(self, question: str, reasons: tuple[str, ...]) -> tuple[str, ...]:
        order = [r.id for r in self.criteria.reasons_of(self.criteria.question(question))]
        return tuple(sorted(set(reasons), key=order.index))
