"""How far long work is: a bar on stderr, where somebody watches."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqs_core.platform.console import is_console
from sqs_core.storage.folder import OnProgress, ignore_progress

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

APPEARS_AFTER = 0.5
"""Seconds: what is done sooner needs no bar, nor the library that draws it."""


@contextmanager
def progress_bar(what: str) -> Iterator[OnProgress]:
    """Yield what hears how many of how many are done, and draws a bar of it that goes when all is done.

    Where stderr is no terminal it takes no notice.
    """
    if not is_console(sys.stderr):
        yield ignore_progress
        return
    bar = _Bar(what)
    try:
        yield bar.show
    finally:
        bar.close()


class _Bar:
    def __init__(self, what: str) -> None:
        self._what = what
        self._from = time.monotonic() + APPEARS_AFTER
        self._drawn: tuple[Progress, TaskID] | None = None

    def show(self, done: int, total: int) -> None:
        """Take note that ``done`` of ``total`` are done."""
        if self._drawn is None:
            if time.monotonic() < self._from:
                return
            self._drawn = self._begun(total)
        progress, task = self._drawn
        progress.update(task, completed=done, total=total, refresh=True)

    def _begun(self, total: int) -> tuple[Progress, TaskID]:
        from rich.console import Console  # takes longer to load than most commands take altogether
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        what = TextColumn(self._what, markup=False)
        columns = what, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
        progress = Progress(*columns, console=Console(file=sys.stderr), transient=True)
        progress.start()
        return progress, progress.add_task("", total=total)

    def close(self) -> None:
        """Take the bar away."""
        if self._drawn is not None:
            self._drawn[0].stop()
