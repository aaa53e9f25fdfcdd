"""What ships with the product, offered through the same hooks as anyone's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sqs_core.letter.report import Report
from sqs_core.plugins.hookspecs import hookimpl
from sqs_core.plugins.renderer import Renderer
from sqs_core.plugins.shipped import shipped_criteria

if TYPE_CHECKING:
    from importlib.abc import Traversable  # at run time it would load tempfile, shutil and more


def _text(report: Report) -> bytes:
    from sqs_core.renderers.text import render_text

    return render_text(report)


def _markdown(report: Report) -> bytes:
    from sqs_core.renderers.markdown import render_markdown

    return render_markdown(report)


def _govspeak(report: Report) -> bytes:
    from sqs_core.renderers.govspeak import render_govspeak

    return render_govspeak(report)


def _html(report: Report) -> bytes:
    from sqs_core.renderers.html import render_html

    return render_html(report)


def _json(report: Report) -> bytes:
    from sqs_core.renderers.json import render_json

    return render_json(report)


def _claim_map(report: Report) -> bytes:
    from sqs_core.renderers.claim_map import render_claim_map

    return render_claim_map(report)


def _board(report: Report) -> bytes:
    from sqs_core.renderers.board import render_board

    return render_board(report)


def _board_html(report: Report) -> bytes:
    from sqs_core.renderers.board_html import render_board_html

    return render_board_html(report)


def _board_svg(report: Report) -> bytes:
    from sqs_core.renderers.board_svg import render_board_svg

    return render_board_svg(report)


def _one_page(report: Report) -> bytes:
    from sqs_core.renderers.one_page import render_one_page

    return render_one_page(report)


def _grid(report: Report) -> bytes:
    from sqs_core.renderers.grid import render_grid

    return render_grid(report)


@hookimpl
def sqs_register_renderers() -> Iterable[Renderer]:
    """The letter as text, Markdown, Govspeak, HTML and JSON; the board, the one-page summary, the grid."""
    return (
        Renderer("text", ".txt", "text/plain", "the letter as plain text", _text),
        Renderer("markdown", ".md", "text/markdown", "the letter as Markdown, to paste", _markdown),
        Renderer("govspeak", ".govspeak.md", "text/markdown", "the letter for GOV.UK's publisher", _govspeak),
        Renderer("html", ".html", "text/html", "the letter as one accessible web page", _html),
        Renderer(
            "json",
            ".json",
            "application/json",
            "the letter as data, every figure with the cases behind it",
            _json,
            needs_records=True,
        ),
        Renderer(
            "html-map",
            ".html",
            "text/html",
            "the letter as a web page, each figure a link to the cases behind it",
            _claim_map,
            needs_records=True,
            stem="letter-map",
        ),
        Renderer(
            "board",
            ".md",
            "text/markdown",
            "the board as Markdown tables",
            _board,
            stem="board",
            needs_letter=False,
        ),
        Renderer(
            "board-html",
            ".html",
            "text/html",
            "the board: charts and tables",
            _board_html,
            stem="board",
            needs_letter=False,
        ),
        Renderer(
            "board-svg",
            ".svg",
            "image/svg+xml",
            "the board as one picture, a block for each case",
            _board_svg,
            stem="board",
            needs_letter=False,
        ),
        Renderer(
            "one-page",
            ".html",
            "text/html",
            "one sheet for the management board",
            _one_page,
            stem="one-page",
            needs_letter=False,
        ),
        Renderer(
            "grid",
            ".html",
            "text/html",
            "every case against every question, in marks and shades",
            _grid,
            needs_records=True,
            stem="grid",
            needs_letter=False,
        ),
    )


@hookimpl
def sqs_register_criteria() -> Iterable[Traversable]:
    """The criteria versions in the package ``sqs_criteria``."""
    return shipped_criteria()
