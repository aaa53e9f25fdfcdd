"""OpenDocument files, offered to ``sqs`` as ``odt`` (the letter), ``ods`` and ``ods-grid``."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from sqs_core.letter.report import Report
from sqs_core.plugins import Renderer, hookimpl

TEXT = "application/vnd.oasis.opendocument.text"
SPREADSHEET = "application/vnd.oasis.opendocument.spreadsheet"


def _prepare() -> None:
    # odfdo takes long to import: only when a file is wanted, and while the records are read.
    import odfdo  # noqa: F401


def _letter(report: Report) -> bytes:
    from sqs_odf.letter import render_letter

    return render_letter(report)


def _board(report: Report) -> bytes:
    from sqs_core.letter.sheets import board_sheets
    from sqs_odf.spreadsheet import render_sheets

    return render_sheets(report, board_sheets(report))


def _grid(report: Report) -> bytes:
    from sqs_core.letter.sheets import grid_sheets
    from sqs_odf.spreadsheet import render_sheets

    return render_sheets(report, grid_sheets(report))


@hookimpl
def sqs_register_renderers() -> Iterable[Renderer]:
    """``odt``, ``ods`` without case references, and ``ods-grid``, which opens up single cases."""
    letter = "the letter as an OpenDocument text, to edit"
    board = "the board as an OpenDocument spreadsheet"
    grid = "every case against every question, as an OpenDocument spreadsheet"
    sheet = partial(Renderer, suffix=".ods", media_type=SPREADSHEET, needs_letter=False, prepare=_prepare)
    return (
        Renderer("odt", ".odt", TEXT, letter, _letter, prepare=_prepare),
        sheet("ods", description=board, render=_board, stem="board"),
        sheet("ods-grid", description=grid, render=_grid, stem="grid", needs_records=True),
    )
