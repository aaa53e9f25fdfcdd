"""The standard streams: whether each is a console, and what characters it can take.

Whether somebody sits at a stream is asked of the console itself.  On Windows ``isatty`` is true of NUL
as well, and no shell there sets TERM, so neither of them can tell.
"""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from io import TextIOWrapper
from typing import IO, Final

NEAREST: Final = "sqs.nearest"
"""The error handler that writes the nearest ASCII character for one that an encoding lacks."""

_MARKS: Final = dict(
    zip(
        "▶›✓✔✗⚑◐○●•█▓▒░–—‐‑▸◂─│╭╮╰╯┏┓┗┛━┃═·…←→↑↓▏‘’‚“”„×␊✎\u00a0\u2007\u202f",
        '>)**x!~o@*##.-----><-|++++++++=|=..<>^v|\'\',"""x e   ',
        strict=True,
    )
)


def is_console(stream: IO[str] | None) -> bool:
    """Return whether ``stream`` is a console (a terminal): something a person reads or types at."""
    try:
        if stream is None or not stream.isatty():
            return False
        number = stream.fileno()
    except (OSError, ValueError):  # closed, or nothing of the system's behind it
        return False
    return sys.platform != "win32" or _mode(number) is not None


def screen_stream() -> IO[str] | None:
    """Return the stream that the screens are drawn on: Textual takes stdout on Windows, else stderr."""
    return sys.__stdout__ if sys.platform == "win32" else sys.__stderr__


def can_show_screens() -> bool:
    """Return whether keys can be read from, and screens drawn on, a console."""
    return is_console(sys.__stdin__) and is_console(screen_stream())


def refusal() -> str:
    """Return why the screens cannot be opened here, in a sentence; "" where they can."""
    if not can_show_screens():
        return "the screens need a terminal; without one, use 'sqs screen DIR --plain' or 'sqs answer'"
    if sys.platform == "win32":
        if not _obeys_escapes():
            return (
                "this console is a legacy one, which cannot move its cursor; take the tick off 'Use legacy "
                "console' in its properties, or use 'sqs screen DIR --plain'"
            )
    elif os.environ.get("TERM", "") in ("dumb", ""):
        return "this terminal cannot move its cursor (TERM is dumb or not set); use 'sqs screen DIR --plain'"
    return ""


def is_utf8(stream: IO[str] | None) -> bool:
    """Return whether what is written to ``stream`` is encoded as UTF-8."""
    name = getattr(stream, "encoding", None) or ""
    try:
        return codecs.lookup(name).name == "utf-8"
    except LookupError:
        return name.lower() == "cp65001"


def prepare_streams() -> None:
    """Make the standard streams of this process take, and give, any character.

    On Windows what is piped or redirected is UTF-8 with ``\\n``, as on any other system, where Python
    would take the code page of the machine; PYTHONIOENCODING chooses another.  Elsewhere the locale
    chooses.  What an encoding lacks is written as the nearest ASCII character, and never ends a command.
    """
    codecs.register_error(NEAREST, nearest)
    ours = sys.platform == "win32" and not os.environ.get("PYTHONIOENCODING")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if ours and not is_console(stream):
                stream.reconfigure(encoding="utf-8", errors=NEAREST, newline="\n")
            else:
                stream.reconfigure(errors=NEAREST)
    if ours and isinstance(sys.stdin, TextIOWrapper) and not is_console(sys.stdin):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")


def nearest(error: UnicodeError) -> tuple[str, int]:
    """Return ASCII for the characters that could not be encoded, one for one, and where to go on."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_nearest, error.object[error.start : error.end])), error.end


def _nearest(character: str) -> str:
    plain = _MARKS.get(character) or unicodedata.normalize("NFD", character)[:1]
    return plain if plain.isascii() and plain.isprintable() else "?"


if sys.platform == "win32":

    def _mode(number: int) -> int | None:
        """Return the mode of the console behind an open file; None where there is none behind it."""
        import ctypes
        import msvcrt

        mode = ctypes.c_ulong()
        console = ctypes.c_void_p(msvcrt.get_osfhandle(number))
        return mode.value if ctypes.windll.kernel32.GetConsoleMode(console, ctypes.byref(mode)) else None

    def _obeys_escapes() -> bool:
        """Return whether the console of stdout can be made to obey escape sequences; it is left as it was."""
        import ctypes
        import msvcrt

        assert sys.__stdout__ is not None
        number = sys.__stdout__.fileno()
        before = _mode(number) or 0
        console = ctypes.c_void_p(msvcrt.get_osfhandle(number))
        set_mode = ctypes.windll.kernel32.SetConsoleMode
        obeys = bool(set_mode(console, before | 0x0004))  # ENABLE_VIRTUAL_TERMINAL_PROCESSING
        set_mode(console, before)
        return obeys
