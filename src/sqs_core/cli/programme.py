"""Many inspections: as one table for analysts, or as a data set that is kept and asked.

examples:
  sqs programme build inspections/* --to region           keep a data set; again: only what changed
  sqs programme show region --as heatmap                  or table, bars, trend, funnel
  sqs programme show region --as trend --question roh.plan -o trend.html (or .docx, .pdf)
  sqs programme inspections/* --to programme.parquet      one table, a row a case
  sqs programme north south west --csv > programme.csv

A table is under one criteria version and has no notes. Parquet and data sets need polars
(pip install 'sqs-screening[programme]'); a CSV needs nothing.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.completers import criteria_ids
from sqs_core.cli.console import check_free, echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.cli.programme_data import build, show
from sqs_core.cli.progress import progress_bar
from sqs_core.cli.report import folder_names
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.exports.csv_file import csv_lines
from sqs_core.exports.parquet import check_polars, parquet_bytes, programme_metadata
from sqs_core.exports.programme import programme_columns
from sqs_core.exports.programme_answers import ENGINES
from sqs_core.exports.programme_view import VIEW_KINDS
from sqs_core.exports.table import CellValue
from sqs_core.scoring.suppression import LEAST
from sqs_core.storage.audit.access_log import log_output
from sqs_core.storage.folder import InspectionFolder, OnProgress, ignore_progress
from sqs_core.storage.output import write_output
from sqs_core.storage.programme import Folders, of_one_version, programme_rows
from sqs_core.text import counted

PARQUET, CSV = ".parquet", ".csv"


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs programme``."""
    parser.add_argument(
        "dirs", metavar="DIR", nargs="+", help="the inspection folders; after show, the data set"
    )
    parser.add_argument(
        "--to", metavar="FILE", help="the file to write: .parquet or .csv; of build, the data set"
    )
    parser.add_argument("--csv", action="store_true", help="print CSV instead")
    parser.add_argument(
        "--criteria",
        metavar="ID",
        help="only inspections made under this criteria version",
        completer=criteria_ids,
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")
    parser.add_argument("--progress", action="store_true", help="say on stderr which inspection is read")
    takes_json(parser)
    build = parser.add_argument_group("build")
    build.add_argument(
        "--practice", action="store_true", help="a data set of practice cases alone, to learn on"
    )
    build.add_argument("--only", action="store_true", help="take out what is not among the folders given")
    show = parser.add_argument_group("show")
    show.add_argument(
        "--as", dest="view", choices=VIEW_KINDS, help="a table, bars, heat map, trend or funnel plot"
    )
    show.add_argument("--by", metavar="COLUMN,…", help="theme, question, quarter, service, inspection")
    show.add_argument("--question", default="", metavar="QUESTION", help="of this question alone")
    show.add_argument("--service", default="", metavar="NAME", help="of this service alone")
    show.add_argument("--quarter", dest="period", default="", metavar="2026-Q1", help="of this quarter alone")
    show.add_argument(
        "--least", type=int, default=LEAST, metavar="N", help=f"children behind a figure ({LEAST})"
    )
    words = "write one page, with pictures: .html, .docx or .pdf; or .md, .csv"
    show.add_argument("-o", "--output", "--html", dest="page", metavar="FILE", help=words)
    show.add_argument("--engine", default="polars", choices=tuple(ENGINES), help="what counts (polars)")


def run(args: Namespace) -> int:
    """Build or ask a data set, or write the table.

    RecordError (exit 3) where a record cannot be read, and then no table is written.
    """
    if args.dirs[0] in ("build", "show"):
        verb, args.dirs = args.dirs[0], args.dirs[1:]
        return build(args) if verb == "build" else show(args)
    if args.json or args.page or args.view or args.by:
        raise UsageError(
            "to ask a data set: sqs programme show DATASET …; for the folder of that name: ./show"
        )
    target = _target(args)
    every = _opened(dict(zip(folder_names(args.dirs), args.dirs, strict=True)))
    criteria, folders = of_one_version(every, args.criteria)
    columns = programme_columns(criteria)
    passed = _Counted(folders, progress=args.progress)
    practice: Counter[str] = Counter()
    rows = passed.each(programme_rows(criteria, folders, practice))
    lines = csv_lines([column.name for column in columns], rows)
    with progress_bar("reading inspections") as passed.on_progress:
        if target is None:
            # All of it or nothing: whoever reads the pipe must not take half a programme for the whole.
            sys.stdout.buffer.write(b"".join(lines))
            sys.stdout.flush()
        elif target.suffix == PARQUET:
            write_output(target, parquet_bytes(columns, rows, programme_metadata(criteria, columns)))
        else:
            write_output(target, lines)
    for folder in folders.values():
        log_output(folder, "export", {"files": [target.name if target else "-"], "text": False})
    out = f", {len(every) - len(folders)} under another version left out" if len(every) > len(folders) else ""
    wrote = f"wrote {target}: " if target else ""
    echo_err(
        f"{wrote}{counted(passed.cases, 'case')} of {counted(len(folders), 'inspection')}, "
        f"under {criteria.id} ({criteria.source}){out}"
    )
    if practice:
        names = ", ".join(practice)
        echo_err(f"left out: {counted(practice.total(), 'practice case')} of {names}; they are no findings")
    return 0


def _opened(paths: dict[str, str]) -> Folders:
    """Return the inspections by name; RecordError with what is wrong with each that cannot be opened."""
    folders: dict[str, InspectionFolder] = {}
    problems: list[Problem] = []
    for name, path in paths.items():
        try:
            folders[name] = open_folder(path)
        except RecordError as error:
            problems += [problem._replace(where=f"{name}/{problem.where}") for problem in error.problems]
    if problems:
        raise RecordError(*problems)
    return folders


def _target(args: Namespace) -> Path | None:
    """Return where to; None is stdout.  UsageError or PluginError before any record is read."""
    if bool(args.to) == args.csv:
        raise UsageError("where to? --to FILE.parquet, --to FILE.csv, or --csv to print it")
    if args.csv:
        return None
    target = Path(args.to)
    if target.suffix not in (PARQUET, CSV):
        raise UsageError(f"'{args.to}' is neither a {PARQUET} nor a {CSV} file")
    if target.suffix == PARQUET:
        check_polars()
    check_free(target, force=args.force)
    return target


class _Counted:
    """Counts the rows that go by, and tells where they come from."""

    def __init__(self, folders: Folders, *, progress: bool) -> None:
        self.cases = 0
        self.on_progress: OnProgress = ignore_progress
        self._names = list(folders)
        self._progress = progress

    def each(self, rows: Iterator[tuple[CellValue, ...]]) -> Iterator[tuple[CellValue, ...]]:
        last = None
        for row in rows:
            self.cases += 1
            if row[0] != last:
                last = row[0]
                place = self._names.index(str(last)) + 1
                self.on_progress(place, len(self._names))
                if self._progress:
                    echo_err(f"{place}/{len(self._names)} {last}")
            yield row
