"""What stands where in an inspection folder, and what the names of its files tell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

INSPECTION, LETTER = "inspection.toml", "letter.toml"
CASES, INTERVIEWS, SECOND, AGREED = "cases", "interviews", "second", "agreed"
FIRST = "second/first"
"""Where first markings are kept as they stood when their cases were drawn for a second one."""

TOML = ".toml"


def case_of(name: str) -> str:
    """Return the case that the record ``name`` ("cases/07.toml") is about; "" where it is about none."""
    room, _, file = name.rpartition("/")
    return file.removesuffix(TOML) if room not in ("", INTERVIEWS) else ""


def natural_order(name: str) -> tuple[tuple[int, int | str], ...]:
    """A sort key by which "2" comes before "10" and "09" beside "9"."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((0, int(part)) if part.isdigit() else (1, part.casefold()) for part in parts)


def in_order(files: Iterable[str]) -> tuple[str, ...]:
    """The records among the file names ``files``, without their suffix, in the order people count."""
    names = (name.removesuffix(TOML) for name in files if name.endswith(TOML) and name[0] != ".")
    return tuple(sorted(names, key=natural_order))


def alike(name: str, names: Iterable[str]) -> str:
    """Return which of ``names`` is ``name`` in other capitals, "" for none: to Windows and macOS one file."""
    return next((known for known in names if known != name and known.lower() == name.lower()), "")


def cases_listed(folder: str | Path, *, second: bool = False) -> tuple[str, ...]:
    """The cases of the inspection in ``folder`` by the names of their files, in their order.

    ``second`` lists the second markings.  What is in the files nobody has looked at: one of them may
    not be readable, or be shut.  No cases where there is no inspection, or where it cannot be listed.
    """
    place = Path(folder)
    try:
        if not (place / INSPECTION).exists():
            return ()
        return in_order(path.name for path in (place / (SECOND if second else CASES)).iterdir())
    except OSError:
        return ()
