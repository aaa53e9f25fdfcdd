"""Make synthetic case records and interviews: the same for the same seed on any computer.

They are for training, tests and benchmarks.

They are noise, not casework: every answer is independent of every other, and no text in them could be
mistaken for that of a real case.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random
from string import ascii_uppercase
from typing import TypeVar, get_args

from attrs import evolve

from sqs_core.criteria import Criteria, Question
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.questions import RECORDED, Fact, Weight
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.computed import with_computed
from sqs_core.records.interview import Interview, interview_with
from sqs_core.scoring.states import APPLYING, State, question_states

NOTE = "Synthetic cases for practice: made by chance, about nobody. Not findings about any service."
_T = TypeVar("_T")
_NOTES = (
    "Synthetic: the assessment is at tab 3; it says what it rests on.",
    "Synthetic: the plan is at tab 5; the review that was due is not on the file.",
    "Synthetic: noted in the contact log; the date cannot be read.",
)
_HELD, _NOT_APPLICABLE, _NOT_KNOWN, _WEIGHED = 0.75, 0.02, 0.02, 0.67


def synthetic_records(
    criteria: Criteria,
    n: int,
    seed: int,
    *,
    practice: bool = True,
    fieldwork: date = date(2026, 1, 12),
) -> Iterator[CaseRecord]:
    """Yield ``n`` complete, consistent case records under ``criteria``, called 01, 02, …, one at a time.

    Case i is the same whatever ``n``: each has chance of its own from ``seed`` and its number.
    About three answers in four are sufficient; outcomes that demand a reason or evidence have it.
    Orders were made six weeks to three months before ``fieldwork``.
    """
    width = max(2, len(str(n)))
    for number in range(1, n + 1):
        # Only Random.random() is promised to give the same numbers in every Python version, so no
        # choice(), no shuffle(); a text as a seed goes through SHA-512.
        chance = Random(f"sqs-synth-1/{criteria.id}/{seed}/{number}")
        yield _case(criteria, f"{number:0{width}}", chance, practice, fieldwork)


def synthetic_population(
    criteria: Criteria, n: int, seed: int, *, practice: bool = True, fieldwork: date = date(2026, 1, 12)
) -> Iterator[CaseRecord]:
    """Yield the records of one population of an inspection of ``n`` cases.

    Where the population is parts of cases, each case has one to three, called 01-1, 01-2 …; otherwise as
    :func:`synthetic_records`.
    """
    if not (criteria.population and criteria.population.part_of):
        yield from synthetic_records(criteria, n, seed, practice=practice, fieldwork=fieldwork)
        return
    width = max(2, len(str(n)))
    parts = (
        f"{number:0{width}}-{part}"
        for number in range(1, n + 1)
        for part in range(1, 2 + int(Random(f"sqs-synth-1/parts/{seed}/{number}").random() * 3))
    )
    made = synthetic_records(criteria, 3 * n, seed, practice=practice, fieldwork=fieldwork)
    yield from (evolve(record, case=part) for part, record in zip(parts, made, strict=False))


def synthetic_interviews(criteria: Criteria, n: int, seed: int) -> Iterator[Interview]:
    """Yield ``n`` complete interviews, with A, B, C …; each is the same whatever ``n``, as cases are.

    One in ten gave no views.
    """
    roles = (tuple(criteria.letter.roles) if criteria.letter else ()) or ("",)
    for number in range(n):
        chance = Random(f"sqs-synth-1/{criteria.id}/{seed}/interview-{number}")
        role, gave_views = _one(roles, chance), chance.random() < 0.9
        answers = {q.id: _judged(criteria, q.id, chance) for q in criteria.interview_questions}
        person = ascii_uppercase[number]
        yield interview_with(
            person, criteria.id, criteria.hash, role, gave_views, answers=answers if gave_views else {}
        )


def _case(criteria: Criteria, case: str, chance: Random, practice: bool, fieldwork: date) -> CaseRecord:
    record = CaseRecord(
        case=case,
        criteria=criteria.id,
        criteria_hash=criteria.hash,
        inspector=_one(("AA", "BB"), chance),
        case_manager=_one(("PP", "QQ", "RR"), chance),
        assessed_with_case_manager=chance.random() < 0.9,
        practice=practice,
        facts={fact.id: _fact(fact, chance, fieldwork) for fact in criteria.facts if not fact.links},
    )
    record = evolve(record, facts={**record.facts, **_links(criteria, case)})
    record = evolve(record, facts=_with_later_dates(criteria, record.facts, chance))
    # An answer can make another question apply, so those that apply are looked for again.
    seen: set[str] = set()
    while waiting := [
        q for q, s in question_states(criteria, record).items() if s in APPLYING and q not in seen
    ]:
        for name in waiting:
            seen.add(name)
            question = criteria.question(name)
            given = _answer if question.is_judged else _value
            record = record.answering(name, given(criteria, question, chance, fieldwork))
        record = with_computed(criteria, record)
    parked = [q for q, s in question_states(criteria, record).items() if s is State.PARKED]
    answers = {q: a for q, a in record.answers.items() if q not in parked}
    for name, answer in answers.items():
        answers[name] = evolve(answer, prompts=_weighed(criteria.question(name), chance))
    return evolve(record, answers=answers)


def _fact(fact: Fact, chance: Random, fieldwork: date) -> FactValue:
    if fact.kind == "boolean":
        return chance.random() < 0.6
    if fact.kind == "date":
        return fieldwork - timedelta(days=42 + int(chance.random() * 48))
    if fact.kind == "choice":
        return _one([choice.id for choice in fact.choices], chance)
    if fact.kind == "several":
        return tuple(choice.id for choice in fact.choices if chance.random() < 0.4)
    if fact.kind == "number":
        return fact.least + int(chance.random() * min(100, fact.most - fact.least + 1))
    return "synthetic"


def _links(criteria: Criteria, case: str) -> dict[str, str]:
    """Return the facts that name records of other populations, each the one of the same number."""
    number = int(case)
    known = {fact.id: tuple(criteria.linked.get(fact.links, ())) for fact in criteria.facts if fact.links}
    return {fact: ids[(number - 1) % len(ids)] for fact, ids in known.items() if ids}


def _with_later_dates(
    criteria: Criteria, facts: Mapping[str, FactValue], chance: Random
) -> dict[str, FactValue]:
    """Return ``facts`` with each date that follows another one: mostly in time, now and then not there."""
    found = dict(facts)
    for timely in (question.timely for question in criteria.computed if question.timely):
        start, longest = found.get(timely.start), timely.within * (1.4 if timely.days == "working" else 1)
        if isinstance(start, date):
            found[timely.end] = start + timedelta(days=int(chance.random() * 1.4 * longest))
        if chance.random() < _NOT_KNOWN:
            found.pop(timely.end, None)
    return found


def _value(criteria: Criteria, question: Question, chance: Random, fieldwork: date) -> Answer:
    """Return what ``question`` is answered with; now and then that it is not known."""
    if question.outcomes and chance.random() < _NOT_KNOWN:
        return Answer(_one(question.outcomes, chance))
    if question.answer == "text":
        return Answer(RECORDED.id, evidence=_one(_NOTES, chance))
    return Answer(RECORDED.id, value=_fact(question.as_fact, chance, fieldwork))


def _answer(criteria: Criteria, question: Question, chance: Random, fieldwork: date) -> Answer:
    outcome = criteria.outcome_of(question, _judged(criteria, question.id, chance))
    reasons = criteria.reasons_of(question, outcome.id)
    ticked: tuple[str, ...] = ()
    if reasons and ("reason" in outcome.demands or chance.random() < 0.5):
        one, other = _one(reasons, chance).id, _one(reasons, chance).id
        ticked = tuple(reason.id for reason in reasons if reason.id in (one, other))
    noted = "evidence" in outcome.demands or chance.random() < 0.3
    evidence = _one(_NOTES, chance) if noted else ""
    return Answer(outcome=outcome.id, reasons=ticked, evidence=evidence)


def _weighed(question: Question, chance: Random) -> dict[str, Weight]:
    """Return how two in three of the points of ``question`` were weighed."""
    weights: dict[str, Weight] = {}
    for prompt in question.prompts:
        if chance.random() < _WEIGHED:
            weights[prompt.id] = _one(get_args(Weight), chance)
    return weights


def _judged(criteria: Criteria, name: str, chance: Random) -> str:
    """Return an outcome: most are sufficient, few not known or not applicable, the rest fall short."""
    asked = criteria if criteria.has_question(name) else criteria.staff
    by_meaning: dict[str, list[str]] = {}
    for outcome in asked.outcomes_of(asked.question(name)):
        by_meaning.setdefault(outcome.counts, []).append(outcome.id)
    at = chance.random()
    bands = (
        ("not-known", _NOT_KNOWN),
        ("not-applicable", _NOT_APPLICABLE),
        ("sufficient", _HELD),
        ("insufficient", 1.0),
    )
    for meaning, share in bands:
        if at < share and meaning in by_meaning:
            return _one(by_meaning[meaning], chance)
        at -= share
    return _one([o for ids in by_meaning.values() for o in ids], chance)


def _one(choices: Sequence[_T], chance: Random) -> _T:
    return choices[int(chance.random() * len(choices))]
