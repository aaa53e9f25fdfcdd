"""What a quantity can be about: measures of the version with their counts in the records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from attrs import frozen

from sqs_core.letter.live_figures import Reference
from sqs_core.scoring.findings import CASES, INTERVIEWS, OTHER, Count, Findings


@frozen
class Reading:
    """One way to understand a quantity: the counts it would have to fit, each and all of them.

    ``names`` are the measures as live figures; ``shape`` is the figure's shape for words.
    """

    names: tuple[str, ...]
    counts: tuple[Count, ...]
    shape: str = "of"

    @property
    def first(self) -> Count:
        """The count told when the claim fails."""
        return self.counts[0]


@frozen
class Measured:
    """The counts of a set of findings, by measure, outcome and subset, kept once found."""

    findings: Findings

    @cached_property
    def people(self) -> frozenset[str]:
        """The measures whose units are people."""
        return frozenset({INTERVIEWS, *(q.id for q in self.findings.criteria.interview_questions)})

    def is_known(self, about: Reference) -> bool:
        """Whether the version has such a measure."""
        criteria = self.findings.criteria
        return about.measure in self.people or about.measure == CASES or criteria.has_question(about.measure)

    def count(self, about: Reference) -> Count:
        """The count behind a reference; a subset is left aside where it makes no difference."""
        return self.findings.count(about.measure, about.outcome, about.subset)

    def named_rest(self, measure: str, rest: Count) -> Reference:
        """The reference to ``rest`` of a measure: the outcome that counts these very cases.

        Where "the others" were told apart from several outcomes, what remains can be one
        outcome alone ("five had none, in the other three it was not good enough").
        """
        if measure in self.people or measure == CASES:
            return Reference(measure, OTHER)
        outcomes = (OTHER, *self.findings.tally(measure).outcomes)
        found = (Reference(measure, outcome) for outcome in outcomes)
        return next(
            (a for a in found if set(self.count(a).cases) == set(rest.cases)), Reference(measure, OTHER)
        )

    def narrowed(self, about: Reference, subset: str) -> Reference:
        """``about`` within ``subset``; as it is where all its cases are in the subset anyway."""
        if not subset or about.measure in self.people:
            return about
        within = about._replace(subset=subset)
        return about if set(self.count(within).of) == set(self.count(about).of) else within

    def readings(
        self, abouts: Sequence[Reference], subset: str, negated: bool, shape: str = "of"
    ) -> list[Reading]:
        """How a statement on ``abouts`` can be meant: of each by itself, or of all taken together.

        "The assessments and plans were good enough in all but two cases" counts a case only
        where both were.
        """
        turned = [self.narrowed(about, subset) for about in abouts]
        turned = [a._replace(outcome=OTHER) if negated and not a.outcome else a for a in turned]
        names = tuple(name_of(a) for a in turned)
        each = Reading(names, tuple(self.count(a) for a in turned), shape)
        if len(turned) == 1:
            return [each]
        return [Reading(names, (self._together(turned, negated),), shape), each]

    def _together(self, abouts: Sequence[Reference], negated: bool) -> Count:
        plain = [self.count(a._replace(outcome="" if a.outcome == OTHER else a.outcome)) for a in abouts]
        of = set().union(*(c.of for c in plain))
        short = set().union(*(set(c.of) - set(c.cases) for c in plain))
        counted = short if negated else of - short
        return Count(tuple(sorted(counted)), tuple(sorted(of)))

    def totals(self, abouts: Sequence[Reference], subset: str) -> list[Reading]:
        """The n of each measure, and of the subset itself: what "the four cases" can count."""
        everyone = self.findings.count(CASES).cases
        found = []
        for about in abouts:
            within = self.narrowed(about._replace(outcome=""), subset)
            of = self.count(within).of
            total = Count(of, self.findings.people if about.measure in self.people else everyone)
            found.append(Reading((f"{name_of(within)}|total",), (total,), "total"))
        if subset:
            found.append(self.subset_total(subset))
        return found

    def not_judged(self, abouts: Sequence[Reference]) -> list[Reading]:
        """How many of those asked each measure could not be judged for, is unanswered, or did not apply."""
        found = []
        for about in abouts:
            count = self.count(about)
            for name, units in (
                ("unknown", count.not_known),
                ("pending", count.pending),
                ("exempt", count.exempt),
            ):
                rest = Count(tuple(units), count.asked)
                found.append(Reading((f"{about.measure}|{name}",), (rest,), "count"))
        return found

    def subset_total(self, subset: str) -> Reading:
        """How many cases of all are in ``subset``."""
        return Reading((f"{CASES}@{subset}",), (self.findings.count(CASES, subset=subset),), "count")

    def whole(self) -> Reading:
        """How many cases were screened."""
        return Reading((CASES,), (self.findings.count(CASES),), "count")

    def asked_when(self, fact: str, among: Sequence[Reference]) -> list[Reference]:
        """The measures asked because of ``fact``: those ``among`` first, else any of the version."""
        criteria = self.findings.criteria

        def depends(name: str) -> bool:
            when = criteria.question(name).when if criteria.has_question(name) else None
            return when is not None and any(t.source == "fact" and t.name == fact for t in when.comparisons())

        near = list(dict.fromkeys(a.measure for a in among if depends(a.measure)))
        names = near or [q.id for q in criteria.questions if depends(q.id)]
        return [Reference(name) for name in names]


def name_of(about: Reference) -> str:
    """How an author writes the figure of ``about``, without its shape."""
    outcome = f":{about.outcome}" if about.outcome else ""
    return f"{about.measure}{outcome}" + (f"@{about.subset}" if about.subset else "")
