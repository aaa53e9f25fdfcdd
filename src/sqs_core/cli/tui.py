"""Open the terminal screens: step through the cases with the case manager.

There, ? tells the keys of what is focused and ^P lists every command, the settings among them: a dark or
light theme, ASCII marks, a cursor for screen readers.

examples:
  sqs tui leeds
  sqs tui leeds --case 07
  sqs tui leeds --second
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import takes_folder
from sqs_core.cli.completers import cases
from sqs_core.cli.launch import open_screens


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs tui``."""
    takes_folder(parser, optional=True)
    parser.add_argument("--case", metavar="CASE", help="open this case at its next question", completer=cases)
    parser.add_argument("--second", action="store_true", help="the second markings, blind to the first")
    parser.add_argument("--plain", action="store_true", help="lines only, as 'sqs screen --plain'")


def run(args: Namespace) -> int:
    """Open the screens; without a terminal, one sentence and exit 2."""
    return open_screens(args.dir, args.case, plain=args.plain, second=args.second)
