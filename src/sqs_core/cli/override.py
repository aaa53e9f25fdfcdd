"""Moderate: let another outcome count than the one answered, finished case or not.  The answer
stays in the record beside the override: old and new outcome, remark, time and authority.  So does what was
computed, where --rating decides over a rating ("computed" takes that back).

examples:
  sqs override leeds 07 roh.plan insufficient --why "victims not named" --authority "lead inspector"
  sqs override leeds --rating overall good --why "new managers since June" --authority "head of service"
  sqs override leeds 07 roh.plan sufficient --why "moderation of 28 November" --authority HL
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import takes_case, takes_folder
from sqs_core.cli.completers import outcomes, questions
from sqs_core.cli.console import echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.errors import UsageError
from sqs_core.storage.moderation.sign_off import override, override_rating


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs override``."""
    takes_folder(parser)
    takes_case(parser, optional=True)
    parser.add_argument("question", metavar="QUESTION", nargs="?", completer=questions)
    parser.add_argument(
        "outcome", metavar="OUTCOME", nargs="?", help="the outcome that is to count", completer=outcomes
    )
    parser.add_argument(
        "--rating", nargs=2, metavar=("ROLLUP", "RATING"), help="decide over a computed rating instead"
    )
    parser.add_argument("--why", required=True, metavar="TEXT", help="the remark")
    parser.add_argument("--authority", required=True, metavar="WHO", help="who decides: a role or initials")


def run(args: Namespace) -> int:
    """Override the answer, or the rating."""
    folder = open_folder(args.dir, args)
    if args.rating:
        if args.case is not None:
            raise UsageError("--rating is of the whole inspection: leave out the case")
        rollup, rating = args.rating
        override_rating(folder, rollup, rating, why=args.why, authority=args.authority)
        echo_err(f"{rollup}: {rating}; what was computed is shown beside it by 'sqs summary'")
        return 0
    if args.outcome is None:
        raise UsageError("which answer? CASE, QUESTION and OUTCOME; or --rating ROLLUP RATING")
    made = override(folder, args.case, args.question, args.outcome, why=args.why, authority=args.authority)
    named = folder.criteria.named(args.case)
    echo_err(f"{named} {made.question}: {made.new} counts; it was {made.old}, which stays in the record")
    return 0
