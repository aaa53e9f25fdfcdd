"""The action plan: the letter's areas for improvement with their questions, to fill in and follow.

examples:
  sqs actions darlington-2012
  sqs actions darlington-2012 -o plan.docx
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from attrs import asdict

from sqs_core.cli.arguments import takes_folder, takes_json, takes_output
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.letter.action_plan import action_plan, plan_csv, plan_markdown
from sqs_core.storage.findings import findings_of
from sqs_core.workflow.outputs import actions_output, write_output


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs actions``."""
    takes_folder(parser)
    parser.add_argument("--csv", action="store_true", help="as CSV instead of a Markdown table")
    takes_output(parser, ".csv, .md, .docx, .pdf")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Print or write the table."""
    folder = open_folder(args.dir)
    rows = action_plan(folder.narrative().record, findings_of(folder), folder.actions().record)
    if args.json:
        echo_json({"rows": [asdict(row) for row in rows]})
    elif args.output in (None, "-"):
        echo((plan_csv(rows) if args.csv else plan_markdown(rows)).rstrip("\n"))
    else:
        write_output(folder, actions_output(folder, rows, Path(args.output)), force=args.force)
        echo_err(f"wrote {args.output}")
    if not rows:
        echo_err("no areas for improvement yet; 'sqs letter propose' shows what they could rest on")
    return 0
