"""How the program ends: on a signal, on a fault, or because it was asked to; what was typed comes first."""

from __future__ import annotations

import os
import signal
import threading
import time
from datetime import datetime

from rich.text import Text

from sqs_tui.fault import fault
from sqs_tui.saver import Key, Saver
from sqs_tui.screens.frame import Frame
from sqs_tui.working import Working


class Ending(Working, inherit_bindings=False):
    """An application with the one writer, which it never leaves with something unsaved."""

    def __init__(self) -> None:
        super().__init__()
        self.deaf_until = 0.0
        self.saver = Saver(self._saved, self._not_saved)

    def _saved(self, key: Key, at: datetime) -> None:
        from sqs_tui.messages import Saved

        if self._running:
            self.post_message(Saved(key, at))

    def _not_saved(self, key: Key, words: str, rescue: str) -> None:
        from sqs_tui.messages import NotSaved

        if self._running:
            self.post_message(NotSaved(key, words, rescue))

    def told(self, words: str) -> None:
        """Say what the core did beside saving; it may be told off the UI thread."""
        from sqs_tui.messages import Told

        if self._running:
            self.post_message(Told(words))

    def leave(self, code: int) -> None:
        """Save what is pending and end with ``code``."""
        raise NotImplementedError

    def end_with(self, code: int, words: str | None = None) -> None:
        """End with ``code``, saying ``words`` on the shell one came from."""
        from sqs_core.text import shown

        # A Text and not a str: the framework would read a str as markup.
        self.exit(return_code=code, message=Text(shown(words)) if words else None)

    def commit(self) -> None:
        """Hand whatever is being typed to the desk."""
        for screen in self.screen_stack:
            if isinstance(screen, Frame):
                screen.commit()

    def hear_signals(self) -> None:
        """Save and end when told to, also when the terminal is closed."""
        import asyncio

        if self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGINT"):
            number = getattr(signal, name, None)
            if number is not None:
                try:
                    loop.add_signal_handler(number, self._told_to_end, int(number))
                except NotImplementedError:  # Windows: there, saving within the second is the guarantee
                    return

    def _told_to_end(self, number: int) -> None:
        if number == signal.SIGINT and time.monotonic() < self.deaf_until:
            return
        # The terminal may be gone, and drawing on it may hang: the text is saved first, and the
        # process ends whatever the screen does.
        clock = threading.Timer(3.0, os._exit, (128 + number,))
        clock.daemon = True
        clock.start()
        self.leave(128 + number)

    def _fatal_error(self) -> None:
        """Say that the program failed, and where, without a word of any record."""
        try:
            self.commit()
        except Exception:
            self.bell()
        kept = "what was typed has been saved."
        if not self.saver.flush(3.0):
            kept = f"not everything could be saved; {self.where_copies_are()}."
        self._exit_renderables.append(fault(self._exception, kept))
        self._close_messages_no_wait()

    def where_copies_are(self) -> str:
        """Where the copies of what could not be saved are."""
        copies = ", ".join(filter(None, map(self.saver.copy_of, self.saver.failures)))
        return f"copies are in {copies or 'memory only'}"
