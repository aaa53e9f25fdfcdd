"""How closely an assessor's judgements match those agreed beforehand on the same cases.

A judgement is a question in a case for which an outcome was agreed; "not applicable" is one, "not known" is
none.  Judgements on one case hang together, so the interval takes as many of them as would tell as much
if they did not (Kish (1965), Survey Sampling, chapter 8: the effective sample size is n over the design
effect; here that of cases as clusters, at least 1, and 1 where all judgements are alike).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import cached_property
from math import comb
from typing import Literal

from attrs import field, frozen

from sqs_core.criteria import Criteria
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.differences import judged_questions
from sqs_core.scoring.intervals import Interval, wilson
from sqs_core.scoring.states import RATED, State, question_states
from sqs_core.scoring.two_proportions import ChangeVerdict, KOfN, verdict_on

GateVerdict = Literal["reached", "not reached", "cannot be told"]
SURE = Fraction(1, 20)
"""Harsher or milder is said when chance alone would show as much in at most this share of assessors."""


@frozen
class Judgement:
    """A question in a case as it was agreed, and as an assessor judged it.

    ``agreed`` and ``given`` are outcomes.  ``given`` is "" where the assessor gave none: ``waiting`` says
    that it is still to be given, else it was not asked, as the facts were set, or not known.
    ``severity`` is 1 where the assessor found insufficient what was agreed sufficient, -1 for the reverse.
    """

    case: str
    question: str
    agreed: str
    given: str
    waiting: bool = False
    severity: int = 0

    @property
    def same(self) -> bool:
        """Whether it is the one agreed."""
        return self.agreed == self.given


@frozen
class Calibration:
    """One assessor's judgements beside those agreed; ``missing`` are the cases the assessor does not have."""

    judgements: tuple[Judgement, ...] = field(repr=False)
    missing: tuple[str, ...] = ()

    @cached_property
    def made(self) -> tuple[Judgement, ...]:
        """The judgements already made."""
        return tuple(one for one in self.judgements if not one.waiting)

    @property
    def waiting(self) -> int:
        """How many are still to be made."""
        return len(self.judgements) - len(self.made)

    @property
    def same(self) -> int:
        """How many are as agreed."""
        return sum(one.same for one in self.made)

    @property
    def harsher(self) -> int:
        """How many found insufficient what was agreed to be sufficient."""
        return sum(one.severity == 1 for one in self.made)

    @property
    def milder(self) -> int:
        """How many found sufficient what was agreed to be insufficient."""
        return sum(one.severity == -1 for one in self.made)

    @property
    def leaning(self) -> Literal["harsher", "milder", "cannot be told"]:
        """Which way the assessor leans, by the exact sign test on judgements that differ so."""
        if sign_p(self.harsher, self.milder) > SURE:
            return "cannot be told"
        return "harsher" if self.harsher > self.milder else "milder"

    @cached_property
    def interval(self) -> Interval | None:
        """The 95% interval of the share that is as agreed; None where nothing was judged."""
        n = len(self.made)
        share = Fraction(self.same, n) if n else Fraction(0)
        size = n / max(Fraction(1), self._design_effect(share))
        return wilson(share * size, size)

    def _design_effect(self, share: Fraction) -> Fraction:
        """Return the design effect: how far the clustering in cases reduces what judgements say."""
        by_case: dict[str, list[Judgement]] = {}
        for one in self.made:
            by_case.setdefault(one.case, []).append(one)
        n, cases = len(self.made), len(by_case)
        if cases < 2 or share in (0, 1):
            return Fraction(1)
        spread = sum((sum(one.same for one in group) - share * len(group)) ** 2 for group in by_case.values())
        return Fraction(cases, cases - 1) * spread / (n * share * (1 - share))

    def standing(self, least: Fraction) -> GateVerdict:
        """Return whether at least the share ``least`` matches, beyond what chance could produce.

        Undecided when the interval contains ``least``, and while a judgement or a case is missing.
        """
        if self.interval is None or self.waiting or self.missing:
            return "cannot be told"
        if self.interval.low >= least:
            return "reached"
        return "not reached" if self.interval.high < least else "cannot be told"


def calibrate(
    criteria: Criteria, agreed: Mapping[str, CaseRecord], given: Mapping[str, CaseRecord]
) -> Calibration:
    """Return the judgements in ``given`` beside those in ``agreed``, both by case and of one version."""
    found: list[Judgement] = []
    for case, record in agreed.items():
        if case not in given:
            continue
        settled, states = question_states(criteria, record), question_states(criteria, given[case])
        for question in judged_questions(criteria):
            name, outcome = question.id, record.answer(question.id).outcome
            if settled[name] not in RATED or outcome is None:
                continue
            mine = (given[case].answer(name).outcome or "") if states[name] in RATED else ""
            counts = {one.id: one.counts for one in criteria.outcomes_of(question)}
            way = (counts[outcome], counts.get(mine, ""))
            severity = {("sufficient", "insufficient"): 1, ("insufficient", "sufficient"): -1}.get(way, 0)
            waiting = states[name] is State.UNANSWERED
            found.append(Judgement(case, name, outcome, mine, waiting, severity))
    return Calibration(tuple(found), tuple(case for case in agreed if case not in given))


def drift_between(first: Calibration, last: Calibration) -> Literal["harsher", "milder", "cannot be told"]:
    """Return whether an assessor has become harsher or milder between two attempts.

    Among the judgements that differ in severity from those agreed, compare the share that is harsher, by
    Boschloo's exact test: the cases, and how many there are, may differ between attempts.
    """
    then, now = (KOfN(one.harsher, one.harsher + one.milder) for one in (first, last))
    verdict = verdict_on(then, now)
    # Harsher is neither better nor worse: the words of the verdict are those of the share's rise and fall.
    words: Mapping[ChangeVerdict, Literal["harsher", "milder"]] = {"better": "harsher", "worse": "milder"}
    return words.get(verdict, "cannot be told")


def sign_p(one: int, other: int) -> float:
    """Return the two-sided p-value of the exact sign test: that ``one`` and ``other`` are equally likely.

    >>> sign_p(8, 1)
    0.0390625
    """
    n = one + other
    tail = sum(comb(n, k) for k in range(min(one, other) + 1))
    return min(1.0, float(Fraction(2 * tail, 2**n)))
