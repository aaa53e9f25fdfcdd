"""Write the records as CSV for analysts: answers, cases, interviews, the board and a codebook.

With them go read.py, read.R, labels.do and labels.sps, which read them into pandas, R, Stata and SPSS
with case 01 still 01.

examples:
  sqs export leeds --to leeds-data
  sqs export leeds --to leeds-data --text --bom
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.arguments import takes_folder
from sqs_core.cli.console import echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.workflow.outputs import tables_output, write_output


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs export``."""
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
    folder = open_folder(args.dir)
    output = tables_output(folder, Path(args.to), text=args.text, bom=args.bom)
    for path in write_output(folder, output, force=args.force):
        echo_err(f"wrote {path}")
    criteria = folder.criteria
    cases = ", ".join(output.counted) or criteria.counted(output.cases)
    echo_err(f"{cases} of {folder.inspection.service}, under {criteria.id} ({criteria.source})")
    if args.text:
        echo_err("with free text: it can identify a child, so keep it as you keep the records")
    return 0
