"""A table as a Parquet file, by polars: the extra ``programme``."""

from __future__ import annotations

import io
import json
from array import array
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.util import find_spec
from typing import Any

from sqs_core.criteria import Criteria
from sqs_core.errors import PluginError
from sqs_core.exports.table import CellValue, Column

_ABSENT = -1


def check_polars() -> None:
    """Check that polars is installed; PluginError with the command that installs it where it is not."""
    if find_spec("polars") is None:
        raise PluginError(
            "a Parquet file needs polars, which is not installed; "
            "python -m pip install 'sqs-screening[programme]', or write a CSV: --to FILE.csv"
        )


def parquet_bytes(
    columns: Sequence[Column], rows: Iterable[Sequence[CellValue]], metadata: Mapping[str, str]
) -> bytes:
    """Return ``rows`` as Parquet (zstd): categories as enums, days as dates, blanks as nulls.

    A row is dropped once its cells are taken in, two bytes for a category, so that many
    thousands of cases take a few megabytes.  ``metadata`` goes into the file's own.
    """
    import polars  # type: ignore[import-not-found,unused-ignore]

    taken = [_Cells(column) for column in columns]
    for row in rows:
        for cells, value in zip(taken, row, strict=True):
            cells.append(value)
    frame = polars.DataFrame([cells.series(polars) for cells in taken])
    out = io.BytesIO()
    frame.write_parquet(out, compression="zstd", metadata=dict(metadata))
    return out.getvalue()


def programme_metadata(criteria: Criteria, columns: Sequence[Column]) -> dict[str, str]:
    """Return what a reader of the file has to know: the criteria version and what each column means."""
    book = {c.name: {"label": c.label, "kind": c.kind, "values": dict(c.values)} for c in columns}
    return {
        "sqs.format": "1",
        "sqs.criteria": criteria.id,
        "sqs.criteria_hash": criteria.hash,
        "sqs.criteria_source": str(criteria.source),
        "sqs.codebook": json.dumps(book, ensure_ascii=False),
    }


class _Cells:
    """The cells of one column, as small as its kind allows."""

    def __init__(self, column: Column) -> None:
        self.column = column
        self.codes = {value: code for code, (value, _) in enumerate(column.values)}
        self.numbers = array("h" if column.kind == "category" else "i")
        self.texts: list[str | None] = []
        self.wholes: list[int | None] = []

    def append(self, value: CellValue) -> None:
        if self.column.kind == "text":
            assert value is None or isinstance(value, str)
            self.texts.append(value)
        elif self.column.kind == "number":
            assert value is None or isinstance(value, int)
            self.wholes.append(value)
        elif value is None:
            self.numbers.append(_ABSENT)
        elif isinstance(value, date):
            self.numbers.append(value.toordinal())
        else:
            self.numbers.append(int(value) if isinstance(value, bool) else self.codes[str(value)])

    def series(self, polars: Any) -> Any:
        name, kind = self.column.name, self.column.kind
        if kind == "text":
            return polars.Series(name, self.texts, dtype=polars.String)
        if kind == "number":
            return polars.Series(name, self.wholes, dtype=polars.Int32)
        numbers = [None if number == _ABSENT else number for number in self.numbers]
        if kind == "date":
            days = [None if number is None else date.fromordinal(number) for number in numbers]
            return polars.Series(name, days, dtype=polars.Date)
        if kind == "boolean":
            return polars.Series(name, [None if n is None else n == 1 for n in numbers], dtype=polars.Boolean)
        values = list(self.codes)
        words = [None if number is None else values[number] for number in numbers]
        return polars.Series(name, words, dtype=polars.Enum(values))
