"""Compare an inspection with the one before it."""

from __future__ import annotations

from pathlib import Path

from attrs import evolve

from sqs_core.errors import RecordError, SqsError, UsageError
from sqs_core.exports.rescreening import rescreening_csv
from sqs_core.letter.change_since import change_document, pictures_place
from sqs_core.renderers.pictures import change_pictures
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.rescreening import Equivalents, Rescreening, compare_findings, practice_notes
from sqs_core.storage.findings import findings_or_practice
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import path_beside
from sqs_core.workflow.outputs import Output, document_file, paper_output


def rescreening_of(
    before: InspectionFolder, after: InspectionFolder, equivalents: Equivalents | None = None
) -> Rescreening:
    """Compare two inspections; the areas for improvement of the earlier letter come first.

    An inspection of nothing but practice cases counts those, and a note says so.  What the later inspection
    declares of the one before, where it names this one, holds beside ``equivalents``.

    Raises:
        RecordError: a record of either cannot be read; every problem of both is told.
        UsageError: both are one folder, or ``equivalents`` names a question that there is not.
    """
    if before.path.resolve() == after.path.resolve():
        raise UsageError(
            f"{before.path} and {after.path} are one inspection; give the one before it and this one"
        )
    counted: list[tuple[Findings, bool]] = []
    refused: list[SqsError] = []
    for folder in (before, after):
        try:
            counted.append(findings_or_practice(folder))
        except SqsError as error:
            problems = (
                p._replace(where=f"{folder.path}/{p.where}" if p.where else "") for p in error.problems
            )
            refused.append(type(error)(*problems))
    if len(refused) > 1:
        raise RecordError(*(problem for error in refused for problem in error.problems))
    if refused:
        raise refused[0]
    named = named_before(after)
    if named is not None and named.resolve() == before.path.resolve():
        equivalents = {**after.inspection.earlier.same, **(equivalents or {})}
    (then, practice_then), (now, practice_now) = counted
    areas = {name for area in before.narrative().record.improvements for name in area.questions}
    found = compare_findings(
        (before.inspection, then), (after.inspection, now), areas=areas, equivalents=equivalents
    )
    notes = practice_notes(then=practice_then, now=practice_now)
    return evolve(found, notes=(*notes, *found.notes), practice=practice_then or practice_now)


def named_before(folder: InspectionFolder) -> Path | None:
    """Return the folder that an inspection names as the one before it; None where it names none near by."""
    named = folder.inspection.earlier.folder
    try:
        return path_beside(folder.path, named) if named else None
    except UsageError:
        return None


def rescreening_output(folder: InspectionFolder, rescreening: Rescreening, path: Path) -> Output:
    """Return the comparison as a file of the kind that its name ends in; ``folder`` is the later inspection.

    Raises:
        UsageError: nothing here writes files that end so.
    """

    def paper() -> bytes:
        language = folder.inspection.language or folder.criteria.languages[0]
        document = change_document(rescreening, language)
        return document_file(
            folder,
            document,
            path,
            practice=rescreening.practice,
            pictures=change_pictures(rescreening),
            pictures_at=pictures_place(document),
        )

    return paper_output(path, {".csv": lambda: rescreening_csv(rescreening).encode()}, paper, text=False)
