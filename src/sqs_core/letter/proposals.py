"""What the letter could say of strengths and improvement, shown to its author with the reasons.

Nothing is chosen here.  The author reads, and writes into ``letter.toml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from sqs_core.letter.compose import paragraph_about
from sqs_core.records.case import CaseRecord
from sqs_core.records.narrative import Narrative
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.tally import Tally, prompt_counts


@frozen
class WeakQuestion:
    """A question that fell short: k of n, the cases that did, and the reasons with their cases.

    ``chosen`` says that an area for improvement rests on it already.
    """

    question: str
    short: str
    theme: str
    k: int
    n: int
    cases: tuple[str, ...]
    reasons: Mapping[str, tuple[str, ...]]
    chosen: bool


@frozen
class MarkedStrength:
    """A strength that an inspector noted in a case; ``paragraph`` speaks of its question in the letter."""

    case: str
    question: str
    short: str
    text: str
    paragraph: str = ""


@frozen
class PointMet:
    """A point of a question that was met in all ``n`` cases in which it was weighed yes or no."""

    question: str
    prompt: str
    text: str
    k: int
    n: int


@frozen
class Proposals:
    """The weakest questions, weakest first, every strength that was marked, and every point always met."""

    weak: tuple[WeakQuestion, ...]
    strengths: tuple[MarkedStrength, ...]
    met: tuple[PointMet, ...] = ()


def proposals(
    findings: Findings, records: Iterable[CaseRecord], narrative: Narrative, *, most: int = 8
) -> Proposals:
    """At most ``most`` questions in which some case fell short, by the share that did.

    Of equal shares the one with more cases comes first, then the version's order.
    """
    criteria = findings.criteria
    chosen = {name for area in narrative.improvements for name in area.questions}
    order = {q.id: place for place, q in enumerate(criteria.questions)}
    short_of = [t for t in findings.tallies.values() if t.other_cases]
    short_of.sort(key=lambda t: (t.share or Fraction(0), -len(t.other_cases), order[t.question]))
    weak = tuple(
        WeakQuestion(
            tally.question,
            str(criteria.question(tally.question).short),
            tally.theme,
            tally.k,
            tally.n,
            tally.other_cases,
            _why(findings, tally),
            tally.question in chosen,
        )
        for tally in short_of[: max(most, 0)]
    )
    strengths = tuple(
        MarkedStrength(
            record.case,
            q.id,
            str(q.short),
            record.answer(q.id).strength,
            paragraph_about(criteria.letter, q.id) if criteria.letter else "",
        )
        for record in records
        if not record.practice
        for q in criteria.questions
        if record.answer(q.id).strength.strip()
    )
    met = tuple(
        PointMet(tally.question, prompt.id, str(prompt.text), yes, of)
        for tally in findings.tallies.values()
        for prompt, yes, of in prompt_counts(criteria, tally)
        if yes == of
    )
    return Proposals(weak, strengths, tuple(sorted(met, key=lambda point: -point.k)))


def _why(findings: Findings, tally: Tally) -> dict[str, tuple[str, ...]]:
    """Return the reasons ticked and the points not met where a question fell short, with their cases."""
    criteria = findings.criteria
    question, short_of = criteria.question(tally.question), tally.other_cases
    reasons = findings.reasons(question.id, short_of).items()
    points = findings.not_met(question.id, short_of).items()
    found = {str(criteria.reason_of(question, reason).text): cases for reason, cases in reasons}
    return found | {f"not met: {criteria.prompt_of(question, point).text}": cases for point, cases in points}
