"""Many inspections read one after the other into one wide table, against the parser alone; and as a data set.

The data set is built first, again with nothing changed, and with one inspection changed; an answer stands
against the engine reading the columns that it needs.  Parquet is measured where polars is installed in this
Python.
"""

from __future__ import annotations

import shutil
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
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.library import load_criteria
from sqs_core.storage.programme import programme_rows
from sqs_core.storage.programme_data import build_programme, part_files, read_manifest
from sqs_core.workflow.programme import ProgrammeRequest, ask_together

INSPECTIONS, EACH = 10, 30
IN_DATA_SET = 60


def made_folders(place: Path, many: int = INSPECTIONS) -> dict[str, InspectionFolder]:
    """``many`` folders of ``EACH`` synthetic cases."""
    criteria = load_criteria("sqs-2012", plugins=False)
    cases = synthetic(EACH)
    folders = {}
    for number in range(many):
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
        data_set = data_set_rows(Path(place) / "more") if find_spec("polars") is not None else []
    what = f"{len(files)} cases of {INSPECTIONS} inspections as one wide"
    floor = "`tomllib.loads` of the same files, read from disk"
    rows = [against(times, "csv", "parse", what=f"{what} CSV", floor_is=floor)]
    if "parquet" in times:
        rows.append(against(times, "parquet", "parse", what=f"{what} Parquet", floor_is=floor))
    return rows + data_set


def data_set_rows(place: Path) -> list[Row]:
    """The data set built again against its first build, and an answer against reading its columns."""
    import polars  # type: ignore[import-not-found,unused-ignore]

    place.mkdir()
    folders, dataset = made_folders(place, IN_DATA_SET), place / "set"
    names = [str(folder.path) for folder in folders.values()]
    first = min((folders["0"].path / "cases").iterdir())
    texts = [first.read_bytes(), first.read_bytes().replace(b"insufficient", b"sufficient")]

    def build(*, anew: bool = False, change: bool = False) -> None:
        if anew:
            shutil.rmtree(dataset, ignore_errors=True)
        if change:
            texts.reverse()
            first.write_bytes(texts[0])
        build_programme(dataset, names, opening=open_inspection)

    build()
    manifest = read_manifest(dataset)
    files = [str(file) for file in part_files(dataset, manifest, list(manifest.inspections))]
    heat_map = ProgrammeRequest("heatmap", ("theme", "service"))

    def scan() -> None:
        frame = polars.scan_parquet(files, hive_partitioning=False)
        frame.select("theme", "service", "answer", "first").collect(engine="streaming")

    def ask() -> object:
        return ask_together(dataset, manifest, heat_map, [heat_map.kind])

    answers = interleaved({"ask": ask, "scan": scan}, times=3)
    builds = interleaved(
        {"first": lambda: build(anew=True), "again": build, "changed": lambda: build(change=True)}
    )
    what, floor = f"a data set of {IN_DATA_SET} inspections", "its first build"
    scanned = "polars reading the columns that it needs"
    return [
        against(builds, "again", "first", what=f"{what}, nothing changed", floor_is=floor, goal=1 / 20),
        against(builds, "changed", "first", what=f"{what}, one changed", floor_is=floor, goal=1 / 10),
        against(answers, "ask", "scan", what=f"a heat map of {what}", floor_is=scanned, goal=2),
    ]
