"""One page for the management board: the counts, the strengths and what must improve."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from markupsafe import Markup

from sqs_core.letter.document import Block, Heading, Items, Paragraph
from sqs_core.letter.report import Report
from sqs_core.renderers.board import BoardLine, board_lines, heading, source, staff_lines
from sqs_core.renderers.chart import blocks, explained
from sqs_core.renderers.page import joined, page

_TABLE = Markup("""<table>
<caption>{caption}</caption>
<thead><tr><th scope="col">Question</th><th scope="col" class="number">Enough</th>
<th scope="col" class="number">Of</th><td></td></tr></thead>
{bodies}
</table>""")
_ROW = Markup(
    '<tr><th scope="row">{name}</th><td class="number">{k}</td><td class="number">{n}</td><td>{bar}</td></tr>'
)
_THEME = Markup('<tr class="theme"><th scope="rowgroup" colspan="4">{}</th></tr>')
# So many blocks fill the row at least: a sample of three is no wide bar.
_FEWEST = 14


def render_one_page(report: Report) -> bytes:
    """A summary that prints on one sheet of A4; no case reference."""
    lines = list(board_lines(report))
    most = max((line.n for line in lines), default=0)
    bodies = [_body(theme, group, most) for theme, group in groupby(lines, lambda line: line.theme)]
    staff = list(staff_lines(report)) if report.findings.people else []
    if staff:
        whole = report.findings
        title = f"Staff: {len(whole.people)} interviewed, {len(whole.gave_views)} gave views"
        bodies.append(_body(title, staff, max((line.n for line in staff), default=0)))
    table = _TABLE.format(caption="Judged good enough, of those judged", bodies=joined(bodies))
    story = joined([_block(block) for block in _story(report.document.blocks)])
    body = Markup(
        '<h1>{}</h1>\n<div class="columns">\n<div>\n{}\n</div>\n<div>\n{}\n</div>\n</div>\n{}'
    ).format(
        heading(report),
        table,
        story,
        Markup('<p class="note">{} {}</p>').format(explained(most), source(report)),
    )
    return page(f"Summary: {heading(report)}", body, style="one_page")


def _story(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The parts of the letter that the author wrote: the summary, strengths and improvements.

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


def _body(title: str, lines: Iterable[BoardLine], most: int) -> Markup:
    rows = [
        _ROW.format(
            name=line.name,
            k=line.k if line.n else "–",
            n=line.n or "none",
            bar=_bar(line, max(most, _FEWEST)),
        )
        for line in lines
    ]
    return Markup("<tbody>\n{}\n{}\n</tbody>").format(_THEME.format(title), joined(rows))


def _bar(line: BoardLine, most: int) -> Markup:
    """The count as blocks; hidden from screen readers, for it only repeats the two cells before it."""
    return Markup('<svg class="chart" viewBox="0 0 140 18" aria-hidden="true">{}</svg>').format(
        blocks(0, 1, 140, line.k, line.n, most)
    )


def _block(block: Block) -> Markup:
    if isinstance(block, Heading):
        return Markup("<h2>{}</h2>").format(block.text)
    if isinstance(block, Items):
        if block.style == "bullet":
            items = [Markup("<li>{}</li>").format(item.words) for item in block.items]
            return Markup("<ul>\n{}\n</ul>").format(joined(items))
        items = [Markup("<li>{}</li>").format(item.words) for item in block.items]
        return Markup('<ol class="roman">\n{}\n</ol>').format(joined(items))
    return Markup("<p>{}</p>").format(block.words if isinstance(block, Paragraph) else "")
