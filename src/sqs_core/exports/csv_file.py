"""Tables as CSV files: UTF-8, ISO dates, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date

from sqs_core.exports.table import CellValue, Table

# What makes a spreadsheet read a cell as a formula, also after blanks; the full-width forms are
# read as the plain ones where the keyboard is Japanese or Chinese.
_STARTS = tuple("=+-@\t\r＝＋－＠|%")


def csv_bytes(table: Table, *, bom: bool = False) -> bytes:
    """Return ``table`` as CSV: a header row, CRLF between rows (RFC 4180), blank for what was not recorded.

    A text that would be read as a formula, or that begins with an apostrophe, gets an apostrophe
    in front, and a reader takes exactly that one away.  ``bom`` puts a byte order mark
    first, without which some spreadsheets show accented letters wrongly.
    """
    written = b"".join(csv_lines([column.name for column in table.columns], table.rows))
    return b"\xef\xbb\xbf" + written if bom else written


def csv_lines(head: Iterable[str], rows: Iterable[Iterable[CellValue]]) -> Iterator[bytes]:
    """Yield the same line by line, as the rows come."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()
        writer.writerow([_cell(value) for value in row])
    yield out.getvalue().encode()


def _cell(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return str(value)
    return (
        "'" + value if value.lstrip(" \n\u00a0\u3000").startswith(_STARTS) or value.startswith("'") else value
    )
