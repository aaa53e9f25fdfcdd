"""Earlier versions of a record, from the history."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from attrs import evolve

from sqs_core.storage.append import lines_backwards
from sqs_core.storage.audit import history_texts
from sqs_core.storage.audit.chain import MAX_LINE, HistoryEntry, entry_of_last_line, entry_of_line
from sqs_core.storage.audit.diff import RecordData, patched, unpacked
from sqs_core.storage.audit.history import NAME
from sqs_core.storage.fsync import close_quietly
from sqs_core.storage.hashing import ABSENT
from sqs_core.storage.safe_read import MissingFileError, open_ordinary, reading

GONE = "(taken away by a purge)"


class Version(NamedTuple):
    """A record as an entry left it: its plain data (None where texts of it were purged)."""

    entry: HistoryEntry
    data: RecordData | None


def versions(folder: Path, name: str, texts: Mapping[str, list[Any]] | None = None) -> tuple[Version, ...]:
    """Every version of the record ``name`` (such as "cases/07.toml") that the history knows, in order.

    The first is often the one found on disk when the history began.
    """
    entries = list(entries_of(folder, name))
    if texts is None:
        texts = history_texts.read(folder, entries[0].case) if entries else {}
    return tuple(replayed(entries, texts))


def replayed(entries: list[HistoryEntry], texts: Mapping[str, list[Any]]) -> Iterator[Version]:
    """The versions that the entries of one record lead through."""
    data: RecordData | None = {}
    for entry in entries:
        words = texts.get(entry.texts)
        if entry.new["hash"] == ABSENT:  # found gone
            data = {}
            yield Version(entry, None)
            continue
        if entry.what in ("add", "found") or "anew" in entry.new:
            data = {}
        try:
            data = None if data is None else patched(data, unpacked(entry.new.get("set", {}), words))
        except (LookupError, ValueError, TypeError, AttributeError):
            data = None
        yield Version(entry, data)


def told(entry: HistoryEntry, texts: Mapping[str, list[Any]]) -> HistoryEntry:
    """``entry`` with its texts in their places; :data:`GONE` where they were purged."""
    if not entry.texts:
        return entry
    words = texts.get(entry.texts)
    new = {key: value for key, value in entry.new.items() if key not in ("texts", "why")}
    why = _shown(entry.new.get("why"), words) or entry.why
    return evolve(entry, old=_shown(entry.old, words), new=_shown(new, words), why=why)


def _shown(value: Any, words: list[Any] | None) -> Any:
    if isinstance(value, dict) and set(value) != {"$text"}:
        return {key: _shown(part, words) for key, part in value.items()}
    if isinstance(value, dict):
        at = value["$text"]
        return words[at] if words is not None and at in range(len(words)) else GONE
    return value


def changes(entry: HistoryEntry) -> bool:
    """Whether ``entry`` is about a record's content, rather than about opening, rendering and such."""
    return isinstance(entry.told.get("path"), str) and isinstance(entry.told.get("hash"), str)


def last_of(folder: Path, name: str) -> HistoryEntry | None:
    """The last entry about the record ``name``, or None."""
    return next(_backwards(folder, needle(name), name), None)


def last_change(folder: Path) -> HistoryEntry | None:
    """The last entry about any record's content, or None."""
    return next(_backwards(folder, b'"path":', None), None)


def head_of_changes(folder: Path) -> str:
    """The head as of the last entry that changed a record, as :func:`history.head` writes it.

    What leaves the machine carries this one: rendering is entered too, and rendering twice
    must give the same bytes.  "" where there is no such entry.
    """
    last = last_change(folder)
    return f"{last.n}:{last.hash.removeprefix('sha256:')}" if last else ""


def entries_of(folder: Path, name: str) -> Iterator[HistoryEntry]:
    """Every entry about the record ``name``, in order."""
    wanted = needle(name)
    try:
        fd = open_ordinary(folder / NAME)
    except MissingFileError:
        return
    with os.fdopen(fd, "rb") as file, reading(folder / NAME):
        while line := file.readline(MAX_LINE):
            if wanted in line and (entry := _about(line.removesuffix(b"\n"), name)):
                yield entry


def needle(name: str) -> bytes:
    """The bytes that a line about ``name`` holds: most lines need not be parsed to be passed over."""
    return f'"path":{json.dumps(name, ensure_ascii=False)}'.encode()


def _backwards(folder: Path, wanted: bytes, name: str | None) -> Iterator[HistoryEntry]:
    try:
        fd = open_ordinary(folder / NAME)
    except MissingFileError:
        return
    try:
        for line in lines_backwards(fd):
            if wanted in line and (entry := _about(line, name, entry_of_last_line)):
                yield entry
    finally:
        close_quietly(fd)


def _about(
    line: bytes, name: str | None, read: Callable[[bytes], HistoryEntry | None] = entry_of_line
) -> HistoryEntry | None:
    entry = read(line)
    return entry if entry and changes(entry) and name in (None, entry.new["path"]) else None
