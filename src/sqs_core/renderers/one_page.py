"""One page for the management board: the counts, the strengths and what must improve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from attrs import frozen

from sqs_core.letter.document import Block, Heading, Items, Paragraph
from sqs_core.letter.report import Report
from sqs_core.renderers.board import BoardLine, heading, judged_lines, source, staff_lines, staff_title
from sqs_core.renderers.chart import Rectangle, blocks, explained
from sqs_core.renderers.page import render_page

# So many blocks fill the row at least: a sample of three is no wide bar.
_FEWEST = 14


@frozen
class CountRow:
    """A question with its count, as numbers and as blocks."""

    line: BoardLine
    blocks: tuple[Rectangle, ...]


@frozen
class TableBody:
    """A theme, or the staff, with the questions under it."""

    title: str
    rows: tuple[CountRow, ...]


def render_one_page(report: Report) -> bytes:
    """Return a summary that prints on one sheet of A4; no case reference."""
    lines = list(judged_lines(report))
    most = max((line.n for line in lines), default=0)
    bodies = [_body(theme, group, most) for theme, group in groupby(lines, lambda line: line.theme)]
    if report.findings.people:
        staff = list(staff_lines(report))
        bodies.append(_body(staff_title(report), staff, max((line.n for line in staff), default=0)))
    return render_page(
        "one_page.html",
        report,
        language="en-GB",
        heading=heading(report),
        bodies=bodies,
        story=list(_story(report.document.blocks)),
        explained=explained(most),
        source=source(report),
    )


def _story(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Yield the parts of the letter that the author wrote: the summary, strengths and improvements.

    They are known by their place: a heading with a list under it, and the first heading whose
    paragraphs are all the author's own.
    """
    summary = False
    sections = [i for i, block in enumerate(blocks) if isinstance(block, Heading)]
    for start, end in pairwise((*sections, len(blocks))):
        under = blocks[start + 1 : end]
        lists = [block for block in under if isinstance(block, Items)]
        paragraphs = [block for block in under if isinstance(block, Paragraph)]
        if lists:
            yield from (blocks[start], *lists)
        elif not summary and paragraphs and all(p.edited and not p.number for p in paragraphs):
            summary = True
            yield from (blocks[start], *paragraphs)


def _body(title: str, lines: Iterable[BoardLine], most: int) -> TableBody:
    wide = max(most, _FEWEST)
    return TableBody(title, tuple(CountRow(line, blocks(0, 1, 140, line.k, line.n, wide)) for line in lines))
