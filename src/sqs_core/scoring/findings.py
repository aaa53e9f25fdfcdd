"""Count an inspection: a tally for every question, over all records and over each subset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TypeVar

from attrs import Factory, evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import Condition, FactValue, ValueSource
from sqs_core.criteria.questions import INTERVIEWS, Subset
from sqs_core.errors import Problem, UsageError, did_you_mean
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.scoring.fact_counts import FactCount, FactCounter
from sqs_core.scoring.states import State, question_states
from sqs_core.scoring.tally import RecordIds, Tally, TallyBuilder

CASES = "cases"
OTHER = "other"

_Key = TypeVar("_Key")
_Line = tuple[str, State, str | None, Answer]
"""A question of one case: its state, the outcome that counts, what was answered."""


class MixedPopulationsError(UsageError):
    """A requested figure would count records of one population among those of another."""


@frozen(repr=False)
class Count:
    """Cases by reference (or people), each part as a tuple of them.

    Args:
        cases: the k that were counted.
        of: the n that were judged, among which they are counted.
        asked: the population: those of whom it is asked, judged or not.
        exempt: those of the population whose answer is that it does not apply.
        pending: those of the population that nobody has answered for yet.

    >>> count = findings_of(open_inspection("darlington-2012")).count("vul.plan", outcome="absent")
    >>> count, count.cases
    (<Count 5 of 13>, ('06', '08', '09', '12', '13'))
    """

    cases: RecordIds
    of: RecordIds
    asked: RecordIds = field(default=Factory(lambda self: self.of, takes_self=True))
    exempt: RecordIds = ()
    pending: RecordIds = ()

    def __repr__(self) -> str:
        return f"<Count {self.k} of {self.n}>"

    @property
    def not_known(self) -> RecordIds:
        """The cases of the population that were looked at but could not be judged."""
        rest = {*self.of, *self.exempt, *self.pending}
        return tuple(unit for unit in self.asked if unit not in rest)

    @property
    def k(self) -> int:
        """How many were counted."""
        return len(self.cases)

    @property
    def n(self) -> int:
        """Among how many."""
        return len(self.of)


@frozen(repr=False)
class EarlierScreening:
    """The counts of the inspection before, from which a letter says what has changed since.

    ``areas`` are the questions that its areas for improvement rest on; ``practice`` says that its cases are
    made up.
    """

    inspection: Inspection
    findings: Findings
    areas: frozenset[str] = frozenset()
    practice: bool = False


@frozen(repr=False)
class Findings:
    """A tally for every question and interview question, over one group of records.

    ``cases`` are the references of the cases counted; ``where`` is the filter that chose them,
    fact by fact.  ``people`` are the interviewees, ``gave_views`` those of them who answered, and
    ``roles`` sorts them by role.  ``unrecorded`` maps each fact that decides what is asked to the
    cases in which it was not recorded: there, "not asked" may mean that nobody has looked yet.
    ``facts`` are the counts of facts.  ``subsets`` holds the findings over each subset of the version,
    without interviews and facts.

    Under a version of several populations these are the findings of one of them, and ``others`` are
    those of the others, by population.  :attr:`of_all` has the tallies of all, each with its own records.

    >>> findings = findings_of(open_inspection("darlington-2012"))
    >>> findings
    <Findings sqs-2012: 14 cases, 6 interviews>
    >>> findings.count("roh.plan"), findings.count("roh.plan", subset="custody")
    (<Count 7 of 10>, <Count 3 of 4>)
    """

    criteria: Criteria
    cases: RecordIds
    where: Mapping[str, FactValue]
    tallies: Mapping[str, Tally]
    people: RecordIds = ()
    gave_views: RecordIds = ()
    roles: Mapping[str, RecordIds] = field(factory=dict)
    interviews: Mapping[str, Tally] = field(factory=dict)
    unrecorded: Mapping[str, RecordIds] = field(factory=dict)
    facts: Mapping[str, FactCount] = field(factory=dict)
    subsets: Mapping[str, Findings] = field(factory=dict)
    others: Mapping[str, Findings] = field(factory=dict)
    populations: Mapping[str, RecordIds] = field(factory=dict)
    """The records counted of each population, where these are the findings of all."""
    earlier: EarlierScreening | Problem | None = None
    """What the letter is to compare these with, or why that cannot be counted."""

    def __repr__(self) -> str:
        return f"<Findings {self.criteria.id}: {len(self.cases)} cases, {len(self.people)} interviews>"

    @property
    def has_all(self) -> bool:
        """Whether :attr:`of_all` can be had: every population of the version was counted."""
        populations = self.criteria.whole.populations
        return self.criteria.population is None or (
            populations[:1] == (self.criteria.population,)
            and {p.id for p in populations[1:]} <= self.others.keys()
        )

    @cached_property
    def of_all(self) -> Findings:
        """The findings of all populations: what a letter is written from, and held against.

        Nothing is added up: every tally is of one population.  Outside the first one a record is called
        "victims/03", so that it is never taken for case 03.

        Raises:
            UsageError: a population was not counted.
        """
        whole = self.criteria.whole
        if whole is self.criteria:
            return self
        if not self.has_all:
            raise UsageError(
                "a letter is on the whole inspection, and only one of its populations is counted here; "
                "open the folder of the inspection, not the one of a population within it"
            )
        placed = {name: _placed(found, f"{name}/") for name, found in self.others.items()}
        parts = (self, *placed.values())
        return evolve(
            self,
            criteria=whole,
            tallies={name: tally for found in parts for name, tally in found.tallies.items()},
            unrecorded={fact: cases for found in parts for fact, cases in found.unrecorded.items()},
            subsets={name: group for found in parts for name, group in found.subsets.items()},
            others={},
            populations={
                population.id: (placed.get(population.id) or self).cases for population in whole.populations
            },
        )

    @property
    def widest(self) -> Findings:
        """The findings of all populations; of this one alone while another cannot be counted."""
        return self.of_all if self.has_all else self

    def tally(self, question: str) -> Tally:
        """Return the tally of a question or interview question; UsageError for any other name."""
        found = self.tallies.get(question) or self.interviews.get(question)
        if found is None:
            self.criteria.question(question)
            raise UsageError(f"'{question}' was not counted")
        return found

    def count(self, measure: str, outcome: str = "", subset: str = "") -> Count:
        """Return the count of ``outcome`` for ``measure``, within ``subset``.

        Args:
            measure: a question, an interview question, ``cases`` (those screened), a population (its
                records) or ``interviews`` (those who gave views of those interviewed; its subsets are roles).
            outcome: an outcome; "" counts the sufficient ones, ``other`` the rest of those judged.  Of a
                question whose answer is a value, "" are those in which it is recorded, ``other`` the rest of
                those asked, and a choice those with that choice, among those in which any is recorded.
            subset: a subset of the version; "" for all cases.

        Raises:
            UsageError: where a name is not known; it names those that are.
        """
        if measure == INTERVIEWS:
            return Count(self.roles.get(subset, ()) if subset else self.gave_views, self.people)
        counted: Findings = self
        if subset:
            picked = self.criteria.subset(subset)
            if measure != CASES or self.criteria is self.criteria.whole:
                self._check_alike(measure, picked)
            counted = self.subsets[subset]
        if measure == CASES:
            return Count(counted.cases, self.cases)
        if measure in self.populations:
            return Count(counted.cases if subset else self.populations[measure], self.populations[measure])
        tally = counted.tally(measure)
        if tally.value:
            return _count_of_value(tally, tally.value, outcome)
        named = {"": tally.sufficient_cases, OTHER: tally.other_cases, **tally.outcomes}
        if outcome not in named:
            known = (*tally.outcomes, OTHER)
            raise UsageError(f"no outcome '{outcome}' for {measure}; {did_you_mean(outcome, known)}")
        return Count(
            named[outcome],
            tally.judged,
            tally.asked,
            exempt=tally.unjudged[State.NOT_APPLICABLE],
            pending=tally.unjudged[State.UNANSWERED],
        )

    def _check_alike(self, measure: str, subset: Subset) -> None:
        """Raise MixedPopulationsError where ``measure`` counts other records than ``subset`` picks."""
        whole = self.criteria.whole
        if len(whole.populations) > 1:
            own, theirs = whole.population_of(measure), whole.home_of(subset)
            if own != theirs:
                raise MixedPopulationsError(
                    f"'{measure}' is of population '{own}' and the subset '{subset.id}' of '{theirs}': "
                    "no figure counts the one among the other"
                )

    def is_of_people(self, measure: str) -> bool:
        """Return whether ``measure`` counts interviewees and not cases."""
        return measure == INTERVIEWS or measure in self.interviews

    def is_value(self, measure: str) -> bool:
        """Return whether ``measure`` is a question whose answer is a value, which nobody judges."""
        return measure in self.tallies and self.tallies[measure].value is not None

    def not_met(self, measure: str, cases: RecordIds) -> Mapping[str, RecordIds]:
        """Return the points of ``measure`` that were weighed "no" in ``cases``, most frequent first."""
        weighed = self.tally(measure).prompts
        return _most_frequent({point: found["no"] for point, found in weighed.items()}, cases)

    def reasons(self, measure: str, cases: RecordIds) -> Mapping[str, RecordIds]:
        """Return the reasons ticked for ``measure`` in ``cases``, most frequent first."""
        return _most_frequent(self.tally(measure).reasons, cases)


def _most_frequent(parts: Mapping[str, RecordIds], cases: RecordIds) -> dict[str, RecordIds]:
    """Return ``parts`` within ``cases``, the one of most cases first; those of none are left out."""
    wanted = set(cases)
    within = {name: tuple(case for case in found if case in wanted) for name, found in parts.items()}
    return dict(sorted(((n, c) for n, c in within.items() if c), key=lambda item: -len(item[1])))


def _count_of_value(tally: Tally, value: FactCount, outcome: str) -> Count:
    rest = {
        "exempt": tally.unjudged[State.NOT_APPLICABLE],
        "pending": tally.unjudged[State.UNANSWERED],
    }
    if outcome in value.choices:
        return Count(value.choices[outcome], tuple(sorted(value.recorded)), tally.asked, **rest)
    if outcome not in ("", OTHER):
        known = did_you_mean(outcome, value.choices or [OTHER])
        raise UsageError(f"no choice '{outcome}' for {tally.question}; {known}")
    recorded = {*value.recorded}
    cases = tuple(case for case in tally.asked if (case in recorded) == (outcome == ""))
    return Count(cases, tally.asked, tally.asked, **rest)


def _placed(found: Findings, prefix: str) -> Findings:
    """Return ``found`` with ``prefix`` before the name of every record in it."""

    def placed(parts: Mapping[_Key, RecordIds]) -> dict[_Key, RecordIds]:
        return {name: tuple(prefix + record for record in records) for name, records in parts.items()}

    tallies = {
        name: evolve(
            tally,
            outcomes=placed(tally.outcomes),
            unjudged=placed(tally.unjudged),
            reasons=placed(tally.reasons),
            prompts={prompt: placed(weighed) for prompt, weighed in tally.prompts.items()},
            value=tally.value
            and evolve(
                tally.value,
                recorded=tuple(prefix + record for record in tally.value.recorded),
                choices=placed(tally.value.choices),
            ),
        )
        for name, tally in found.tallies.items()
    }
    return evolve(
        found,
        cases=tuple(prefix + case for case in found.cases),
        tallies=tallies,
        unrecorded=placed(found.unrecorded),
        subsets={name: _placed(group, prefix) for name, group in found.subsets.items()},
    )


def count_findings(
    criteria: Criteria,
    records: Iterable[CaseRecord],
    interviews: Iterable[Interview] = (),
    *,
    where: Mapping[str, FactValue] | None = None,
    others: Mapping[str, Findings] | None = None,
) -> Findings:
    """Count ``records`` and ``interviews``, over all of them and over each subset of the version.

    Practice records are never counted.  Records are read once, one after the other, and not kept.

    Args:
        criteria: the version under which every record was made.
        records: the cases.
        interviews: the interviews with staff.
        where: counts only the cases whose facts have these values.
        others: the findings of the other populations, for what is said of all of them.

    >>> folder = open_inspection("darlington-2012")
    >>> records, _ = folder.cases()
    >>> count_findings(folder.criteria, records, where={"custody": True})
    <Findings sqs-2012: 4 cases, 0 interviews>

    Raises:
        UsageError: for a record made under another version.  Its answers are to other questions,
            and only ``sqs criteria migrate`` carries them over.
    """
    counter = FindingsCounter(criteria, where)
    for record in records:
        if not record.practice:
            counter.add(record)
    return evolve(counter.findings(interviews), others=dict(others or {}))


def board_facts(findings: Findings) -> tuple[FactCount, ...]:
    """Return the counts of facts that a board shows: of numbers and of those with several choices."""
    return tuple(count for count in findings.facts.values() if count.fact.kind in ("number", "several"))


class FindingsCounter:
    """Counts findings case by case; takes the same arguments as :func:`count_findings`.

    It counts whatever it is given: callers leave out practice records.
    """

    def __init__(self, criteria: Criteria, where: Mapping[str, FactValue] | None = None) -> None:
        self.criteria = criteria
        self.where = dict(where or {})
        for name in self.where:
            criteria.fact(name)
        self._whole = _Group(criteria)
        self._facts = FactCounter(criteria.facts)
        self._subsets = {subset.id: (subset.when, _Group(criteria)) for subset in criteria.subsets}

    def add(self, record: CaseRecord) -> None:
        """Count ``record``; UsageError where it was made under another version."""
        if record.criteria != self.criteria.id:
            raise UsageError(
                f"case {record.case} was made under {record.criteria}, so it cannot be counted under "
                f"{self.criteria.id}; 'sqs criteria migrate' carries an inspection over"
            )
        if not all(_is(record.facts.get(name), value) for name, value in self.where.items()):
            return
        lines = _lines(self.criteria, record)
        self._whole.add(record, lines)
        self._facts.add(record.case, record.facts)
        for condition, group in self._subsets.values():
            if _holds(self.criteria, condition, record):
                group.add(record, lines)

    def findings(self, interviews: Iterable[Interview] = ()) -> Findings:
        """Return the findings so far, with ``interviews``."""
        people = tuple(interviews)
        roles: dict[str, RecordIds] = {}
        for person in people:
            roles[person.role] = (*roles.get(person.role, ()), person.case)
        spoken = _Group(self.criteria.staff)
        for person in people:
            spoken.add(person, _lines(self.criteria.staff, person))
        return evolve(
            self._whole.findings(self.where),
            facts=self._facts.counts(),
            people=tuple(p.case for p in people),
            gave_views=tuple(p.case for p in people if p.gave_views),
            roles=roles,
            interviews=spoken.findings({}).tallies,
            subsets={name: group.findings(self.where) for name, (_, group) in self._subsets.items()},
        )


def _is(found: FactValue | None, wanted: FactValue) -> bool:
    """Return whether a fact has the value that a filter wants; of several choices, whether it has these."""
    if isinstance(wanted, tuple):
        return isinstance(found, tuple) and set(wanted) <= set(found)
    # A fact that was not set is neither true nor false; for a filter it is false, as on the form.
    return (False if found is None else found) == wanted


def _lines(criteria: Criteria, record: CaseRecord) -> list[_Line]:
    states = question_states(criteria, record)
    return [(q, state, record.judged(q), record.answer(q)) for q, state in states.items()]


def _holds(criteria: Criteria, condition: Condition, record: CaseRecord) -> bool:
    def look_up(source: ValueSource, name: str) -> FactValue | None:
        if source == "linked":
            return criteria.value_linked(name, record.facts)
        return record.facts.get(name) if source == "fact" else record.judged(name)

    return condition.holds(look_up)


class _Group:
    """Counts the findings of one group of cases."""

    def __init__(self, criteria: Criteria) -> None:
        self.criteria = criteria
        self.cases: list[str] = []
        self.unrecorded: dict[str, list[str]] = {}
        self.builders = {q.id: TallyBuilder(criteria, q) for q in criteria.questions}

    def add(self, record: CaseRecord, lines: Iterable[_Line]) -> None:
        self.cases.append(record.case)
        for fact in self.criteria.deciding_facts:
            if fact not in record.facts:
                self.unrecorded.setdefault(fact, []).append(record.case)
        for question, state, outcome, answer in lines:
            builder = self.builders[question]
            builder.add(record.case, state, outcome, answer.reasons, answer.prompts, answer.value)

    def findings(self, where: Mapping[str, FactValue]) -> Findings:
        return Findings(
            criteria=self.criteria,
            cases=tuple(self.cases),
            where=where,
            tallies={name: builder.tally() for name, builder in self.builders.items()},
            unrecorded={fact: tuple(cases) for fact, cases in self.unrecorded.items()},
        )
