"""``sqs letter draft`` and ``compare``: what the letter said then, and says now."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from sqs_core.cli.completers import Completions, names_only, of_folder
from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.exports.data import pick
from sqs_core.letter.drafts import DraftFigure, ParagraphChange, changes, draft_of
from sqs_core.storage.drafts import draft_numbers, keep_draft, load_draft
from sqs_core.storage.folder import InspectionFolder
from sqs_core.workflow.composing import compose_report


@of_folder
def drafts(folder: InspectionFolder, _prefix: str, _args: Namespace) -> Completions:
    """Offer the numbers of the drafts that were kept."""
    return names_only((*map(str, draft_numbers(folder.path)), "last"))


def run_draft(args: Namespace) -> int:
    """Keep the letter as it is now under the next number."""
    folder = open_folder(args.dir)
    report = compose_report(folder)
    number, path = keep_draft(folder, report.document, report.findings)
    if args.json:
        echo_json({"draft": number, "file": path})
    echo_err(f"draft {number} kept in {path}")
    return 0


def run_compare(args: Namespace) -> int:
    """Print what changed since a draft; 1 where something did."""
    folder = open_folder(args.dir)
    before = load_draft(folder.path, args.to)
    report = compose_report(folder)
    found = changes(before, draft_of(report.document, report.findings, before.number + 1))
    if args.json:
        echo_json({"draft": before.number, "changes": [_data(change) for change in found]})
    else:
        for change in found:
            echo(_text(change))
    changed = "1 paragraph" if len(found) == 1 else f"{len(found)} paragraphs"
    echo_err(f"{changed} changed since draft {before.number}" if found else f"as in draft {before.number}")
    return 1 if found else 0


def _data(change: ParagraphChange) -> dict[str, Any]:
    return {
        "paragraph": change.name,
        "before": change.before,
        "after": change.after,
        "figures": [
            {
                "figure": f.reference,
                "before": _figure(f.before),
                "after": _figure(f.after),
                "because": f.because,
            }
            for f in change.figures
        ],
    }


def _figure(figure: DraftFigure | None) -> dict[str, Any] | None:
    return pick(figure, "text", "k", "n") if figure else None


def _text(change: ParagraphChange) -> str:
    lines = [f"{change.name}", f"  was: {change.before or '–'}", f"  now: {change.after or '–'}"]
    lines += [f"  {figure}" for figure in change.figures]
    if not change.figures:
        lines.append("  no figure changed: the text was edited")
    return "\n".join(lines)
