"""What is said where the program itself fails: at which place, and not a word of any record."""

from __future__ import annotations

import traceback
from pathlib import Path

from rich.text import Text
from textual.worker import WorkerFailed

MOST_STEPS = 6


def crash_report(error: BaseException | None, kept: str) -> Text:
    """Return where ``error`` arose, to be reported; ``kept`` says what became of what was typed."""
    if isinstance(error, WorkerFailed):
        error = error.error
    steps = traceback.extract_tb(error.__traceback__ if error else None)[-MOST_STEPS:]
    rows = [f"  {Path(step.filename).name}:{step.lineno} in {step.name}" for step in steps]
    name = type(error).__name__ if error else "an unknown error"
    words = f"sqs: a fault in the program; {kept}\n"
    words += f"Please report these lines, which hold nothing of any case:\n  {name}\n" + "\n".join(rows)
    return Text(words)
