"""Workbooks with one table a sheet: no merged cells, no formulas, no meaning in colour alone."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]

from sqs_core.letter.report import Report
from sqs_core.letter.sheets import Sheet, board_sheets, grid_sheets

A4 = 9
# Text is text: nothing in a note or a name may become a formula, a link or a number.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render_board(report: Report) -> bytes:
    """Sheets "Board" (case questions), "Reasons", "Staff" (another population) and "About"."""
    return _written(report, board_sheets(report))


def render_grid(report: Report) -> bytes:
    """Sheets "Cases" (one row a case, one column a question) and "Key"."""
    return _written(report, grid_sheets(report))


def _written(report: Report, sheets: Iterable[Sheet]) -> bytes:
    book = _Book(report)
    for sheet in sheets:
        book.sheet(sheet)
    return book.finished()


class _Book:
    """A workbook whose properties do not depend on today."""

    def __init__(self, report: Report) -> None:
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.out, OPTIONS)
        day = report.last_day or report.first_day
        moment = datetime(day.year, day.month, day.day) if day else datetime(2000, 1, 1)
        self.book.set_properties({"title": report.document.title, "author": "", "created": moment})

    def sheet(self, made: Sheet) -> None:
        """One sheet with one table: its header row is marked as one, and stays in view."""
        head, rows = made.head, made.rows
        sheet = self.book.add_worksheet(made.name)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                else:
                    sheet.write_string(number, column, cell)
        for column, words in enumerate(head):
            widest = max([len(words), *(len(str(row[column])) for row in rows)])
            sheet.set_column(column, column, min(max(widest + 2, 8), 60))
        bold = self.book.add_format({"bold": True})
        # A table needs one row under its header, if only an empty one.
        sheet.add_table(
            0,
            0,
            max(len(rows), 1),
            len(head) - 1,
            {
                "name": f"T{made.name}",
                "columns": [{"header": words, "header_format": bold} for words in head],
                "style": "Table Style Light 1",
            },
        )
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def finished(self) -> bytes:
        self.book.close()
        return self.out.getvalue()
