"""Log what was read and what left the machine, in the history beside what was changed.

The Data Protection Act 2018, section 62, requires logs of consultation and disclosure too.  An opening is
logged once a day for each person and case, not for each command: nobody would read a log of every
keystroke.  Without a history nothing is logged, so that an example, or a copy on read-only media, can be
looked at without being written to.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from pathlib import Path
from typing import Any

from sqs_core.errors import SqsError
from sqs_core.storage.audit import history
from sqs_core.storage.folder import InspectionFolder


def log_opening(folder: InspectionFolder, case: str = "") -> None:
    """Enter that ``case`` ("": the inspection) was opened, unless this person did so today already."""
    if not has_history(folder.path):
        return
    today = folder.actor.clock().strftime("%Y-%m-%d")
    try:
        opened = _opened(folder.path, folder.actor.who, case, today)
    except SqsError:
        opened = False  # that the history cannot be read is told by what cannot be entered, and by verify
    if not opened:
        _note(folder, "open", case, None)


def log_output(folder: InspectionFolder, what: str, details: Mapping[str, Any]) -> None:
    """Enter that something left the machine, or was kept: ``what`` is "render", "export" or "draft"."""
    if has_history(folder.path):
        _note(folder, what, "", dict(details))


def has_history(folder: Path) -> bool:
    """Return whether a history is kept in ``folder``."""
    return (folder / history.NAME).exists()


def _note(folder: InspectionFolder, what: str, case: str, new: Any) -> None:
    try:
        folder.journal.note(what, case=case, new=new)
    except SqsError as error:
        # Reading must work where nothing can be written; but nobody is left to believe it was logged.
        reason = error.problems[0].what.removeprefix("not saved: ")
        folder.actor.tell(f"this could not be entered in the history ({what}): {reason}")


def _opened(folder: Path, who: str, case: str, today: str) -> bool:
    since = takewhile(lambda entry: entry.time[:10] >= today, history.backwards(folder))
    return any((entry.what, entry.who, entry.case) == ("open", who, case) for entry in since)
