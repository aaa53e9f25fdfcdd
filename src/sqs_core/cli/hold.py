"""Stop records from being purged, for example while a complaint is open; --off lets them go again.

examples:
  sqs hold leeds --why "complaint of 3 December"
  sqs hold leeds --off --why "complaint closed"
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import takes_folder
from sqs_core.cli.console import echo_err
from sqs_core.cli.folders import open_folder
from sqs_core.storage.audit.purge import hold


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs hold``."""
    takes_folder(parser)
    parser.add_argument("--off", action="store_true", help="lift the hold")
    parser.add_argument("--why", required=True, metavar="TEXT", help="the reason")


def run(args: Namespace) -> int:
    """Put the hold on, or lift it."""
    changed = hold(open_folder(args.dir), args.why, off=args.off)
    state = "no purge is stopped" if args.off else "no record can be purged"
    echo_err(f"{args.dir}: {state}{'' if changed else ' (that was so already)'}")
    return 0
