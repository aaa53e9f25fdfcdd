"""The letter as lines, its figures marked, with the cases behind the one in view."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from rich.cells import cell_len

from sqs_core.claims.proofreading import Proofreading, name_of
from sqs_core.criteria import Criteria
from sqs_core.letter.document import Document, Figure, Heading, Items, Lines, Paragraph, roman
from sqs_core.letter.drafts import FigureChange
from sqs_core.scoring.findings import CASES, INTERVIEWS, Findings
from sqs_tui.paint.lines import EMPTY, Line, Span, beside, line, rule, short, wrapped, wrapped_line
from sqs_tui.pictures.letter_parts import LetterPart, checks_line, parts_line

WIDE, LEFT, SIDE = 110, 21, 38
"""Cells from which on a picture is wide, and those of its left and right side then."""


@frozen
class Laid:
    """A letter laid out: its lines, and the row of each place that can have the mark (``stops_of``)."""

    lines: tuple[Line, ...]
    rows: tuple[int, ...]


def laid_out(document: Document, cursor: int, width: int) -> Laid:
    """The letter in ``width`` cells: figures in brackets, that with the mark between ``▸◂``; before a
    paragraph without a figure that has the mark stands ``▸``.
    """
    page = _Page(cursor, width)
    for block in document.blocks:
        page.block(block)
    return Laid(tuple(page.lines), tuple(page.rows))


class _Page:
    def __init__(self, cursor: int, width: int) -> None:
        self.cursor = cursor
        self.width = width
        self.lines: list[Line] = []
        self.rows: list[int] = []

    def block(self, block: object) -> None:
        if isinstance(block, Heading):
            title = f"{block.number}. {block.text}" if block.number else block.text
            self.lines += [line(("  " + row, "title")) for row in wrapped(title, self.width - 4)]
            self.lines.append(EMPTY)
        elif isinstance(block, Paragraph):
            self.paragraph(block, f"{block.number}. " if block.number else "")
        elif isinstance(block, Items):
            for place, item in enumerate(block.items, 1):
                self.paragraph(item, "• " if block.style == "bullet" else f"{roman(place)}. ")
        elif isinstance(block, Lines):
            rows = [row for words in block.lines for row in wrapped(words, self.width - 4)]
            self.lines += [line(("  " + row, "dim")) for row in rows]
            self.lines.append(EMPTY)

    def paragraph(self, paragraph: Paragraph, lead: str) -> None:
        spans: list[Span] = [Span("  " + lead, "title")]
        figures: list[int] = []
        if not paragraph.figures and name_of(paragraph):
            figures.append(len(self.rows))
            if figures[0] == self.cursor:
                spans = [Span("▸ ", "pick"), Span(lead, "title")]
        for run in paragraph.runs:
            if isinstance(run, Figure):
                number = len(self.rows) + len(figures)
                figures.append(number)
                left, right = ("▸", "◂") if number == self.cursor else ("[", "]")
                style = "pick" if number == self.cursor else "figure"
                spans.append(Span(f"{left}{run.text}{right}", style, f"row:{number}"))
            else:
                spans.append(Span(run))
        rows = wrapped_line(tuple(spans), self.width - 2, "  ")
        start = len(self.lines)
        found = dict.fromkeys(figures, start)
        for y, row in enumerate(rows):
            for span in row:
                if span.wish and found[int(span.wish[4:])] == start:
                    found[int(span.wish[4:])] = start + y
        self.rows += [found[number] for number in figures]
        self.lines += [*rows, EMPTY]


@frozen
class FigureSides:
    """What is told of a figure beside its count: paragraph, shapes, change since a draft, evidence."""

    where: str
    shapes: tuple[tuple[str, str], ...] = ()
    changed: str = ""
    notes: tuple[tuple[str, str], ...] = ()


def figure_detail(
    criteria: Criteria, findings: Findings, figure: Figure, sides: FigureSides, width: int, *, wide: bool
) -> list[Line]:
    """Where a figure comes from; in a wide picture also how it could be said, and what lies under it."""
    name = _name(criteria, figure.measure)
    subset = (
        f", {criteria.subset(figure.subset).text}" if figure.subset and figure.measure != INTERVIEWS else ""
    )
    outcome = {"": "enough", "other": "not enough"}.get(figure.outcome, figure.outcome)
    if figure.measure in (CASES, INTERVIEWS):
        outcome = "counted"
    rows: list[Line] = []

    def told(label: str, words: str, style: str = "") -> None:
        most = 4 if wide else 1
        lead = f"{label:<8}" if wide else f"  {label:<13} "
        folded = wrapped(words, width - cell_len(lead))
        if len(folded) > most:
            folded = [*folded[: most - 1], short(f"{folded[most - 1]} …", width - cell_len(lead))]
        for place, row in enumerate(folded):
            rows.append(line((lead if place == 0 else " " * cell_len(lead), "dim"), (row, style)))

    judged = f" judged, asked of {figure.asked}" if figure.unjudged else ""
    count = f"{name}{subset}: {figure.k} {outcome} of {figure.n}{judged}"
    told("figure" if wide else "This figure", count, "bold")
    told("from" if wide else "From", f"{' '.join(figure.counted_cases) or 'none'}")
    told("not" if wide else "The others", " ".join(figure.others) or "none")
    if not wide:
        told("Words", f"“{figure.text}”  {{{figure.reference}|{figure.form}}}", "figure")
        told("In", f"paragraph {sides.where}" + (f"; {sides.changed}" if sides.changed else ""))
        return rows
    told("in", f"paragraph {sides.where}" if sides.where else "text")
    told("written", f"{{{figure.reference}|{figure.form}}}", "figure")
    if sides.shapes:
        rows += [EMPTY, line(("w wording", "title", "key:w"))]
        for form, words in sides.shapes:
            mark = "(•)" if form == figure.form else "( )"
            rows.append(line(f" {mark} {short(words, width - 5)}", wish="key:w"))
    if sides.changed:
        rows += [EMPTY, *(line((row, "flag")) for row in wrapped(sides.changed, width))]
    if sides.notes:
        rows += [EMPTY, line(("evidence, where not good enough", "title"))]
        rows += [
            line(f" {case} ", (short(note, width - 2 - len(case)), "dim")) for case, note in sides.notes[:6]
        ]
    return rows


def paragraph_detail(where: str, width: int, *, wide: bool) -> list[Line]:
    """What is told of a paragraph without a figure, in as many rows of a narrow picture as of a figure."""
    words = f"paragraph {where}: no figure stands in it"
    if wide:
        return [line((row, "bold")) for row in wrapped(words, width)]
    return [line((short(f"  {words[:1].upper()}{words[1:]}", width), "bold")), *[EMPTY] * 4]


def told_change(criteria: Criteria, change: FigureChange | None, draft: int) -> str:
    """What changed about a figure since draft ``draft``: its words then, and the answers that did it."""
    if change is None:
        return ""
    plain = {o.id: str(o.text).partition(",")[0] for o in (*criteria.outcomes, *criteria.interview_outcomes)}
    why = []
    for told in change.because:
        case, colon, move = told.partition(": ")
        old, arrow, new = move.partition(" → ")
        moved = f"case {case} went from {plain.get(old, old)} to {plain.get(new, new)}"
        why.append(moved if arrow else f"case {case} {move}" if colon else told)
    was = f"was “{change.before.text}”" if change.before else "was not said"
    return f"changed since draft {draft}: {was}" + (f"; {', '.join(why)}" if why else "")


def _name(criteria: Criteria, measure: str) -> str:
    if measure in (CASES, INTERVIEWS):
        return {"cases": "cases screened", "interviews": "staff interviewed"}[measure]
    if criteria.has_question(measure):
        return str(criteria.question(measure).short)
    return str(criteria.interview_question(measure).short)


def page_width(width: int) -> int:
    """Cells of the text in a picture of ``width``: a wide one has the parts and the figure beside it."""
    return width - LEFT - SIDE - 3 if width >= WIDE else width


def letter_picture(
    laid: Laid,
    top: int,
    left: Sequence[Line],
    detail: Sequence[Line],
    here: Sequence[str],
    problems: Sequence[str],
    width: int,
    height: int,
) -> list[Line]:
    """The wide page from row ``top`` on, the parts before it and the figure with the mark after it.

    ``here`` is what there is to look at in the paragraph with the mark, ``problems`` in all of the letter.
    """
    rows = list(laid.lines[top : top + height])
    panel: list[Line] = [line(("▸ the figure with the mark", "title")), EMPTY, *detail]
    for title, sentences in (("to look at in this paragraph", here), ("before sending", problems)):
        if sentences:
            panel += [EMPTY, line((title, "title"))]
        for words in sentences[:8]:
            folded = wrapped(words, SIDE - 4)
            if len(folded) > 3:
                folded = [*folded[:2], short(f"{folded[2]} …", SIDE - 4)]
            panel += [line(("  " if i else "! ") + row) for i, row in enumerate(folded)]
    inset = [[(Span(" "), *row) for row in side] for side in (left, panel)]
    columns = [(inset[0], LEFT), (rows, page_width(width)), (inset[1], SIDE)]
    return beside(columns, gap="│", height=height)


def letter_foot(
    detail: Sequence[Line],
    parts: Sequence[LetterPart],
    here: str,
    proof: Proofreading | None,
    problems: Sequence[str],
    width: int,
    height: int,
) -> list[Line]:
    """What stands under a narrow page: the figure, and in a higher window the parts and the checks."""
    foot = [rule(width), *detail]
    if height >= 20:
        foot += [rule(width), parts_line(parts, here, width), checks_line(proof, width)]
    if problems:
        foot.append(line((short(f"  ! {len(problems)} to look at: {problems[0]}", width - 2), "warn")))
    return foot
