"""Write a version as a workbook, to be changed in a spreadsheet program and imported again.

examples:
  sqs criteria export local-audit --to audit.xlsx
  sqs criteria export ./spring.toml --to spring.xlsx

Comments of the file are not in it. It takes openpyxl, which the extra "spreadsheet" installs.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.completers import criteria_ids
from sqs_core.cli.console import check_free, echo_err
from sqs_core.errors import UsageError
from sqs_core.storage.library import criteria_file
from sqs_core.storage.output import write_output


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria export``."""
    parser.add_argument("id", metavar="ID", help="the version, or its file", completer=criteria_ids)
    parser.add_argument("-o", "--to", required=True, metavar="FILE.xlsx", help="the workbook to write")
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Namespace) -> int:
    """Write it."""
    from sqs_core.storage.criteria_workbook import export_workbook  # the linter, which few commands need

    target = Path(args.to)
    if target.suffix.lower() != ".xlsx":
        raise UsageError(f"'{args.to}' is no .xlsx file")
    check_free(target, force=args.force)
    criteria, data = criteria_file(args.id)
    write_output(target, export_workbook(data, criteria.id))
    echo_err(f"wrote {target}; 'sqs criteria import' makes a criteria file of it again")
    return 0
