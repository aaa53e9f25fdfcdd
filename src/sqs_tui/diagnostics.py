"""Whether this computer can save and render: looked into off the UI thread."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from sqs_core.errors import SqsError
from sqs_core.storage.diagnostics import formats, needed, saving
from sqs_core.storage.folder import open_inspection
from sqs_tui.recent import read_recent


def diagnose(state: Path) -> tuple[tuple[str, str], ...]:
    """Return whether this computer can save and render, and what the inspection last open needs, in words."""
    needs: tuple[str, ...] = ()
    last = read_recent(state).recent[:1]
    with suppress(SqsError):  # an inspection that cannot be opened says so when it is
        needs = open_inspection(last[0].path).inspection.needs if last else ()
    marks = {"ok": "✓", "!": "!", "x": "!"}
    return tuple((marks[found.mark], found.what) for found in (*saving(state), *formats(), *needed(needs)))
