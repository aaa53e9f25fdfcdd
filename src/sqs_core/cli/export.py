"""Write the records as CSV for analysts: answers, cases, interviews, the board and a codebook.

With them go read.R, labels.do and labels.sps, which read them into R, Stata and SPSS.

examples:
  sqs export leeds --to leeds-data
  sqs export leeds --to leeds-data --text --bom
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.frame import open_folder, say, takes_folder


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
    from sqs_core.cli.summary import as_csv
    from sqs_core.errors import RecordError
    from sqs_core.scoring.table import tables
    from sqs_core.scoring.tally import summarise
    from sqs_core.storage.consulting import note_leaving
    from sqs_core.storage.csv_file import csv_bytes
    from sqs_core.storage.output import refuse_edited, write_rendered
    from sqs_core.storage.set_up import set_up_files

    folder = open_folder(args.dir)
    records, problems = folder.cases()
    interviews, more = folder.interviews()
    if problems or more:
        raise RecordError(*problems, *more)
    made = tables(folder.criteria, records, interviews, text=args.text)
    target = Path(args.to)
    files = {target / f"{table.name}.csv": csv_bytes(table, bom=args.bom) for table in made}
    board = as_csv(summarise(folder.criteria, records, interviews))
    files[target / "board.csv"] = board.encode("utf-8-sig" if args.bom else "utf-8")
    described = [table for table in made if table.name != "codebook"]
    files |= {target / name: data for name, data in set_up_files(described).items()}
    refuse_edited(folder.path, files, force=args.force)
    for path, data in files.items():
        write_rendered(folder.path, path, data)
        say(f"wrote {path}")
    note_leaving(folder, "export", {"files": sorted(path.name for path in files), "text": args.text})
    count = sum(not record.practice for record in records)
    say(
        f"{count} cases of {folder.inspection.service}, under {folder.criteria.id} ({folder.criteria.source})"
    )
    if args.text:
        say("with free text: it can identify a child, so keep it as you keep the records")
    return 0
