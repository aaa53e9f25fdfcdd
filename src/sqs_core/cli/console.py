"""What is printed: data on stdout, words on stderr, no character that ends a command."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Mapping
from datetime import date, time
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import IO, Any, Literal

from sqs_core.errors import HeldError, UsageError
from sqs_core.platform.console import is_console, is_utf8
from sqs_core.platform.shell import quoted
from sqs_core.text import Text, shown
from sqs_core.text import table as table


def open_closed_streams() -> None:
    """Open what ``<&-`` or ``>&-`` closed on nothing.

    Else None has no ``write``, and the next file that is opened, perhaps a record, would be standard
    output to whatever is started from here.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def echo_err(words: str) -> None:
    """Print words for the person at the keyboard, on stderr; a refusal begins in red."""
    words = shown(words)
    if words.startswith("sqs: ") and has_colour(sys.stderr):
        words = coloured("sqs:", "red") + words.removeprefix("sqs:")
    sys.stderr.write(words + "\n")


def echo_problems(problems: Iterable[object], of: str = "") -> None:
    """Print each of ``problems`` as a refusal on stderr, behind what it is a problem ``of``."""
    for problem in problems:
        echo_err(f"sqs: {f'{of}: ' if of else ''}{problem}")


def warn_once(words: str) -> None:
    """Print words on stderr, the first time that they are to be printed."""
    if words not in _warned:
        _warned.add(words)
        echo_err(words)


_warned: set[str] = set()


def echo(text: str, colours: Mapping[str, Colour] | None = None) -> None:
    """Print data on stdout, with everything a terminal would act on made visible instead.

    ``colours`` are of words that begin a line, on a terminal that has colours.
    """
    text = shown(text)
    if colours and has_colour(sys.stdout):
        words = "|".join(map(re.escape, colours))
        text = re.sub(rf"(?m)^({words})(?!\w)", lambda found: coloured(found[1], colours[found[1]]), text)
    sys.stdout.write(text + "\n")


def has_colour(stream: IO[str]) -> bool:
    """Return whether ``stream`` is a terminal that takes colours, and NO_COLOR is not set."""
    return is_console(stream) and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def coloured(words: str, colour: Colour) -> str:
    """Return ``words`` with what makes a terminal show them in ``colour``."""
    return f"\x1b[{_CODES[colour]}m{words}\x1b[0m"


Colour = Literal["bold", "red", "green", "yellow"]
_CODES: Mapping[Colour, int] = {"bold": 1, "red": 31, "green": 32, "yellow": 33}


def as_typed(path: str | Path) -> str:
    """Return ``path`` as it is to be typed into a shell, for a command that is proposed."""
    return quoted(path)


def check_no_file(path: str | Path) -> None:
    """Raise UsageError where ``path`` is to be made a folder, and a file is there."""
    if Path(path).is_file():
        raise UsageError(f"{path} is a file; name a folder to make")


def check_free(path: Path, *, force: bool) -> None:
    """Raise HeldError where a file is to be written to ``path``, and one is there."""
    if path.exists() and not force:
        raise HeldError(f"{path} is there already; write to another file, or replace it with --force")


def columns() -> int:
    """Return how wide text for people may be: the terminal's width, and 80 where stdout is none."""
    try:
        return max(60, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):  # a pipe or a file; or no real stream at all
        return 80


def echo_json(data: Mapping[str, Any], *, number: int | None = 1) -> None:
    """Print one JSON document on stdout; it escapes what an encoding other than UTF-8 may lack.

    It begins with the ``number`` of its format; None where it is in somebody else's.
    """
    data = {"format": number, **data} if number else data
    ascii_only = not is_utf8(sys.stdout)
    sys.stdout.write(json.dumps(data, ensure_ascii=ascii_only, indent=1, default=_in_words) + "\n")


def _in_words(value: object) -> str:
    """Return what JSON has no kind for as a string: a day in ISO, a fraction as "13/20", a text, a path."""
    if isinstance(value, date | time | Fraction | Text | Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} is no value of JSON")


def wrapped(text: str, most: int = 98) -> str:
    """Return the docstring of a command for this terminal: lines that are set in stay as they are."""
    width = min(get_terminal_size().columns - 2, most)
    lines: list[str] = []
    for kept, group in groupby(text.strip().splitlines(), lambda line: line[:1].isspace() or not line):
        together = list(group)
        lines += together if kept else wrap(" ".join(together), width)
    return "\n".join(lines)
