"""Open a finished case again, saying why; the reason is kept in the history.

examples:
  sqs reopen leeds 07 --why "the order was varied on 12 November"
  sqs reopen leeds 07 --why "wrong case file" --who CN
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import takes_case, takes_folder
from sqs_core.cli.console import echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.storage.moderation.sign_off import reopen


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs reopen``."""
    takes_folder(parser)
    takes_case(parser)
    parser.add_argument("--why", required=True, metavar="TEXT", help="the reason")


def run(args: Namespace) -> int:
    """Open the case again."""
    folder = open_folder(args.dir, args)
    if reopen(folder, args.case, args.why):
        echo_err(f"{folder.criteria.named(args.case)} is open again")
    else:
        echo_err(f"{folder.criteria.named(args.case)} was not finished: it is open")
    return 0
