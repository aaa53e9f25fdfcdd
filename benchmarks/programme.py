"""Many inspections read one after the other into one wide table, against the parser alone.

Parquet is measured where polars is installed in this Python.
"""

from __future__ import annotations

import tempfile
import tomllib
from importlib.util import find_spec
from pathlib import Path

from rounds import Row, against, interleaved
from subjects import files_of, synthetic

from sqs_core.exports.csv_file import csv_lines
from sqs_core.exports.parquet import parquet_bytes
from sqs_core.exports.programme import programme_columns
from sqs_core.records.inspection import Inspection
from sqs_core.storage.create import new_inspection
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.library import load_criteria
from sqs_core.storage.programme import programme_rows

INSPECTIONS, EACH = 10, 30


def made_folders(place: Path) -> dict[str, InspectionFolder]:
    """``INSPECTIONS`` folders of ``EACH`` synthetic cases."""
    criteria = load_criteria("sqs-2012", plugins=False)
    cases = synthetic(EACH)
    folders = {}
    for number in range(INSPECTIONS):
        folder = new_inspection(
            place / f"{number}", Inspection("A service", criteria.id, criteria.hash), criteria, cases=0
        )
        (folder.path / "cases").mkdir(exist_ok=True)
        for record, data in zip(cases, files_of(cases), strict=True):
            (folder.path / "cases" / f"{record.case}.toml").write_bytes(data)
        folders[f"{number}"] = folder
    return folders


def bench() -> list[Row]:
    """The table as CSV, and as Parquet, against parsing the same files and keeping nothing."""
    with tempfile.TemporaryDirectory() as place:
        folders = made_folders(Path(place))
        criteria = folders["0"].criteria
        columns = programme_columns(criteria)
        head = [column.name for column in columns]
        files = [file for folder in folders.values() for file in (folder.path / "cases").iterdir()]
        work = {
            "parse": lambda: [None for file in files if tomllib.loads(file.read_text("utf-8")) is None],
            "csv": lambda: sum(map(len, csv_lines(head, programme_rows(criteria, folders)))),
        }
        if find_spec("polars") is not None:
            work["parquet"] = lambda: len(parquet_bytes(columns, programme_rows(criteria, folders), {}))
        times = interleaved(work)
    what = f"{len(files)} cases of {INSPECTIONS} inspections as one wide"
    floor = "`tomllib.loads` of the same files, read from disk"
    rows = [against(times, "csv", "parse", what=f"{what} CSV", floor_is=floor)]
    if "parquet" in times:
        rows.append(against(times, "parquet", "parse", what=f"{what} Parquet", floor_is=floor))
    return rows
