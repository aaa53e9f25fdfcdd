"""Carrying records from one criteria version to another, with nothing lost on the way.

An answer moves where exactly one question took the place of exactly one and has its outcome,
counting as it did.  Where the outcome of one case has no place, the answers of *all* cases to that
question are parked: moving only those that fit would leave the sufficient ones and make the
work look better than it was.  Reasons that the new question does not have are parked alone.
Migrating back puts parked things where they were.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Generic, Literal, TypeVar

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.diff import Change, CriteriaDiff
from sqs_core.criteria.questions import RECORDED, ROLE, Weight
from sqs_core.errors import UsageError
from sqs_core.records.case import Answer, CaseRecord, Parked, check_answer, check_fact
from sqs_core.records.computed import is_computed, with_computed
from sqs_core.records.interview import Interview

Fate = Literal["same", "moved", "parked", "restored", "still-parked"]
FATES: tuple[Fate, ...] = ("same", "moved", "parked", "restored", "still-parked")
R = TypeVar("R", CaseRecord, Interview)


@frozen
class Move:
    """What became of one thing recorded.

    ``kind`` is "answer", "fact" or "role", or "reason" for a reason or point parked without its answer;
    ``to`` is where it stands now, "" where it is parked.
    """

    kind: str
    name: str
    fate: Fate
    to: str = ""
    why: str = ""


@frozen
class Migrated(Generic[R]):
    """A record under the new version, and what became of everything in the old one."""

    before: R
    record: R
    moves: tuple[Move, ...]

    def counts(self) -> dict[Fate, int]:
        """Return how many answers, facts and roles had each fate."""
        return {fate: sum(m.fate == fate for m in self.moves if m.kind != "reason") for fate in FATES}


def unmovable_questions(records: Iterable[CaseRecord], difference: CriteriaDiff) -> dict[str, str]:
    """Return the questions whose answers may not move, and why: some record's outcome has no place."""
    found: dict[str, str] = {}
    for record in records:
        for name, answer in record.answers.items():
            change = difference.change_of(name)
            if name in found or change.kind not in ("same", "reworded"):
                continue
            if why := _unfit(difference, name, change.new[0], answer):
                found[name] = why
    return found


def migrate_record(record: R, difference: CriteriaDiff, stay: Mapping[str, str] | None = None) -> Migrated[R]:
    """Return ``record``, a case or an interview, carried over to the new version of ``difference``.

    ``stay`` is what :func:`unmovable_questions` gives for the whole inspection; without it, for this record.
    """
    stay = unmovable_questions((record,), difference) if stay is None else stay
    new = difference.new.staff if isinstance(record, Interview) else difference.new
    work = _Migration(difference, new, record.criteria_hash, stay)
    for fact, value in record.facts.items():
        work.fact(fact, value)
    for name, answer in record.answers.items():
        work.answer(name, answer)
    work.restore(record.parked)
    migrated = evolve(
        record,
        criteria=new.id,
        criteria_hash=new.hash,
        facts=work.facts,
        answers=work.answers,
        parked=tuple(work.parked),
    )
    return Migrated(record, with_computed(new, migrated), tuple(work.moves))


@frozen
class _Migration:
    difference: CriteriaDiff
    new: Criteria
    old_hash: str
    stay: Mapping[str, str]
    facts: dict[str, FactValue] = field(factory=dict)
    answers: dict[str, Answer] = field(factory=dict)
    parked: list[Parked] = field(factory=list)
    moves: list[Move] = field(factory=list)

    def answer(self, name: str, answer: Answer) -> None:
        change = self.difference.change_of(name)
        why = _no_home(change, self.new) or self.stay.get(name, "")
        home = "" if why else change.new[0]
        missing, weighed = self._without_home(home, answer) if home else ((), {})
        kept = evolve(
            answer,
            reasons=tuple(r for r in answer.reasons if r not in missing),
            prompts={name: weight for name, weight in answer.prompts.items() if name not in weighed},
        )
        computed = is_computed(self.new, home)
        if computed:
            kept = evolve(kept, outcome=None)
        if why or (kept.blank and not computed):
            why = why or _has_no(home, missing, weighed)
            self._park("answer", name, why, question=name, answer=answer)
            return
        if not kept.blank:
            self.answers[home] = kept
        fate: Fate = "same" if change.kind == "same" and home == name else "moved"
        detail = f"reworded: {', '.join(change.changed)}" if change.kind == "reworded" else ""
        self.moves.append(Move("answer", name, fate, home, detail))
        if missing or weighed:
            why = _has_no(home, missing, weighed)
            self._park("reason", name, why, question=name, answer=Answer(reasons=missing, prompts=weighed))

    def _without_home(self, home: str, answer: Answer) -> tuple[tuple[str, ...], dict[str, Weight]]:
        """Return the reasons and the points of ``answer`` that the question ``home`` does not have."""
        asked = self.new.question(home) if self.new.has_question(home) else None
        reasons = {reason.id for reason in self.new.reasons_of(asked)} if asked else set()
        points = {prompt.id for prompt in asked.prompts} if asked else set()
        weighed = {name: weight for name, weight in answer.prompts.items() if name not in points}
        return tuple(reason for reason in answer.reasons if reason not in reasons), weighed

    def fact(self, name: str, value: FactValue) -> None:
        kind, shown = ("role", str(value)) if name == ROLE else ("fact", name)
        why = _fact_unfit(self.new, name, value)
        if why:
            self._park(kind, shown, why, fact=name, value=value)
            return
        self.facts[name] = value
        if kind == "role" or self.new is self.difference.new:  # the other facts of staff every version has
            self.moves.append(Move(kind, shown, "same", shown))

    def _park(self, kind: str, name: str, why: str, **what: Any) -> None:
        self.parked.append(Parked(self.difference.old.id, self.old_hash, why, **what))
        self.moves.append(Move(kind, name, "parked", why=why))

    def restore(self, parked: Iterable[Parked]) -> None:
        """Put back what was parked when a record left the version it returns to now."""
        new = self.new
        for item in parked:
            name = item.question or item.fact
            kind = "answer" if item.question else ROLE if item.fact == ROLE else "fact"
            home = (item.criteria, item.criteria_hash) == (new.id, new.hash)
            if home and item.answer is not None and (joined := self._joined(item.question, item.answer)):
                self.answers[item.question] = joined
            elif home and item.value is not None and item.fact not in self.facts:
                self.facts[item.fact] = item.value
            else:
                why = "its place was taken meanwhile" if home else f"it belongs to {item.criteria}"
                self.parked.append(item)
                self.moves.append(Move(kind, name, "still-parked", why=why))
                continue
            self.moves.append(Move(kind, name, "restored", name))

    def _joined(self, question: str, parked: Answer) -> Answer | None:
        """Return ``parked`` where nothing is answered, or its reasons beside the answer; None where taken."""
        answer = self.answers.get(question)
        if answer is None:
            return parked
        part = Answer(reasons=parked.reasons, prompts=parked.prompts)
        taken = set(parked.reasons) & set(answer.reasons) or parked.prompts.keys() & answer.prompts.keys()
        if parked != part or taken:
            return None
        new = self.new
        order = [reason.id for reason in new.reasons_of(new.question(question))]
        reasons = tuple(sorted((*answer.reasons, *parked.reasons), key=order.index))
        return evolve(answer, reasons=reasons, prompts={**answer.prompts, **parked.prompts})


def _has_no(home: str, reasons: Iterable[str], prompts: Iterable[str]) -> str:
    """Return why parts of an answer have no place: "roh.plan has no reason 'late' and 'victims'"."""
    parts = (("reason", reasons), ("point", prompts))
    missing = [f"no {kind} " + " and ".join(map(repr, names)) for kind, names in parts if names]
    return f"{home} has {' and '.join(missing)}"


def _no_home(change: Change, new: Criteria) -> str:
    """Return why no single question of ``new`` takes an answer over whole; "" where one does."""
    if change.kind == "gone":
        return f"nothing in {new.id} takes its place"
    if change.kind == "split":
        return f"it was split into {' and '.join(change.new)}; answer each of them again"
    if change.kind == "merged":
        return f"it was merged with others into {' and '.join(change.new)}; answer it again"
    return ""


def _unfit(difference: CriteriaDiff, name: str, home: str, answer: Answer) -> str:
    """Return why the question ``home`` has no place for what ``answer`` gives; "" where it has."""
    new, outcome = difference.new, answer.outcome
    if answer.value is not None and new.has_question(home):
        try:
            check_answer(new.question(home), answer.value)
        except UsageError:
            return f"{home} is answered in another way in {new.id}, or with other values"
        return ""
    if is_computed(new, home):  # what was computed before is computed anew
        return (
            "" if outcome is None or is_computed(difference.old, name) else f"{home} is computed in {new.id}"
        )
    counted, counts = _counting(difference.old, name), _counting(new, home)
    if outcome is None or counts.get(outcome) == counted[outcome]:
        return ""
    if outcome not in counts:
        return f"{home} has no outcome '{outcome}'"
    return f"'{outcome}' counts as {counts[outcome]} in {new.id}"


def _counting(criteria: Criteria, name: str) -> dict[str, str]:
    """Return what each outcome of a question or interview question counts as."""
    asked = criteria if criteria.has_question(name) else criteria.staff
    question = asked.question(name)
    own = () if question.is_judged else ((RECORDED.id, f"a {question.answer}"),)
    return dict((*((outcome.id, outcome.counts) for outcome in asked.outcomes_of(question)), *own))


def _fact_unfit(new: Criteria, name: str, value: FactValue) -> str:
    if not new.has_fact(name):
        return f"{new.id} has no such fact"
    try:
        check_fact(new, name, value)
    except UsageError:
        return (
            f"{new.id} has no such role" if name == ROLE else f"{new.id} has this fact, but with other values"
        )
    return ""
