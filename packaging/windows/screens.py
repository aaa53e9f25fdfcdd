"""Run by Windows' Python in a console: sqs with an emulator behind stdout and keys as console input.

    python screens.py SEEN FOLDER

What the screens draw goes to an emulator, as Wine 8's console obeys no escape sequences; the keys come as
input records, the way those of a keyboard do.  Each step waits for what it leads to, and SEEN gets the
screen that it saw, or "in vain".
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import time
from ctypes import wintypes
from pathlib import Path

import pyte
from textual.drivers import win32

COLUMNS, LINES = 80, 24
ESC = "\x1b"
STEPS = (
    ("", "Evidence"),  # of the first question that is not answered
    ("y", "saved"),
    ("eTŷ “9”", "Tŷ “9”"),
    (ESC, "saved"),
    ("q", ""),
)


class Emulator:
    """Takes the place of stdout: what is written is drawn, and the console is still the stream's."""

    encoding, errors = "utf-8", "strict"

    def __init__(self, stream: object) -> None:
        self._stream = stream
        self._lock = threading.Lock()
        self._screen = pyte.Screen(COLUMNS, LINES)
        self._draw = pyte.Stream(self._screen)

    def write(self, text: str) -> int:
        with self._lock:
            self._draw.feed(text.replace("\x1b[>1u", "").replace("\x1b[<u", ""))
        return len(text)

    def text(self) -> str:
        with self._lock:
            return "\n".join(line.rstrip() for line in self._screen.display)

    def flush(self) -> None:
        pass

    def fileno(self) -> int:
        return self._stream.fileno()

    def isatty(self) -> bool:
        return True


def press(console: int, keys: str) -> None:
    """Put the key strokes ``keys`` into the console's input."""
    records = (win32.INPUT_RECORD * (2 * len(keys)))()
    for place, key in enumerate(keys):
        for up in (0, 1):
            record = records[2 * place + up]
            record.EventType = 1  # KEY_EVENT
            event = record.Event.KeyEvent
            event.bKeyDown, event.wRepeatCount = 1 - up, 1
            event.uChar.UnicodeChar, event.wVirtualKeyCode = key, 0x41
    ctypes.windll.kernel32.WriteConsoleInputW(console, records, len(records), ctypes.byref(wintypes.DWORD()))


def drive(emulator: Emulator, seen: Path) -> None:
    """Press the keys of each step and wait for what it shows; ends the process where that never comes."""
    open_console = ctypes.windll.kernel32.CreateFileW
    open_console.restype = wintypes.HANDLE
    console = open_console("CONIN$", 0xC0000000, 3, None, 3, 0, None)
    with seen.open("w", encoding="utf-8") as log:
        for keys, wanted in STEPS:
            if keys:
                press(console, keys)
            end = time.monotonic() + 60
            while not (shown := wanted in emulator.text()) and time.monotonic() < end:
                time.sleep(0.05)
            log.write(
                f"##### {keys!r} until {wanted!r}: {'seen' if shown else 'in vain'}\n{emulator.text()}\n"
            )
            log.flush()
            if not shown:
                os._exit(9)
            if keys == ESC:
                time.sleep(3)  # Esc and a letter at once would be Alt and that letter
    time.sleep(60)  # "q" has ended it before
    os._exit(8)


def main() -> int:
    """Open the screens on the folder and drive them."""
    seen, folder = sys.argv[1:]
    emulator = Emulator(sys.__stdout__)
    sys.__stdout__ = emulator
    threading.Thread(target=drive, args=(emulator, Path(seen)), daemon=True).start()
    from sqs_core.cli import main as sqs

    return sqs(["tui", folder, "--case", "01"])  # whose facts are there


if __name__ == "__main__":
    raise SystemExit(main())
