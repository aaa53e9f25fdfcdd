"""Step through the cases of an inspection; with --plain as lines only, for screen readers,
simple terminals and scripts.  Without --plain the terminal screens open.

examples:
  sqs screen leeds --plain
  sqs screen leeds 07 --plain < answers.txt
  sqs screen leeds 07 --plain --second     the second marking, blind
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import takes_case, takes_folder, takes_second
from sqs_core.cli.launch import open_screens


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs screen``."""
    takes_folder(parser)
    takes_case(parser, optional=True, words="begin with this case")
    parser.add_argument("--plain", action="store_true", help="lines only: nothing is redrawn")
    takes_second(parser)


def run(args: Namespace) -> int:
    """Step through the cases."""
    return open_screens(args.dir, args.case, plain=args.plain, second=args.second)
