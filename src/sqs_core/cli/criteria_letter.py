"""Add a first letter plan to a version that has none: a section a theme, a sentence a question.

examples:
  sqs criteria letter spring.toml
  sqs criteria letter ./spring.toml --to spring-letter.toml

It says in how many cases the work was good enough, and why it was not in the others. Word it better
afterwards: docs/letter.md has every key.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from sqs_core.cli.completers import criteria_ids
from sqs_core.cli.console import as_typed, echo_err
from sqs_core.errors import HeldError, UsageError
from sqs_core.storage.first_letter import with_first_letter
from sqs_core.storage.library import criteria_file
from sqs_core.storage.output import write_output


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria letter``."""
    parser.add_argument("id", metavar="FILE", help="the version's file, or its id", completer=criteria_ids)
    parser.add_argument("--to", metavar="FILE.toml", help="write here, and leave the version's file as it is")


def run(args: Namespace) -> int:
    """Write the version with its letter."""
    criteria, data = criteria_file(args.id)
    path = Path(args.id)
    if not args.to and not path.is_file():
        raise UsageError(f"'{args.id}' is no file; say where to write: --to {criteria.id}.toml")
    target = Path(args.to) if args.to else path
    if args.to and target.exists():
        raise HeldError(f"{target} is there already; name another file")
    write_output(target, with_first_letter(criteria, data))
    given = as_typed(target)
    echo_err(f"wrote {target}, with a letter")
    echo_err(f"next: sqs criteria lint {given}   then: sqs synth DIR --criteria {given}, to see one")
    return 0
