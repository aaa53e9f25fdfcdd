"""The criteria versions installed: what each asks and gives, in which languages, and where its wording
comes from.

examples:
  sqs criteria list
  sqs criteria list --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.console import echo, echo_err, echo_json, echo_problems, table
from sqs_core.errors import SqsError
from sqs_core.plugins import load_plugins
from sqs_core.storage.library import load_criteria
from sqs_core.text import counted


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria list``."""
    takes_json(parser)


def run(args: Namespace) -> int:
    """List them; one that is refused is named on stderr, and the others are listed."""
    found = load_plugins()
    rows: list[dict[str, Any]] = []
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
                "languages": list(criteria.languages),
                "letter": criteria.letter is not None,
                "ratings": sum(rollup.model != "none" for rollup in criteria.rollups),
                "distribution": offer.distribution,
                "hash": criteria.hash,
            }
        )
    if args.json:
        echo_json({"criteria": rows})
    else:
        echo(table((row["id"], row["title"], _gives(row), row["source"]) for row in rows))
    echo_problems(found.faults)
    return 0


def _gives(row: dict[str, Any]) -> str:
    """Return what a version has: "25 questions, a letter, no ratings; en"."""
    letter = "a letter" if row["letter"] else "no letter"
    ratings = counted(row["ratings"], "rating") if row["ratings"] else "no ratings"
    return f"{counted(row['questions'], 'question')}, {letter}, {ratings}; {', '.join(row['languages'])}"
