"""What ships with the product, offered through the same hooks as anyone's."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from importlib.resources.abc import Traversable

from sqs_core.plugins.hookspecs import hookimpl
from sqs_core.plugins.renderer import Renderer
from sqs_core.plugins.shipped import shipped_criteria
from sqs_core.renderers.board import render_board
from sqs_core.renderers.board_html import render_board_html
from sqs_core.renderers.board_svg import render_board_svg
from sqs_core.renderers.govspeak import render_govspeak
from sqs_core.renderers.grid import render_grid
from sqs_core.renderers.html import render_claim_map, render_html
from sqs_core.renderers.json import render_json
from sqs_core.renderers.markdown import render_markdown
from sqs_core.renderers.one_page import render_one_page
from sqs_core.renderers.text import render_text

_board = partial(Renderer, stem="board", needs_letter=False)


@hookimpl
def sqs_register_renderers() -> Iterable[Renderer]:
    """Offer the letter as text, Markdown, Govspeak, HTML and JSON; the board, the summary, the grid."""
    return (
        Renderer("text", ".txt", "text/plain", "the letter as plain text", render_text),
        Renderer("markdown", ".md", "text/markdown", "the letter as Markdown, to paste", render_markdown),
        Renderer(
            "govspeak", ".govspeak.md", "text/markdown", "the letter for GOV.UK's publisher", render_govspeak
        ),
        Renderer("html", ".html", "text/html", "the letter as one accessible web page", render_html),
        Renderer(
            "json",
            ".json",
            "application/json",
            "the letter as data, every figure with the cases behind it",
            render_json,
            needs_records=True,
        ),
        Renderer(
            "html-map",
            ".html",
            "text/html",
            "the letter as a web page, each figure a link to the cases behind it",
            render_claim_map,
            needs_records=True,
            stem="letter-map",
        ),
        _board("board", ".md", "text/markdown", "the board as Markdown tables", render_board),
        _board("board-html", ".html", "text/html", "the board: charts and tables", render_board_html),
        _board(
            "board-svg",
            ".svg",
            "image/svg+xml",
            "the board as one picture, a block for each case",
            render_board_svg,
        ),
        _board(
            "one-page",
            ".html",
            "text/html",
            "one sheet for the management board",
            render_one_page,
            stem="one-page",
        ),
        Renderer(
            "grid",
            ".html",
            "text/html",
            "every case against every question, in marks and shades",
            render_grid,
            needs_records=True,
            stem="grid",
            needs_letter=False,
        ),
    )


@hookimpl
def sqs_register_criteria() -> Iterable[Traversable]:
    """Offer the criteria versions in the package ``sqs_criteria``."""
    return shipped_criteria()
