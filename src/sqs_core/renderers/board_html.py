"""The board as a web page: for each theme a chart, and the table that says the same."""

from __future__ import annotations

from itertools import groupby

from markupsafe import Markup

from sqs_core.letter.report import Report
from sqs_core.renderers.board import (
    READING,
    BoardLine,
    board_lines,
    heading,
    source,
    staff_lines,
    subset_names,
)
from sqs_core.renderers.chart import chart
from sqs_core.renderers.page import joined, page

_SECTION = Markup("""<section aria-labelledby="t-{id}">
<h2 id="t-{id}">{title}</h2>
<div class="wide" role="region" aria-label="{title}: chart" tabindex="0">
{chart}
</div>
<div class="wide" role="region" aria-label="{title}: table" tabindex="0">
<table>
<caption>{caption}</caption>
<thead><tr>{columns}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
</section>""")
_CASES = "Cases judged good enough, of those judged"
_STAFF = "Staff who said so, of those who gave views"


def render_board_html(report: Report) -> bytes:
    """The board as one page: charts, tables, how to read them; no case reference."""
    title = heading(report)
    parts = [Markup("<h1>{}</h1>").format(title)]
    parts += [Markup('<p class="note">{}</p>').format(words) for words in (READING, source(report))]
    subsets = subset_names(report)
    for place, (theme, group) in enumerate(groupby(board_lines(report), lambda line: line.theme), 1):
        parts.append(_section(f"{place}", theme, _CASES, list(group), subsets))
    people = report.findings
    if people.people:
        words = f"Staff: {len(people.people)} interviewed, {len(people.gave_views)} gave views"
        parts.append(_section("staff", words, _STAFF, list(staff_lines(report)), None))
    return page(f"Board: {title}", joined(parts), style="board")


def _section(
    name: str, title: str, caption: str, lines: list[BoardLine], subsets: tuple[str, ...] | None
) -> Markup:
    numbers = ["Yes", "Of"]
    if subsets is not None:
        numbers = ["Enough", "Of", *subsets, "95% range", "Not counted", "Still open"]
    columns = [Markup('<th scope="col">Question</th>')]
    columns += [Markup('<th scope="col" class="number">{}</th>').format(c) for c in numbers]
    if subsets is not None:
        columns.append(Markup('<th scope="col">Why not</th>'))
    return _SECTION.format(
        id=name,
        title=title,
        chart=chart(f"c-{name}", f"{title}: {caption}", [(line.name, line.k, line.n) for line in lines]),
        caption=caption,
        columns=Markup("").join(columns),
        rows=joined([_row(line, subsets is not None) for line in lines]),
    )


def _row(line: BoardLine, full: bool) -> Markup:
    numbers = [str(line.k) if line.n else "–", str(line.n) if line.n else "none"]
    if full:
        numbers += [f"{k} of {n}" if n else "–" for k, n in line.parts]
        numbers += [line.range95 or "–", str(line.outside), str(line.unsettled)]
    cells = [Markup('<td class="number">{}</td>').format(words) for words in numbers]
    if full:
        cells.append(Markup("<td>{}</td>").format(line.why))
    return Markup('<tr><th scope="row">{}</th>{}</tr>').format(line.name, Markup("").join(cells))
