"""One question of a case for two readers: the inspector's own notes are no part of it.

With --follow on a second screen or terminal: it follows the case as it is saved, and the question
that the screens on this computer are on.  It takes no lock and writes nothing but, once a day, the
line in the history that the case was opened.

examples:
  sqs view leeds 07 --follow        on the second screen; q ends it
  sqs view 07                       inside the inspection folder: printed once
  sqs view leeds 07 --question roh.plan --json
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from attrs import asdict

from sqs_core.cli.arguments import takes_case, takes_folder, takes_json
from sqs_core.cli.completers import questions
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.cli.launch import open_view, question_on_screen, wants_plain
from sqs_core.errors import SqsError, UsageError
from sqs_core.letter.shared_view import shared_text
from sqs_core.platform.console import can_show_screens
from sqs_core.storage.audit.access_log import log_opening
from sqs_core.storage.watch import EVERY, Following, Watch


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs view``."""
    takes_folder(parser, optional=True)
    takes_case(parser)
    parser.add_argument(
        "--question", metavar="ID", default="", help="always this question", completer=questions
    )
    parser.add_argument("--follow", action="store_true", help="show it again whenever it changes")
    parser.add_argument("--plain", action="store_true", help="lines only: nothing is redrawn")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Print the view, or follow the case."""
    if args.dir is None and (Path(args.case) / "inspection.toml").exists():
        raise UsageError(f"which case? sqs view {args.case} CASE")
    if args.json and args.follow:
        raise UsageError("--json prints the view once; leave --follow out")
    folder = open_folder(args.dir or ".", args)
    case: str = args.case
    following = Following(Watch(folder, case), lambda: question_on_screen(folder.path, case), args.question)
    view = following.poll()
    if isinstance(view, SqsError):
        raise view
    assert view is not None
    log_opening(folder, case)
    if args.json:
        echo_json(asdict(view))
        return 0
    plain = wants_plain(args.plain)
    if args.follow and not plain and can_show_screens():
        return open_view(following)
    echo(shared_text(view))
    if args.follow and plain:
        _follow(following)
    return 0


def _follow(following: Following) -> None:
    """Print the view again at each change, until it is interrupted."""
    echo_err("[following; Ctrl-C ends it]")
    while True:
        sys.stdout.flush()
        time.sleep(EVERY)
        found = following.poll()
        if isinstance(found, SqsError):
            echo_err("sqs: " + "; ".join(str(problem) for problem in found.problems))
        elif found is not None:
            echo("\n" + shared_text(found))
