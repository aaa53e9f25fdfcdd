"""Reading an inspection folder, off the UI thread, into one frozen value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from sqs_core.errors import Problem
from sqs_core.records import CaseRecord, Interview, Narrative
from sqs_tui.saver import Key

if TYPE_CHECKING:
    from sqs_core.storage.actor import Actor
    from sqs_core.storage.changes import Changes
    from sqs_core.storage.folder import InspectionFolder


@frozen
class Snapshot:
    """An inspection folder as it was read; ``hashes`` are those of its files."""

    folder: InspectionFolder
    cases: Mapping[str, CaseRecord]
    interviews: Mapping[str, Interview]
    narrative: Narrative
    hashes: Mapping[Key, str]
    problems: tuple[Problem, ...] = ()
    sealed: tuple[str, ...] = ()
    second: bool = False
    changes: Changes | None = None
    """What tells of later changes by others; of second markings nothing does."""


def read_folder(
    path: str | Path,
    told: Callable[[int, int], None] = lambda done, total: None,
    *,
    second: bool = False,
    actor: Actor | None = None,
) -> Snapshot:
    """Read everything in the inspection folder ``path``; SqsError where there is no inspection.

    ``told`` hears, now and then, how many cases of how many have been read.
    Records that cannot be read become problems, and the others stay usable; ``sealed`` are the cases
    that are shut while they are marked a second time.  ``second`` reads the second markings, and
    nothing of the letter: what its author wrote may rest on the first.  ``hand`` is who changes it.
    """
    from sqs_core.errors import SqsError
    from sqs_core.storage.blinding import BlindedError
    from sqs_core.storage.changes import Changes
    from sqs_core.storage.folder import open_inspection

    folder = open_inspection(path, actor=actor)
    if second:
        from sqs_core.storage.moderation.second import as_second

        folder = as_second(folder)
    where = str(folder.path.resolve())
    changes = None if second else Changes(folder.path)  # before a record is read: none is missed
    cases: dict[str, CaseRecord] = {}
    interviews: dict[str, Interview] = {}
    hashes: dict[Key, str] = {}
    problems: list[Problem] = []
    sealed: list[str] = []
    ids = folder.case_ids()
    for place, case in enumerate(ids, 1):
        if place % 25 == 0:
            told(place, len(ids))
        try:
            stored = folder.case(case)
        except BlindedError:
            sealed.append(case)
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
        folder, cases, interviews, narrative, hashes, tuple(problems), tuple(sealed), changes=changes
    )
