"""A draft of the letter as a value, and what changed in it since: which figure, by which cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from sqs_core.letter.document import Document, Figure
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.states import State


@frozen
class DraftFigure:
    """A figure as a draft stated it."""

    reference: str
    form: str
    text: str
    k: int
    n: int
    cases: tuple[str, ...]
    of: tuple[str, ...]


@frozen
class DraftParagraph:
    """A paragraph as a draft had it; ``name`` is its number or id, or its place ("block 3")."""

    name: str
    words: str
    figures: tuple[DraftFigure, ...] = ()


@frozen
class Draft:
    """A kept draft; ``answers`` maps each question to the outcome of each case that had one."""

    number: int
    paragraphs: tuple[DraftParagraph, ...]
    answers: Mapping[str, Mapping[str, str]]


@frozen
class FigureChange:
    """A figure that is now another; ``because`` tells, case by case, what its answer was and is."""

    reference: str
    before: DraftFigure | None
    after: DraftFigure | None
    because: tuple[str, ...] = ()

    def __str__(self) -> str:
        was, now = (f"{f.k} of {f.n}" if f else "not said" for f in (self.before, self.after))
        why = f" ({'; '.join(self.because)})" if self.because else ""
        return f"{self.reference}: {was} → {now}{why}"


@frozen
class ParagraphChange:
    """A paragraph whose words changed since a draft; no figures where only its text was edited."""

    name: str
    before: str
    after: str
    figures: tuple[FigureChange, ...] = ()


def draft_of(document: Document, findings: Findings, number: int) -> Draft:
    """Return the letter as it is now, with its figures and the answers behind them."""
    findings = findings.widest
    paragraphs = tuple(
        DraftParagraph(
            paragraph.number or paragraph.id or f"block {place}",
            paragraph.words,
            tuple(_drafted(figure) for figure in paragraph.figures),
        )
        for place, paragraph in enumerate(document.paragraphs(), 1)
    )
    answers: dict[str, dict[str, str]] = {}
    for tallies in (findings.tallies, findings.interviews):
        for name, tally in tallies.items():
            answerless = {*tally.unjudged[State.NOT_ASKED], *tally.unjudged[State.UNANSWERED]}
            given = sorted(tally.by_case.items())
            answers[name] = {case: answer for case, answer in given if case not in answerless}
    return Draft(number, paragraphs, answers)


def _drafted(figure: Figure) -> DraftFigure:
    return DraftFigure(
        figure.reference, figure.form, figure.text, figure.k, figure.n, figure.cases, figure.of
    )


def changes(before: Draft, after: Draft) -> tuple[ParagraphChange, ...]:
    """Return the paragraphs whose words differ, in the order of ``after``; those gone come last.

    A paragraph is told from another by its name, not by its words.
    """
    old = {p.name: p for p in before.paragraphs}
    new = {p.name: p for p in after.paragraphs}
    found = []
    for name in [*new, *(name for name in old if name not in new)]:
        was, now = old.get(name), new.get(name)
        if (was.words if was else "") == (now.words if now else ""):
            continue
        figures = _figure_changes(was.figures if was else (), now.figures if now else (), before, after)
        found.append(ParagraphChange(name, was.words if was else "", now.words if now else "", figures))
    return tuple(found)


def _figure_changes(
    was: Sequence[DraftFigure], now: Sequence[DraftFigure], before: Draft, after: Draft
) -> tuple[FigureChange, ...]:
    old = {(f.reference, f.form): f for f in was}
    new = {(f.reference, f.form): f for f in now}
    found = []
    for key in dict.fromkeys((*new, *old)):
        a, b = old.get(key), new.get(key)
        if a and b and (a.k, a.n, a.cases, a.of, a.text) == (b.k, b.n, b.cases, b.of, b.text):
            continue
        found.append(FigureChange(key[0], a, b, _because(key[0], a, b, before, after)))
    return tuple(found)


def _because(
    reference: str, a: DraftFigure | None, b: DraftFigure | None, before: Draft, after: Draft
) -> tuple[str, ...]:
    """Return the cases whose answer to the figure's question changed, or that came or went."""
    measure = reference.partition("@")[0].partition(":")[0]
    was, now = before.answers.get(measure, {}), after.answers.get(measure, {})
    named = {*(a.of if a else ()), *(b.of if b else ())}
    moves = []
    for case in sorted(named):
        old, new = was.get(case, "no answer"), now.get(case, "no answer")
        if old != new:
            moves.append(f"{case}: {old} → {new}")
        elif a and b and (case in a.of) != (case in b.of):
            moves.append(f"{case}: {'left' if case in a.of else 'came into'} the group")
    return tuple(moves)
