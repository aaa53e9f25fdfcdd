"""Workbooks with one table a sheet: no merged cells, no formulas, no meaning in colour alone."""

from __future__ import annotations

import io
from collections.abc import Iterable

import xlsxwriter  # type: ignore[import-untyped]

from sqs_core.letter.report import Report
from sqs_core.letter.sheets import Sheet, board_sheets, grid_sheets, lines

A4, LINE = 9, 15
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
        # Wrapped, so that a long text or head makes the row higher and no column wider than the paper.
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"})
        self.text = self.book.add_format({"text_wrap": True, "valign": "top", "align": "left"})
        self.number = self.book.add_format({"valign": "top", "align": "right"})
        about = {"title": report.document.title, "author": "", "created": report.file_time}
        self.book.set_properties(about)

    def sheet(self, made: Sheet) -> None:
        """One sheet with one table: its header row is marked as one, and stays in view."""
        head, rows = made.head, made.rows
        sheet = self.book.add_worksheet(made.name)
        formats = [self.number if made.counts(column) else self.text for column in range(len(head))]
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell, formats[column])
                else:
                    sheet.write_string(number, column, cell, formats[column])
        widths = [made.letters(column) for column in range(len(head))]
        # Stated, for not every program works out how high a wrapped row is.
        for number, row in enumerate((head, *rows)):
            if (high := lines(row, widths)) > 1:
                sheet.set_row(number, LINE * high)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        # A table needs one row under its header, if only an empty one.
        sheet.add_table(
            0,
            0,
            max(len(rows), 1),
            len(head) - 1,
            {
                "name": f"T{made.name}",
                "columns": [{"header": words, "header_format": self.head} for words in head],
                "style": "Table Style Light 1",
            },
        )
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.75, bottom=0.75)
        sheet.fit_to_pages(made.pages_across(), 0)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, made.names - 1)
        sheet.set_header(f"&L&A&R{made.warning}")
        sheet.set_footer("&CPage &P of &N")

    def finished(self) -> bytes:
        self.book.close()
        return self.out.getvalue()
