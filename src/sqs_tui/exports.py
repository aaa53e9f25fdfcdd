"""What can be written to files: the board, the letter, the tables for analysts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from attrs import evolve

from sqs_core.errors import UsageError
from sqs_core.plugins import installed
from sqs_core.plugins.rendering import fitting, rendered
from sqs_core.state import path_typed
from sqs_core.workflow.outputs import export_files, report_of
from sqs_tui.handing import Files, hand_out

if TYPE_CHECKING:
    from sqs_core.criteria.letter_plan import TakeawayWords
    from sqs_core.letter.takeaway import Takeaway
    from sqs_core.scoring.findings import Findings
    from sqs_tui.desk import Desk
    from sqs_tui.screens.frame import Frame
    from sqs_tui.working import Told


def ask_board(screen: Frame) -> None:
    """Ask for a file, and write the board of every case to it."""
    _ask(screen, "board", "board.html")


def ask_letter(screen: Frame, *, since: int = 0) -> None:
    """Ask for a file, and write the letter to it, or another of the forms named by their files.

    With ``since`` it ends with what changed since that draft: for whoever checks it, not to be sent.
    """
    _ask(screen, "letter", f"letter-since-draft-{since}.html" if since else "letter.html", since=since)


def ask_tables(screen: Frame) -> None:
    """Ask for a folder, and write the tables for analysts into it: no free text."""
    desk = screen.desk

    def written(words: str) -> None:
        target = _named(words)
        records = tuple(session.record for session in desk.sessions.values())
        people = tuple(desk.interviews.values())

        def make(told: Told) -> Files:
            made = export_files(desk.criteria, records, people)
            return {target / name: data for name, data in made.items()}

        details = {"files": ["tables"], "text": False}
        hand_out(screen, "writing the tables", make, "export", details)

    default = desk.folder.path.resolve().parent / f"{desk.folder.path.resolve().name}-data"
    screen.ask("Folder for the tables (CSV, no free text):", str(default), written)


def ask_takeaway(screen: Frame, case: str, sheet: Takeaway, words: TakeawayWords) -> None:
    """Ask for a file, and write the take-away sheet of ``case`` to it."""
    from sqs_core.letter.takeaway import takeaway_html, takeaway_text

    def written(name: str) -> None:
        path = _named(name)
        page = path.suffix.lower() in (".html", ".htm")
        text = takeaway_html(sheet, words) if page else takeaway_text(sheet, words) + "\n"
        details = {"files": [path.name], "text": True}
        hand_out(screen, f"writing {path.name}", lambda told: {path: text.encode()}, "export", details)

    screen.ask("File (.txt .html):", str(screen.desk.folder.path / f"takeaway-{case}.txt"), written)


def _named(words: str) -> Path:
    if not words.strip():
        raise UsageError("nothing was named, so nothing was written")
    return path_typed(words)


def _ask(screen: Frame, kind: str, name: str, *, since: int = 0) -> None:
    desk = screen.desk
    suffixes = dict.fromkeys(o.value.suffix for o in installed().renderers if o.value.stem == kind)
    if kind == "board":
        suffixes[".csv"] = None
    shown = " ".join(sorted(suffixes))

    def written(words: str) -> None:
        path = _named(words)
        findings = desk.findings
        if findings is None:
            raise UsageError("still counting; try again in a moment")
        screen.sqs.saver.flush(2.0)  # what the file says of the history is of what is saved
        if kind == "board" and path.suffix.lower() == ".csv":
            hand_out(
                screen,
                f"writing {path.name}",
                lambda told: _csv(path, findings),
                "export",
                {"files": [path.name]},
            )
            return
        offer = fitting(installed().renderers, path.name, kind)

        def make(told: Told) -> Files:
            told(f"as {offer.name}")
            report = report_of(desk.folder, letter=offer.value.needs_letter)
            if since:
                from sqs_core.storage.drafts import since_draft

                report = since_draft(desk.folder.path, report, str(since), [offer.value])
            return {path: rendered(offer, evolve(report, history_head=head))}

        head = _head(desk)
        details = {"renderer": offer.name, "head": head}
        hand_out(screen, f"writing {path.name}", make, "render", details)

    screen.ask(f"File ({shown}):", str(desk.folder.path / name), written)


def _csv(path: Path, findings: Findings) -> Files:
    from sqs_core.exports.board import board_csv

    return {path: board_csv(findings).encode()}


def _head(desk: Desk) -> str:
    from sqs_core.storage.audit.history_versions import head_of_changes

    return head_of_changes(desk.folder.path)
