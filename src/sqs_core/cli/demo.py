"""Write the Darlington example (synthetic cases, invented officials), print its board and its
letter, then open the screens on a terminal.

examples:
  sqs demo
  sqs demo /tmp/try --no-tui
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.board_text import board_text
from sqs_core.cli.console import as_typed, check_no_file, columns, echo, echo_err
from sqs_core.cli.launch import open_screens
from sqs_core.platform.console import can_show_screens
from sqs_core.plugins import load_plugins
from sqs_core.plugins.rendering import rendered
from sqs_core.renderers.text import as_text
from sqs_core.storage.examples import write_example
from sqs_core.storage.output import write_rendered
from sqs_core.workflow.composing import compose_report


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs demo``."""
    parser.add_argument(
        "dir", metavar="DIR", nargs="?", default="darlington-2012", help="where to (darlington-2012)"
    )
    parser.add_argument("--no-tui", action="store_true", help="do not open the screens")


def run(args: Namespace) -> int:
    """Write, print, render, open."""
    target = Path(args.dir)
    check_no_file(target)
    folder, written = write_example(target)
    done = "wrote the example to" if written else "there is an inspection already, left as it is, in"
    echo_err(f"{done} {target}")
    report = compose_report(folder)
    echo(board_text(folder, report.findings, dict(report.findings.subsets), width=columns()))
    echo("\n" + "─" * 78 + "\n\n" + as_text(report.document))
    letter = target / "letter.html"
    if not letter.exists():
        write_rendered(target, letter, rendered(load_plugins(plugins=False).renderer_offer("html"), report))
    echo_err(f"\nthe letter as a web page: {letter}")
    given = as_typed(target)
    echo_err(f"next: sqs tui {given}   sqs summary {given}   sqs report {given} -r markdown")
    if args.no_tui or not can_show_screens():
        return 0
    return open_screens(str(target))
