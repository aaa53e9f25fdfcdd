"""Open the terminal screens: step through the cases with the case manager.

examples:
  sqs tui leeds
  sqs tui leeds --case 07
  sqs tui leeds --second
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sqs_core.cli.console import say
from sqs_core.platform.console import refusal

if TYPE_CHECKING:
    from sqs_core.storage.watch import Following


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs tui``."""
    parser.add_argument("dir", metavar="DIR", nargs="?", help="the inspection folder (default: this folder)")
    parser.add_argument("--case", metavar="CASE", help="open this case at its next question")
    parser.add_argument("--second", action="store_true", help="the second markings, blind to the first")
    parser.add_argument("--plain", action="store_true", help="lines only, as 'sqs screen --plain'")


def run(args: Namespace) -> int:
    """Open the screens; without a terminal, one sentence and exit 2."""
    return open_screens(args.dir, args.case, plain=args.plain, second=args.second)


def open_screens(
    folder: str | None, case: str | None = None, *, plain: bool = False, second: bool = False
) -> int:
    """Run the terminal UI on ``folder``, or plain mode where that is wanted; gives its exit code."""
    from sqs_core.cli.screen import open_plain, wants_plain

    if why := wants_plain(plain):
        return open_plain(folder, case, why, second=second)
    if why_not := refusal():
        say(f"sqs: {why_not}")
        return 2
    from sqs_tui import run_screens

    return run_screens(folder, case, second=second)


def question_on_screen(folder: Path, case: str) -> str:
    """The question of ``case`` that this person's screens are on, or were last; "" where unknown."""
    from sqs_tui.memory import question_remembered

    return question_remembered(folder, case)


def open_view(following: Following) -> int:
    """Show the shared view on this terminal, as it changes, until somebody quits; gives the exit code."""
    from sqs_tui import run_view

    return run_view(following)
