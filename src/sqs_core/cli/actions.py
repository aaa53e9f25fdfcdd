"""The action plan: the letter's areas for improvement with their questions, to fill in and follow.

examples:
  sqs actions darlington-2012
  sqs actions darlington-2012 --csv > plan.csv
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.console import open_folder, put, put_json, say, takes_folder, takes_json


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs actions``."""
    takes_folder(parser)
    parser.add_argument("--csv", action="store_true", help="as CSV instead of a Markdown table")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Print the table."""
    from attrs import asdict

    from sqs_core.letter.actions import action_plan, plan_csv, plan_markdown

    folder = open_folder(args.dir)
    rows = action_plan(folder.narrative().record, folder.findings())
    if args.json:
        put_json({"format": 1, "rows": [asdict(row) for row in rows]})
    else:
        put((plan_csv(rows) if args.csv else plan_markdown(rows)).rstrip("\n"))
    if not rows:
        say("no areas for improvement yet; 'sqs letter propose' shows what they could rest on")
    return 0
