"""JSON Schema of a kind of file, for an editor that completes and checks TOML.

examples:
  sqs schema criteria > criteria.schema.json
  sqs schema case > case.schema.json

With the Even Better TOML editor extension (Taplo), a first line such as
  #:schema ./criteria.schema.json
in a file makes the editor use it.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.console import echo_json
from sqs_core.storage.schema import schema


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs schema``."""
    parser.add_argument("kind", metavar="KIND", help="criteria, case, inspection, interview or letter")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Print the schema; it is JSON with and without --json."""
    echo_json(schema(args.kind), number=None)
    return 0
