"""Words that write files: the letter, the board, the tables for analysts, a take-away sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqs_core.cli.plain.desk import Desk
from sqs_core.criteria.letter_plan import PLAIN_TAKEAWAY
from sqs_core.errors import HeldError, SqsError, UsageError
from sqs_core.letter.takeaway import takeaway, takeaway_html, takeaway_text
from sqs_core.state import path_typed


def report_lines(desk: Desk, words: str) -> Iterator[str]:
    """Write a report to a file: "report letter.html", "report board.svg", "report one-page FILE".

    "since 1", or "since last", behind it ends the letter with what changed since that draft.
    """
    from sqs_core.plugins import installed
    from sqs_core.plugins.rendering import fitting, rendered
    from sqs_core.storage.drafts import since_draft

    offers = installed().renderers
    names = {offer.name: offer for offer in offers}
    words, _, draft = words.partition(" since ")
    kind, _, file = words.strip().partition(" ")
    if not words:
        yield (
            "Which file? For example: report letter.html, report board.svg, or with its kind: "
            f"report one-page sheet.html. Kinds: {', '.join(sorted(names))}."
        )
        return
    try:
        if file.strip():
            if kind not in names:
                raise UsageError(f"no kind of report is called '{kind}'; known: {', '.join(sorted(names))}")
            path, offer = path_typed(file), names[kind]
        else:
            path = path_typed(words)
            about = "board" if path.stem.startswith("board") else "letter"
            offer = fitting(offers, path.name, about)
        report = desk.folder.report(letter=offer.value.needs_letter)
        if draft:
            report = since_draft(desk.folder.path, report, draft.strip(), [offer.value])
        data = rendered(offer, report)
        details = {"renderer": offer.name, "head": report.history_head}
        yield from _handed_out(desk, {path: data}, "render", details)
    except SqsError as error:
        yield _told(error)


def export_lines(desk: Desk, words: str) -> Iterator[str]:
    """Write the tables for analysts, without free text, into a folder: "export leeds-data"."""
    from sqs_core.cli.export import export_files

    if not words:
        yield "Into which folder? For example: export leeds-data. Tables as CSV, without free text."
        return
    records, problems = desk.folder.cases()
    interviews, more = desk.folder.interviews()
    if problems or more:
        yield from (f"Not written, for this cannot be read: {problem}." for problem in (*problems, *more))
        return
    made = export_files(desk.criteria, records, interviews)
    try:
        files = {path_typed(words) / name: data for name, data in made.items()}
        yield from _handed_out(desk, files, "export", {"files": sorted(made), "text": False})
    except SqsError as error:
        yield _told(error)


def takeaway_lines(desk: Desk, case: str, words: str) -> Iterator[str]:
    """The sheet for the case manager, read aloud; "judgements" tells them too, a file's name writes it."""
    parts = words.split(maxsplit=1)
    told = bool(parts) and parts[0].lower() == "judgements"
    file = (parts[1] if len(parts) > 1 else "") if told else words
    plan = desk.criteria.letter
    texts = plan.takeaway if plan else PLAIN_TAKEAWAY
    inspection = desk.folder.inspection
    sheet = takeaway(desk.criteria, desk.record(case), language=inspection.language, judgements=told)
    text = takeaway_text(sheet, texts)
    if not file:
        yield from filter(None, text.split("\n"))
        return
    path = path_typed(file)
    data = takeaway_html(sheet, texts) if path.suffix.lower() in (".html", ".htm") else text + "\n"
    try:
        yield from _handed_out(desk, {path: data.encode()}, "export", {"files": [path.name], "text": True})
    except SqsError as error:
        yield _told(error)


def _handed_out(
    desk: Desk, files: Mapping[Path, bytes], what: str, details: Mapping[str, Any]
) -> Iterator[str]:
    from sqs_core.storage.write_outputs import write_outputs

    write_outputs(desk.folder, files, what, details)
    yield from (f"Wrote {path}." for path in files)


def _told(error: SqsError) -> str:
    if not isinstance(error, HeldError):
        return str(error)
    names = ", ".join(problem.where for problem in error.problems)
    return f"{names}: there already, and perhaps edited since. Nothing was written; choose another name."
