"""Reading the time in each case from the history, off the UI thread; nobody waits for it."""

from __future__ import annotations

from pathlib import Path

from sqs_core.scoring.pace import time_spent
from sqs_core.storage.audit.timing import moments
from sqs_tui.pace import Times


def read_times(folder: Path, known: Times, *, second: bool) -> Times:
    """Return the times with what the history says since ``known``; ``known`` itself where it says nothing."""
    added, number = moments(folder, second=second, after=known.number)
    if not added:
        return known
    every = (*known.moments, *added)
    return Times(every, number, time_spent(every))
