"""Filling the templates of web pages and pictures: what is filled in is text, never markup."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqs_core.letter.document import Block
from sqs_core.letter.report import Report

if TYPE_CHECKING:
    from jinja2 import Environment

LIGHT = {
    "ink": "#0b0c0c",
    "paper": "#ffffff",
    "link": "#1a65a6",
    "rule": "#b1b4b6",
    "shade": "#f0f1f2",
    "quiet": "#484c50",
}
"""The colours of a picture by itself."""
# Those of the page, light or dark as its reader has it.
_COLOURS = {name: f"var(--{name})" for name in LIGHT}
TEMPLATES = Path(__file__).with_name("templates")


def render_page(template: str, report: Report, **values: Any) -> bytes:
    """Return the page that ``template`` makes of ``values``, in UTF-8; the letter is its ``document``."""
    document = report.document
    common = {
        "title": document.title,
        "language": report.language_tag,
        "document": document,
        "marks": report.marks,
        "pictures": report.pictures,
        "around_pictures": report.around_pictures,
    }
    return render_values(template, **(common | values))


def render_values(template: str, **values: Any) -> bytes:
    """Return the page that ``template`` makes of ``values`` alone, in UTF-8."""
    return _environment().get_template(template).render(values).encode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # only pages need it
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {"kind_of": kind_of, "next": next, "colours": _COLOURS}
    # A picture is markup of our own, in which every word was escaped when it was drawn.
    environment.filters["drawn"] = lambda svg: Markup(in_page_colours(svg))
    return environment


def in_page_colours(svg: str) -> str:
    """Return a picture that was drawn in light colours in those of the page, which may be dark."""
    for name, colour in LIGHT.items():
        svg = svg.replace(colour, f"var(--{name})")
    return svg


def kind_of(block: Block) -> str:
    """Return what templates call the kind of ``block``: heading, paragraph, items or lines."""
    return type(block).__name__.lower()
