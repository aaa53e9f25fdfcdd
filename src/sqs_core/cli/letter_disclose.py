"""``sqs letter disclose``: what in a letter, or in the actions after it, could identify a person."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sqs_core.cli.console import echo, echo_err, echo_json
from sqs_core.cli.folders import open_folder
from sqs_core.documents.passages import PART_WORDS
from sqs_core.documents.plain_text import read_text
from sqs_core.exports.data import pick
from sqs_core.letter.disclosure import (
    ADVICE,
    DisclosureFinding,
    cells_of_one,
    disclosures,
    disclosures_in_actions,
)
from sqs_core.plugins.reading import read_any
from sqs_core.renderers.text import as_text
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import counted
from sqs_core.workflow.composing import compose_report


def run_disclose(args: Namespace) -> int:
    """Print the findings; 1 where one is neither mended nor excepted."""
    folder = open_folder(args.dir)
    narrative = folder.narrative().record
    exceptions, cases = narrative.exceptions, folder.case_ids()
    if args.file:
        path = Path(args.file)
        document = read_any(read_bytes(path, most=50_000_000), path.name)
        passages = document.passages
        unseen = [counted(n, kind) for kind, n in document.unseen.items()]
        beside: tuple[DisclosureFinding, ...] = ()
    else:
        composed = compose_report(folder).document
        passages, unseen = read_text(as_text(composed)).passages, []
        followed = folder.actions().record
        beside = cells_of_one(folder.criteria, composed, exceptions)
        beside += disclosures_in_actions(folder.inspection, folder.criteria, narrative, followed, cases)
    found = disclosures(folder.inspection, folder.criteria, passages, cases, exceptions)
    findings = (*found, *beside)
    if args.json:
        echo_json(
            {
                "advice": ADVICE,
                "findings": [
                    {
                        **pick(f, "kind", "quote", "paragraph"),
                        "block": f.block if f.block >= 0 else None,
                        "span": f.span if f.block >= 0 else None,
                        **pick(f, "part", "why"),
                        "excepted": f.reason or None,
                    }
                    for f in findings
                ],
            }
        )
    else:
        for f in findings:
            excepted = f" (excepted: {f.reason})" if f.reason else ""
            where = "" if f.part == "body" else f" ({PART_WORDS[f.part][0]})"
            echo(f"{f.paragraph or '–'}{where}: {f.kind}: “{f.quote}” {f.why}{excepted}")
    if unseen:
        echo_err(f"not looked at: {', '.join(unseen)}")
    left = sum(not f.reason for f in findings)
    echo_err(f"{counted(len(findings), 'finding')}, {len(findings) - left} excepted. {ADVICE}")
    if left:
        echo_err("mend each, or keep it with a reason in letter.toml: [[exceptions]] kind, quote, reason")
    return 1 if left else 0
