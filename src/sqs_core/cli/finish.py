"""Lock the answers of a case that is done.  Refused, with the list, while anything is missing.

examples:
  sqs finish leeds 07
  sqs finish leeds 07 --why "agreed with KM" --who CN
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.console import open_folder, say, takes_folder


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs finish``."""
    takes_folder(parser)
    parser.add_argument("case", metavar="CASE")
    parser.add_argument("--why", default="", metavar="TEXT", help="anything to remember about it")


def run(args: Namespace) -> int:
    """Finish the case."""
    from sqs_core.storage.moderation.sign_off import finish

    if finish(open_folder(args.dir), args.case, args.why):
        say(f"case {args.case} finished; 'sqs reopen' opens it again")
    else:
        say(f"case {args.case} was finished already")
    return 0
