"""Counting: for each question, k of n with the cases behind every part of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import field, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import Condition, Source, Value
from sqs_core.errors import UsageError
from sqs_core.records.case import CaseRecord
from sqs_core.records.interview import Interview
from sqs_core.scoring.states import State, states

Units = tuple[str, ...]


@frozen
class Tally:
    """How one question came out.

    ``outcomes`` maps each outcome that is a judgement to the cases given it; ``sufficient``
    names those of them that count as sufficient.  ``unjudged`` maps every other state to the
    cases in it.  The two together hold every counted case exactly once.  ``reasons`` maps
    each reason to the cases it was ticked in; a case can have several.  For an interview
    question the "cases" are interviewees.
    """

    question: str
    theme: str
    outcomes: Mapping[str, Units]
    sufficient: frozenset[str]
    unjudged: Mapping[State, Units]
    reasons: Mapping[str, Units] = field(factory=dict)

    @property
    def judged(self) -> Units:
        """The cases judged one way or the other, by case reference: the n of "k of n"."""
        return tuple(sorted(unit for units in self.outcomes.values() for unit in units))

    @property
    def n(self) -> int:
        """How many cases were judged."""
        return sum(len(units) for units in self.outcomes.values())

    @property
    def k(self) -> int:
        """How many cases were judged sufficient."""
        return len(self.sufficient_cases)

    @property
    def sufficient_cases(self) -> Units:
        """The cases judged sufficient."""
        return tuple(sorted(u for o in self.sufficient for u in self.outcomes.get(o, ())))

    @property
    def other_cases(self) -> Units:
        """The cases judged, but not sufficient."""
        return tuple(
            sorted(u for o, units in self.outcomes.items() if o not in self.sufficient for u in units)
        )

    @property
    def share(self) -> Fraction | None:
        """Cases judged sufficient as a share of those judged; None where none was: no score."""
        return Fraction(self.k, self.n) if self.n else None


@frozen
class Summary:
    """The board: a tally for every question and interview question of the version.

    ``cases`` are the counted case references and ``people`` the interviewees;
    ``gave_views`` those of them who answered.  ``where`` is the filter, fact by fact.
    ``unrecorded`` maps each fact that decides what is asked to the cases it was not recorded
    in: there, "not asked" may mean that nobody has looked yet.
    """

    criteria: Criteria
    cases: Units
    where: Mapping[str, Value]
    tallies: Mapping[str, Tally]
    people: Units = ()
    gave_views: Units = ()
    roles: Mapping[str, Units] = field(factory=dict)
    interviews: Mapping[str, Tally] = field(factory=dict)
    unrecorded: Mapping[str, Units] = field(factory=dict)

    def tally(self, question: str) -> Tally:
        """The tally of a question or interview question; UsageError for any other name."""
        found = self.tallies.get(question) or self.interviews.get(question)
        if found is None:
            self.criteria.question(question)
            raise UsageError(f"'{question}' was not counted")
        return found


def summarise(
    criteria: Criteria,
    records: Iterable[CaseRecord],
    interviews: Iterable[Interview] = (),
    *,
    where: Mapping[str, Value] | None = None,
    subset: Condition | None = None,
) -> Summary:
    """Count ``records`` (and ``interviews``) under ``criteria``.

    ``where`` keeps the cases whose facts have these values, ``subset`` those for which a
    condition on facts holds.  Practice records are never counted.  Records are read once,
    one after the other, and not kept.  UsageError for a record made under another version:
    its answers are to other questions, and only ``sqs criteria migrate`` carries them over.
    """
    where = dict(where or {})
    for name in where:
        criteria.fact(name)
    counting = {o.id: o.counts for o in criteria.outcomes}
    gather = {q.id: _Gathering(criteria, q.id) for q in criteria.questions}
    cases: list[str] = []
    unrecorded: dict[str, list[str]] = {}
    for record in records:
        if record.criteria != criteria.id:
            raise UsageError(
                f"case {record.case} was made under {record.criteria}, so it cannot be counted under "
                f"{criteria.id}; 'sqs criteria migrate' carries an inspection over"
            )
        if record.practice or not _chosen(record, where, subset):
            continue
        cases.append(record.case)
        for fact in criteria.deciding_facts:
            if fact not in record.facts:
                unrecorded.setdefault(fact, []).append(record.case)
        for name, state in states(criteria, record).items():
            gather[name].add(record, state, counting)
    tallies = {name: found.tally() for name, found in gather.items()}
    people = tuple(interviews)
    roles: dict[str, Units] = {}
    for person in people:
        roles[person.role] = (*roles.get(person.role, ()), person.person)
    return Summary(
        criteria=criteria,
        cases=tuple(cases),
        where=where,
        tallies=tallies,
        people=tuple(p.person for p in people),
        gave_views=tuple(p.person for p in people if p.gave_views),
        roles=roles,
        interviews={q.id: _interview_tally(criteria, q.id, people) for q in criteria.interview_questions},
        unrecorded={fact: tuple(units) for fact, units in unrecorded.items()},
    )


def _chosen(record: CaseRecord, where: Mapping[str, Value], subset: Condition | None) -> bool:
    def look_up(source: Source, name: str) -> Value | None:
        return record.facts.get(name) if source == "fact" else record.judged(name)

    # A fact that was not set is neither true nor false; for a filter it is false, as on the form.
    facts_fit = all(record.facts.get(name, False) == value for name, value in where.items())
    return facts_fit and (subset is None or subset.holds(look_up))


class _Gathering:
    """The tally of one question while records go by."""

    def __init__(self, criteria: Criteria, question: str) -> None:
        asked = criteria.question(question)
        judged = [o for o in criteria.outcomes_of(asked) if not o.counts.startswith("not-")]
        self.question = asked
        self.outcomes: dict[str, list[str]] = {o.id: [] for o in judged}
        self.sufficient = frozenset(o.id for o in judged if o.counts == "sufficient")
        self.unjudged: dict[State, list[str]] = {s: [] for s in State if s is not State.ANSWERED}
        self.takes = {o.id: {r.id for r in criteria.reasons_of(asked, o.id)} for o in judged}
        self.reasons: dict[str, list[str]] = {r.id: [] for r in criteria.reasons_of(asked)}

    def add(self, record: CaseRecord, state: State, counting: Mapping[str, str]) -> None:
        if state is not State.ANSWERED:
            self.unjudged[state].append(record.case)
            return
        answer = record.answer(self.question.id)
        outcome = record.judged(self.question.id) or ""
        self.outcomes[outcome].append(record.case)
        for reason in answer.reasons:
            if reason in self.takes[outcome]:
                self.reasons[reason].append(record.case)

    def tally(self) -> Tally:
        return Tally(
            question=self.question.id,
            theme=self.question.theme,
            outcomes={o: tuple(units) for o, units in self.outcomes.items()},
            sufficient=self.sufficient,
            unjudged={s: tuple(units) for s, units in self.unjudged.items()},
            reasons={r: tuple(units) for r, units in self.reasons.items() if units},
        )


def _interview_tally(criteria: Criteria, question: str, people: tuple[Interview, ...]) -> Tally:
    meaning = {o.id: o.counts for o in criteria.interview_outcomes}
    outcomes: dict[str, list[str]] = {o: [] for o, c in meaning.items() if not c.startswith("not-")}
    unjudged: dict[State, list[str]] = {s: [] for s in State if s is not State.ANSWERED}
    for person in people:
        outcome = person.answers.get(question)
        if not person.gave_views:
            unjudged[State.NOT_ASKED].append(person.person)
        elif outcome is None:
            unjudged[State.UNANSWERED].append(person.person)
        elif outcome in outcomes:
            outcomes[outcome].append(person.person)
        else:
            unjudged[State(meaning[outcome])].append(person.person)
    return Tally(
        question=question,
        theme="",
        outcomes={o: tuple(units) for o, units in outcomes.items()},
        sufficient=frozenset(o for o, c in meaning.items() if c == "sufficient"),
        unjudged={s: tuple(units) for s, units in unjudged.items()},
    )
