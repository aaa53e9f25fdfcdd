"""Verify that the history, its texts and the records it covers are as they were left.

Reported are the first line of the chain that does not fit, every text that is not the one
an entry was made with, and every record that was changed without an entry; of each history
that was merged in, the same but for the records.  A record saved by the program that was
stopped before it entered it is advice: nothing was tampered with.

Codes: H001 and H002 of :mod:`sqs_core.storage.audit.history`; H003 a line does not fit its hash, H004 a
line does not fit the one before, H005 the head is not in the file, H006 a text is not what its entry was
made with, H007 a text is missing, H008 a record was changed outside the program, H009 saved and not yet
entered, H010 a history that was merged in is not as it was, H011 an earlier version is in the place of a
record, H012 the history is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.storage.atomic import ABSENT, content_hash
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history import START, HistoryEntry, entry_of_line, misfit
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.integrity import is_unentered_save
from sqs_core.storage.layout import ACTIONS, CASES, INSPECTION, INTERVIEWS, LETTER, inside, list_records
from sqs_core.storage.locks import holder_of
from sqs_core.storage.safe_read import UNREADABLE, MissingFileError, read_bytes

ACCEPT = "look at it with 'sqs history'; 'sqs verify --accept --why …' enters it as it is"
CHOOSE = "'sqs verify --restore RECORD --why …' puts the last version back; --accept enters what is there now"
_TORN = ("H001", "H002")


def verify_inspection(folder: Path, head: str | None = None) -> tuple[Problem, ...]:
    """Return everything in the folder that does not fit its history; ``head`` as for :func:`verify_chain`."""
    found = list(verify_chain(folder, head))
    entries = list(history.stream(folder))
    gone = history.purged(entries)
    found += _texts(folder, history.NAME, entries, gone)
    for head_then in _merged_heads(entries):
        found += _copy(folder, head_then, gone)
    found += _records(folder)
    if not entries:
        found += _gone(folder)
    return tuple(found)


def verify_chain(folder: Path, head: str | None = None, *, name: str = history.NAME) -> tuple[Problem, ...]:
    """Return what does not fit in the history of ``folder``; empty when all of it does.

    The first line that does not fit its hash or the line before is named, and so is each
    that cannot be read.  ``head`` is one printed earlier (the hash may be shortened to 12
    digits): the entry it names must be there as it was.  Without one, entries taken off the
    end, or a history written anew throughout, cannot be noticed.
    """
    wanted = history.parsed_head(head.strip().lower()) if head is not None else None
    if head is not None and wanted is None:
        raise UsageError(
            "a head is a number, a colon and 12 to 64 hexadecimal digits, such as 14:9f2c0a51d3be"
        )
    problems: list[Problem] = []
    torn: list[Problem] = []
    prev, n, broken, met = START, 0, False, False
    for number, line, ended in history.lines(folder, name):
        entry = entry_of_line(line)
        if not ended:
            torn.append(history.cut_line(number, name))
        elif entry is None:
            torn.append(history.unreadable(number, name))
        if entry is not None and not broken:
            if fault := misfit(line, entry, prev, n + 1):
                problems.append(Problem(f"{name}:{number}", fault[0], history.COMPARE, fault[1]))
                broken = True  # what follows was chained to something else: the first is enough
            else:
                # An entry was made knowing the torn lines before it: they were so by then.
                problems += (problem._replace(advice=ended) for problem in torn)
                torn.clear()
                met = met or (wanted is not None and _is_head(entry, *wanted))
        n = entry.n if entry else n
        prev = content_hash(line)
    problems += torn
    if wanted and not met and not broken:
        what = f"entry {wanted[0]} with this hash is not in the history ({n} entries)"
        problems.append(Problem(name, what, history.COMPARE, "H005"))
    return tuple(sorted(problems, key=_number))


def changed_outside(folder: Path) -> tuple[Problem, ...]:
    """Return the records that were changed without an entry, each as advice to look at it."""
    found = _gone(folder) if next(history.stream(folder), None) is None else _records(folder)
    return tuple(p._replace(advice=True) for p in found)


def unentered(folder: Path) -> tuple[str, ...]:
    """Return the records that are not what their last entry says."""
    return tuple(p.where for p in _records(folder))


def _number(problem: Problem) -> int:
    return int(problem.where.partition(":")[2] or 1 << 40)


def _is_head(entry: HistoryEntry, number: int, digits: str) -> bool:
    return entry.n == number and entry.hash.startswith("sha256:" + digits)


def _texts(folder: Path, name: str, entries: list[HistoryEntry], gone: set[str]) -> Iterator[Problem]:
    texts = history.texts_file_of(name)
    for number in history.spoilt_texts(folder, name=texts):
        where = f"{texts}:{number}"
        yield Problem(where, "this text is not the one its entry was made with", history.COMPARE, "H006")
    there = history.read_texts(folder, name=texts)
    for entry in entries:
        key = entry.texts
        if key and key not in there and entry.about not in gone:
            what = f"its text is missing from {texts}"
            yield Problem(f"{name}, entry {entry.n}", what, history.COMPARE, "H007")


def _merged_heads(entries: list[HistoryEntry]) -> tuple[str, ...]:
    """Return the heads of the histories merged in, by the entries that say so."""
    heads = (e.new_table.get("head") for e in entries if e.what == "merge")
    # A head in a history that was tampered with may be anything, and names a file.
    return tuple(dict.fromkeys(str(head) for head in heads if history.parsed_head(head)))


def _copy(folder: Path, head: str, gone: set[str]) -> Iterator[Problem]:
    name = history.copy_of(head)
    entries = list(history.stream(folder, name))
    if not entries:
        yield Problem(name, "a history that was merged in is gone", history.COMPARE, "H010")
        return
    # A line cut over there stays so here: the head, which is that of the last whole entry, tells it is none.
    problems = [p._replace(advice=p.advice or p.code in _TORN) for p in verify_chain(folder, head, name=name)]
    yield from problems
    if all(p.advice for p in problems) and history.head(folder, name) != head:
        yield Problem(name, "goes on after what was merged in", history.COMPARE, "H010")
    yield from _texts(folder, name, entries, gone | history.purged(entries))


def _records(folder: Path) -> Iterator[Problem]:
    known = known_records(folder)
    for name, number in known.numbers.items():
        try:
            now = _hash(folder, name)
        except RecordError as error:
            yield from (problem._replace(where=name) for problem in error.problems)
            continue
        if now == known.hashes.get(name, ABSENT):
            continue
        since = f"since entry {number}"
        if now == ABSENT:
            yield Problem(name, f"the record is gone, {since}, and no purge took it", CHOOSE, "H008")
        elif now and is_unentered_save(holder_of(inside(folder, name)), now, number):
            what = f"saved {since}, but the program was stopped before it entered that"
            yield Problem(name, what, "the next save enters it", "H009", advice=True)
        elif known.is_earlier(name, now):
            what = f"an earlier version took its place, {since}: by a sync program, perhaps"
            yield Problem(name, what, CHOOSE, "H011")
        else:
            # The lock, which would tell, is not synced: that would cost each save another wait for the disk.
            what = f"changed outside the program {since}, or saved as the power failed"
            yield Problem(name, what, ACCEPT, "H008")


def _gone(folder: Path) -> Iterator[Problem]:
    """Yield a problem where there is no history although the lock of a record names an entry in one."""
    names = [LETTER, ACTIONS, INSPECTION]
    for room in (CASES, INTERVIEWS):
        with suppress(RecordError):
            names += [f"{room}/{record}.toml" for record in list_records(folder, room).records]
    entries = [(holder_of(folder / name).after, name) for name in names]
    if (last := max(entries))[0] > 0:
        what = f"the history is gone: {last[1]} was saved after entry {last[0]} of it"
        remedy = "put it back from a copy: without it nothing shows what was changed or is missing"
        yield Problem(history.NAME, what, remedy, "H012")


def _hash(folder: Path, name: str) -> str:
    # A name in a history that was tampered with may be anything, and must not lead out of the folder.
    if Path(name).is_absolute() or ".." in Path(name).parts:
        return ABSENT
    try:
        return content_hash(read_bytes(inside(folder, name)))
    except MissingFileError:
        return ABSENT
    except RecordError as error:
        if any(problem.code == UNREADABLE for problem in error.problems):
            raise
        return ""  # a link, a folder, or far too much: no record the program left
