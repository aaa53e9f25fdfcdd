"""A table as a Parquet file, by polars: the extra ``programme``."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec

from sqs_core.criteria import Criteria
from sqs_core.errors import PluginError
from sqs_core.exports.table import CellValue, Column


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

    ``metadata`` goes into the file's own.
    """
    import polars  # type: ignore[import-not-found,unused-ignore]

    kinds = {"text": polars.String, "number": polars.Int32, "boolean": polars.Boolean, "date": polars.Date}
    taken: list[list[CellValue]] = [[] for _ in columns]
    texts: dict[str, str] = {}  # equal ones are kept once, of however many cases
    for row in rows:
        for cells, value in zip(taken, row, strict=True):
            cells.append(texts.setdefault(value, value) if isinstance(value, str) else value)
    series = [
        polars.Series(
            column.name,
            cells,
            dtype=kinds.get(column.kind) or polars.Enum([value for value, _ in column.values]),
        )
        for column, cells in zip(columns, taken, strict=True)
    ]
    frame = polars.DataFrame(series)
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
