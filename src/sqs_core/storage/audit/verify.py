"""Whether the history, its texts, and the records it speaks of are as they were left.

What is told is the first line of the chain that does not fit, every text that is not the one
an entry was made with, and every record that was changed without an entry; of each history
that was merged in, the same but for the records.  A record saved by the program that was
stopped before it entered it is advice: nothing was tampered with.

Codes: those of :mod:`sqs_core.storage.audit.history` and :mod:`sqs_core.storage.audit.history_texts`; H008 a
record was changed outside the program, H009 saved and not yet entered, H010 a history that
was merged in is not as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqs_core.errors import Problem, RecordError
from sqs_core.storage.audit import history, history_texts
from sqs_core.storage.audit.chain import HistoryEntry
from sqs_core.storage.audit.history_versions import changes
from sqs_core.storage.hashing import ABSENT, content_hash
from sqs_core.storage.locks import holder_of
from sqs_core.storage.safe_read import UNREADABLE, MissingFileError, read_bytes

ACCEPT = "look at it with 'sqs history'; 'sqs verify --accept --why …' enters it as it is"


def verify_inspection(folder: Path, head: str | None = None) -> tuple[Problem, ...]:
    """Everything in the folder that does not fit its history; ``head`` as for ``history.verify``."""
    found = list(history.verify(folder, head))
    entries = list(history.stream(folder))
    gone = {case for e in entries if e.what == "purge" for case in e.cases}
    found += _texts(folder, history.NAME, entries, gone)
    for head_then in _merged_heads(entries):
        found += _copy(folder, head_then, gone)
    found += _records(folder, entries)
    return tuple(found)


def changed_outside(folder: Path) -> tuple[Problem, ...]:
    """The records that were changed without an entry, each as advice to look at it."""
    return tuple(p._replace(advice=True) for p in _records(folder, list(history.stream(folder))))


def unentered(folder: Path) -> tuple[str, ...]:
    """The records that are not what their last entry says."""
    return tuple(p.where for p in _records(folder, list(history.stream(folder))))


def _texts(folder: Path, name: str, entries: list[HistoryEntry], gone: set[str]) -> Iterator[Problem]:
    texts = history_texts.texts_file_of(name)
    for number in history_texts.spoilt(folder, name=texts):
        where = f"{texts}:{number}"
        yield Problem(where, "this text is not the one its entry was made with", _COMPARE, "H006")
    there = history_texts.read(folder, name=texts)
    for entry in entries:
        key = entry.texts
        if key and key not in there and entry.case not in gone:
            yield Problem(f"{name}, entry {entry.n}", f"its text is missing from {texts}", _COMPARE, "H007")


def _merged_heads(entries: list[HistoryEntry]) -> tuple[str, ...]:
    """The heads of the histories merged in, by the entries that say so."""
    heads = (e.told.get("head") for e in entries if e.what == "merge")
    # A head in a history that was tampered with may be anything, and names a file.
    return tuple(dict.fromkeys(head for head in heads if isinstance(head, str) and history.is_head(head)))


def _copy(folder: Path, head: str, gone: set[str]) -> Iterator[Problem]:
    name = history.copy_of(head)
    entries = list(history.stream(folder, name))
    if not entries:
        yield Problem(name, "a history that was merged in is gone", _COMPARE, "H010")
        return
    # A line cut over there stays so here: the head, which is that of the last whole entry, tells it is none.
    problems = [
        p._replace(advice=p.advice or p.code in _TORN) for p in history.verify(folder, head, name=name)
    ]
    yield from problems
    if all(p.advice for p in problems) and history.head(folder, name) != head:
        yield Problem(name, "goes on after what was merged in", _COMPARE, "H010")
    purged = {case for e in entries if e.what == "purge" for case in e.cases}
    yield from _texts(folder, name, entries, gone | purged)


def _records(folder: Path, entries: list[HistoryEntry]) -> Iterator[Problem]:
    last: dict[str, HistoryEntry] = {}
    for entry in entries:
        if changes(entry):
            last[entry.new["path"]] = entry
            if entry.what == "migrate":  # second markings stay with the inspection as it was before
                left = [name for name in last if name.startswith(("second/", "agreed/"))]
                for name in left:
                    del last[name]
        elif entry.what == "purge":
            for case in entry.cases:
                for name in [name for name, known in last.items() if known.case == case]:
                    del last[name]
    for name, entry in last.items():
        try:
            now = _hash(folder, name)
        except RecordError as error:
            yield from (problem._replace(where=name) for problem in error.problems)
            continue
        if now == entry.new["hash"]:
            continue
        since = f"since entry {entry.n}"
        if now == ABSENT:
            yield Problem(name, f"the record is gone, {since}, and no purge took it", ACCEPT, "H008")
        elif holder_of(folder / name).saves == now:
            what = f"saved {since}, but the program was stopped before it entered that"
            yield Problem(name, what, "the next save enters it", "H009", advice=True)
        else:
            # The lock, which would tell, is not synced: that would cost each save another wait for the disk.
            what = f"changed outside the program {since}, or saved as the power failed"
            yield Problem(name, what, ACCEPT, "H008")


def _hash(folder: Path, name: str) -> str:
    # A name in a history that was tampered with may be anything, and must not lead out of the folder.
    if Path(name).is_absolute() or ".." in Path(name).parts:
        return ABSENT
    try:
        return content_hash(read_bytes(folder / name))
    except MissingFileError:
        return ABSENT
    except RecordError as error:
        if any(problem.code == UNREADABLE for problem in error.problems):
            raise
        return ""  # a link, a folder, or far too much: no record the program left


_TORN = ("H001", "H002")
_COMPARE = "compare it with a copy made earlier"
