"""The board as one picture: a bar for each question, a block for each case, theme by theme."""

from __future__ import annotations

import textwrap
from itertools import groupby

from attrs import frozen

from sqs_core.letter.document import Picture
from sqs_core.letter.report import Report
from sqs_core.renderers.board import heading, judged_lines, source
from sqs_core.renderers.chart import BAR, COUNT, LABEL, ROW, BarRow, bar_row, described, explained
from sqs_core.renderers.page import render_page

WIDTH, EDGE = LABEL + BAR + COUNT, 24
# How many letters fit beside the edges, by the size they are drawn in.
_LETTERS = {"head": 72, "theme": 90, "small": 134}


@frozen
class TextLine:
    """A line of text of the picture: what it says, where its left end stands, and how it is set."""

    text: str
    y: int
    kind: str
    x: int = EDGE


def board_picture(report: Report) -> Picture:
    """Return the board as one picture, a block for each case; no case reference."""
    lines = list(judged_lines(report))
    return Picture(
        "Board",
        described([line.bar for line in lines]),
        render_board_svg(report).decode(),
        ("Question", report.criteria.in_its_words("Good enough"), "Of those judged"),
        tuple((line.name, str(line.k), str(line.n)) for line in lines),
    )


def render_board_svg(report: Report) -> bytes:
    """Return the board as a picture with a title and a description in words; no case reference."""
    lines = list(judged_lines(report))
    most = max((line.n for line in lines), default=0)
    y = EDGE - 16
    rows: list[TextLine | BarRow] = []

    def add_text(words: str, kind: str) -> None:
        nonlocal y
        for line in textwrap.wrap(words, _LETTERS[kind]):
            y += ROW
            rows.append(TextLine(line, y, kind))

    if report.marks:
        add_text(report.mark_line, "theme")
    add_text(heading(report), "head")
    for theme, group in groupby(lines, lambda line: line.theme):
        y += 8
        add_text(theme, "theme")
        y += 6
        for line in group:
            rows.append(bar_row(y, line.bar, most))
            y += ROW
    add_text(explained(most), "small")
    add_text(source(report), "small")
    return render_page(
        "board.svg",
        report,
        rows=rows,
        heading=heading(report),
        description=described([line.bar for line in lines]),
        width=WIDTH,
        height=y + EDGE,
    )
