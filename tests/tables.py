"""Reading back the tables that were written."""

from __future__ import annotations

import csv
import io


def read_csv(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a file that :func:`csv_bytes` wrote, as text by column; "" is nothing recorded."""
    reader = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    head, *rows = reader
    return [{name: cell.removeprefix("'") for name, cell in zip(head, row, strict=True)} for row in rows]
