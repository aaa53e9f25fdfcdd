"""The board and the case grid as Excel workbooks, offered to ``sqs`` as ``xlsx`` and ``xlsx-grid``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

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
    workbook = partial(Renderer, suffix=".xlsx", media_type=MEDIA_TYPE, needs_letter=False, prepare=_prepare)
    grid = "every case against every question, as an Excel workbook"
    return (
        workbook("xlsx", description="the board as an Excel workbook", render=_board, stem="board"),
        workbook("xlsx-grid", description=grid, render=_grid, stem="grid", needs_records=True),
    )
