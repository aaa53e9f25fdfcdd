"""Purge the records of cases for good: explicitly, with an entry, and never under a hold.

The entry (a tombstone: which cases, how many files and texts, why) comes first, then the
files go, so that no removal is unlogged; stopped half-way, the same purge again completes it.
The chain stays: who did what and when, outcomes, values and facts under the case reference, no text.  What
cannot be promised: an SSD, a backup or a snapshot may still hold the rest.

Codes: R027 not taken away, or perhaps not for good.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from attrs import frozen

from sqs_core.errors import HeldError, NotSavedError, Problem, RecordError, UsageError, did_you_mean
from sqs_core.letter.quotes import is_quoted
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history import HistoryEntry
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.fsync import reason_of, remove, sync_folder
from sqs_core.storage.integrity import copies_beside, stray_files
from sqs_core.storage.layout import (
    INTERVIEWS,
    TOML,
    checked_id,
    folder_inside,
    inside,
    is_link,
    kind_of_copy,
    list_records,
    subject_of,
)
from sqs_core.storage.rescue import copies_of
from sqs_core.storage.safe_read import names_in, read_bytes
from sqs_core.text import clean, counted, one_line

PLACES = ("cases", "second", "second/first", "agreed", "undecided/agree", "undecided/override")
"""Where a file named after a case can be."""

MERGES = "undecided/merge"


@frozen
class Purge:
    """What a purge of ``cases`` takes away: files by name, and lines of texts of the history.

    A file outside the folder, a copy of what could not be saved, is named by its whole path.
    ``doubtful`` are files beside the records that stay, whose contents nobody can vouch for.
    An interview is named "interviews/A"; ``size`` is how many there are, in words.
    """

    cases: tuple[str, ...]
    files: tuple[str, ...]
    texts: int
    doubtful: tuple[str, ...] = ()
    size: str = ""

    def __str__(self) -> str:
        files = counted(len(self.files), "file")
        return f"{self.size}: {files}, texts of {'1 entry' if self.texts == 1 else f'{self.texts} entries'}"


def hold_entry(folder: Path) -> HistoryEntry | None:
    """Return the entry that put a hold on the records; None where there is none, or it was lifted."""
    holds = [entry for entry in history.stream(folder) if entry.what in ("hold", "release")]
    return holds[-1] if holds and holds[-1].what == "hold" else None


def hold(folder: InspectionFolder, why: str, *, off: bool = False) -> bool:
    """Put a hold on the records, or lift it; False where that is so already."""
    if not why.strip():
        raise UsageError("say why: --why '…'")
    if (hold_entry(folder.path) is None) == off:
        return False
    folder.journal.note("release" if off else "hold", why=clean(why, "the reason"))
    return True


def cases_before(folder: InspectionFolder, day: date) -> tuple[str, ...]:
    """Return the cases nobody changed since before ``day``.

    By the last entry about each; by the last day of fieldwork where the history knows nothing.
    """
    last = {entry.about: entry.time[:10] for entry in history.stream(folder.path) if entry.about}
    room = f"{INTERVIEWS}/" if folder.room == INTERVIEWS else ""
    fieldwork = folder.inspection.last_day or folder.inspection.first_day
    known = {
        case: last.get(f"{room}{case}") or (fieldwork.isoformat() if fieldwork else "")
        for case in folder.case_ids()
    }
    return tuple(case for case, when in known.items() if when and when < day.isoformat())


def purge_plan(folder: InspectionFolder, cases: Sequence[str]) -> Purge:
    """Return what purging ``cases`` would take away; UsageError names those known where one is not.

    A case already gone is accepted where anything of it is left, or it was purged before.
    """
    staff = folder.room == INTERVIEWS
    prefix = f"{INTERVIEWS}/" if staff else ""
    in_history = known_records(folder.path)
    ever = {*in_history.gone, *map(subject_of, in_history.versions)}
    known = {*folder.case_ids(), *(name.removeprefix(prefix) for name in ever if name.startswith(prefix))}
    if not staff:
        known |= history.count_texts(folder.path).keys()
    for case in cases:
        if checked_id(case) not in known:
            one = folder.criteria.one
            raise UsageError(f"no {one} '{case}' in {folder.path}; {did_you_mean(case, folder.case_ids())}")
    if staff:
        _check_not_quoted(folder, cases)
    places = (INTERVIEWS,) if staff else PLACES
    files = tuple(sorted(name for case in cases for name in _files(folder.path, case, places)))
    named = tuple(prefix + case for case in cases)
    keys = history.keys_about(folder.path, named) if staff else None
    counts = [history.count_texts(folder.path, name, keys) for name in _text_files(folder.path)]
    texts = sum(found.get(name, 0) for found in counts for name in (("",) if staff else named))
    cleared = {*files, *_text_files(folder.path)}
    left = tuple(p.where for p in stray_files(folder.path) if p.where not in cleared)
    return Purge(named, files, texts, left, folder.criteria.counted(len(named)))


def purge(folder: InspectionFolder, cases: Sequence[str], why: str) -> Purge:
    """Take away everything about ``cases`` but their chain of entries; gives what went.

    HeldError where there is a hold.  NotSavedError where something could not be taken away, or may
    come back when the power fails: doing it again goes on from there.
    """
    if not why.strip():
        raise UsageError("say why these records are to go: --why '…'")
    journal = folder.journal  # first of all: a disk that refuses may refuse to give even our own code
    if (
        stop := hold_entry(folder.path) or (None if folder.whole_is_here else hold_entry(folder.whole.path))
    ) is not None:
        raise HeldError(
            f"a hold since {stop.time} by {stop.who} stops every purge; 'sqs hold --off' lifts it"
        )
    found = purge_plan(folder, cases)
    if not found.files and not found.texts:
        _sync(folder.path, found)  # an earlier try may have been stopped before that
        return found
    counts = {"cases": list(found.cases), "files": len(found.files), "texts_of": found.texts}
    journal.note("purge", new=counts, why=clean(why, "the reason"))
    keys = history.keys_about(folder.path, found.cases) if folder.room == INTERVIEWS else ()
    for name in _text_files(folder.path):
        history.remove_texts(folder.path, found.cases, name=name, keys=keys)
    for name in found.files:
        path = folder.path / name
        try:
            remove(path)
        except OSError as error:
            raise _stopped(path, "not taken away", error) from error
    _sync(folder.path, found)
    return found


def _sync(folder: Path, found: Purge) -> None:
    """Return once the removals are on the disk, safe from a power cut."""
    places = {folder / place for place in ("", INTERVIEWS, *PLACES)} | {
        (folder / name).parent for name in found.files
    }
    for place in sorted(place for place in places if place.is_dir() and not is_link(place)):
        try:
            sync_folder(place)
        except OSError as error:
            raise _stopped(place, "removed, but perhaps not yet for good", error) from error


def _stopped(path: Path, what: str, error: OSError) -> NotSavedError:
    said = f"{what}: {reason_of(error)[0]}"
    return NotSavedError(
        Problem(one_line(str(path)), said, "the same purge again goes on from there", "R027")
    )


def _check_not_quoted(folder: InspectionFolder, people: Sequence[str]) -> None:
    """Refuse where the letter quotes the note on one of ``people``: nothing would tell whose it was."""
    narrative = folder.whole.narrative().record
    for person in people:
        if person in folder.case_ids() and is_quoted(narrative, folder.staff.case(person).record):
            what = f"the letter quotes the note on {person}"
            raise UsageError(f"{what}; take the quote out first: 'cite' in plain mode, Q on the screens")


def _files(folder: Path, case: str, places: Sequence[str]) -> Iterator[str]:
    """Yield the record of ``case`` and everything kept of it: copies, locks, remains, its take-away sheet.

    Copies of what could not be saved are not in the folder: their paths are whole ones.
    """
    known = re.escape(case)
    # What the program, editors and sync programs leave of it: .07.toml.lock, 07.toml~, #07.toml#, 07 (2).toml
    ours = re.compile(rf"[.#~$]*(lock\.)?{known}\.toml([^A-Za-z0-9].*)?", re.IGNORECASE)
    for place in places:
        names = names_in(folder_inside(folder, place))
        copies = copies_beside(folder, place, case)
        yield from (f"{place}/{name}" for name in names if ours.fullmatch(name) or name in copies)
    if places == (INTERVIEWS,):
        yield from map(str, copies_of(folder, case, (kind_of_copy(INTERVIEWS),)))
        return
    # Choices of a merge are made between what records say, and the reasons tell of it.
    of_it = re.compile(rf'^\[choices\."?{known}[:"\]]'.encode(), re.MULTILINE)
    for name in list_records(folder, MERGES).records:
        with suppress(RecordError):
            if of_it.search(read_bytes(inside(folder, f"{MERGES}/{name}{TOML}"))):
                yield f"{MERGES}/{name}{TOML}"
    sheet = re.compile(rf"\.?takeaway-{known}\.\w+(\.[0-9a-f]+\.(part|tmp))?")
    yield from (name for name in names_in(folder) if sheet.fullmatch(name))
    yield from map(str, copies_of(folder, case))


def _text_files(folder: Path) -> list[str]:
    """Return the texts of the history and of those merged in, with whatever copies there are of them."""
    stem = history.TEXTS.removesuffix(".jsonl")
    here = [name for name in names_in(folder) if re.match(rf"[#~$]*{stem}", name)]
    merged = [name for name in names_in(folder_inside(folder, history.MERGED)) if "-texts" in name]
    found = [*here, *(f"{history.MERGED}/{name}" for name in merged if not name.startswith("."))]
    return [name for name in found if inside(folder, name).is_file() and not is_link(inside(folder, name))]
