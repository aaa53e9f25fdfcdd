"""Show where a figure of the letter comes from: its count, its cases, its shapes, its evidence."""

from __future__ import annotations

from contextlib import suppress

from attrs import frozen
from textual.content import Content

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.errors import UsageError
from sqs_core.letter.document import THEN, Figure
from sqs_core.letter.drafts import FigureChange
from sqs_core.letter.reference import counted_in_words, read_reference
from sqs_core.scoring.findings import CASES
from sqs_core.text import capitalised
from sqs_tui.styles import DIM, FIGURE, FLAG, TITLE, joined, shortened, text, wrapped


@frozen
class FigureSides:
    """What is shown of a figure beside its count: paragraph, shapes, change since a draft, evidence."""

    where: str
    shapes: tuple[tuple[str, str], ...] = ()
    changed: str = ""
    notes: tuple[tuple[str, str], ...] = ()


def figure_rows(
    criteria: Criteria, figure: Figure, sides: FigureSides, width: int, *, wide: bool
) -> list[Content]:
    """Return where a figure comes from; with room also its other shapes, and its evidence."""
    rows: list[Content] = []

    def add_row(label: str, words: str, style: str = "") -> None:
        most = 4 if wide else 1
        lead = text(f"{label:<8}" if wide else f"  {label:<13} ", DIM)
        folded = wrapped(words, width - lead.cell_length, style)
        if len(folded) > most:
            last = shortened(f"{folded[most - 1].plain} …", width - lead.cell_length, style)
            folded = [*folded[: most - 1], last]
        blank = Content(" " * lead.cell_length)
        rows.extend((blank if place else lead) + row for place, row in enumerate(folded))

    add_row("figure" if wide else "This figure", _count(criteria, figure), TITLE)
    add_row("from" if wide else "From", " ".join(figure.counted_cases) or "none")
    add_row("not" if wide else "The others", " ".join(figure.others) or "none")
    if not wide:
        add_row("Words", f"“{figure.text}”", FIGURE)
        add_row("In", sides.where + (f"; {sides.changed}" if sides.changed else ""))
        return rows
    add_row("in", sides.where)
    if sides.shapes:
        rows += [Content.empty(), text("w wording", TITLE)]
        for form, words in sides.shapes:
            rows.append(text("(•) " if form == figure.form else "( ) ") + shortened(words, width - 4))
    if sides.changed:
        rows += [Content.empty(), *wrapped(sides.changed, width, FLAG)]
    if sides.notes:
        rows += [Content.empty(), text(criteria.in_its_words("evidence, where not good enough"), TITLE)]
        rows += [
            joined(text(f" {case} "), shortened(note, width - 2 - len(case), DIM))
            for case, note in sides.notes[:6]
        ]
    return rows


def _count(criteria: Criteria, figure: Figure) -> str:
    criteria = criteria.whole
    subset = (
        f", {criteria.subset(figure.subset).text}" if figure.subset and figure.measure != INTERVIEWS else ""
    )
    words = {"": criteria.enough, "other": f"not {criteria.enough}"}
    outcome = words.get(figure.outcome, figure.outcome)
    if is_value := criteria.has_question(figure.measure) and not criteria.question(figure.measure).is_judged:
        outcome = {"": "recorded", "other": "not recorded"}.get(figure.outcome, figure.outcome)
    if figure.measure in (CASES, INTERVIEWS, *(p.id for p in criteria.populations)):
        outcome = "counted"
    counted = "recorded" if is_value else "judged"
    judged = f" {counted}, asked of {figure.asked}" if figure.unjudged else ""
    then = "then, " if figure.is_earlier else ""
    return f"{then}{_name(criteria, figure.measure)}{subset}: {figure.k} {outcome} of {figure.n}{judged}"


def _name(criteria: Criteria, measure: str) -> str:
    if measure in (CASES, INTERVIEWS):
        return {"cases": "cases screened", "interviews": "staff interviewed"}[measure]
    if criteria.has_question(measure):
        return str(criteria.question(measure).short)
    if title := next((p.title for p in criteria.populations if p.id == measure), None):
        return str(title)
    return str(criteria.interview_question(measure).short)


def paragraph_rows(where: str, width: int, *, wide: bool) -> list[Content]:
    """Return what is shown of a paragraph without a figure, in the same number of rows if room is short."""
    words = f"{capitalised(where)}: no figure stands in it"
    if wide:
        return wrapped(words, width, TITLE)
    return [shortened(f"  {words}", width, TITLE), *[Content.empty()] * 4]


def change_words(criteria: Criteria, change: FigureChange | None, draft: int) -> str:
    """Return what changed about a figure since draft ``draft``: its words then, and the answers behind it."""
    if change is None:
        return ""
    was = f"was “{change.before.text}”" if change.before else "was not said"
    return f"changed since draft {draft}: {was}{_because(criteria, change)}"


def changed_count(criteria: Criteria, change: FigureChange) -> str:
    """Return what counts otherwise now: "2.3 risk of harm plan: 7 of 10 → 6 of 10; case 02 went from …"."""
    name, asked = change.reference, read_reference(change.reference.removeprefix(THEN))
    with suppress(UsageError):  # a question that this version has no longer
        name = counted_in_words(criteria, asked) if asked else name
    was, now = (f"{f.k} of {f.n}" if f else "not said" for f in (change.before, change.after))
    return f"{name}: {was} → {now}{_because(criteria, change)}"


def _because(criteria: Criteria, change: FigureChange) -> str:
    plain = {o.id: str(o.text).partition(",")[0] for o in (*criteria.outcomes, *criteria.interview_outcomes)}
    why = []
    for cause in change.because:
        case, colon, move = cause.partition(": ")
        old, arrow, new = move.partition(" → ")
        moved = f"case {case} went from {plain.get(old, old)} to {plain.get(new, new)}"
        why.append(moved if arrow else f"case {case} {move}" if colon else cause)
    return f"; {', '.join(why)}" if why else ""
