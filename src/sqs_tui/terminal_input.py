"""The driver of the terminal: bytes that are no UTF-8 and answers of the terminal itself harm nothing."""

from __future__ import annotations

import os
import selectors
import sys
from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from sqs_tui.textual_private import TerminalParser

if TYPE_CHECKING or sys.platform != "win32":
    from textual.drivers.linux_driver import LinuxDriver

    class TerminalDriver(LinuxDriver):
        """Textual's driver, with our parser; a byte that is not UTF-8 is shown as U+FFFD."""

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
    from textual.drivers import win32
    from textual.drivers.windows_driver import WindowsDriver as TerminalDriver

    win32.XTermParser = TerminalParser

__all__ = ["TerminalDriver"]
