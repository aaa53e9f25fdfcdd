"""Loading an inspection, or the practice cases, off the UI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqs_core.state import at_home
from sqs_core.storage import practice
from sqs_core.storage.audit.access_log import log_opening
from sqs_core.storage.audit.journal import current_actor
from sqs_core.storage.rescue import unsaved_copies
from sqs_tui.autosave import Autosave
from sqs_tui.snapshot import Snapshot, read_folder
from sqs_tui.workspace import Workspace


def read(
    folder: str, second: bool, on_progress: Callable[[int, int], None], show_message: Callable[[str], None]
) -> Snapshot:
    """Return everything in ``folder`` as it was read, by the hand of whoever sits here."""
    return read_folder(folder, on_progress, second=second, actor=current_actor(show_message))


def lay_out_practice(state: Path) -> Snapshot:
    """Return the practice cases, laid out anew where nothing is left of them."""
    return read_folder(practice.open_practice(state / "practice").path)


def throw_practice_away(state: Path) -> None:
    """Keep nothing of the practice."""
    practice.throw_practice_away(state / "practice")


def note_opened(snapshot: Snapshot, show_message: Callable[[str], None]) -> None:
    """Log that the inspection was opened, and tell of copies of what could not be saved last time."""
    log_opening(snapshot.folder)
    copies = unsaved_copies(snapshot.folder.path)
    if copies:  # nobody has to remember where they are
        more = f" (and {len(copies) - 1} more there)" if len(copies) > 1 else ""
        show_message(
            f"not saved when last open: {at_home(copies[0])}{more}; ^P, not saved, puts it into the record"
        )


def workspace_of(snapshot: Snapshot, autosave: Autosave, state: Path) -> Workspace:
    """Return the workspace with everything of ``snapshot`` in it."""
    workspace = Workspace.opened(snapshot, autosave, state / "rescue")
    workspace.practice = workspace.path == str((state / "practice").resolve())
    return workspace
