"""Resolve one thing that is left: accept it, or mend what no answer mends.

The list itself is :mod:`sqs_core.workflow.what_is_left`.
"""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from sqs_core.errors import UsageError
from sqs_core.records.narrative import Excepted, Narrative
from sqs_core.storage.audit.restore import restore
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.integrity import set_aside
from sqs_core.storage.merge.concurrent import recover_copy
from sqs_core.storage.rescue import remove_copy
from sqs_core.text import clean
from sqs_core.workflow.what_is_left import COPY_LEFT, STRAY, LeftItem


def _in_its_folder(folder: InspectionFolder, item: LeftItem) -> tuple[InspectionFolder, LeftItem]:
    """Return ``item`` as it is told in the folder of its population, with that folder."""
    return (folder.population(item.population), item.by_itself) if item.population else (folder, item)


def accepting(narrative: Narrative, item: LeftItem, reason: str) -> Narrative:
    """Return the narrative in which ``item`` may stay as it is, with the reason.

    Raises:
        UsageError: no reason is given, or it has to be mended.
    """
    if not item.acceptable:
        raise UsageError(f"{item.where}: {item.what}; this has to be mended")
    if not reason.strip():
        raise UsageError("why can it stay? the reason is kept with the letter")
    made = Excepted(item.kind or item.code, item.about, clean(reason, "the reason").strip())
    return evolve(narrative, exceptions=(*narrative.exceptions, made))


def restoring(folder: InspectionFolder, item: LeftItem, why: str) -> str:
    """Restore the record of ``item`` as its last entry left it, and say so; the history keeps both versions.

    Raises UsageError without a reason, and where the history does not know the record.
    """
    folder, item = _in_its_folder(folder, item)
    return f"{restore(folder, item.about, why)} is again as its last entry left it"


def letting_stand(folder: InspectionFolder, item: LeftItem, why: str) -> str:
    """Enter what was changed outside the program, with the reason, and say so.

    Raises UsageError without a reason.
    """
    if not why.strip():
        raise UsageError("say why this change is to stand")
    folder, item = _in_its_folder(folder, item)
    for _ in folder.journal.enter_all_missed((item.about,), why=clean(why, "the reason").strip()):
        pass
    return f"{item.about} stands as it is, and the history says why"


def taking_copy(folder: InspectionFolder, item: LeftItem) -> str:
    """Put the words of a rescue copy into its record, and say what came of it.

    Where both changed the same thing, the record stays as it is there, and so does the copy.
    Raises UsageError where ``item`` is no rescue copy.
    """
    folder, item = _in_its_folder(folder, item)
    merged = recover_copy(folder, _copy_of(item))
    if not merged.conflicts:
        return f"{item.where}: its words are in the record now; the copy is gone"
    fields = ", ".join(dict.fromkeys(".".join(map(str, one.field)) for one in merged.conflicts))
    return f"{item.where}: the record says something else of {fields}; all else is taken over, the copy stays"


def dropping_copy(item: LeftItem) -> str:
    """Throw a rescue copy away, and say so.  Raises UsageError where ``item`` is none."""
    remove_copy(_copy_of(item))
    return f"{item.where}: thrown away"


def setting_aside(folder: InspectionFolder, item: LeftItem) -> str:
    """Move a file that a sync program put beside the records out of the inspection, and say where it is.

    Nothing is deleted.  Raises UsageError where ``item`` is no such file.
    """
    folder, item = _in_its_folder(folder, item)
    if item.code != STRAY:
        raise UsageError(f"{item.where}: this is no copy beside the records")
    there = set_aside(folder.path, item.about)
    return f"moved out of the inspection, beside it: {there.parent.name}/{there.name}"


def _copy_of(item: LeftItem) -> Path:
    if item.code != COPY_LEFT:
        raise UsageError(f"{item.where}: this is no copy of what could not be saved")
    return Path(item.by_itself.about)
