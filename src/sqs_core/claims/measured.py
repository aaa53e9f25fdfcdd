"""What a quantity can be about: measures of the version with their counts in the records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from attrs import frozen

from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.letter.reference import Reference
from sqs_core.scoring.findings import CASES, OTHER, Count, Findings


@frozen
class Reading:
    """One way to understand a quantity: the counts it would have to fit, each and all of them.

    ``abouts`` are what it counts, each with a shape of its own where it is no "k of n"; ``shape`` is the
    figure's shape for words.
    """

    abouts: tuple[Reference, ...]
    counts: tuple[Count, ...]
    shape: str = "of"

    @property
    def names(self) -> tuple[str, ...]:
        """What it counts, as live figures are written."""
        return tuple(a.name if a.form == "of" else f"{a.name}|{a.form}" for a in self.abouts)

    @property
    def first(self) -> Count:
        """The count told when the claim fails."""
        return self.counts[0]


@frozen
class Measured:
    """The counts of a set of findings, by measure, outcome and subset."""

    findings: Findings

    @cached_property
    def populations(self) -> frozenset[str]:
        """The populations of a version that declares any."""
        return frozenset(self.findings.populations)

    def population_of(self, about: Reference) -> str:
        """Return the population that a figure counts; "" where there are none."""
        if about.measure == CASES and about.subset:
            return self._of_subset(about.subset)
        return self.findings.criteria.population_of(about.measure)

    def _of_subset(self, name: str) -> str:
        """Return the population whose records a subset picks."""
        return self.findings.criteria.home_of(self.findings.criteria.subset(name))

    def _screened(self, population: str) -> str:
        """Return the measure of all records of ``population``."""
        return population if population in self.populations else CASES

    def subset_of(self, fact: str) -> str:
        """Return the subset of the cases in which ``fact`` holds; "" where the version has none."""
        for subset in self.findings.criteria.subsets:
            tests = list(subset.when.comparisons())
            if [(test.looked_up, test.operator, test.value) for test in tests] == [(fact, "=", True)]:
                return subset.id
        return ""

    def count(self, about: Reference) -> Count:
        """Return the count behind a reference."""
        return self.findings.count(about.measure, about.outcome, about.subset)

    def reading(self, abouts: Sequence[Reference], shape: str = "of") -> Reading:
        """Return the reading by which each of ``abouts`` has to fit by itself."""
        return Reading(tuple(abouts), tuple(map(self.count, abouts)), shape)

    def narrowed(self, about: Reference, subset: str) -> Reference:
        """Return ``about`` within ``subset``; as it is where all its cases are in the subset anyway."""
        if not subset or self.findings.is_of_people(about.measure):
            return about
        within = about._replace(subset=subset)
        return about if set(self.count(within).of) == set(self.count(about).of) else within

    def readings(self, abouts: Sequence[Reference], subset: str, *, negated: bool) -> list[Reading]:
        """Return how a statement on ``abouts`` can be meant: of all taken together, or of each by itself.

        "The assessments and plans were good enough in all but two cases" counts a case only
        where both were.  Of a question with several ways to fall short, "not good enough" can be any of
        them, or each one.
        """
        turned = [self.narrowed(about, subset) for about in abouts]
        if len(turned) == 1 and negated and not turned[0].outcome:
            poor = self._poor(turned[0].measure)
            ways = [OTHER, *(poor if len(poor) > 1 else ())]
            return [self.reading([turned[0]._replace(outcome=way)]) for way in ways]
        turned = [a._replace(outcome=OTHER) if negated and not a.outcome else a for a in turned]
        each = self.reading(turned)
        if len(turned) == 1:
            return [each]
        return [Reading(each.abouts, (self._together(turned, negated=negated),)), each]

    def _poor(self, measure: str) -> list[str]:
        if self.findings.is_of_people(measure):
            return []
        tally = self.findings.tally(measure)
        return [outcome for outcome in tally.outcomes if outcome not in tally.sufficient]

    def _together(self, abouts: Sequence[Reference], *, negated: bool) -> Count:
        plain = [self.count(a._replace(outcome="" if a.outcome == OTHER else a.outcome)) for a in abouts]
        of = set().union(*(c.of for c in plain))
        short = set().union(*(set(c.of) - set(c.cases) for c in plain))
        counted = short if negated else of - short
        return Count(tuple(sorted(counted)), tuple(sorted(of)))

    def asked(self, about: Reference) -> Count:
        """Return the cases that a question is asked of, judged or not, among all of its subset."""
        if self.findings.is_of_people(about.measure):
            return Count(self.count(about).asked, self.findings.gave_views)
        screened = self._screened(self.findings.criteria.population_of(about.measure))
        return Count(self.count(about).asked, self.findings.count(screened, subset=about.subset).cases)

    def unjudged(self, about: Reference, kind: str, *, apart: bool) -> list[Reading]:
        """Return how many of those asked were not judged, for a reason: "unknown", "pending" or "exempt".

        Of those that did not apply a letter says so; of the others it may lump all together, unless it tells
        them ``apart``.
        """
        count = self.count(about)
        parts = {"unknown": count.not_known, "pending": count.pending, "exempt": count.exempt}
        parts["unjudged"] = tuple(sorted({*count.asked} - {*count.of}))
        kinds = (kind,) if apart or kind == "exempt" else (kind, "unjudged")
        return [
            Reading((Reference(about.measure, form=name),), (Count(parts[name], count.asked),), "count")
            for name in kinds
        ]

    def judged(self, about: Reference) -> Reading:
        """Return how many of those asked were judged."""
        count = self.count(about)
        return Reading((Reference(about.measure, form="total"),), (Count(count.of, count.asked),), "total")

    def totals(self, abouts: Sequence[Reference], subset: str, *, judged: bool = False) -> list[Reading]:
        """Return how many cases each measure is asked of, or judged for, and how many the subset has."""
        found = []
        for about in abouts:
            within = self.narrowed(about._replace(outcome=""), subset)
            count = self.judged(within).first if judged else self.asked(within)
            found.append(Reading((within._replace(form="total"),), (count,), "total"))
        if subset and abouts and not judged:
            found.append(self.subset_total(subset))
        return found

    def judged_of(self, reading: Reading) -> int | None:
        """Return how many of the cases of a total were judged; None where it is no total of a measure."""
        return self.count(reading.abouts[0]).n if reading.abouts[0].form == "total" else None

    def subset_total(self, subset: str) -> Reading:
        """Return how many cases of all are in ``subset``."""
        return self.reading([Reference(self._screened(self._of_subset(subset)), subset=subset)], "count")

    def whole(self, population: str = "") -> Reading:
        """Return how many cases were screened, of ``population`` where the version declares any."""
        return self.reading([Reference(self._screened(population))], "count")

    def interviewed(self, role: str) -> Reading:
        """Return how many people were interviewed, of ``role`` or of all."""
        if role:
            return self.reading([Reference(INTERVIEWS, subset=role)], "count")
        people = self.findings.people
        return Reading((Reference(INTERVIEWS, form="total"),), (Count(people, people),), "count")

    def asked_when(self, fact: str) -> list[Reference]:
        """Return the measures that are asked because of ``fact``: those with the fewest other conditions."""
        tests = {
            question.id: list(question.when.comparisons()) if question.when else []
            for question in self.findings.criteria.questions
        }
        deciding = {
            name: found
            for name, found in tests.items()
            if any(t.source != "answer" and t.looked_up == fact and t.operator == "=" for t in found)
        }
        fewest = min(map(len, deciding.values()), default=0)
        return [Reference(name) for name, found in deciding.items() if len(found) == fewest]

    def rest_named(self, measure: str, rest: Count) -> Reference:
        """Return the reference to ``rest`` of a measure: the outcome that counts these very cases.

        Where "the others" were told apart from several outcomes, what remains can be one
        outcome alone ("five had none, in the other three it was not good enough").
        """
        if self.findings.is_of_people(measure) or measure == CASES:
            return Reference(measure, OTHER)
        outcomes = (OTHER, *self.findings.tally(measure).outcomes)
        found = (Reference(measure, outcome) for outcome in outcomes)
        return next(
            (a for a in found if set(self.count(a).cases) == set(rest.cases)), Reference(measure, OTHER)
        )
