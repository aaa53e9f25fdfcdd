"""The letter as one accessible web page; and the team's own copy, each figure a link to its cases."""

from __future__ import annotations

from itertools import count

from sqs_core.letter.claim_map import what_is_counted
from sqs_core.letter.report import Report
from sqs_core.renderers.page import render_page


def render_html(report: Report) -> bytes:
    """Return the letter as one HTML page; the same words as the other renderers."""
    return render_page("letter.html", report)


def render_claim_map(report: Report) -> bytes:
    """Return the letter as a web page whose figures are links into a table of the cases behind them."""
    rows = [
        {
            "paragraph": paragraph,
            "figure": figure,
            "counted": what_is_counted(figure.reference, report.criteria),
        }
        for paragraph, figure in report.document.figures()
    ]
    # The letter is written in the order in which the document counts its figures.
    return render_page("claim_map.html", report, rows=rows, places=count(1))
