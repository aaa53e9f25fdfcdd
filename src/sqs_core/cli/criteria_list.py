"""The criteria versions installed: id, title, how many questions, and where the wording comes from.

examples:
  sqs criteria list
  sqs criteria list --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sqs_core.cli.console import put, put_json, say, table, takes_json


def add_arguments(parser: ArgumentParser) -> None:
    """The arguments of ``sqs criteria list``."""
    takes_json(parser)


def run(args: Namespace) -> int:
    """List them; one that is refused is named on stderr, and the others are listed."""
    from sqs_core.errors import SqsError
    from sqs_core.plugins import installed
    from sqs_core.storage.library import load_criteria

    found = installed()
    rows = []
    for offer in found.criteria:
        try:
            criteria = load_criteria(f"{offer.distribution}:{offer.name}")
        except SqsError as error:
            say(f"sqs: criteria '{offer.name}' of {offer.distribution} refused: {error}")
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
        put_json({"format": 1, "criteria": rows})
    else:
        put(
            table(
                (str(r["id"]), str(r["title"]), f"{r['questions']} questions", str(r["source"])) for r in rows
            )
        )
    for fault in found.faults:
        say(f"sqs: {fault}")
    return 0
