"""Open a finished case again, saying why; the reason is kept in the history.

examples:
  sqs reopen leeds 07 --why "the order was varied on 12 November"
  sqs reopen leeds 07 --why "wrong case file" --who CN
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.console import open_folder, say, takes_folder


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs reopen``."""
    takes_folder(parser)
    parser.add_argument("case", metavar="CASE")
    parser.add_argument("--why", required=True, metavar="TEXT", help="the reason")


def run(args: Namespace) -> int:
    """Open the case again."""
    from sqs_core.storage.moderation.sign_off import reopen

    if reopen(open_folder(args.dir), args.case, args.why):
        say(f"case {args.case} is open again")
    else:
        say(f"case {args.case} was not finished: it is open")
    return 0
