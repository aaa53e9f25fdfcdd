"""The board as a web page: for each theme a chart, and the table that says the same."""

from __future__ import annotations

from itertools import groupby

from attrs import frozen

from sqs_core.letter.report import Report
from sqs_core.renderers.board import (
    READING,
    RECORDED,
    BoardLine,
    heading,
    judged_lines,
    source,
    staff_lines,
    staff_title,
    subset_names,
    value_lines,
)
from sqs_core.renderers.chart import Chart, chart
from sqs_core.renderers.page import render_page

_CASES = "Cases judged good enough, of those judged"
_STAFF = "Staff who said so, of those who gave views"


@frozen
class BoardSection:
    """A theme, or the staff: its chart, and the table under it; ``full`` where it is of cases."""

    id: str
    title: str
    caption: str
    columns: tuple[str, ...]
    lines: tuple[BoardLine, ...]
    full: bool = True

    @property
    def chart(self) -> Chart:
        """The same as a picture."""
        return chart(f"c-{self.id}", f"{self.title}: {self.caption}", [line.bar for line in self.lines])


def render_board_html(report: Report) -> bytes:
    """Return the board as one page: charts, tables, how to read them; no case reference."""
    columns = (
        report.criteria.enough.capitalize(), "Of", *subset_names(report),
        "95% range", "Not counted", "Still open",
    )  # fmt: skip
    themes = groupby(judged_lines(report), lambda line: line.theme)
    sections = [
        BoardSection(f"{place}", theme, report.criteria.in_its_words(_CASES), columns, tuple(lines))
        for place, (theme, lines) in enumerate(themes, 1)
    ]
    if report.findings.people:
        lines = tuple(staff_lines(report))
        sections.append(BoardSection("staff", staff_title(report), _STAFF, ("Yes", "Of"), lines, full=False))
    return render_page(
        "board.html",
        report,
        language="en-GB",
        heading=heading(report),
        sections=sections,
        recorded={"title": RECORDED, "lines": value_lines(report)},
        reading=READING,
        source=source(report),
    )
