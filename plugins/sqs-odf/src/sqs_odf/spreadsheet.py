"""Spreadsheets with one table a sheet: no merged cells, no formulas, no meaning in colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from xml.sax.saxutils import escape

from odfdo import Cell, Column, Document, Element, Row, Style, Table

from sqs_core.letter.report import Report
from sqs_core.letter.sheets import Sheet
from sqs_odf.package import finished, set_styles

HEAD, TEXT, NUMBER = "SQS_20_Head", "SQS_20_Text", "SQS_20_Number"
SHEET = '<style:style style:name="{0}" style:family="table" style:master-page-name="{0}"/>'
_MARGIN = '<style:header-footer-properties fo:min-height="0.9cm" fo:margin-{}="0.3cm"/>'
_LAYOUT = (
    '<style:page-layout style:name="{name}"><style:page-layout-properties fo:page-width="29.7cm" '
    'fo:page-height="21cm" fo:margin="1.3cm" style:print-orientation="landscape" '
    'style:scale-to-X="{pages}" style:scale-to-Y="0" style:first-page-number="continue"/>'
    f"<style:header-style>{_MARGIN.format('bottom')}</style:header-style>"
    f"<style:footer-style>{_MARGIN.format('top')}</style:footer-style></style:page-layout>"
)
_PAGE = (
    '<style:master-page style:name="{name}" style:page-layout-name="{name}"><style:header>'
    "<style:region-left><text:p><text:sheet-name>{name}</text:sheet-name></text:p></style:region-left>"
    "<style:region-right><text:p>{warning}</text:p></style:region-right></style:header>"
    "<style:footer><text:p>Page <text:page-number>1</text:page-number> of "
    "<text:page-count>1</text:page-count></text:p></style:footer></style:master-page>"
)
# Its first row and first column stay in view.
_VIEW = (
    '<config:config-item-map-entry config:name="{}">'
    + "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, kind, value in (
            ("HorizontalSplitMode", "short", 2),
            ("VerticalSplitMode", "short", 2),
            ("HorizontalSplitPosition", "int", 1),
            ("VerticalSplitPosition", "int", 1),
            ("ActiveSplitRange", "short", 3),
            ("PositionRight", "int", 1),
            ("PositionBottom", "int", 1),
        )
    )
    + "</config:config-item-map-entry>"
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" '
    'xmlns:ooo="http://openoffice.org/2004/office" office:version="1.3">'
    '<office:settings><config:config-item-set config:name="ooo:view-settings">'
    '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
    '<config:config-item config:name="ViewId" config:type="string">view1</config:config-item>'
    '<config:config-item-map-named config:name="Tables">{}</config:config-item-map-named>'
    "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set>"
    "</office:settings></office:document-settings>"
)


def render_sheets(report: Report, sheets: Iterable[Sheet]) -> bytes:
    """``sheets`` as an .ods file; the same bytes from the same report."""
    document = Document("spreadsheet")
    sheets = tuple(sheets)
    set_styles(
        document,
        report,
        "sheet-styles.xml",
        LAYOUTS="".join(_LAYOUT.format(name=sheet.name, pages=sheet.pages_across()) for sheet in sheets),
        PAGES="".join(_PAGE.format(name=sheet.name, warning=escape(sheet.warning)) for sheet in sheets),
    )
    document.set_part(
        "settings.xml",
        _SETTINGS.format("".join(_VIEW.format(s.name) for s in sheets)).encode(),
    )
    document.body.clear()
    widths: dict[int, str] = {}
    ranges = Element.from_tag("table:database-ranges")
    for sheet in sheets:
        document.body.append(_table(document, sheet, widths))
        ranges.append(_range(sheet))
    document.body.append(ranges)
    return finished(document, report)


def _table(document: Document, sheet: Sheet, widths: dict[int, str]) -> Table:
    document.insert_style(SHEET.format(sheet.name), automatic=True)
    table = Table(sheet.name, style=sheet.name)
    places = range(len(sheet.head))
    columns = [Column(style=_width(document, sheet.letters(place), widths)) for place in places]
    repeated = Element.from_tag("table:table-header-columns")
    for column in columns[: sheet.names]:
        repeated.append(column)
    styles = [NUMBER if sheet.counts(place) else TEXT for place in places]
    head = Element.from_tag("table:table-header-rows")
    head.append(_row(sheet.head, [HEAD] * len(styles)))
    rows = [_row(row, styles) for row in sheet.rows]
    # Not the table's own append, which adds columns of its own for those it does not see.
    for element in (repeated, *columns[sheet.names :], head, *rows):
        Element.append(table, element)
    return table


def _row(cells: Iterable[str | int], styles: list[str]) -> Row:
    row = Row()
    for cell, style in zip(cells, styles, strict=True):
        # A text stays a text, whatever it begins with: only a formula attribute makes a formula.
        kind = "float" if isinstance(cell, int) else "string"
        row.append_cell(Cell(cell, cell_type=kind, style=style), clone=False)
    return row


def _width(document: Document, letters: int, widths: dict[int, str]) -> str:
    if letters not in widths:
        style = Style("table-column", name=f"sqs-column-{letters}", width=f"{letters * 0.19 + 0.3:.1f}cm")
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
