"""Write the records as CSV for analysts: answers, cases, interviews, the board and a codebook.

With them go read.py, read.R, labels.do and labels.sps, which read them into pandas, R, Stata and SPSS
with case 01 still 01.

examples:
  sqs export leeds --to leeds-data
  sqs export leeds --to leeds-data --text --bom
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sqs_core.cli.console import counted, open_folder, say, takes_folder

if TYPE_CHECKING:
    from sqs_core.criteria import Criteria
    from sqs_core.records import CaseRecord, Interview


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs export``."""
    takes_folder(parser)
    parser.add_argument("--to", required=True, metavar="FOLDER", help="the folder to write to")
    parser.add_argument(
        "--text",
        action="store_true",
        help="with what people wrote and their initials: it can identify a child",
    )
    parser.add_argument(
        "--bom", action="store_true", help="begin each file with a byte order mark, for Excel"
    )
    parser.add_argument("--force", action="store_true", help="replace a file that was changed since")


def run(args: Namespace) -> int:
    """Write the files; RecordError (exit 3) where a record cannot be read, and then none is written."""
    from sqs_core.errors import RecordError
    from sqs_core.storage.write_outputs import write_outputs

    folder = open_folder(args.dir)
    records, problems = folder.cases()
    interviews, more = folder.interviews()
    if problems or more:
        raise RecordError(*problems, *more)
    target = Path(args.to)
    made = export_files(folder.criteria, records, interviews, text=args.text, bom=args.bom)
    files = {target / name: data for name, data in made.items()}
    write_outputs(folder, files, "export", {"files": sorted(made), "text": args.text}, force=args.force)
    for path in files:
        say(f"wrote {path}")
    count = sum(not record.practice for record in records)
    criteria = folder.criteria
    cases = counted(count, "case")
    say(f"{cases} of {folder.inspection.service}, under {criteria.id} ({criteria.source})")
    if args.text:
        say("with free text: it can identify a child, so keep it as you keep the records")
    return 0


def export_files(
    criteria: Criteria,
    records: Iterable[CaseRecord],
    interviews: Iterable[Interview],
    *,
    text: bool = False,
    bom: bool = False,
) -> dict[str, bytes]:
    """The files for analysts by name; ``text`` adds what people wrote, ``bom`` a mark for Excel."""
    from sqs_core.exports.csv_file import csv_bytes
    from sqs_core.exports.set_up import set_up_files
    from sqs_core.exports.table import tables
    from sqs_core.scoring.board import board_csv
    from sqs_core.scoring.tally import summarise

    cases, people = tuple(records), tuple(interviews)
    made = tables(criteria, cases, people, text=text)
    files = {f"{table.name}.csv": csv_bytes(table, bom=bom) for table in made}
    board = board_csv(summarise(criteria, cases, people))
    files["board.csv"] = board.encode("utf-8-sig" if bom else "utf-8")
    return files | set_up_files(table for table in made if table.name != "codebook")
