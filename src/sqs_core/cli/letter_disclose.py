"""``sqs letter disclose``: what in a letter could identify a person."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sqs_core.cli.console import counted, open_folder, put, put_json, say

if TYPE_CHECKING:
    from sqs_core.letter.disclosure import Finding


def run_disclose(args: Namespace) -> int:
    """Print the findings; 1 where one is neither mended nor excepted."""
    from sqs_core.claims.files import read_letter
    from sqs_core.claims.paragraphs import blocks_of_text
    from sqs_core.letter.disclosure import ADVICE, cells_of_one, disclosures
    from sqs_core.renderers.text import as_text
    from sqs_core.storage.safe_read import read_bytes

    folder = open_folder(args.dir)
    exceptions = folder.narrative().record.exceptions
    if args.file:
        path = Path(args.file)
        blocks = read_letter(read_bytes(path, most=50_000_000), path.name)
        cells: tuple[Finding, ...] = ()
    else:
        document = folder.report().document
        blocks = blocks_of_text(as_text(document))
        cells = cells_of_one(document, exceptions)
    found = disclosures(folder.inspection, folder.criteria, blocks, folder.case_ids(), exceptions)
    findings = (*found, *cells)
    if args.json:
        put_json(
            {
                "format": 1,
                "advice": ADVICE,
                "findings": [
                    {
                        "kind": f.kind,
                        "quote": f.quote,
                        "paragraph": f.paragraph,
                        "block": f.block if f.block >= 0 else None,
                        "span": list(f.span) if f.block >= 0 else None,
                        "why": f.why,
                        "excepted": f.reason or None,
                    }
                    for f in findings
                ],
            }
        )
    else:
        for f in findings:
            excepted = f" (excepted: {f.reason})" if f.reason else ""
            put(f"{f.paragraph or '–'}: {f.kind}: “{f.quote}” {f.why}{excepted}")
    left = sum(not f.reason for f in findings)
    say(f"{counted(len(findings), 'finding')}, {len(findings) - left} excepted. {ADVICE}")
    if left:
        say("mend each, or keep it with a reason in letter.toml: [[exceptions]] kind, quote, reason")
    return 1 if left else 0
