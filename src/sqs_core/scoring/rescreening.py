"""Compare two screenings: what is better, what is worse, and what cannot be told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from attrs import evolve, field, frozen

from sqs_core.criteria.diff import Change, CriteriaDiff, diff_criteria
from sqs_core.criteria.vocabulary import question_meant
from sqs_core.errors import UsageError
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.findings import EarlierScreening, Findings
from sqs_core.scoring.intervals import Interval
from sqs_core.scoring.states import State
from sqs_core.scoring.two_proportions import (
    ERROR,
    ChangeVerdict,
    KOfN,
    cases_to_tell,
    difference_interval,
    exact_p,
    holm,
    verdict_on,
)
from sqs_core.text import counted

Equivalents = Mapping[str, str]
"""By a question of the earlier version: the one of the later version that was declared to ask the same."""


@frozen
class RescreenedQuestion:
    """One question then and now, over all cases or within ``subset``.

    Args:
        question: its id in the later version; where it is not asked any more, in the earlier one.
        earlier: its id in the earlier version; "" where it was not asked then.
        subset: a subset of both versions; "" for all cases.
        before: the count then; of nothing where it cannot be compared.
        after: the count now.
        verdict: what can be said, of this question alone.
        why: why it cannot be compared; "" where it can.
        p: the exact two-sided p-value.
        p_together: the same, adjusted for all questions (or all subsets) compared.
        interval: the interval for the share now less the share then.
        needed: how many cases in each sample would tell a difference such as the one seen.
        area: whether an area for improvement of the earlier letter rests on it.
        declared: whether somebody declared that both ask the same, where the versions differ.
    """

    question: str
    earlier: str
    subset: str = ""
    before: KOfN = field(factory=KOfN)
    after: KOfN = field(factory=KOfN)
    verdict: ChangeVerdict = "not comparable"
    why: str = ""
    p: float | None = None
    p_together: float | None = None
    interval: Interval | None = None
    needed: int | None = None
    area: bool = False
    declared: bool = False

    @property
    def difference(self) -> Fraction | None:
        """The share sufficient now less the share then; None where either is of nothing."""
        then, now = self.before.share, self.after.share
        return None if then is None or now is None else now - then

    @property
    def holds_together(self) -> bool:
        """Whether the change still holds once adjusted for everything that was compared."""
        return self.p_together is not None and self.p_together <= ERROR


@frozen
class Rescreening:
    """Two inspections compared, question by question, the areas for improvement first.

    ``notes`` say what makes it doubtful: another service, periods that overlap, answers still open.
    ``practice`` says that the cases of either are made up.
    """

    before: Inspection
    after: Inspection
    findings_before: Findings = field(repr=False)
    findings_after: Findings = field(repr=False)
    questions: tuple[RescreenedQuestion, ...]
    subsets: tuple[RescreenedQuestion, ...]
    notes: tuple[str, ...] = ()
    practice: bool = False

    @property
    def compared(self) -> tuple[RescreenedQuestion, ...]:
        """The questions that could be compared."""
        return tuple(one for one in self.questions if one.p is not None)

    @property
    def tells_of_time(self) -> bool:
        """Whether it is one service, and the days, where they are known, are in their order."""
        return _one_service(self.before, self.after) and not _reversed(self.before, self.after)

    @property
    def by_chance(self) -> float:
        """How many questions at most would be called better or worse, on average, had nothing changed."""
        return ERROR * len(self.compared)


def compare_findings(
    before: tuple[Inspection, Findings],
    after: tuple[Inspection, Findings],
    *,
    areas: Collection[str] = (),
    equivalents: Equivalents | None = None,
) -> Rescreening:
    """Compare two inspections question by question and subset by subset.

    A question is compared where both versions ask the same of the same cases, and where ``equivalents``
    declares that they do.  ``areas`` are the questions that the earlier areas for improvement rest on.

    Raises:
        UsageError: a question of ``equivalents`` is in neither version, or named twice.
    """
    then, now = before[1], after[1]
    difference = diff_criteria(then.criteria, now.criteria)
    declared = _declared(difference, equivalents or {})
    pairs = tuple(_pairs(difference, declared))
    questions = [_compared(pair, then, now, areas) for pair in pairs]
    questions.sort(key=lambda one: not one.area)
    same = _same_subsets(difference)
    subsets = [
        evolve(_compared(pair, then.subsets[name], now.subsets[name], areas), subset=name)
        for pair in pairs
        if not pair.why
        for name in same
    ]
    return Rescreening(
        before[0],
        after[0],
        then,
        now,
        _together(questions),
        _together([one for one in subsets if one.p is not None]),
        (*_notes(before[0], after[0]), *_open(then, now)),
    )


def changes_since(inspection: Inspection, findings: Findings) -> Rescreening | None:
    """Compare an inspection with the one before that its findings hold; None where they hold none.

    Raises:
        UsageError: ``inspection.earlier.same`` names a question that there is not, or one twice.
    """
    earlier = findings.earlier
    if not isinstance(earlier, EarlierScreening):
        return None
    found = compare_findings(
        (earlier.inspection, earlier.findings.of_all),
        (inspection, findings.of_all),
        areas=earlier.areas,
        equivalents=inspection.earlier.same,
    )
    return evolve(found, notes=(*practice_notes(then=earlier.practice), *found.notes))


def practice_notes(*, then: bool, now: bool = False) -> Iterator[str]:
    """Yield that the cases counted then, or now, are made up."""
    if when := " and ".join(word for word, practice in (("then", then), ("now", now)) if practice):
        yield f"the cases counted {when} are made up, for practice: this is no finding about a service"


# ------------------------------------------------------------ which questions


def _declared(difference: CriteriaDiff, equivalents: Equivalents) -> dict[str, str]:
    found = {
        question_meant(difference.old, old): question_meant(difference.new, new)
        for old, new in equivalents.items()
    }
    if len(found) < len(equivalents) or len(set(found.values())) < len(found):
        raise UsageError("a question is declared the same as two others; it can be compared with one")
    return found


def _pairs(difference: CriteriaDiff, declared: Mapping[str, str]) -> Iterator[RescreenedQuestion]:
    """Yield each question of both versions once, with why it cannot be compared where it cannot."""
    made = {new: old for old, new in declared.items()}
    of = {name: change for change in difference.questions for name in change.new}
    for question in difference.new.questions:
        name = question.id
        change = of[name]
        if name in made:
            same = change.kind == "same" and change.old == (made[name],)
            yield RescreenedQuestion(name, made[name], declared=not same)
        elif change.kind == "same" and change.old[0] not in declared:
            yield RescreenedQuestion(name, change.old[0])
        else:
            yield RescreenedQuestion(name, change.old[0] if len(change.old) == 1 else "", why=_why(change))
    for change in difference.questions:
        if change.kind == "gone" and change.old[0] not in declared:
            yield RescreenedQuestion(change.old[0], change.old[0], why="it is not asked any more")


def _why(change: Change) -> str:
    old = " and ".join(change.old)
    return {
        "same": f"{old} was declared the same as another question",
        "new": "it was not asked then",
        "reworded": f"it is another question now: {', '.join(change.changed)} changed",
        "split": f"it is one part of what {old} asked",
        "merged": f"it asks what {old} asked together",
    }[change.kind]


def _same_subsets(difference: CriteriaDiff) -> tuple[str, ...]:
    facts = {change.old[0] for change in difference.facts if change.kind == "same"}
    old = {subset.id: subset.when for subset in difference.old.subsets}
    return tuple(
        subset.id
        for subset in difference.new.subsets
        if old.get(subset.id) == subset.when
        and all(test.source == "fact" and test.name in facts for test in subset.when.comparisons())
    )


# ------------------------------------------------------------ the figures


def _compared(
    pair: RescreenedQuestion, then: Findings, now: Findings, areas: Collection[str]
) -> RescreenedQuestion:
    pair = evolve(pair, area=pair.earlier in areas)
    if pair.earlier:
        tally = then.tally(pair.earlier)
        pair = evolve(pair, before=KOfN(tally.k, tally.n))
    if pair.question in now.tallies:
        tally = now.tally(pair.question)
        pair = evolve(pair, after=KOfN(tally.k, tally.n))
    if pair.why:
        return pair
    if not pair.before.n or not pair.after.n:
        if pair.earlier and then.is_value(pair.earlier):
            return evolve(pair, why="its answer is a value, and only judgements are compared")
        when = "then" if not pair.before.n else "now"
        return evolve(pair, why=f"no case was judged {when}")
    needed = cases_to_tell(pair.before, pair.after)
    return evolve(
        pair,
        p=exact_p(pair.before, pair.after),
        verdict=verdict_on(pair.before, pair.after),
        interval=difference_interval(pair.before, pair.after),
        needed=needed and max(needed, min(pair.before.n, pair.after.n) + 1),
    )


def _together(rows: list[RescreenedQuestion]) -> tuple[RescreenedQuestion, ...]:
    adjusted = iter(holm([one.p for one in rows if one.p is not None]))
    return tuple(one if one.p is None else evolve(one, p_together=next(adjusted)) for one in rows)


# ------------------------------------------------------------ what makes it doubtful


def _one_service(before: Inspection, after: Inspection) -> bool:
    return " ".join(before.service.split()).casefold() == " ".join(after.service.split()).casefold()


def _area(inspection: Inspection) -> str:
    return " ".join(inspection.area.split()).casefold()


def _reversed(before: Inspection, after: Inspection) -> bool:
    first, last = before.first_day or before.last_day, after.last_day or after.first_day
    return first is not None and last is not None and first > last


def _notes(before: Inspection, after: Inspection) -> Iterator[str]:
    if not _one_service(before, after):
        yield (
            f"these are two services, {before.service} and {after.service}: what differs is not a change "
            "over time"
        )
    elif _area(before) and _area(after) and _area(before) != _area(after):
        yield (
            f"{after.service} is in two areas, {before.area} then and {after.area} now: these may be two "
            "services of one name"
        )
    last, first = before.last_day or before.first_day, after.first_day or after.last_day
    if last is None or first is None:
        yield "the days of fieldwork are not known of both: that one came after the other is not checked"
    elif _reversed(before, after):
        yield "the first inspection given is the later one: 'then' and 'now' are the wrong way round"
    elif first <= last:
        yield f"the days of fieldwork overlap ({first} to {last}): the same work may be counted in both"


def _open(then: Findings, now: Findings) -> Iterator[str]:
    for when, findings in (("then", then), ("now", now)):
        if not findings.cases:
            yield f"no case is counted {when}"
        answers = sum(len(tally.unjudged[State.UNANSWERED]) for tally in findings.tallies.values())
        if answers:
            yield f"{counted(answers, 'answer')} still open in the inspection {when}: the figures may change"
