"""Pictures for documents: the drawings of the web pages as files of their own, with words and a table."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.letter.change_since import difference_words, name_of
from sqs_core.letter.document import Picture
from sqs_core.renderers.chart import Chart, chart, explained
from sqs_core.renderers.page import LIGHT, render_values
from sqs_core.renderers.programme_page import HeatMap, Plot, ProgrammeSection
from sqs_core.scoring.rescreening import RescreenedQuestion, Rescreening

WIDEST, TALLEST, MOST_COLUMNS = 1300, 1.4, 6
"""On a page of A4, what is wider, or so many times as tall as wide, or has more columns, cannot be read."""


def drawn_svg(drawn: Chart | HeatMap | Plot) -> str:
    """Return a drawing as an SVG file, with its title and description."""
    kind = "chart" if isinstance(drawn, Chart) else "heatmap" if isinstance(drawn, HeatMap) else "plot"
    return render_values("picture.svg", drawn=drawn, kind=kind, colours=LIGHT).decode()


def change_pictures(rescreening: Rescreening) -> Iterator[Picture]:
    """Yield the areas for improvement, and what else is better or worse, then and now; none where none is."""
    compared = rescreening.compared
    changed = [one for one in compared if not one.area and one.verdict in ("better", "worse")]
    for name, title, rows in (
        ("areas", "Areas for improvement, then and now", [one for one in compared if one.area]),
        ("changed", "What else is better or worse, then and now", changed),
    ):
        if rows:
            yield _change_picture(rescreening, name, title, rows)


def _change_picture(
    rescreening: Rescreening, name: str, title: str, rows: list[RescreenedQuestion]
) -> Picture:
    names = [name_of(rescreening, one) for one in rows]
    bars = []
    for words, one in zip(names, rows, strict=True):
        bars += [(f"{words}, then", one.before.k, one.before.n), ("now", one.after.k, one.after.n)]
    drawn = chart(f"c-{name}", title, bars)
    table = (
        (words, str(one.before), str(one.after), difference_words(one).replace(" points", ""), one.verdict)
        for words, one in zip(names, rows, strict=True)
    )
    return Picture(
        title,
        drawn.description,
        drawn_svg(drawn),
        ("Question", "Then", "Now", "Points (95%)", "Verdict"),
        tuple(table),
        (explained(max(n for _, _, n in bars)),),
    )


def programme_picture(section: ProgrammeSection) -> Picture | None:
    """Return a view of many inspections as a picture; None for a table, and what a page could not hold.

    It has no rows where there are too many columns for the width of a page.
    """
    drawn = section.heatmap or section.plot or section.bars
    if drawn is None or drawn.width > WIDEST or drawn.height > TALLEST * drawn.width:
        return None
    notes = (section.marks, *section.notes) if section.marks else section.notes
    return Picture(
        section.title,
        drawn.description,
        drawn_svg(drawn),
        section.head,
        section.rows if len(section.head) - section.labels <= MOST_COLUMNS else (),
        notes,
        section.labels,
    )
