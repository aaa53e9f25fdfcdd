"""Long work: off the UI thread, its progress in row 1, given up with Esc."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from textual.message import Message
from textual.worker import Worker, get_current_worker

from sqs_core.errors import SqsError
from sqs_tui.everywhere import Everywhere

Told = Callable[[str], None]
"""Called between two steps with how far it is; it ends the work where that was given up."""


class GivenUpError(SqsError):
    """Somebody pressed Esc; nothing of the work is kept."""


@dataclass
class Progress(Message):
    """How far it is, in words."""

    words: str


@dataclass
class Done(Message):
    """It came to ``result``, or to an error."""

    result: Any = None
    error: SqsError | None = None


class Working(Everywhere, inherit_bindings=False):
    """An application that does one long thing at a time, while the screens go on."""

    def __init__(self) -> None:
        super().__init__()
        self.doing = ""
        self._worker: Worker[None] | None = None
        self._then: Callable[[Any], object] = lambda result: None

    def begin(self, words: str, work: Callable[[Told], Any], then: Callable[[Any], object]) -> None:
        """Do ``work``, then ``then`` with its result on the UI thread; ``words`` say what it is.

        What ``work`` writes it writes last and in one step, so that giving up leaves nothing
        half done.  While one thing is being done no other is begun.
        """
        if self.doing:
            self.say(f"still {self.doing}; Esc gives it up", warning=True)
            return
        self.doing, self._then = words, then

        def run() -> None:
            worker = get_current_worker()

            def told(far: str) -> None:
                if worker.is_cancelled:
                    raise GivenUpError(f"given up: {words}; nothing was written")
                self.post_message(Progress(far))

            try:
                result = work(told)
            except SqsError as error:
                self.post_message(Done(error=error))
            else:
                self.post_message(Done(result))

        self._worker = self.run_worker(run, thread=True, group="long")
        self._tell("")

    def give_up(self) -> bool:
        """Give up what is being done, at its next step; whether there was anything."""
        if not self.doing or self._worker is None:
            return False
        self._worker.cancel()
        self._tell("giving up …")
        return True

    def on_progress(self, message: Progress) -> None:
        """Say how far it is."""
        if self._worker is not None and not self._worker.is_cancelled:
            self._tell(message.words)

    def on_done(self, message: Done) -> None:
        """It is done, or could not be, or was given up: then it says so."""
        self.doing = ""
        self.unsay()
        if isinstance(message.error, GivenUpError):
            self.say(str(message.error))
        elif message.error is not None:
            self.warn(message.error)
        else:
            try:
                self._then(message.result)
            except SqsError as error:
                self.warn(error)

    def _tell(self, far: str) -> None:
        self.tell(f"{self.doing} … {far}".rstrip() + "  Esc gives up")

    def tell(self, words: str) -> None:
        """Have ``words`` in row 1 until something else is said; they are no news for the list of messages."""
        self.message, self.warning, self._said_on = words, False, self.screen
        self._number += 1
        self.draw_headers()
