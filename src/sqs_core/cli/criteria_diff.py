"""What became of each question: same, reworded, split, merged, gone or new.

examples:
  sqs criteria diff sqs-2012 yjs-2018
  sqs criteria diff my-audit my-audit-2.toml --json

Questions belong together by their id, or where one says that it 'replaces' the other.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from attrs import asdict

from sqs_core.cli.arguments import takes_json
from sqs_core.cli.completers import criteria_ids
from sqs_core.cli.console import echo, echo_err, echo_json, table
from sqs_core.criteria.diff import Change, CriteriaDiff, diff_criteria
from sqs_core.exports.data import pick
from sqs_core.storage.library import find_criteria


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs criteria diff``."""
    parser.add_argument(
        "old", metavar="A", help="the earlier version: an id, or a file", completer=criteria_ids
    )
    parser.add_argument(
        "new", metavar="B", help="the later version: an id, or a file", completer=criteria_ids
    )
    takes_json(parser)


def run(args: Namespace) -> int:
    """Compare them; nothing that differs is an error."""
    difference = diff_criteria(find_criteria(args.old), find_criteria(args.new))
    if args.json:
        echo_json(difference_data(difference))
        return 0
    for title, changes in (
        ("Questions", difference.questions),
        ("Interview questions", difference.interview_questions),
        ("Facts of a case", difference.facts),
    ):
        if changes:
            echo(f"{title}\n{table(_row(change) for change in changes)}")
    counts = ", ".join(f"{number} {kind}" for kind, number in difference.counts().items() if number)
    echo_err(f"sqs: from {difference.old.id} to {difference.new.id}: {counts or 'no questions'}")
    return 0


def difference_data(difference: CriteriaDiff) -> dict[str, Any]:
    """Return the comparison as data."""
    return {
        "old": pick(difference.old, "id", "hash"),
        "new": pick(difference.new, "id", "hash"),
        "counts": difference.counts(),
        "questions": [asdict(change) for change in difference.questions],
        "interview_questions": [asdict(change) for change in difference.interview_questions],
        "facts": [asdict(change) for change in difference.facts],
    }


def _row(change: Change) -> tuple[str, str, str]:
    old, new = " + ".join(change.old), " + ".join(change.new)
    both = old if old == new else f"{old} → {new}" if old and new else old or new
    return f"  {change.kind}", both, ", ".join(change.changed)
