"""The letter as a Word file, offered to ``sqs`` under the name ``docx``."""

from __future__ import annotations

from collections.abc import Iterable

from sqs_core.letter.report import Report
from sqs_core.plugins import Option, Renderer, hookimpl

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _prepare() -> None:
    # python-docx takes long to import: only when a letter is wanted, and while the records are read.
    import sqs_docx.letter  # noqa: F401


def _docx(report: Report) -> bytes:
    from sqs_docx.letter import render_docx

    return render_docx(report)


@hookimpl
def sqs_register_renderers() -> Iterable[Renderer]:
    """One renderer, ``docx``."""
    options = {
        "letterhead": Option("a .docx of the office's own to write the letter into", kind="file"),
        "board": Option("add the board at the end, as a picture and a table", kind="yes-no", default="no"),
    }
    return (
        Renderer(
            "docx",
            ".docx",
            MEDIA_TYPE,
            "the letter as a Word file, to edit",
            _docx,
            options=options,
            prepare=_prepare,
        ),
    )
