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
ESC, F4, CLEAR = "\x1b", "\x1bOS", "\x15"
# Keys, and what they lead to, which was not on the screen before: a case from its facts to its letter.
STEPS = (
    ("", "would add"),
    ("AB\tCD\t", "▶ Assessed"),
    (" ", "[x] yes"),
    ("\t\t\t\t ", "13 questions apply"),
    ("\r", "0 of 13"),
    ("y", "1 of 13"),
    ("\r", "finished on time?"),
    ("n", "2 of 13"),
    ("12", "2 ticked"),
    ("eTŷ “9”: three weeks late ", "weeks late"),
    ("\ud83d", ""),  # a character in two halves, each read by itself
    ("\udcde", "📞"),
    (F4, "Mold"),  # from the editor
    (ESC, "▸Judgement"),
    ("lask for the review", "the review"),
    (ESC, "⚑ come back"),
    *(("\ry", f"{number} of 13") for number in range(3, 14)),
    ("\r", "1 thing to put right"),
    ("\r", "⚑ come back"),
    ("l", "taken away"),
    ("F", "Nothing is left to put right"),
    ("F", "is finished"),
    (ESC, "▸Judgement"),
    (ESC, "[Cases]"),
    ("4", "next figure"),
    ("X", "File ("),
    (f"{CLEAR}letter two.docx\r", "two.docx, marked DRAFT"),
    ("X", "File ("),
    (f"{CLEAR}letter two.pdf\r", "two.pdf, marked DRAFT"),
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
        self._text: str | None = None  # until the next is written: it is asked for far more often

    def write(self, text: str) -> int:
        with self._lock:
            self._draw.feed(text.replace("\x1b[>1u", "").replace("\x1b[<u", ""))
            self._text = None
        return len(text)

    def text(self) -> str:
        with self._lock:
            if self._text is None:
                self._text = "\n".join(line.rstrip() for line in self._screen.display)
            return self._text

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
    began = time.monotonic()
    with seen.open("w", encoding="utf-8") as log:
        for keys, wanted in STEPS:
            if keys:
                press(console, keys)
            end = time.monotonic() + 60
            while not (shown := wanted in emulator.text()) and time.monotonic() < end:
                time.sleep(0.05)
            log.write(
                f"##### {time.monotonic() - began:.1f} s {keys!r} until {wanted!r}: "
                f"{'seen' if shown else 'in vain'}\n{emulator.text()}\n"
            )
            log.flush()
            if not shown:
                os._exit(9)
            if not wanted:
                time.sleep(0.5)
    time.sleep(60)  # "q" has ended it before
    os._exit(8)


def main() -> int:
    """Open the screens on the folder and drive them."""
    seen, folder = sys.argv[1:]
    emulator = Emulator(sys.__stdout__)
    sys.__stdout__ = emulator
    threading.Thread(target=drive, args=(emulator, Path(seen)), daemon=True).start()
    from sqs_core.cli import main as sqs

    return sqs(["tui", folder, "--case", "02"])


if __name__ == "__main__":
    raise SystemExit(main())
