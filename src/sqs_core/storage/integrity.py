"""Check that the records that should be there are there, as they were left, and nothing else.

Sync programs and people change a folder behind the program: they leave copies, lose records, and put
earlier versions back.  A figure that silently counted those would be wrong.

Codes: R035 a copy beside the records, R036 something that is no record (advice), R037 a record that
should be there is not, R038 an earlier version is in the place of a record.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqs_core.errors import NotSavedError, Problem, SqsError, UsageError
from sqs_core.records.inspection import Inspection, Sample
from sqs_core.storage.audit.known_records import KnownRecords
from sqs_core.storage.fsync import patiently
from sqs_core.storage.layout import (
    ACTIONS,
    CASES,
    CRITERIA,
    FIRST,
    INSPECTION,
    INTERVIEWS,
    LETTER,
    RECORD_FOLDERS,
    SECOND,
    TOML,
    case_of,
    folder_inside,
    inside,
    is_link,
    list_records,
    original_finder,
    own_id,
)
from sqs_core.storage.locks import Holder, holder_of
from sqs_core.storage.safe_read import names_in, read_bytes
from sqs_core.text import one_line

COPY, NO_RECORD, MISSING, EARLIER = "R035", "R036", "R037", "R038"

_NOISE: Final = re.compile(r"desktop\.ini|thumbs\.db|icon\r|\..*", re.IGNORECASE)
_AT_THE_TOP: Final = (INSPECTION, LETTER, ACTIONS, CRITERIA, "history.jsonl", "history-texts.jsonl")
_COMPARE: Final = "compare it with {}, put what is missing there, then move it out of the inspection"
_KINDS: Final = {INTERVIEWS: "an interview", SECOND: "a second marking", FIRST: "a first marking"}


def stray_files(folder: Path) -> tuple[Problem, ...]:
    """Return what lies beside the records of the inspection in ``folder`` and may be a copy of one.

    Files that no sync program makes and nothing reads (a note in another format, an editor's leftovers) are
    advice.
    """
    return tuple(_strays(folder))


def _strays(folder: Path) -> Iterator[Problem]:
    for room in RECORD_FOLDERS:
        try:
            listed = list_records(folder, room)
        except SqsError:
            continue  # whoever reads the records is told
        original_of = original_finder(listed.records)
        for file in listed.others:
            if f"{room}/{file}" != FIRST and not _NOISE.fullmatch(file):
                yield _stray(room, file, original_of(file))
    try:
        names = names_in(folder)
    except SqsError:
        return
    for file in names:
        stems = [Path(name).stem for name in _AT_THE_TOP if file.endswith(Path(name).suffix)]
        original = original_finder(stems)(file) if file not in _AT_THE_TOP else ""
        if original:
            yield _stray("", file, original + Path(file).suffix)
    original_of = original_finder((*names, *RECORD_FOLDERS))
    for name in names:
        if (original := original_of(name)) and name not in RECORD_FOLDERS and _holds_records(folder / name):
            what = (
                f"may be a copy of the folder {original} that a sync program made; nothing in it is counted"
            )
            yield Problem(one_line(name), what, _COMPARE.format(original), COPY)


def _holds_records(path: Path) -> bool:
    """Return whether ``path`` is a folder of records, and not that of a population of this name."""
    if is_link(path) or not path.is_dir():
        return False
    with suppress(SqsError):
        return f'population = "{path.name}"'.encode() not in read_bytes(path / INSPECTION)
    with suppress(SqsError):
        return any(name.endswith(TOML) for name in names_in(path))
    return False


def _stray(room: str, file: str, original: str) -> Problem:
    where = one_line(f"{room}/{file}".lstrip("/"))
    if file.lower().endswith((".toml", ".jsonl")) and not file.startswith(("~$", "#")):
        kind = _KINDS.get(room, "a case" if room == CASES else "a record")
        record = f"{room}/{original}.toml" if room and original else original
        if file.lower() == f"{original}.toml".lower():
            return Problem(where, f"is not read as {kind}: its ending is not '.toml'", "rename it", COPY)
        if record:
            what = f"may be a copy of {record} that a sync program made; it is not counted"
            return Problem(where, what, _COMPARE.format(record), COPY)
        what = f"cannot be {kind}: its name is none that a record can have; it is not counted"
        return Problem(where, what, "give it the name of the record it holds, or move it away", COPY)
    what = "is no record, and nothing reads it"
    remedy = "delete it if an editor left it, else move it away; it may hold what was noted"
    return Problem(where, what, remedy, NO_RECORD, advice=True)


def set_aside(folder: Path, name: str) -> Path:
    """Move ``name`` ("cases/07-LAPTOP.toml"), which is no record, out of ``folder``; return where it is now.

    It may be a folder ("cases 2").  It goes into a folder beside the inspection and takes the place of
    nothing there.  UsageError where no such file is; NotSavedError where the system does not let it be moved.
    """
    file = inside(folder, name)
    if is_link(file) or not (file.is_file() or _holds_records(file)):
        raise UsageError(f"{one_line(name)}: there is no such file any more")
    whole = folder.resolve()
    there = whole.with_name(f"{whole.name}-set-aside")
    target, number = there / name.replace("/", "-"), 1
    while os.path.lexists(target):
        number += 1
        target = there / f"{number}-{name.replace('/', '-')}"
    try:
        if is_link(there):
            raise NotADirectoryError(errno.ENOTDIR, "it is a link")
        there.mkdir(mode=0o700, exist_ok=True)
        patiently(lambda: file.rename(target), file)  # what a sync program made, it may be reading still
    except OSError as error:
        what = f"not moved to {one_line(str(there))}: {error.strerror}"
        raise NotSavedError(Problem(one_line(name), what, "move it out of the inspection by hand")) from None
    return target


def copies_beside(folder: Path, room: str, case: str) -> frozenset[str]:
    """Return the files beside the records of ``room`` that are copies of that of ``case``."""
    listed = list_records(folder, room)
    original_of = original_finder((*listed.records, case))
    path = folder_inside(folder, room)
    return frozenset(
        file for file in listed.others if original_of(file) == case or own_id(path / file) == case
    )


def missing_records(known: KnownRecords, room: str, there: Collection[str]) -> tuple[Problem, ...]:
    """Return each record of ``room`` ("cases") that the history knows but is not among those ``there``."""
    names = {name for name in known.hashes if Path(name).parent.as_posix() == room}
    return tuple(map(missing_record, sorted(names - {f"{room}/{record}.toml" for record in there})))


def missing_record(name: str) -> Problem:
    """Return the problem of the record ``name``, which the history knows but is missing."""
    remedy = "put it back from a copy, or see 'sqs verify': --restore writes it again, --accept lets it go"
    return Problem(name, "this record is in the history, but missing", remedy, MISSING)


def missing_from_draw(
    known: KnownRecords, inspection: Inspection, room: str, there: Collection[str]
) -> tuple[Problem, ...]:
    """Return each case that was drawn for ``room``, was not taken away, and is not among those ``there``."""
    drawn = inspection.sample.drawn if room == CASES else ()
    if room == SECOND:
        drawn = tuple(case for draw in inspection.second_draws for case in draw.drawn)
    remedy = "the same draw again makes it; or put it back from a copy"
    return tuple(
        Problem(f"{room}/{case}.toml", "this case was drawn, but is missing", remedy, MISSING)
        for case in drawn
        if case not in there and case not in known.gone and f"{room}/{case}.toml" not in known.hashes
    )


def incomplete_sample(known: KnownRecords, sample: Sample, there: Collection[str]) -> tuple[Problem, ...]:
    """Return a problem where fewer cases are ``there`` than the ``sample`` has, and no draw says which."""
    named = {case_of(name) for name in known.hashes if name.startswith(f"{CASES}/")} - set(there)
    gone = sum(bool(case) and "/" not in case for case in known.gone)
    missing = sample.size - gone - len(there) - len(named)
    if sample.drawn or missing <= 0:
        return ()
    what = f"the sample is of {sample.size} cases, and {missing} of them are missing"
    remedy = f"put them back or add them ('sqs case add'), or mend the size of the sample in {INSPECTION}"
    return (Problem(CASES, what, remedy, MISSING),)


def put_back(folder: Path, known: KnownRecords, name: str, now: str) -> tuple[Problem, ...]:
    """Return a problem where the file of ``name``, whose hash is ``now``, is an earlier version of it."""
    if not known.is_earlier(name, now):
        return ()
    if is_unentered_save(holder_of(inside(folder, name)), now, known.numbers[name]):
        return ()
    return (earlier_version(name),)


def is_unentered_save(holder: Holder, now: str, last: int) -> bool:
    """Return whether the version ``now`` on disk is a save of ours that was stopped before it was entered.

    Such a save may say what an earlier one said.  Its lock tells: it names that version, and begins after
    the ``last`` entry about the record.  A lock that is older was put back together with its record.
    """
    return holder.saves == now and not 0 <= holder.after < last


def earlier_version(name: str) -> Problem:
    """Return the problem of a record in whose place an earlier version of it was put."""
    what = "an earlier version of this record was put in its place, by a sync program perhaps"
    remedy = "see both with 'sqs verify': --restore takes the later one back, --accept lets this one stand"
    return Problem(name, what, remedy, EARLIER)
