"""The terminal screens in which an inspector steps through cases with the case manager."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqs_core.storage.watch import Following


def run_screens(folder: str | None, case: str | None = None, *, second: bool = False) -> int:
    """Open the screens on ``folder`` (None: the start screen) and return the exit code.

    ``second`` works on the second markings, with nothing of the first ones on any screen.
    Where there is no terminal to draw on, one sentence on stderr and 2.
    """
    from sqs_tui.terminal import quiet_environment

    quiet_environment()  # before Textual is imported: it reads the environment then
    gc.disable()  # what is imported stays: looking through it for garbage takes a tenth of the start
    from sqs_tui.app import run

    gc.freeze()
    gc.enable()
    return run(folder, case, second=second)


def run_view(following: Following) -> int:
    """Show the shared view of one case on this terminal, as it changes, and return the exit code."""
    from sqs_tui.terminal import quiet_environment

    quiet_environment()
    from sqs_tui.second_screen import run

    return run(following)
