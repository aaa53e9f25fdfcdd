"""A second marking of a case, and what was agreed where the two differ.

The second marking itself is a :class:`~sqs_core.records.case.CaseRecord`, open while it is made.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.questions import Question
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.records.case import NONE_OF_THEM, NOTES, Answer, CaseRecord, check_fact, parse_fact, read_answer
from sqs_core.records.dates import day

DecisionSource = Literal["first", "second", "both", "other", "open"]
NotesKept = Literal["", "both", "first", "second"]
BOTH, OPEN = "both", "open"


@frozen
class Decision:
    """What was agreed about one question or fact: which marking was taken, and why.

    ``first``, ``second`` and ``agreed`` are outcomes, or facts as a person types them; "" is
    nothing recorded.  ``taken`` "other" is neither marking's view, "both" the one outcome that both
    gave with the reasons of either, and "open" nothing yet: it is left for the lead inspector.
    ``kept`` is whose notes the answer goes on with; "" those of the view taken.  ``reasons`` are
    those ticked for an outcome that is neither marking's view; without any, the first's stay.
    """

    taken: DecisionSource
    why: str
    first: str = ""
    second: str = ""
    agreed: str = ""
    by: str = ""
    kept: NotesKept = ""
    reasons: tuple[str, ...] = ()


@frozen
class Agreed:
    """What was agreed about one case, and the two markings it was agreed from.

    ``first`` and ``second`` are the inspectors' initials, the hashes those of the two files.
    """

    case: str
    criteria: str
    criteria_hash: str
    first: str = ""
    second: str = ""
    first_hash: str = ""
    second_hash: str = ""
    answers: Mapping[str, Decision] = field(factory=dict)
    facts: Mapping[str, Decision] = field(factory=dict)

    def deciding(self, criteria: Criteria, item: str, decision: Decision) -> Agreed:
        """Return this record with ``decision`` about ``item``, in place of an earlier one."""
        if criteria.has_question(item):
            return evolve(self, answers={**self.answers, item: decision})
        return evolve(self, facts={**self.facts, item: decision})

    def decided(self, item: str) -> Decision | None:
        """Return what was agreed about ``item``; None where nothing was yet."""
        return self.answers.get(item) or self.facts.get(item)


def format_fact(value: FactValue | None) -> str:
    """Return a fact as a person types it: yes, no, an ISO date or words; "" where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(value) or NONE_OF_THEM
    return value.isoformat() if isinstance(value, date) else str(value)


def value_in_words(question: Question, value: FactValue) -> str:
    """Return what answers ``question``, choices in the words of the version: "police; school"."""
    if not isinstance(value, tuple):
        return day(value) if isinstance(value, date) else format_fact(value)
    named = {choice.id: str(choice.text) for choice in question.choices}
    return "; ".join(named.get(name, name) for name in value) or NONE_OF_THEM


def recorded_value(criteria: Criteria, record: CaseRecord, item: str) -> str:
    """Return the outcome, or the value as typed, that ``record`` holds for ``item``; UsageError for none.

    Of a question that is answered with a text it is the outcome: two texts are never alike.
    """
    if criteria.has_question(item):
        answer = record.answer(item)
        return (answer.outcome or "") if answer.value is None else format_fact(answer.value)
    criteria.fact(item)
    return format_fact(record.facts.get(item))


def decide(
    criteria: Criteria,
    first: CaseRecord,
    second: CaseRecord,
    item: str,
    taken: str,
    why: str,
    by: str = "",
    kept: NotesKept = "",
    reasons: Sequence[str] = (),
) -> Decision:
    """Return the decision about one question or fact of a case marked twice.

    Args:
        criteria: the version of both markings.
        first: the first marking.
        second: the second marking.
        item: the question or fact.
        taken: "first", "second", "both", "open", or another outcome or value.
        why: the reason, for whoever reads the record later.
        by: the initials of whoever decided.
        kept: whose notes the answer goes on with.
        reasons: those ticked with another outcome.

    Raises:
        UsageError: the item, the outcome or a reason is not in the criteria; no reason why is
            given; or "both" is asked for where the two gave different outcomes.
    """
    if not why.strip():
        raise UsageError("why was it agreed? --why says it, for whoever reads the record later")
    views = {"first": recorded_value(criteria, first, item), "second": recorded_value(criteria, second, item)}
    agreed = views.get(taken, taken)
    source: DecisionSource = "other"
    ticked: tuple[str, ...] = ()
    if taken in views:
        source = "first" if taken == "first" else "second"
    elif taken == BOTH:
        if views["first"] != views["second"] or not criteria.has_question(item):
            raise UsageError(f"'both' takes the reasons of either, where the outcome is one; {item} has two")
        source, agreed = "both", views["first"]
    elif taken == OPEN:
        source, agreed = "open", ""
    elif criteria.has_question(item):
        question = criteria.question(item)
        _, value = read_answer(criteria, question, taken)
        agreed = taken if value is None else format_fact(value)
        ticked = _in_order(criteria, question, taken, reasons)
    else:
        agreed = format_fact(parse_fact(criteria, item, taken))
    if reasons and source != "other":
        raise UsageError(f"reasons are ticked for another outcome; '{taken}' has its own")
    return Decision(source, why.strip(), views["first"], views["second"], agreed, by, kept, ticked)


def _in_order(
    criteria: Criteria, question: Question, outcome: str, reasons: Sequence[str]
) -> tuple[str, ...]:
    known = [reason.id for reason in criteria.reasons_of(question, outcome)] if question.is_judged else []
    for reason in reasons:
        if reason not in known:
            meant = did_you_mean(reason, known)
            raise UsageError(f"no reason '{reason}' with '{outcome}' for {question.id}; {meant}")
    return tuple(reason for reason in known if reason in reasons)


def apply_decision(
    criteria: Criteria,
    record: CaseRecord,
    first: CaseRecord,
    second: CaseRecord,
    item: str,
    decision: Decision,
) -> CaseRecord:
    """Return ``record``, the one that counts, with ``decision`` about ``item`` carried out.


    The second marking's answer comes with its reasons and notes; the first's view and any other
    outcome come with those of ``first``.  ``decision.kept`` chooses the notes apart from that.
    Carrying it out twice changes nothing more.
    """
    if decision.taken == OPEN:
        return record
    if not criteria.has_question(item):
        value = parse_fact(criteria, item, decision.agreed)
        if value is not None:
            check_fact(criteria, item, value)
        return record.noting(item, value)
    mine, theirs = first.answer(item), second.answer(item)
    answer = theirs if decision.taken == "second" else mine
    if decision.taken == BOTH:
        ticked = {*mine.reasons, *theirs.reasons}
        known = criteria.reasons_of(criteria.question(item))
        answer = evolve(answer, reasons=tuple(r.id for r in known if r.id in ticked))
    elif decision.reasons:
        answer = evolve(answer, reasons=decision.reasons)
    answer = _with_notes(answer, mine, theirs, decision.kept)
    outcome, value = read_answer(criteria, criteria.question(item), decision.agreed)
    return record.answering(item, evolve(answer, outcome=outcome, value=value))


def _with_notes(answer: Answer, mine: Answer, theirs: Answer, kept: NotesKept) -> Answer:
    if not kept:
        return answer
    notes = {note: (getattr(mine, note), getattr(theirs, note)) for note in NOTES}
    chosen = {"first": lambda a, b: a, "second": lambda a, b: b, "both": _joined}[kept]
    return evolve(answer, **{note: chosen(*pair) for note, pair in notes.items()})


def _joined(mine: str, theirs: str) -> str:
    """Return both texts, one under the other; once where one holds the other, as after an earlier try."""
    if not mine or mine in theirs:
        return theirs
    return mine if theirs in mine else f"{mine.rstrip()}\n\n{theirs}"


def apply_decisions(
    criteria: Criteria,
    record: CaseRecord,
    first: CaseRecord,
    second: CaseRecord,
    agreed: Agreed,
    decisions: Mapping[str, Decision],
) -> CaseRecord:
    """Return ``record``, the one that counts, with all ``decisions`` carried out.

    ``agreed`` is what had been agreed before.
    """
    for item, decision in decisions.items():
        # What was settled before may stand in the record; a correction made before that is its inspector's.
        mine = record if agreed.decided(item) is None else first
        record = apply_decision(criteria, record, mine, second, item, decision)
    return record
