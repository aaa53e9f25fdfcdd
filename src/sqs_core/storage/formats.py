"""The formats of files: which one is written now, and how records in an earlier one are brought up to date.

The file itself changes with the next save, and a copy of the old one is kept beside it.  A newer
format is refused and the file left untouched.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqs_core.errors import Problem, RecordError

Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

FORMAT: Final = 1
"""The format in which records are written."""

CRITERIA_FORMAT: Final = 1
"""The format in which criteria versions are written."""

UPGRADERS: dict[int, Upgrade] = {}
"""By the format it takes: a function that gives the same record in the next format.

Format 1 is the first that was ever shipped, so there is none yet.
"""


def upgraded(parsed: dict[str, Any]) -> dict[str, Any]:
    """Return the record ``parsed`` in the format of today, where there is a way from its own."""
    written = parsed.get("format")
    while type(written) is int and written < FORMAT and written in UPGRADERS:
        parsed = {**UPGRADERS[written](parsed), "format": written + 1}
        written += 1
    return parsed


def check_format(parsed: dict[str, Any], where: str, newest: int) -> None:
    """Raise RecordError where a file does not say its format, or was written by a newer program."""
    written = parsed.get("format")
    if type(written) is not int or written < 1:
        raise RecordError(
            Problem(f"{where}:1", "the format is missing", f"add the line: format = {newest}", "R001")
        )
    if written > newest:
        raise RecordError(
            Problem(
                f"{where}:1",
                f"written by a newer version of sqs (format {written}; this one reads up to {newest})",
                "open it with that version; it was left untouched",
                "R002",
            )
        )
