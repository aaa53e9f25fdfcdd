"""The board and the case grid as Excel workbooks, offered to ``sqs`` as ``xlsx`` and ``xlsx-grid``."""

from __future__ import annotations

from collections.abc import Iterable

from sqs_core.letter.report import Report
from sqs_core.plugins import Renderer, hookimpl

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _prepare() -> None:
    # Loaded only when a workbook is wanted, and while the records are read.
    import sqs_xlsx.workbook  # noqa: F401


def _board(report: Report) -> bytes:
    from sqs_xlsx.workbook import render_board

    return render_board(report)


def _grid(report: Report) -> bytes:
    from sqs_xlsx.workbook import render_grid

    return render_grid(report)


@hookimpl
def sqs_register_renderers() -> Iterable[Renderer]:
    """``xlsx``, without case references, and ``xlsx-grid``, which opens up single cases."""
    return (
        Renderer(
            "xlsx",
            ".xlsx",
            MEDIA_TYPE,
            "the board as an Excel workbook",
            _board,
            stem="board",
            needs_letter=False,
            prepare=_prepare,
        ),
        Renderer(
            "xlsx-grid",
            ".xlsx",
            MEDIA_TYPE,
            "every case against every question, as an Excel workbook",
            _grid,
            needs_records=True,
            stem="grid",
            needs_letter=False,
            prepare=_prepare,
        ),
    )
