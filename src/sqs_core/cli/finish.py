"""Lock the answers of a case that is done.  Refused, with the list, while anything is missing.

examples:
  sqs finish leeds 07
  sqs finish leeds 07 --why "agreed with KM" --who CN
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import takes_case, takes_folder
from sqs_core.cli.console import echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.storage.moderation.sign_off import finish


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs finish``."""
    takes_folder(parser)
    takes_case(parser)
    parser.add_argument("--why", default="", metavar="TEXT", help="anything to remember about it")


def run(args: Namespace) -> int:
    """Finish the case."""
    folder = open_folder(args.dir, args)
    if finish(folder, args.case, args.why):
        echo_err(f"{folder.criteria.named(args.case)} finished; 'sqs reopen' opens it again")
    else:
        echo_err(f"{folder.criteria.named(args.case)} was finished already")
    return 0
