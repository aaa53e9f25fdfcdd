"""Make a criteria file of a workbook: a sheet each for questions, outcomes, reasons and so on.

examples:
  sqs criteria export local-audit --to audit.xlsx      a workbook to start from
  sqs criteria import audit.xlsx --to spring.toml

What is wrong is told by sheet and cell, everything at once. The id on the sheet 'version' is what the file is
called. It takes openpyxl, which the extra "spreadsheet" installs.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.console import as_typed, echo_err
from sqs_core.cli.criteria_lint import echo_findings, no_or_counted
from sqs_core.errors import HeldError, RecordError, UsageError
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.output import write_output
from sqs_core.text import counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria import``."""
    parser.add_argument("file", metavar="FILE.xlsx", help="the workbook")
    parser.add_argument(
        "-o", "--to", metavar="FILE.toml", help="the criteria file to write (its id, with .toml)"
    )
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")


def run(args: Namespace) -> int:
    """Import it; exit 1 with every mistake where there is one, and then nothing is written."""
    from sqs_core.storage.criteria_workbook import import_workbook  # the linter, which few commands need

    try:
        data, advice = import_workbook(Path(args.file))
    except RecordError as error:
        wrong = echo_findings(error.problems)
        echo_err(f"sqs: {args.file}, {no_or_counted(wrong, 'problem')}; nothing was written")
        return 1
    echo_findings(advice)
    criteria = read_criteria(data, args.file)
    target = Path(args.to or Path(args.file).with_name(f"{criteria.id}.toml"))
    if target.name != f"{criteria.id}.toml":
        what = f"the version's id is '{criteria.id}', so its file is called {criteria.id}.toml"
        raise UsageError(f"{what}; change one of them")
    if target.exists() and target.read_bytes() != data and not args.force:
        raise HeldError(f"{target} is there already and says something else; replace it with --force")
    write_output(target, data)
    given = as_typed(target)
    echo_err(f"wrote {target}: {counted(len(criteria.questions), 'question')}")
    step = f"sqs criteria preview {given}" if criteria.letter else f"sqs criteria letter {given}"
    echo_err(f"next: {step}")
    return 0
