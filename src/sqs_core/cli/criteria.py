"""Criteria versions: list, show, lint, compare, preview and start them, from a spreadsheet too; migrate.

examples:
  sqs criteria lint my-audit.toml        every problem, with file, line and remedy
  sqs criteria migrate leeds --to my-audit-2     a dry run; --apply does it
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from importlib import import_module

from sqs_core.cli.arguments import takes_who

ACTIONS = {
    "list": "the versions installed",
    "show": "what a version asks",
    "lint": "every problem of criteria files; exit 1 where there are any",
    "diff": "what became of each question from one version to another",
    "migrate": "carry an inspection over to another version",
    "new": "write a commented file to start a version from",
    "import": "make a criteria file of a workbook",
    "export": "write a version as a workbook",
    "letter": "add a first letter plan to a version that has none",
    "preview": "the questions as an inspector would see them",
}


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria``: one action, with its own."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, words in ACTIONS.items():
        home = import_module(f"sqs_core.cli.criteria_{name}")
        action = actions.add_parser(name, help=words, description=home.__doc__)
        home.add_arguments(action)
        takes_who(action)


def run(args: Namespace) -> int:
    """Do what the action says."""
    home = import_module(f"sqs_core.cli.criteria_{args.action}")
    code: int = home.run(args)
    return code
