"""One entry of the change log as a line: what it holds, and how it is chained to the line before.

A line is a JSON object.  ``prev`` is the hash of the whole line before it, ``hash`` that of
this line up to the comma before it.  Both are over the bytes as they stand, not over what
they mean, so there is no second way to write the same entry.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

from attrs import frozen

from sqs_core.errors import UsageError
from sqs_core.records.override import TIME
from sqs_core.storage.append import LONGEST
from sqs_core.storage.hashing import content_hash
from sqs_core.text import all_with_newlines, forbidden

START: Final = "sha256:" + "0" * 64
"""``prev`` of the very first line."""

MAX_LINE: Final = LONGEST
"""Bytes; a longer line is not read."""

_CHAINED: Final = re.compile(rb'(\{.*),"hash":"(sha256:[0-9a-f]{64})"\}', re.DOTALL)
_FIELDS: Final = ("n", "time", "who", "what", "case", "question", "old", "new", "why", "prev", "hash")


@frozen
class HistoryEntry:
    """One thing that was done.

    ``n`` counts entries from 1; ``time`` is UTC, to the second (``2012-11-12T09:30:00Z``);
    ``what`` is a word such as ``answer``, ``fact``, ``finish``, ``reopen``, ``override``,
    ``open``, ``render``, ``export``, ``purge`` or ``merge``; ``case`` and ``question`` may be
    empty; ``old`` and ``new`` are JSON values (None where there is none).
    """

    n: int
    time: str
    who: str
    what: str
    case: str
    question: str
    old: Any
    new: Any
    why: str
    prev: str
    hash: str

    @property
    def changes_a_record(self) -> bool:
        """Whether the entry is about a record's content, rather than about opening, rendering and such."""
        return isinstance(self.told.get("path"), str) and isinstance(self.told.get("hash"), str)

    @property
    def head(self) -> str:
        """The entry's number and hash, such as ``14:9f2c…``, as printed on what leaves the machine."""
        return f"{self.n}:{self.hash.removeprefix('sha256:')}"

    @property
    def told(self) -> dict[str, Any]:
        """``new`` where it is a table, as the program writes it; an empty one where it is anything else."""
        return self.new if isinstance(self.new, dict) else {}

    @property
    def texts(self) -> str:
        """The key of the texts kept beside this entry; "" where there are none."""
        key = self.told.get("texts")
        return key if isinstance(key, str) else ""

    @property
    def cases(self) -> tuple[str, ...]:
        """The cases that a purge took away."""
        cases = self.told.get("cases")
        return tuple(c for c in cases if isinstance(c, str)) if isinstance(cases, list) else ()


def line_of_entry(fields: dict[str, Any]) -> tuple[bytes, HistoryEntry]:
    """Return the line, without newline, of an entry's ``fields`` but its hash, in their order; and the entry.

    Refuses with a :class:`UsageError` what JSON or :func:`sqs_core.text.forbidden` refuses.
    """
    try:
        text = _ENCODER.encode(fields)
        if "\\r" in text:
            text = _ENCODER.encode(all_with_newlines(fields))
        body = text.encode()[:-1]
    except (TypeError, ValueError, RecursionError):
        # Unchained: the encoder's own words quote the value.
        raise UsageError("this cannot be kept in the history: a value is not text, number or list") from None
    line = body + b',"hash":"' + content_hash(body).encode() + b'"}'
    if len(line) >= MAX_LINE:
        raise UsageError(f"this is too long for the history: {MAX_LINE // 1024} KiB is the most")
    entry = entry_of_line(line)
    if entry is None:
        raise UsageError("this cannot be kept in the history: a text holds what no record may hold")
    return line, entry


def entry_of_line(line: bytes) -> HistoryEntry | None:
    """Return the entry that a line holds, or None; whether it is the true one is :func:`misfit`'s to say."""
    if len(line) >= MAX_LINE:
        return None
    try:
        text = line.decode("utf-8")
        fields = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(fields, dict) or tuple(fields) != _FIELDS or type(fields["n"]) is not int:
        return None
    words = [value for name, value in fields.items() if name not in ("n", "old", "new")]
    if not all(isinstance(word, str) for word in words) or not re.fullmatch(TIME, fields["time"]):
        return None
    # Escapes can bring what the line itself does not show.
    if forbidden(text) or ("\\" in text and _holds_forbidden(fields)):
        return None
    return HistoryEntry(**fields)


def misfit(line: bytes, entry: HistoryEntry, prev: str, n: int) -> tuple[str, str] | None:
    """Return what does not fit about ``entry``, read from ``line``, as words and a code; None if all does.

    ``prev`` is the hash of the line before it and ``n`` the number it should have.
    """
    chained = _CHAINED.fullmatch(line)
    if chained is None or content_hash(chained[1]) != entry.hash:
        return "this line was changed: it does not fit its own hash", "H003"
    if entry.prev != prev or entry.n != n:
        return "this line does not follow the one before: something was changed or taken out", "H004"
    return None


def _holds_forbidden(value: Any) -> bool:
    if isinstance(value, str):
        return forbidden(value) is not None
    if isinstance(value, dict):
        return any(forbidden(key) or _holds_forbidden(part) for key, part in value.items())
    return isinstance(value, list) and any(map(_holds_forbidden, value))


def _no_constant(_: str) -> None:
    raise ValueError


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))
_DECODER: Final = json.JSONDecoder(parse_constant=_no_constant)
