"""One long thing at a time, off the UI thread: its progress is told, and Esc gives it up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from textual.app import App
from textual.worker import Worker, get_current_worker

from sqs_core.errors import SqsError
from sqs_tui.messages import TaskDone, TaskProgress

OnStep = Callable[[str], None]
"""Called between two steps with how far it is; it ends the work where that was given up."""


class GivenUpError(SqsError):
    """Somebody pressed Esc; nothing of the work is kept."""


class BackgroundTask:
    """What is being done off the UI thread, while the screens go on."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._worker: Worker[None] | None = None
        self.doing = ""
        """What is being done, in words; "" where nothing is."""
        self.then_quit = False
        """Whether the program was asked to end meanwhile: it ends when that is done."""

    def begin(self, words: str, work: Callable[[OnStep], Any], then: Callable[[Any], object]) -> bool:
        """Do ``work``, then ``then`` with its result on the UI thread; ``words`` say what it is.

        What ``work`` writes it writes last and in one step, so that giving up leaves nothing half done.
        While one thing is being done no other is begun: then nothing happens, and False comes back.
        """
        if self.doing:
            return False
        self.doing = words

        def run() -> None:
            worker = get_current_worker()

            def on_progress(far: str) -> None:
                if worker.is_cancelled:
                    raise GivenUpError(f"given up: {words}; nothing was written")
                self._app.post_message(TaskProgress(far))

            try:
                result = work(on_progress)
            except SqsError as error:
                self._app.post_message(TaskDone(then, error=error))
            else:
                self._app.post_message(TaskDone(then, result))

        self._worker = self._app.run_worker(run, thread=True, group="long")
        return True

    def give_up(self) -> bool:
        """Give up what is being done, at its next step; return whether there was anything."""
        if not self.doing or self._worker is None:
            return False
        self._worker.cancel()
        self.then_quit = False
        return True

    @property
    def given_up(self) -> bool:
        """Whether what is being done was given up, and has not come to its next step yet."""
        return self._worker is not None and self._worker.is_cancelled

    def end(self) -> None:
        """Nothing is being done any more."""
        self.doing = ""
