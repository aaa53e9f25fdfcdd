"""How the program ends: on a signal, on a fault, or because it was asked to; what was typed comes first."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from pathlib import Path

from rich.text import Text

from sqs_tui.everywhere import Everywhere
from sqs_tui.messages import NotSaved, Saved
from sqs_tui.saver import Saver
from sqs_tui.screens.frame import Frame


class Ending(Everywhere, inherit_bindings=False):
    """An application with the one writer, which it never leaves with something unsaved."""

    def __init__(self) -> None:
        super().__init__()
        self.saver = Saver(
            lambda key, at: self._from_saver(Saved(key, at)),
            lambda key, words, rescue: self._from_saver(NotSaved(key, words, rescue)),
        )

    def _from_saver(self, message: Saved | NotSaved) -> None:
        if self._running:
            self.post_message(message)

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
        # The terminal may be gone, and drawing on it may hang: the text is saved first, and the
        # process ends whatever the screen does.
        clock = threading.Timer(3.0, os._exit, (128 + number,))
        clock.daemon = True
        clock.start()
        self.leave(128 + number)

    def _fatal_error(self) -> None:
        """Say that the program failed, and where, without a word of any record.

        The framework's own report prints the values of variables: what was noted about children.
        """
        kind, _, trace = sys.exc_info()
        try:
            self.commit()
        except Exception:
            self.bell()
        self.saver.flush(3.0)
        steps = traceback.extract_tb(trace)[-6:]
        rows = [f"  {Path(step.filename).name}:{step.lineno} in {step.name}" for step in steps]
        name = kind.__name__ if kind else "an unknown error"
        words = "sqs: a fault in the program; what was typed has been saved.\n"
        words += f"Please report these lines, which hold nothing of any case:\n  {name}\n" + "\n".join(rows)
        self._exit_renderables.append(Text(words))
        self._close_messages_no_wait()
