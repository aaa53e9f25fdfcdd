"""The letter as one accessible web page."""

from __future__ import annotations

from sqs_core.letter.report import Report
from sqs_core.renderers.page import render_page


def render_html(report: Report) -> bytes:
    """Return the letter as one HTML page; the same words as the other renderers."""
    return render_page("letter.html", report)
