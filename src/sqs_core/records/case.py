"""One case: its facts, and the answers given about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import FactValue
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.records.dates import parse_date
from sqs_core.records.override import Override

CaseStatus = Literal["open", "finished"]


@frozen
class Answer:
    """What was judged and noted about one question of one case.

    ``outcome`` is None while only notes were taken.  ``evidence`` is the inspector's, with
    its place in the file; ``said`` is the case manager's view; ``learning`` and ``strength``
    go on the take-away sheet.  ``later`` marks a question to come back to, with a line that may be
    empty; None where it is not marked.  ``discuss`` marks it for moderation.
    """

    outcome: str | None = None
    reasons: tuple[str, ...] = ()
    evidence: str = ""
    said: str = ""
    learning: str = ""
    strength: str = ""
    later: str | None = None
    discuss: bool = False

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


@frozen
class CaseRecord:
    """The record of one case.  It is a value: the ``-ing`` methods give a changed copy.

    ``case`` is a case reference, never a name.  ``criteria`` and ``criteria_hash`` pin the
    version it was made under.  ``practice`` records are never counted or reported.
    ``parked`` is what migrations from other versions found no place for.
    ``overrides`` are a moderator's decisions, the latest last: the answer stays as it was
    given, and the override's outcome counts.
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

    def overriding(self, override: Override) -> CaseRecord:
        """Return this record with one more override; the answer itself is left as it is."""
        return evolve(self, overrides=(*self.overrides, override))

    def answering(self, question: str, answer: Answer) -> CaseRecord:
        """Return this record with ``answer`` to ``question``; a blank answer leaves no trace."""
        answers = dict(self.answers)
        if answer.blank:
            answers.pop(question, None)
        else:
            answers[question] = answer
        return evolve(self, answers=answers)

    def noting(self, fact: str, value: FactValue | None) -> CaseRecord:
        """Return this record with ``fact`` set to ``value``; None takes the fact away."""
        facts = dict(self.facts)
        if value is None:
            facts.pop(fact, None)
        else:
            facts[fact] = value
        return evolve(self, facts=facts)

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


def check_fact(criteria: Criteria, name: str, value: FactValue) -> None:
    """Refuse, with UsageError, a value that is not of the kind the fact ``name`` has."""
    fact = criteria.fact(name)
    if fact.kind == "boolean" and not isinstance(value, bool):
        raise UsageError(f"fact '{name}' is true or false, not '{value}'")
    if fact.kind == "date" and (isinstance(value, str | bool)):
        raise UsageError(f"fact '{name}' is a date such as 2012-11-26, not '{value}'")
    if fact.kind in ("text", "choice") and not isinstance(value, str):
        raise UsageError(f"fact '{name}' is words, not '{value}'")
    if fact.kind == "choice":
        known = [c.id for c in fact.choices]
        if value not in known:
            raise UsageError(f"fact '{name}' has no choice '{value}'; {did_you_mean(str(value), known)}")


def parse_fact(criteria: Criteria, name: str, words: str) -> FactValue | None:
    """Return the value that ``words`` typed by a person give the fact ``name``.

    yes/no, true/false for a boolean; a day as people write it (``records.days.read_day``); a choice
    or words.  Nothing typed is None: the fact is taken away.  UsageError where the words cannot be
    read so.
    """
    fact = criteria.fact(name)
    words = words.strip()
    if not words:
        return None
    value: FactValue = words
    if fact.kind == "boolean":
        meanings = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
        if words.lower() not in meanings:
            raise UsageError(f"fact '{name}' is yes or no, not '{words}'")
        value = meanings[words.lower()]
    elif fact.kind == "date":
        day = parse_date(words)
        if day is None:
            raise UsageError(f"fact '{name}' is a date such as 2012-11-26 or 26/11/2012, not '{words}'")
        value = day
    check_fact(criteria, name, value)
    return value
