"""The criteria versions installed: id, title, how many questions, and where the wording comes from.

examples:
  sqs criteria list
  sqs criteria list --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.console import echo, echo_err, echo_json, table
from sqs_core.errors import SqsError
from sqs_core.plugins import installed
from sqs_core.storage.library import load_criteria


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria list``."""
    takes_json(parser)


def run(args: Namespace) -> int:
    """List them; one that is refused is named on stderr, and the others are listed."""
    found = installed()
    rows = []
    for offer in found.criteria:
        try:
            criteria = load_criteria(f"{offer.distribution}:{offer.name}")
        except SqsError as error:
            echo_err(f"sqs: criteria '{offer.name}' of {offer.distribution} refused: {error}")
            continue
        rows.append(
            {
                "id": criteria.id,
                "title": str(criteria.title),
                "source": str(criteria.source),
                "questions": len(criteria.questions),
                "distribution": offer.distribution,
                "hash": criteria.hash,
            }
        )
    if args.json:
        echo_json({"format": 1, "criteria": rows})
    else:
        echo(
            table(
                (str(r["id"]), str(r["title"]), f"{r['questions']} questions", str(r["source"])) for r in rows
            )
        )
    for fault in found.faults:
        echo_err(f"sqs: {fault}")
    return 0
