"""Step through the cases of an inspection; with --plain as lines only, for screen readers,
simple terminals and scripts.  Without --plain the terminal screens open.

examples:
  sqs screen leeds --plain
  sqs screen leeds 07 --plain < answers.txt
  sqs screen leeds 07 --plain --second     the second marking, blind
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping

from sqs_core.cli.console import takes_second
from sqs_core.platform.console import is_console


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs screen``."""
    parser.add_argument("dir", metavar="DIR", help="the inspection folder")
    parser.add_argument("case", metavar="CASE", nargs="?", help="begin with this case")
    parser.add_argument("--plain", action="store_true", help="lines only: nothing is redrawn")
    takes_second(parser)


def run(args: Namespace) -> int:
    """Step through the cases."""
    from sqs_core.cli.tui import open_screens

    return open_screens(args.dir, args.case, plain=args.plain, second=args.second)


def plain_because(asked: bool, environment: Mapping[str, str], *, terminal: bool) -> str:
    """Why plain mode is wanted, in the words of its first line; "" where it is not.

    ``asked`` is --plain.  A dumb terminal counts only where there is a ``terminal``: a pipe
    from a dumb one has nobody to talk to.
    """
    if asked:
        return "--plain"
    if environment.get("SQS_PLAIN", "") not in ("", "0"):
        return "SQS_PLAIN"
    if terminal and environment.get("TERM") == "dumb":
        return "TERM=dumb"
    return ""


def open_plain(folder: str | None, case: str | None, why: str, *, second: bool = False) -> int:
    """Run plain mode on this process's streams; gives the exit code.  ``second``: the second markings."""
    from datetime import datetime
    from pathlib import Path

    from sqs_core.cli.console import say
    from sqs_core.cli.plain.conversation import converse
    from sqs_core.cli.plain.line_io import DeferredSignals, LineIO

    if sys.stdin is None or sys.stdout is None:
        say("sqs: plain mode needs something to read from and to write to, and one of them is closed")
        return 2
    terminal = is_console(sys.stdin)
    with DeferredSignals() as stopping:
        io = LineIO(sys.stdin.buffer, sys.stdout, echo=not terminal, stopping=stopping, terminal=terminal)
        return converse(io, Path(folder or "."), case, why=why, now=datetime.now, second=second)


def wants_plain(asked: bool) -> str:
    """:func:`plain_because` for this process."""
    return plain_because(
        asked,
        os.environ,
        terminal=is_console(sys.stdin) and is_console(sys.stdout),
    )
