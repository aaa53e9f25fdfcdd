"""Being told to end: Ctrl-C, Ctrl-Break, a window that is closed, the computer that shuts down."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

CLOSING = 1
"""The number under which a closed window is told: that of SIGHUP, which Windows has not."""


def ending_signals() -> tuple[int, ...]:
    """Return the signals that ask a process to end, of those this system has."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    return tuple(int(getattr(signal, name)) for name in names if hasattr(signal, name))


if sys.platform == "win32":

    @contextmanager
    def on_closing(end: Callable[[], object]) -> Iterator[None]:
        """While entered, call ``end`` when the window is closed, somebody signs off or the machine stops.

        It is called in a thread of its own.  Windows ends the process once it returns, or after five
        seconds; elsewhere such an end is a signal, and this does nothing.
        """
        import ctypes
        from ctypes import wintypes

        def heard(event: int) -> bool:
            if event not in (2, 5, 6):  # CTRL_CLOSE_EVENT, CTRL_LOGOFF_EVENT, CTRL_SHUTDOWN_EVENT
                return False
            end()
            return True

        handler = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.DWORD)(heard)
        register = ctypes.windll.kernel32.SetConsoleCtrlHandler
        register(handler, True)
        try:
            yield
        finally:
            register(handler, False)

else:

    @contextmanager
    def on_closing(end: Callable[[], object]) -> Iterator[None]:
        """Do nothing: here a closed window is a signal."""
        yield
