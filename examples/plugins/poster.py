"""The board as a poster: one bar a question, on one sheet."""

from html import escape

from sqs_core import Option, Renderer, Report, hookimpl

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>
<style>@page {{ size: {page} }} body {{ font: 1.2em sans-serif; max-width: 50em; margin: auto }}</style>
<h1>{title}</h1><p>{marks}</p><table>{rows}</table></html>
"""


def poster(report: Report) -> bytes:
    rows = []
    for question in report.criteria.questions:
        count = report.findings.count(question.id)
        if count.n:
            rows.append(
                f"<tr><th scope=row>{escape(str(question.short))}"
                f"<td><meter max={count.n} value={count.k}></meter><td>{count.k} of {count.n}"
            )
    page = PAGE.format(
        title=escape(f"What we saw in {report.service}"),
        page=report.options.get("page", "A3"),
        marks=escape(report.mark_line),
        rows="\n".join(rows),
    )
    return page.encode()


@hookimpl
def sqs_register_renderers():
    page = Option("the size of the paper", choices=("A3", "A4"), default="A3")
    words = "the board as a poster"
    return [
        Renderer("poster", ".html", "text/html", words, poster, needs_letter=False, options={"page": page})
    ]
