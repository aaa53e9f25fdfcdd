"""What is printed: data on stdout, words on stderr, no character that ends a command."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from itertools import groupby
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any

from sqs_core.errors import UsageError
from sqs_core.platform.console import is_utf8
from sqs_core.platform.shell import quoted
from sqs_core.text import shown


def open_closed_streams() -> None:
    """Open what ``<&-`` or ``>&-`` closed on nothing.

    Else None has no ``write``, and the next file that is opened, perhaps a record, would be standard
    output to whatever is started from here.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, os.O_RDWR), mode, encoding="utf-8"))


def echo_err(words: str) -> None:
    """Print words for the person at the keyboard, on stderr."""
    sys.stderr.write(shown(words) + "\n")


def echo(text: str) -> None:
    """Print data on stdout, with everything a terminal would act on made visible instead."""
    sys.stdout.write(shown(text) + "\n")


def as_typed(path: str | Path) -> str:
    """Return ``path`` as it is to be typed into a shell, for a command that is proposed."""
    return quoted(path)


def check_no_file(path: str | Path) -> None:
    """Raise UsageError where ``path`` is to be made a folder, and a file is there."""
    if Path(path).is_file():
        raise UsageError(f"{path} is a file; name a folder to make")


def columns() -> int:
    """Return how wide text for people may be: the terminal's width, and 80 where stdout is none."""
    try:
        return max(60, os.get_terminal_size(sys.stdout.fileno()).columns)
    except (OSError, ValueError):  # a pipe or a file; or no real stream at all
        return 80


def echo_json(data: Any) -> None:
    """Print one JSON document on stdout; it escapes what an encoding other than UTF-8 may lack."""
    sys.stdout.write(json.dumps(data, ensure_ascii=not is_utf8(sys.stdout), indent=1) + "\n")


def wrapped(text: str, most: int = 98) -> str:
    """Return the docstring of a command for this terminal: lines that are set in stay as they are."""
    width = min(get_terminal_size().columns - 2, most)
    lines: list[str] = []
    for kept, group in groupby(text.strip().splitlines(), lambda line: line[:1].isspace() or not line):
        together = list(group)
        lines += together if kept else wrap(" ".join(together), width)
    return "\n".join(lines)


def table(rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()) -> str:
    """Return ``rows`` in columns two blanks apart, those in ``right`` set to the right."""
    rows = [list(row) for row in rows]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            c.rjust(w) if i in right else c.ljust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
