"""Spreadsheets with one table a sheet: no merged cells, no formulas, no meaning in colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from odfdo import Cell, Column, Document, Element, Row, Style, Table

from sqs_core.letter.report import Report
from sqs_core.letter.sheets import Sheet
from sqs_odf.package import finished, set_styles

HEAD, TEXT = "SQS_20_Head", "SQS_20_Text"
SHEET = '<style:style style:name="sheet" style:family="table" style:master-page-name="Across"/>'
WIDEST = 60


def render_sheets(report: Report, sheets: Iterable[Sheet]) -> bytes:
    """``sheets`` as an .ods file; the same bytes from the same report."""
    document = Document("spreadsheet")
    set_styles(document, report, "sheet-styles.xml")
    document.body.clear()
    document.insert_style(SHEET, automatic=True)
    widths: dict[int, str] = {}
    ranges = Element.from_tag("table:database-ranges")
    for sheet in sheets:
        document.body.append(_table(document, sheet, widths))
        ranges.append(_range(sheet))
    document.body.append(ranges)
    return finished(document, report)


def _table(document: Document, sheet: Sheet, widths: dict[int, str]) -> Table:
    table = Table(sheet.name, style="sheet")
    for place, words in enumerate(sheet.head):
        longest = max(map(len, words.split()))
        widest = max(longest, len(words) // 2, *(len(str(row[place])) for row in sheet.rows))
        table.append(Column(style=_width(document, min(widest, WIDEST), widths)))
    head = Element.from_tag("table:table-header-rows")
    head.append(_row(sheet.head, HEAD))
    table.append(head)
    for row in sheet.rows:
        table.append(_row(row, TEXT))
    return table


def _row(cells: Iterable[str | int], style: str) -> Row:
    row = Row()
    for cell in cells:
        # A text stays a text, whatever it begins with: only a formula attribute makes a formula.
        kind = "float" if isinstance(cell, int) else "string"
        row.append(Cell(cell, cell_type=kind, style=style))
    return row


def _width(document: Document, letters: int, widths: dict[int, str]) -> str:
    if letters not in widths:
        style = Style("table-column", name=f"sqs-column-{letters}", width=f"{letters * 0.21 + 0.4:.1f}cm")
        document.insert_style(style, automatic=True)
        widths[letters] = f"sqs-column-{letters}"
    return widths[letters]


def _range(sheet: Sheet) -> Element:
    """The table as a database range: it says that its first row is a header, and can be filtered."""
    last = f"{_letters(len(sheet.head))}{len(sheet.rows) + 1}"
    area = Element.from_tag("table:database-range")
    area.set_attribute("table:name", f"T{sheet.name}")
    area.set_attribute("table:target-range-address", f"{sheet.name}.A1:{sheet.name}.{last}")
    area.set_attribute("table:contains-header", "true")
    area.set_attribute("table:display-filter-buttons", "true")
    return area


def _letters(number: int) -> str:
    """The name of column ``number``, counted from 1: A, …, Z, AA."""
    written = ""
    while number:
        number, place = divmod(number - 1, 26)
        written = chr(ord("A") + place) + written
    return written
