"""The board as one picture: a bar for each question, a block for each case, theme by theme."""

from __future__ import annotations

import textwrap
from itertools import groupby

from markupsafe import Markup

from sqs_core.letter.report import Report
from sqs_core.renderers.board import board_lines, heading, source
from sqs_core.renderers.chart import BAR, COUNT, LABEL, ROW, bar_row, explained

WIDTH, EDGE = LABEL + BAR + COUNT, 24

# Shapes and strokes carry it in black and white; nothing is fetched, so the fonts are the reader's own.
_SVG = Markup("""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" \
aria-labelledby="board-title board-desc">
<title id="board-title">{title}</title>
<desc id="board-desc">{description}</desc>
<style>
text {{ font: 14px Arial, Helvetica, sans-serif; fill: #0b0c0c; }}
.head {{ font-size: 18px; font-weight: bold; }}
.theme, .count {{ font-weight: bold; }}
.small {{ font-size: 12px; fill: #484c50; }}
.yes {{ fill: #1a65a6; }}
.no {{ fill: #ffffff; stroke: #0b0c0c; stroke-dasharray: 2 2; }}
</style>
<rect width="{width}" height="{height}" fill="#ffffff"/>
{rows}
</svg>
""")
_TEXT = Markup('<text x="{x}" y="{y}" class="{kind}">{words}</text>')
# How many letters fit beside the edges, by the size they are drawn in.
_LETTERS = {"head": 72, "theme": 90, "small": 134}


def render_board_svg(report: Report) -> bytes:
    """The board as a picture with a title and a description in words; no case reference."""
    lines = list(board_lines(report))
    most = max((line.n for line in lines), default=0)
    y = EDGE - 16
    rows: list[Markup] = []

    def say(words: str, kind: str) -> None:
        nonlocal y
        for line in textwrap.wrap(words, _LETTERS[kind]):
            y += ROW
            rows.append(_TEXT.format(x=EDGE, y=y, kind=kind, words=line))

    say(heading(report), "head")
    for theme, group in groupby(lines, lambda line: line.theme):
        y += 8
        say(theme, "theme")
        y += 6
        for line in group:
            rows.append(bar_row(y, (line.name, line.k, line.n), most))
            y += ROW
    say(explained(most), "small")
    say(source(report), "small")
    told = "; ".join(
        f"{line.name}: {line.k} of {line.n}" if line.n else f"{line.name}: none judged" for line in lines
    )
    return (
        _SVG.format(
            width=WIDTH,
            height=y + EDGE,
            title=heading(report),
            description=told or "Nothing was judged.",
            rows=Markup("\n").join(rows),
        )
    ).encode()
