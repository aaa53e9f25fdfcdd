"""Opening what a person sits in front of: the terminal screens, plain mode, the shared view."""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path

from sqs_core.cli.console import echo_err
from sqs_core.platform.console import is_console, refusal
from sqs_core.storage.layout import cases_listed
from sqs_core.storage.watch import Following
from sqs_core.workflow.navigation import case_called


def open_screens(
    folder: str | None, case: str | None = None, *, plain: bool = False, second: bool = False
) -> int:
    """Run the terminal UI on ``folder``, or plain mode where that is wanted; return the exit code."""
    if case is not None:
        case = case_called(case, cases_listed(folder or ".", second=second)) or case
    if why := wants_plain(plain):
        return open_plain(folder, case, why, second=second)
    if why_not := refusal():
        echo_err(f"sqs: {why_not}")
        return 2
    from sqs_tui import run_screens

    return run_screens(folder, case, second=second)


def question_on_screen(folder: Path, case: str) -> str:
    """Return the question of ``case`` that this person's screens are on, or were last; "" where unknown."""
    from sqs_tui.recent import last_question

    return last_question(folder, case)


def open_view(following: Following) -> int:
    """Show the shared view on this terminal, as it changes, until somebody quits; return the exit code."""
    from sqs_tui import run_view

    return run_view(following)


def open_plain(folder: str | None, case: str | None, why: str, *, second: bool = False) -> int:
    """Run plain mode on this process's streams; return the exit code.  ``second``: the second markings."""
    if sys.stdin is None or sys.stdout is None:
        echo_err("sqs: plain mode needs something to read from and to write to, and one of them is closed")
        return 2
    # Each interface is loaded where it is opened: together they are most of what there is.
    from sqs_core.cli.plain.conversation import converse
    from sqs_core.cli.plain.line_io import DeferredSignals, LineIO

    terminal = is_console(sys.stdin)
    with DeferredSignals() as stopping:
        io = LineIO(sys.stdin.buffer, sys.stdout, echo=not terminal, stopping=stopping, terminal=terminal)
        return converse(io, Path(folder or "."), case, why=why, now=datetime.now, second=second)


def wants_plain(asked: bool) -> str:
    """Return why plain mode is wanted, in the words of its first line; "" where it is not.

    ``asked`` is --plain.  A dumb terminal counts only where somebody sits at it: a pipe has nobody.
    """
    if asked:
        return "--plain"
    if os.environ.get("SQS_PLAIN", "") not in ("", "0"):
        return "SQS_PLAIN"
    if os.environ.get("TERM") == "dumb" and is_console(sys.stdin) and is_console(sys.stdout):
        return "TERM=dumb"
    return ""
