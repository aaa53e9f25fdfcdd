"""Reading an inspection folder, off the UI thread, into one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from attrs import frozen

from sqs_core.errors import Problem, SqsError
from sqs_core.records import CaseRecord, Interview, Narrative
from sqs_core.storage.audit.journal import Actor
from sqs_core.storage.blinding import BlindedError
from sqs_core.storage.changes import Changes
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.moderation.second import as_second
from sqs_tui.autosave import Key

STEP = 25
"""Cases between two reports of how far the reading is."""


@frozen
class Snapshot:
    """An inspection folder as it was read; ``hashes`` are those of its files.

    ``blinded`` are the cases that are shut while they are marked a second time.  ``changes`` tells of later
    changes by others; of second markings nothing does.
    """

    folder: InspectionFolder
    cases: Mapping[str, CaseRecord]
    interviews: Mapping[str, Interview]
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

    Records that cannot be read become problems, and the others stay usable.

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
    changes = None if second else Changes(folder.path)  # before a record is read: none is missed
    cases: dict[str, CaseRecord] = {}
    interviews: dict[str, Interview] = {}
    hashes: dict[Key, str] = {}
    problems: list[Problem] = []
    blinded: list[str] = []
    ids = folder.case_ids()
    for place, case in enumerate(ids, 1):
        if place % STEP == 0:
            on_progress(place, len(ids))
        try:
            stored = folder.case(case)
        except BlindedError:
            blinded.append(case)
        except SqsError as error:
            problems += error.problems
        else:
            cases[case], hashes[where, "second" if second else "case", case] = stored.record, stored.hash
    for person in folder.people():
        try:
            interview = folder.interview(person)
        except SqsError as error:
            problems += error.problems
        else:
            interviews[person], hashes[where, "interview", person] = interview.record, interview.hash
    narrative = Narrative()
    if second:
        return Snapshot(folder, cases, interviews, narrative, hashes, tuple(problems), second=True)
    try:
        written = folder.narrative()
    except SqsError as error:
        problems += error.problems
    else:
        narrative, hashes[where, "letter", ""] = written.record, written.hash
    return Snapshot(
        folder, cases, interviews, narrative, hashes, tuple(problems), tuple(blinded), changes=changes
    )
