"""Being told to end: Ctrl-C, Ctrl-Break, a window that is closed, the computer that shuts down."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

CLOSING = 1
"""The number under which a closed window is told: that of SIGHUP, which Windows has not."""

GRACE = 10.0
"""Seconds to wait in a closing window for the process to end by itself; Windows waits for five."""


def ending_signals() -> tuple[int, ...]:
    """Return the signals that ask a process to end, of those this system has."""
    names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
    return tuple(int(getattr(signal, name)) for name in names if hasattr(signal, name))


def hear(loop: asyncio.AbstractEventLoop, on_signal: Callable[[int], None]) -> AbstractContextManager[None]:
    """Have ``on_signal`` called in ``loop`` with the number of whatever asks this process to end.

    Ctrl-C, Ctrl-Break, SIGTERM and a terminal that is gone; on Windows also a window that is closed
    (:data:`CLOSING`).  Leaving the context that is given stops the last of these.
    """
    for number in ending_signals():
        try:
            loop.add_signal_handler(number, on_signal, number)
        except NotImplementedError:  # Windows: a handler of Python's own runs in the main thread too
            signal.signal(number, lambda heard, _: loop.call_soon_threadsafe(on_signal, heard))

    def closing() -> None:
        loop.call_soon_threadsafe(on_signal, CLOSING)
        time.sleep(GRACE)

    return on_closing(closing)


if sys.platform == "win32":

    def interrupt_reading() -> None:
        """End a line that is being read from the console as Ctrl-C does, then wait for the process to end."""
        import ctypes

        ctypes.windll.kernel32.GenerateConsoleCtrlEvent(0, 0)  # CTRL_C_EVENT
        time.sleep(GRACE)

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

    def interrupt_reading() -> None:
        """Do nothing: here a signal ends what is being read."""

    @contextmanager
    def on_closing(end: Callable[[], object]) -> Iterator[None]:
        """Do nothing: here a closed window is a signal."""
        yield
