"""The findings as slides, one a theme: a web page to show full screen, or to print as a PDF.

Copy this file into the folder ``plugins`` beside your settings, and change it as you like:

    sqs report leeds -r slides -o slides.html --option shape=4:3 --option title="Our findings"

A space or an arrow key goes on: the browser scrolls from slide to slide, without a script.
"""

from html import escape

from sqs_core import Option, Renderer, Report, hookimpl

SHAPES = {"16:9": "338mm 190mm", "4:3": "254mm 190mm"}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><style>
@page {{ size: {size}; margin: 0 }}
html {{ scroll-snap-type: y mandatory; font: {font} sans-serif }}
body {{ margin: 0 }} td, th {{ text-align: left; padding: .2em 1em .2em 0 }} p {{ color: #555 }}
section {{ min-height: 100vh; box-sizing: border-box; padding: 2em 3em; break-after: page;
  scroll-snap-align: start }}</style>{slides}</html>
"""


def slides(report: Report) -> bytes:
    title = report.options.get("title") or f"What we saw in {report.service}"
    pages = [f"<h1>{escape(title)}</h1><p>{len(report.findings.cases)} cases"]
    for theme in report.criteria.themes:
        rows = []
        for question in report.criteria.theme_questions(theme.id):
            count = report.findings.count(question.id)
            rows.append(f"<tr><th scope=row>{escape(str(question.short))}<td>{count.k} of {count.n}")
        if rows:
            pages.append(f"<h2>{escape(str(theme.title))}</h2><table>{''.join(rows)}</table>")
    foot = f"<p>{escape(report.mark_line)}" if report.marks else ""
    size, font = SHAPES[report.options.get("shape", "16:9")], report.options.get("size", "24")
    body = "".join(f"<section>{page}{foot}</section>" for page in pages)
    return PAGE.format(title=escape(title), size=size, font=f"{int(font)}pt", slides=body).encode()


@hookimpl
def sqs_register_renderers() -> list[Renderer]:
    options = {
        "shape": Option("the shape of a slide", choices=tuple(SHAPES), default="16:9"),
        "size": Option("the size of the letters, in points", kind="number", default="24"),
        "title": Option("what the first slide says"),
    }
    words = "the findings as slides, one a theme"
    return [
        Renderer(
            "slides", ".html", "text/html", words, slides, stem="slides", needs_letter=False, options=options
        )
    ]
