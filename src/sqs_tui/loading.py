"""Load an inspection, or the practice cases, off the UI thread: everything in it in one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import frozen

from sqs_core.errors import Problem, SqsError
from sqs_core.records import CaseRecord, Narrative
from sqs_core.scoring.pace import time_spent
from sqs_core.state import at_home
from sqs_core.storage import examples
from sqs_core.storage.audit.access_log import log_opening
from sqs_core.storage.audit.journal import Actor, current_actor
from sqs_core.storage.audit.known_records import known_records
from sqs_core.storage.audit.timing import moments
from sqs_core.storage.blinding import BLINDED
from sqs_core.storage.changes import Changes
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.layout import kind_of_copy
from sqs_core.storage.moderation.second import as_second
from sqs_core.storage.rescue import unsaved_copies
from sqs_tui.autosave import Key
from sqs_tui.pace import Times

STEP = 25
"""Cases between two reports of how far the reading is."""


@frozen
class Snapshot:
    """An inspection folder as it was read; ``hashes`` are those of its files.

    ``blinded`` are the cases that are being marked a second time.  ``changes`` tells of later
    changes by others; of second markings nothing does.
    """

    folder: InspectionFolder
    cases: Mapping[str, CaseRecord]
    narrative: Narrative
    hashes: Mapping[Key, str]
    problems: tuple[Problem, ...] = ()
    blinded: tuple[str, ...] = ()
    second: bool = False
    changes: Changes | None = None


def read_folder(
    path: str | Path,
    on_progress: Callable[[int, int], None] = lambda done, total: None,
    *,
    second: bool = False,
    actor: Actor | None = None,
) -> Snapshot:
    """Read everything in the inspection folder ``path``.

    Records that cannot be read, are gone or were put back become problems, and the others stay usable.

    Args:
        path: the folder.
        on_progress: hears, now and then, how many cases of how many have been read.
        second: read the second markings, and nothing of the letter, which may rest on the first.
        actor: who changes it.

    Raises:
        SqsError: there is no inspection.
    """
    folder = open_inspection(path, actor=actor)
    if second:
        folder = as_second(folder)
    where = str(folder.path.resolve())
    changes = None if second else Changes(folder.path, folder.room)  # before a record is read: none is missed

    def now_and_then(done: int, total: int) -> None:
        if done % STEP == 0:
            on_progress(done, total)

    known = known_records(folder.path)
    room = kind_of_copy(folder.room)
    found, unread = folder.stored_cases(known, now_and_then)
    cases = {stored.record.case: stored.record for stored in found}
    hashes: dict[Key, str] = {(where, room, stored.record.case): stored.hash for stored in found}
    unseen = {problem.where for problem in unread if problem.code == BLINDED}
    blinded = [case for case in folder.case_ids() if f"case {case}" in unseen]
    _, more = folder.stored_interviews(known)
    problems = [problem for problem in (*unread, *more) if problem.code != BLINDED]
    narrative = Narrative()
    if second:
        return Snapshot(folder, cases, narrative, hashes, tuple(problems), second=True)
    try:
        written = folder.narrative()
    except SqsError as error:
        problems += error.problems
    else:
        narrative, hashes[where, "letter", ""] = written.record, written.hash
    return Snapshot(folder, cases, narrative, hashes, tuple(problems), tuple(blinded), changes=changes)


def read(
    folder: str, second: bool, on_progress: Callable[[int, int], None], show_message: Callable[[str], None]
) -> Snapshot:
    """Return everything in ``folder`` as it was read, by the hand of whoever sits here."""
    return read_folder(folder, on_progress, second=second, actor=current_actor(show_message))


def lay_out_practice(state: Path) -> Snapshot:
    """Return the practice cases, laid out anew where nothing is left of them."""
    return read_folder(examples.open_practice(state / "practice").path)


def throw_practice_away(state: Path) -> None:
    """Keep nothing of the practice."""
    examples.throw_practice_away(state / "practice")


def note_opened(snapshot: Snapshot, show_message: Callable[[str], None]) -> None:
    """Log that the inspection was opened, and tell of copies of what could not be saved last time."""
    log_opening(snapshot.folder)
    copies = unsaved_copies(snapshot.folder.path)
    if copies:  # nobody has to remember where they are
        more = f" (and {len(copies) - 1} more there)" if len(copies) > 1 else ""
        show_message(
            f"not saved when last open: {at_home(copies[0])}{more}; ^P, not saved, puts it into the record"
        )


def read_times(folder: Path, known: Times, *, second: bool) -> Times:
    """Return the times with what the history says since ``known``; ``known`` itself where it says nothing."""
    added, number = moments(folder, second=second, after=known.number)
    if not added:
        return known
    every = (*known.moments, *added)
    return Times(every, number, time_spent(every))
