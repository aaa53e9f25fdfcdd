"""The letter with every figure a link to the cases it was counted from: the team's own copy."""

from __future__ import annotations

from itertools import count

from markupsafe import Markup

from sqs_core.criteria import Criteria
from sqs_core.letter.claim_map import what_is_counted
from sqs_core.letter.document import Document, Figure, Paragraph
from sqs_core.letter.report import Report
from sqs_core.renderers.html import letter
from sqs_core.renderers.page import joined, page

_MAP = Markup("""<h2 id="claim-map">Where each figure comes from</h2>
<p>Follow a figure in the letter to come here; follow its words to go back.</p>
<div class="wide broad" role="region" aria-label="Where each figure comes from" tabindex="0">
<table>
<caption>The figures of the letter, in reading order</caption>
<thead><tr><th scope="col">Words</th><th scope="col">Paragraph</th><th scope="col">What is counted</th>
<th scope="col" class="number">Number stated</th><th scope="col">Its cases</th>
<th scope="col" class="number">Of those judged</th><th scope="col">Counted</th><th scope="col">The others</th>
<th scope="col" class="number">Asked of</th><th scope="col">Not judged</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>""")
_ROW = Markup(
    '<tr id="f-{id}"><th scope="row"><a href="#r-{id}">{words}</a></th><td>{paragraph}</td><td>{what}</td>'
    '<td class="number">{counted}</td><td>{counted_cases}</td>'
    '<td class="number">{k} of {n}</td><td>{cases}</td><td>{others}</td>'
    '<td class="number">{asked}</td><td>{unjudged}</td></tr>'
)
_WARNING = Markup(
    '<p class="warning">This copy names single cases by their reference. It is not for publication.</p>'
)


def render_claim_map(report: Report) -> bytes:
    """The letter as a web page whose figures are links into a table of the cases behind them."""
    document = report.document
    places = count(1)

    def said(figure: Figure) -> Markup:
        # The letter is written in the order in which the document counts its figures.
        return Markup('<a href="#f-{0}" id="r-{0}">{1}</a>').format(next(places), figure.text)

    body = joined([_WARNING, letter(report, said), _MAP.format(rows=_rows(document, report.criteria))])
    return page(document.title, body, language=document.language)


def _rows(document: Document, criteria: Criteria) -> Markup:
    return joined(
        [
            _ROW.format(
                id=place,
                words=figure.text,
                paragraph=_paragraph(paragraph),
                what=what_is_counted(figure.reference, criteria),
                counted="–" if figure.counted is None else figure.counted,
                counted_cases=_listed(figure.counted_cases),
                k=figure.k,
                n=figure.n,
                cases=_listed(figure.cases),
                others=_listed(figure.others),
                asked=figure.asked,
                unjudged=_listed(figure.unjudged),
            )
            for place, (paragraph, figure) in enumerate(document.figures(), 1)
        ]
    )


def _listed(cases: tuple[str, ...]) -> str:
    return " ".join(cases) or "none"


def _paragraph(paragraph: Paragraph) -> str:
    return paragraph.number or paragraph.id or "opening"
