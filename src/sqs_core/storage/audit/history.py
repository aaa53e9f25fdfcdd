"""The change log of an inspection: ``history.jsonl``, append-only and chained by hashes.

One JSON object a line.  ``prev`` is the hash of the whole line before, ``hash`` that of this
line up to the comma before it; both are over the bytes as they stand, so a change of any one
byte is found.  A chain only shows change against something kept elsewhere: whoever can write
the file can write all of it anew.  Therefore the :func:`head` is printed on what leaves the
machine, and :func:`verify` takes it back.  (Crosby and Wallach, "Efficient Data Structures
for Tamper-Evident Logging", 2009, section 2.)

Codes: H001 a line cannot be read, H002 the last line was cut, H003 a line does not fit its
hash, H004 a line does not fit the one before, H005 the head is not in the file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqs_core.errors import Problem, UsageError
from sqs_core.storage.append import append_durably, lines_backwards
from sqs_core.storage.audit.chain import (
    MAX_LINE,
    START,
    HistoryEntry,
    entry_of_last_line,
    entry_of_line,
    line_of_entry,
    misfit,
)
from sqs_core.storage.fsync import close_quietly
from sqs_core.storage.hashing import content_hash
from sqs_core.storage.safe_read import MissingFileError, open_ordinary, reading

__all__ = ["NAME", "START", "HistoryEntry", "append", "head", "read", "stream", "verify"]

NAME: Final = "history.jsonl"
MERGED: Final = "merged"
"""The folder of the histories of folders that were merged in."""

_HEAD: Final = r"([1-9][0-9]{0,9}):([0-9a-f]{12,64})"
_MOST: Final = 1 << 26
_COMPARE: Final = "compare it with a copy made earlier"


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
) -> HistoryEntry:
    """Add an entry to the history of ``folder``, durably, and give it back.

    ``time`` must know its zone; it is kept in UTC.  ``old`` and ``new`` may be anything JSON
    holds.  Refuses with a :class:`UsageError` text that :func:`sqs_core.text.clean` would
    refuse, and as :func:`sqs_core.storage.atomic.append_durably` does.
    """
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

    def make(backwards: Iterator[bytes]) -> bytes:
        before = next(backwards, None)
        whole = entry_of_last_line(before) if before is not None else None
        if before is not None and whole is None:
            # A torn line is chained to as it is, but has no number to count on from.
            whole = next((entry for line in backwards if (entry := entry_of_line(line))), None)
        n = whole.n + 1 if whole else 1
        prev = START if before is None else content_hash(before)
        line, entry = line_of_entry({"n": n, **body, "prev": prev})
        made.append(entry)
        return line

    made: list[HistoryEntry] = []
    append_durably(folder / NAME, make)
    return made[0]


def read(folder: Path) -> tuple[tuple[HistoryEntry, ...], tuple[Problem, ...]]:
    """Every entry that can be read, in order, and a problem for each line that cannot.

    It does not check the chain: see :func:`verify`.  No history is an empty one.
    """
    entries: list[HistoryEntry] = []
    problems: list[Problem] = []
    for number, line, ended in _lines(folder, NAME):
        entry = entry_of_line(line)
        if entry is not None:
            entries.append(entry)
        elif ended:
            problems.append(_unreadable(number, NAME))
        if not ended:
            problems.append(_cut(number, NAME))
    return tuple(entries), tuple(problems)


def stream(folder: Path, name: str = NAME) -> Iterator[HistoryEntry]:
    """Each entry that can be read, in order, with never more than one line in memory.

    ``name`` is the history's file in ``folder``: its own, or the copy of one that was merged in.
    """
    for _, line, _ in _lines(folder, name):
        if entry := entry_of_line(line):
            yield entry


def head(folder: Path, name: str = NAME) -> str:
    """The last entry's number and hash, such as ``14:9f2c…``, to print on what leaves the machine.

    Empty when there is no entry.
    """
    fd = _open(folder / name)
    if fd is None:
        return ""
    try:
        whole = (entry for line in lines_backwards(fd) if (entry := entry_of_line(line)))
        last = next(whole, None)
    finally:
        close_quietly(fd)
    return f"{last.n}:{last.hash.removeprefix('sha256:')}" if last else ""


def is_head(value: object) -> bool:
    """Whether ``value`` is written as :func:`head` writes one."""
    return isinstance(value, str) and re.fullmatch(_HEAD, value) is not None


def copy_of(head: str) -> str:
    """Where the history with this ``head`` is kept once its folder was merged in."""
    return f"{MERGED}/{head.partition(':')[2][:12]}.jsonl"


def verify(folder: Path, head: str | None = None, *, name: str = NAME) -> tuple[Problem, ...]:
    """What does not fit in the history of ``folder``; empty when all of it does.

    The first line that does not fit its hash or the line before is named, and so is each
    that cannot be read.  ``head`` is one printed earlier (the hash may be shortened to 12
    digits): the entry it names must be there as it was.  Without one, entries taken off the
    end, or a history written anew throughout, cannot be noticed.
    """
    wanted = _wanted_head(head)
    problems: list[Problem] = []
    torn: list[Problem] = []
    prev, n, broken, met = START, 0, False, False
    for number, line, ended in _lines(folder, name):
        entry = entry_of_line(line)
        if not ended:
            torn.append(_cut(number, name))
        elif entry is None:
            torn.append(_unreadable(number, name))
        if entry is not None and not broken:
            if fault := misfit(line, entry, prev, n + 1):
                problems.append(Problem(f"{name}:{number}", fault[0], _COMPARE, fault[1]))
                broken = True  # what follows was chained to something else: the first is enough
            else:
                # An entry was made knowing the torn lines before it: they were so by then.
                problems += (problem._replace(advice=ended) for problem in torn)
                torn.clear()
                met = met or _is_head(entry, wanted)
        n = entry.n if entry else n
        prev = content_hash(line)
    problems += torn
    if wanted and not met and not broken:
        what = f"entry {wanted[0]} with this hash is not in the history ({n} entries)"
        problems.append(Problem(name, what, _COMPARE, "H005"))
    return tuple(sorted(problems, key=_number))


def _utc(time: datetime) -> str:
    if time.tzinfo is None:
        raise ValueError("the time of an entry must know its zone")
    return time.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def _number(problem: Problem) -> int:
    return int(problem.where.partition(":")[2] or 1 << 40)


def _is_head(entry: HistoryEntry, wanted: tuple[int, str] | None) -> bool:
    return wanted is not None and wanted[0] == entry.n and entry.hash.startswith("sha256:" + wanted[1])


def _wanted_head(head: str | None) -> tuple[int, str] | None:
    if head is None:
        return None
    found = re.fullmatch(_HEAD, head.strip().lower())
    if found is None:
        raise UsageError(
            "a head is a number, a colon and 12 to 64 hexadecimal digits, such as 14:9f2c0a51d3be"
        )
    return int(found[1]), found[2]


def _lines(folder: Path, name: str) -> Iterator[tuple[int, bytes, bool]]:
    """Each line's number from 1, its bytes, and whether it is ended by a newline."""
    fd = _open(folder / name)
    if fd is None:
        return
    with os.fdopen(fd, "rb") as file, reading(folder / name):
        number = 0
        while line := file.readline(MAX_LINE):
            number += 1
            ended = line.endswith(b"\n")
            if len(line) == MAX_LINE and not ended:
                while (rest := file.readline(MAX_LINE)) and not rest.endswith(b"\n"):
                    pass
                ended = rest.endswith(b"\n")
            yield number, line.removesuffix(b"\n"), ended


def _open(path: Path) -> int | None:
    try:
        return open_ordinary(path)
    except MissingFileError:
        return None  # no history yet is an empty one


def _unreadable(number: int, name: str) -> Problem:
    what = "this line cannot be read: it was cut by a crash, or changed"
    return Problem(f"{name}:{number}", what, _COMPARE, "H001")


def _cut(number: int, name: str) -> Problem:
    what = "the last line has no end: it was cut while being written, or changed"
    return Problem(
        f"{name}:{number}", what, "the next entry goes on after it; what came before is whole", "H002"
    )
