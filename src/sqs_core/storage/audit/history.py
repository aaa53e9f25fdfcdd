"""The change log of an inspection: ``history.jsonl``, append-only and chained by hashes.

One JSON object a line.  ``prev`` is the hash of the whole line before, ``hash`` that of this
line up to the comma before it; both are over the bytes as they stand, so a change of any one
byte is found.  A chain only shows change against something kept elsewhere: whoever can write
the file can write all of it anew.  Therefore the :func:`head` is printed on what leaves the
machine, and ``sqs verify --head`` takes it back.  (Crosby and Wallach, "Efficient Data Structures
for Tamper-Evident Logging", 2009, section 2.)

Codes: H001 a line cannot be read, H002 the last line was cut.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqs_core.errors import Problem
from sqs_core.storage.append import append_durably, lines_backwards
from sqs_core.storage.audit import history_texts
from sqs_core.storage.audit.entry import MAX_LINE, START, HistoryEntry, entry_of_line, line_of_entry
from sqs_core.storage.fsync import close_quietly
from sqs_core.storage.hashing import content_hash
from sqs_core.storage.layout import inside
from sqs_core.storage.safe_read import MissingFileError, open_ordinary, reading

NAME: Final = "history.jsonl"
MERGED: Final = "merged"
"""The folder of the histories of folders that were merged in."""

COMPARE: Final = "compare it with a copy made earlier"
_HEAD: Final = re.compile(r"([1-9][0-9]{0,9}):([0-9a-f]{12,64})")


def append(
    folder: Path,
    *,
    time: datetime,
    who: str,
    what: str,
    case: str = "",
    question: str = "",
    old: Any = None,
    new: Any = None,
    why: str = "",
    texts: Sequence[Any] = (),
) -> HistoryEntry:
    """Add an entry to the history of ``folder``, durably, and give it back.

    ``time`` must know its zone; it is kept in UTC.  ``old`` and ``new`` may be anything JSON holds.
    ``texts`` are what must be able to go, kept beside the history first; ``new``, a table, then says
    by which key.  Refuses with a :class:`UsageError` text that :func:`sqs_core.text.clean` would
    refuse, and as :func:`sqs_core.storage.append.append_durably` does.
    """
    if texts:
        new = {**new, "texts": history_texts.keep(folder, case, texts)}
    body = {
        "time": _utc(time),
        "who": who,
        "what": what,
        "case": case,
        "question": question,
        "old": old,
        "new": new,
        "why": why,
    }
    made: list[HistoryEntry] = []

    def make(lines: Iterator[bytes]) -> bytes:
        backwards = (line.removesuffix(b"\r") for line in lines)
        before = next(backwards, None)
        whole = entry_of_line(before) if before is not None else None
        if before is not None and whole is None:
            # A torn line is chained to as it is, but has no number to count on from.
            whole = next((entry for line in backwards if (entry := entry_of_line(line))), None)
        n = whole.n + 1 if whole else 1
        prev = START if before is None else content_hash(before)
        line, entry = line_of_entry({"n": n, **body, "prev": prev})
        made.append(entry)
        return line

    append_durably(folder / NAME, make)
    return made[0]


def read(folder: Path) -> tuple[tuple[HistoryEntry, ...], tuple[Problem, ...]]:
    """Return every entry that can be read, in order, and a problem for each line that cannot.

    The chain is not checked: see :mod:`sqs_core.storage.audit.verify`.  No history is an empty one.
    """
    entries: list[HistoryEntry] = []
    problems: list[Problem] = []
    for number, line, ended in lines(folder):
        entry = entry_of_line(line)
        if entry is not None:
            entries.append(entry)
        elif ended:
            problems.append(unreadable(number))
        if not ended:
            problems.append(cut(number))
    return tuple(entries), tuple(problems)


def stream(folder: Path, name: str = NAME, *, holding: bytes = b"") -> Iterator[HistoryEntry]:
    """Yield each entry that can be read, in order, with never more than one line in memory.

    ``name`` is the history's file in ``folder``: its own, or the copy of one that was merged in.
    Only lines with the bytes ``holding`` in them are parsed: most need not be, to be passed over.
    """
    for _, line, _ in lines(folder, name):
        if holding in line and (entry := entry_of_line(line)):
            yield entry


def backwards(folder: Path, name: str = NAME, *, holding: bytes = b"") -> Iterator[HistoryEntry]:
    """Yield each entry that can be read, the last one first; as :func:`stream` otherwise."""
    try:
        fd = open_ordinary(inside(folder, name))
    except MissingFileError:
        return
    try:
        with reading(folder / name):
            for line in lines_backwards(fd):
                if holding in line and (entry := entry_of_line(line.removesuffix(b"\r"))):
                    yield entry
    finally:
        close_quietly(fd)


def head(folder: Path, name: str = NAME) -> str:
    """Return the last entry's number and hash, such as ``14:9f2c…``; "" when there is no entry."""
    last = next(backwards(folder, name), None)
    return last.head if last else ""


def parsed_head(value: object) -> tuple[int, str] | None:
    """Return the number and the digits of a head written as :func:`head` writes one; None where it is not."""
    found = _HEAD.fullmatch(value) if isinstance(value, str) else None
    return (int(found[1]), found[2]) if found else None


def copy_of(head: str) -> str:
    """Return where the history with this ``head`` is kept once its folder was merged in."""
    return f"{MERGED}/{head.partition(':')[2][:12]}.jsonl"


def lines(folder: Path, name: str = NAME) -> Iterator[tuple[int, bytes, bool]]:
    """Yield each line's number from 1, its bytes, and whether it is ended by a newline."""
    try:
        fd = open_ordinary(inside(folder, name))
    except MissingFileError:
        return  # no history yet is an empty one
    with os.fdopen(fd, "rb") as file, reading(folder / name):
        number = 0
        while line := file.readline(MAX_LINE):
            number += 1
            ended = line.endswith(b"\n")
            if len(line) == MAX_LINE and not ended:
                while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    pass
                ended = rest.endswith(b"\n")
            # Version control and editors of other systems may have added a CR to each line.
            yield number, line.removesuffix(b"\n").removesuffix(b"\r"), ended


def unreadable(number: int, name: str = NAME) -> Problem:
    """Return the problem of a line that cannot be read."""
    what = "this line cannot be read: it was cut by a crash, or changed"
    return Problem(f"{name}:{number}", what, COMPARE, "H001")


def cut(number: int, name: str = NAME) -> Problem:
    """Return the problem of a last line without an end."""
    what = "the last line has no end: it was cut while being written, or changed"
    remedy = "the next entry goes on after it; what came before is whole"
    return Problem(f"{name}:{number}", what, remedy, "H002")


def _utc(time: datetime) -> str:
    if time.tzinfo is None:
        raise ValueError("the time of an entry must know its zone")
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
