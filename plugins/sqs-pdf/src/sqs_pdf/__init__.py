"""The letter as a tagged PDF, offered to ``sqs`` under the name ``pdf``."""

from __future__ import annotations

from collections.abc import Iterable

from sqs_core.letter.report import Report
from sqs_core.plugins import Option, Renderer, hookimpl


def _prepare() -> None:
    # The compiler is large: it is loaded only when a letter is wanted, and while the records are read.
    from sqs_pdf.letter import prepare

    prepare()


def _pdf(report: Report) -> bytes:
    from sqs_pdf.letter import render_pdf

    return render_pdf(report)


@hookimpl
def sqs_register_renderers() -> Iterable[Renderer]:
    """One renderer, ``pdf``."""
    fonts = Option("more fonts, for scripts that the built-in ones lack", kind="folder")
    board = Option("add the board at the end, as a picture and a table", kind="yes-no", default="no")
    options = {"fonts": fonts, "board": board}
    return (
        Renderer(
            "pdf",
            ".pdf",
            "application/pdf",
            "the letter as a tagged PDF (PDF/UA-1)",
            _pdf,
            options=options,
            prepare=_prepare,
        ),
    )
