"""``sqs letter check``: every claim of an edited letter, held against the records."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from sqs_core.claims.annotated_docx import annotated_docx
from sqs_core.claims.annotated_page import annotated_html
from sqs_core.claims.check import LetterCheck, check_letter
from sqs_core.claims.claim import Claim
from sqs_core.cli.console import Colour, echo, echo_err, echo_json, table
from sqs_core.cli.folders import open_folder
from sqs_core.errors import UsageError
from sqs_core.exports.data import pick
from sqs_core.plugins.reading import read_any
from sqs_core.storage.findings import checked_findings
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.output import write_outputs
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import counted
from sqs_core.workflow.letter_details import in_language

COLOURS: dict[str, Colour] = {
    "holds": "green",
    "fails": "red",
    "question": "yellow",
    "unverifiable": "yellow",
}


def run_check(args: Namespace) -> int:
    """Print the claims and every number that is none; 1 where one fails, or not all could be checked."""
    folder = in_language(open_folder(args.dir), args.language)
    path = Path(args.file)
    data = read_bytes(path, most=50_000_000)
    document = read_any(data, path.name)
    findings, practice = checked_findings(folder)
    letter = check_letter(folder.inspection, findings, document.passages)
    if args.annotate:
        _annotate(folder, Path(args.annotate), letter, data, path, force=args.force)
    if args.json:
        echo_json(claims_data(letter))
    else:
        echo(claims_text(letter), COLOURS)
    if len(letter.passages) < len(document.printed):
        echo_err("the list of changes since a draft was not read; take it away before the letter is sent")
    if document.left_out():
        echo_err(f"not read as the letter's text: {', '.join(document.left_out())}")
    counts = {s: letter.count(s) for s in ("holds", "fails", "question", "unverifiable")}
    echo_err(
        f"{counted(len(letter.claims), 'claim')}: {counts['holds']} hold, {counts['fails']} fail, "
        f"{counts['question']} to ask about, {counts['unverifiable']} cannot be verified; "
        f"{counted(len(letter.unread), 'number')} not checked"
    )
    if practice:
        echo_err("held against practice cases: this is no finding about a service")
    not_read = sum(not claim.read for claim in letter.claims)
    if not_read:
        echo_err(
            f"{counted(not_read, 'paragraph')} not read, being longer than anybody writes: "
            "part them and check again"
        )
    if nothing := nothing_checked(letter):
        echo_err(nothing)
    return 1 if counts["fails"] or nothing or not_read or (args.strict and letter.unread) else 0


def nothing_checked(letter: LetterCheck) -> str:
    """Return why a letter is no pass though nothing in it fails; "" where something was checked."""
    if not letter.passages:
        return "no paragraph was found in this file, so nothing was checked: is it the letter?"
    if not letter.claims:
        read = counted(len(letter.passages), "paragraph")
        return f"no claim was found in {read}, so nothing was checked: is it the letter of this inspection?"
    return ""


def _annotate(
    folder: InspectionFolder, out: Path, letter: LetterCheck, data: bytes, path: Path, *, force: bool
) -> None:
    if out.resolve() == path.resolve():
        raise UsageError("the annotated letter would replace the letter itself; choose another name")
    if out.suffix == ".html":
        language = folder.inspection.language or "en"
        made = annotated_html(letter, title=f"Claims of {path.name}", language=language).encode()
    elif out.suffix == ".docx":
        if path.suffix.lower() != ".docx":
            raise UsageError("comments can be put into a Word letter only; annotate this one as .html")
        made = annotated_docx(data, letter, path.name)
    else:
        raise UsageError(f"an annotated letter is .html or .docx, not '{out.suffix}'")
    write_outputs(folder, {out: made}, "export", {"files": [out.name]}, force=force)
    echo_err(f"wrote {out}")


def claims_data(letter: LetterCheck) -> dict[str, Any]:
    """Return the claims as the JSON that docs/json.md describes."""
    return {
        "claims": [
            {
                **pick(c, "paragraph", "quote", "k", "n", "status"),
                "figure": c.figure or None,
                "expected": c.expected and {"k": c.expected[0], "n": c.expected[1], "words": c.words},
                **pick(c, "why", "figures", "block"),
                "line": letter.passages[c.block].line or None,
                "span": c.span,
            }
            for c in letter.claims
        ],
        "unread": [
            {
                **pick(u, "paragraph", "quote"),
                "line": letter.passages[u.block].line or None,
                **pick(u, "span", "block", "what"),
            }
            for u in letter.unread
        ],
    }


def claims_text(letter: LetterCheck) -> str:
    """Return a table of the claims, those that need a look told in full below it."""
    rows = []
    for claim in letter.claims:
        expected = f"{claim.expected[0]}/{claim.expected[1]}" if claim.expected else ""
        rows.append((claim.status, claim.paragraph or "–", claim.quote, expected, claim.figure))
    head = ("", "para", "the letter says", "records", "figure")
    lines = [table([head, *rows]) if rows else "no claims found"]
    lines += [_claim_text(claim, letter) for claim in letter.claims if claim.status != "holds"]
    if letter.unread:
        lines.append("\nnot checked: no claim covers these")
    for unread in letter.unread:
        what = f": {unread.what}" if unread.what else ""
        place = _place(unread.block, letter)
        lines.append(f"  {unread.paragraph or place} ({place}) “{unread.quote}”{what}")
    return "\n".join(lines)


def _claim_text(claim: Claim, letter: LetterCheck) -> str:
    place = _place(claim.block, letter)
    words = f"; write “{claim.words}”" if claim.status == "fails" and claim.words else ""
    return f"\n{claim.status}: {claim.paragraph or place} ({place}) “{claim.quote}”: {claim.why}{words}"


def _place(block: int, letter: LetterCheck) -> str:
    line = letter.passages[block].line
    return f"line {line}" if line else f"block {block + 1}"
