"""Whether the history, its texts, and the records it speaks of are as they were left.

What is told is the first line of the chain that does not fit, every text that is not the one
an entry was made with, and every record that was changed without an entry.  A record saved
by the program that was stopped before it entered it is advice: nothing was tampered with.

Codes: those of :mod:`sqs_core.storage.history` and :mod:`sqs_core.storage.beside`; H008 a
record was changed outside the program, H009 saved and not yet entered.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqs_core.errors import Problem, RecordError
from sqs_core.storage import beside, history
from sqs_core.storage.chain import Entry
from sqs_core.storage.digest import ABSENT, content_hash
from sqs_core.storage.guard import MissingFileError, read_bytes
from sqs_core.storage.locks import holder_of
from sqs_core.storage.replay import changes

ACCEPT = "look at it with 'sqs history'; 'sqs verify --accept --why …' enters it as it is"


def problems_of(folder: Path, head: str | None = None) -> tuple[Problem, ...]:
    """Everything in the folder that does not fit its history; ``head`` as for ``history.verify``."""
    found = list(history.verify(folder, head))
    entries = list(history.stream(folder))
    found += _texts(folder, entries)
    found += _records(folder, entries)
    return tuple(found)


def changed_outside(folder: Path) -> tuple[Problem, ...]:
    """The records that were changed without an entry, each as advice to look at it."""
    return tuple(p._replace(advice=True) for p in _records(folder, list(history.stream(folder))))


def unentered(folder: Path) -> tuple[str, ...]:
    """The records that are not what their last entry says."""
    return tuple(p.where for p in _records(folder, list(history.stream(folder))))


def _texts(folder: Path, entries: list[Entry]) -> Iterator[Problem]:
    for number in beside.spoilt(folder):
        where = f"{beside.NAME}:{number}"
        yield Problem(where, "this text is not the one its entry was made with", _COMPARE, "H006")
    there = beside.read(folder)
    purged = {case for e in entries if e.what == "purge" for case in _cases(e)}
    for entry in entries:
        key = entry.new.get("texts") if isinstance(entry.new, dict) else None
        if key and key not in there and entry.case not in purged:
            where = f"{history.NAME}, entry {entry.n}"
            yield Problem(where, f"its text is missing from {beside.NAME}", _COMPARE, "H007")


def _cases(entry: Entry) -> list[str]:
    cases = entry.new.get("cases") if isinstance(entry.new, dict) else None
    return [case for case in cases if isinstance(case, str)] if isinstance(cases, list) else []


def _records(folder: Path, entries: list[Entry]) -> Iterator[Problem]:
    last: dict[str, Entry] = {}
    for entry in entries:
        if changes(entry):
            last[entry.new["path"]] = entry
        elif entry.what == "purge":
            for case in _cases(entry):
                for name in [name for name, known in last.items() if known.case == case]:
                    del last[name]
    for name, entry in last.items():
        now = _hash(folder, name)
        if now == entry.new["hash"]:
            continue
        since = f"since entry {entry.n}"
        if now == ABSENT:
            yield Problem(name, f"the record is gone, {since}, and no purge took it", ACCEPT, "H008")
        elif holder_of(folder / name).saves == now:
            what = f"saved {since}, but the program was stopped before it entered that"
            yield Problem(name, what, "the next save enters it", "H009", advice=True)
        else:
            yield Problem(name, f"changed outside the program {since}", ACCEPT, "H008")


def _hash(folder: Path, name: str) -> str:
    # A name in a history that was tampered with may be anything, and must not lead out of the folder.
    if Path(name).is_absolute() or ".." in Path(name).parts:
        return ABSENT
    try:
        return content_hash(read_bytes(folder / name))
    except MissingFileError:
        return ABSENT
    except RecordError:
        return ""


_COMPARE = "compare it with a copy made earlier"
