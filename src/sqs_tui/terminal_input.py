"""The driver of the terminal: bytes that are no UTF-8 and answers of the terminal itself harm nothing."""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import sys
from codecs import getincrementaldecoder

from sqs_tui.textual_private import TerminalParser

if sys.platform != "win32":
    import termios

    from textual.drivers.linux_driver import LinuxDriver

    _SCREEN = "\x1b[?1049h\x1b[?25l\x1b[?7l" + "".join(
        f"\x1b[?{mode}h" for mode in (1000, 1003, 1015, 1006, 1004, 2004)
    )
    """The other screen, no cursor, no wrapping; mouse, focus and pastes are told: as Textual sets them."""

    class TerminalDriver(LinuxDriver):
        """Textual's driver, with our parser; a byte that is not UTF-8 is shown as U+FFFD."""

        _suspended = False

        def suspend_application_mode(self) -> None:
            """Give the terminal back for a while."""
            self._suspended = True
            super().suspend_application_mode()

        def start_application_mode(self) -> None:
            """Take the terminal, and keep how it is set then."""
            super().start_application_mode()  # type: ignore[no-untyped-call]
            self._modes = termios.tcgetattr(self.fileno) if os.isatty(self.fileno) else None

        def resume_application_mode(self) -> None:
            """Take the terminal again; stopped from outside, one has not given it back."""
            if self._suspended:
                self._suspended = False
                super().resume_application_mode()
            else:
                # Textual would start a second thread that reads, and lose the keys typed meanwhile.
                asyncio.get_running_loop().call_soon_threadsafe(self._set_again)

        def _set_again(self) -> None:
            """Set the terminal as it was: a shell that had it meanwhile has set it otherwise."""
            if self._modes is not None:
                termios.tcsetattr(self.fileno, termios.TCSANOW, self._modes)
            self.write(_SCREEN)
            signal.raise_signal(signal.SIGWINCH)  # drawn anew, in the size of now

        def run_input_thread(self) -> None:
            """Wait for input, and send on what it means."""
            parser = TerminalParser()
            decode = getincrementaldecoder("utf-8")("replace").decode
            with selectors.SelectSelector() as selector:
                selector.register(self.fileno, selectors.EVENT_READ)
                while not self.exit_event.is_set():
                    if selector.select(0.1):
                        data = os.read(self.fileno, 4096)
                        if not data:  # the terminal is gone
                            return
                        # Half a character decodes to nothing, which a parser would take for the end.
                        for message in parser.feed(text) if (text := decode(data)) else ():
                            self.process_message(message)
                    for message in parser.tick():
                        self.process_message(message)

else:
    from collections.abc import Callable
    from ctypes import byref, wintypes
    from typing import cast

    from textual.drivers import win32
    from textual.drivers.windows_driver import WindowsDriver as TerminalDriver
    from textual.message import Message

    _KEY, _WINDOW_SIZE = 0x0001, 0x0004  # KEY_EVENT, WINDOW_BUFFER_SIZE_EVENT

    class KeyReader(win32.EventMonitor):
        """Textual's reader of the console, with our parser.

        A character beyond U+FFFF comes as two records, and they need not come together; half of one would
        end Textual's own reader, and with it all keys.
        """

        def run(self) -> None:
            """Wait for input, and send on what it means."""
            parser = TerminalParser()
            decode = getincrementaldecoder("utf-16-le")("replace").decode
            console = win32.GetStdHandle(win32.STD_INPUT_HANDLE)
            records, count = (win32.INPUT_RECORD * 1024)(), wintypes.DWORD()
            send = cast("Callable[[Message], None]", self.process_event)
            while not self.exit_event.is_set():
                for message in parser.tick():
                    send(message)
                if win32.wait_for_handles([console], 100) is None:
                    continue
                win32.KERNEL32.ReadConsoleInputW(console, byref(records), len(records), byref(count))
                units, size = "", None
                for record in records[: count.value]:
                    if record.EventType == _KEY:
                        units += _unit(record.Event.KeyEvent)
                    elif record.EventType == _WINDOW_SIZE:
                        size = record.Event.WindowBufferSizeEvent.dwSize
                text = decode(units.encode("utf-16-le", "surrogatepass"))
                for message in parser.feed(text) if text else ():
                    send(message)
                if size is not None:
                    self.on_size_change(size.X, size.Y)

    def _unit(key: win32.KEY_EVENT_RECORD) -> str:
        """Return the unit of UTF-16 in a record; none of a key let go, nor of Shift and its like alone."""
        if not key.bKeyDown or (key.dwControlKeyState and key.wVirtualKeyCode == 0):
            return ""
        return str(key.uChar.UnicodeChar).strip("\0")

    win32.EventMonitor = KeyReader  # type: ignore[misc]

__all__ = ["TerminalDriver"]
