"""Moderate: let another outcome count than the one answered, finished case or not.  The answer
stays in the record beside the override: old and new outcome, remark, time and authority.

examples:
  sqs override leeds 07 roh.plan insufficient --why "victims not named" --authority "lead inspector"
  sqs override leeds 07 roh.plan sufficient --why "moderation of 28 November" --authority HL
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import takes_case, takes_folder, takes_question
from sqs_core.cli.completers import outcomes
from sqs_core.cli.console import echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.storage.moderation.sign_off import override


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs override``."""
    takes_folder(parser)
    takes_case(parser)
    takes_question(parser)
    parser.add_argument("outcome", metavar="OUTCOME", help="the outcome that is to count", completer=outcomes)
    parser.add_argument("--why", required=True, metavar="TEXT", help="the remark")
    parser.add_argument("--authority", required=True, metavar="WHO", help="who decides: a role or initials")


def run(args: Namespace) -> int:
    """Override the answer."""
    folder = open_folder(args.dir, args)
    made = override(folder, args.case, args.question, args.outcome, why=args.why, authority=args.authority)
    echo_err(
        f"case {args.case} {made.question}: {made.new} counts; it was {made.old}, which stays in the record"
    )
    return 0
