"""Read earlier versions of a record from the history, and what the history says there is now."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any, Final, NamedTuple

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.storage.atomic import ABSENT
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history import HistoryEntry

# ------------------------------------------------------------ patches
# A patch is a nested table that holds only what differs; None takes a key away (as in JSON
# Merge Patch, RFC 7396).  Lists are changed as a whole.

RecordData = dict[str, Any]
KeyPath = tuple[str, ...]
IsPlain = Callable[[KeyPath], bool]

PLAIN: Final = frozenset(
    ("format", "case", "person", "criteria", "criteria_hash", "status", "inspector", "case_manager", "role")
)
"""Keys of a record whose words are ids or initials, never somebody's own text."""

TEXT, DATE = "$text", "$date"


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[RecordData, RecordData]:
    """Return the patch that leads from ``new`` back to ``old``, and the one from ``old`` to ``new``."""
    back: RecordData = {}
    on: RecordData = {}
    for key in (*old, *(key for key in new if key not in old)):
        before, after = old.get(key), new.get(key)
        if type(before) is type(after) and before == after:
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            back[key], on[key] = difference(before, after)
        else:
            back[key], on[key] = before, after
    return back, on


def patched(table: Mapping[str, Any], patch: Mapping[str, Any]) -> RecordData:
    """Return ``table`` after ``patch``; a table left empty goes too, as records leave those out."""
    made = dict(table)
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(made.get(key), dict):
            value = patched(made[key], value)
        if value is None or value == {}:
            made.pop(key, None)
        else:
            made[key] = value
    return made


def plain_in(criteria: Criteria) -> IsPlain:
    """Return which words of a record under ``criteria`` are ids or initials: the rest is somebody's text."""
    choices = {fact.id for fact in criteria.facts if fact.kind in ("choice", "several")}

    def plain(keys: KeyPath) -> bool:
        match keys:
            case [key]:
                return key in PLAIN
            case ["facts", fact, *_]:
                return fact in choices
            case ["answers", _]:
                return True  # of an interview: an outcome
            case ["answers", _, part]:
                return part in ("outcome", "reasons", "value")
            case ["answers", _, "prompts", _]:
                return True
        return False

    return plain


def packed(value: Any, plain: IsPlain, texts: list[Any], keys: KeyPath = ()) -> Any:
    """Return ``value`` as JSON holds it, with everything that is not ``plain`` moved to ``texts``."""
    if isinstance(value, dict):
        return {key: packed(part, plain, texts, (*keys, key)) for key, part in value.items()}
    if isinstance(value, date):
        return {DATE: value.isoformat()}
    if not value or isinstance(value, bool | int) or plain(keys):
        return value
    texts.append(_json(value))
    return {TEXT: len(texts) - 1}


def unpacked(value: Any, texts: list[Any] | None) -> Any:
    """Return the reverse of :func:`packed`; LookupError where a text is wanted and is gone."""
    if isinstance(value, list):
        return [unpacked(part, texts) for part in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {DATE} and isinstance(value[DATE], str):
        return date.fromisoformat(value[DATE])
    if set(value) == {TEXT} and isinstance(value[TEXT], int):
        if texts is None:
            raise LookupError("the text was taken away")
        return unpacked(texts[value[TEXT]], None)
    return {key: unpacked(part, texts) for key, part in value.items()}


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_json(part) for part in value]
    return {DATE: value.isoformat()} if isinstance(value, date) else value


# ------------------------------------------------------------ versions

PURGED = "(taken away by a purge)"
MISSING = "(missing from the texts of the history, though no purge took it)"


class Version(NamedTuple):
    """A record as an entry left it: its plain data (None where texts of it were purged)."""

    entry: HistoryEntry
    data: RecordData | None


def versions(folder: Path, name: str) -> tuple[Version, ...]:
    """Return every version of the record ``name`` (such as "cases/07.toml") that the history knows, in order.

    The first is often the one found on disk when the history began.
    """
    entries = list(entries_of(folder, name))
    texts = history.read_texts(folder, entries[0].case) if entries else {}
    return tuple(replayed(entries, texts))


def replayed(entries: Iterable[HistoryEntry], texts: Mapping[str, list[Any]]) -> Iterator[Version]:
    """Yield the versions that the entries of one record lead through."""
    data: RecordData | None = {}
    for entry in entries:
        words = texts.get(entry.texts)
        if entry.new["hash"] == ABSENT:  # found gone
            data = {}
            yield Version(entry, None)
            continue
        was_absent = isinstance(entry.old, dict) and entry.old.get("hash") == ABSENT
        if entry.what in ("add", "found") or was_absent or "anew" in entry.new:
            data = {}
        try:
            data = None if data is None else patched(data, unpacked(entry.new.get("set", {}), words))
        except (LookupError, ValueError, TypeError, AttributeError):
            data = None
        yield Version(entry, data)


def with_texts(
    entry: HistoryEntry, texts: Mapping[str, list[Any]], purged: Collection[str] = ()
) -> HistoryEntry:
    """Return ``entry`` with its texts in their places.

    Where there is none it says so: :data:`PURGED` of the cases that were ``purged``, else :data:`MISSING`.
    """
    if not entry.texts:
        return entry
    words = texts.get(entry.texts)
    gone = PURGED if entry.about in purged else MISSING
    new = {key: value for key, value in entry.new.items() if key not in ("texts", "why")}
    why = _shown(entry.new.get("why"), words, gone) or entry.why
    return evolve(entry, old=_shown(entry.old, words, gone), new=_shown(new, words, gone), why=why)


def _shown(value: Any, words: list[Any] | None, gone: str) -> Any:
    if isinstance(value, dict) and set(value) != {TEXT}:
        return {key: _shown(part, words, gone) for key, part in value.items()}
    if isinstance(value, dict):
        at = value[TEXT]
        return words[at] if words is not None and at in range(len(words)) else gone
    return value


class RecordHistories:
    """The entries about each record of ``folder``, read once and then kept up with what is added.

    For going through all records: reading the whole history for each of them would take quadratic time.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._entries: dict[str, list[HistoryEntry]] = {}
        self._texts: Mapping[str, list[Any]] = {}
        self._read_to = 0
        self.update()

    def update(self) -> None:
        """Read what was added since the last update."""
        added = list(takewhile(lambda entry: entry.n > self._read_to, history.backwards(self._folder)))
        for entry in reversed(added):
            self._read_to = entry.n
            if entry.changes_a_record:
                self._entries.setdefault(entry.new["path"], []).append(entry)

    def last(self, name: str) -> HistoryEntry | None:
        """Return the last entry about the record ``name``, or None."""
        return self._entries[name][-1] if name in self._entries else None

    def data(self, name: str) -> RecordData | None:
        """Return what the record ``name`` last said; None where that is not known, or not any more."""
        entries = self._entries.get(name, [])
        if not self._texts or any(e.texts and e.texts not in self._texts for e in entries):
            self._texts = history.read_texts(self._folder)
        last = None
        for version in replayed(entries, self._texts):
            last = version.data
        return last


def entries_of(folder: Path, name: str) -> Iterator[HistoryEntry]:
    """Yield every entry about the record ``name``, in order."""
    yield from (e for e in history.stream(folder, holding=_path_of(name)) if _about(e, name))


def last_of(folder: Path, name: str) -> HistoryEntry | None:
    """Return the last entry about the record ``name``, or None."""
    return next((e for e in history.backwards(folder, holding=_path_of(name)) if _about(e, name)), None)


def head_of_changes(folder: Path) -> str:
    """Return the head as of the last entry that changed a record; "" where there is no such entry.

    What leaves the machine carries this one: rendering is entered too, and rendering twice
    must give the same bytes.
    """
    changes = history.backwards(folder, holding=b'"path":')
    return next((entry.head for entry in changes if entry.changes_a_record), "")


def _path_of(name: str) -> bytes:
    return f'"path":{json.dumps(name, ensure_ascii=False)}'.encode()


def _about(entry: HistoryEntry, name: str) -> bool:
    return entry.changes_a_record and entry.new["path"] == name
