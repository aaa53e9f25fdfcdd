"""How the program ends: on a signal or because it was asked to; what was typed comes first."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqs_core.platform.signals import hear

PATIENCE = 3.0
"""Seconds after a signal in which the screens have to end; then the process ends whatever they do."""


def end_on_signals(leave: Callable[[int], None], is_deaf: Callable[[], bool]) -> AbstractContextManager[None]:
    """Save and end when told to, also when the terminal or its window is closed.

    Args:
        leave: saves what is pending and ends with the exit code it is given, 128 and the signal's number.
        is_deaf: says whether a Ctrl-C just now was meant for another program.
    """

    def on_signal(number: int) -> None:
        if number == signal.SIGINT and is_deaf():
            return
        # The terminal may be gone, and drawing on it may hang: the text is saved first, and the
        # process ends whatever the screen does.
        clock = threading.Timer(PATIENCE, os._exit, (128 + number,))
        clock.daemon = True
        clock.start()
        leave(128 + number)

    return hear(asyncio.get_running_loop(), on_signal)
