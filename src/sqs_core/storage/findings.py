"""What the records of a folder come to together: the counts, the letter, and what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from sqs_core.errors import Problem, RecordError, SqsError
from sqs_core.storage.blinding import BLINDED, BlindedError
from sqs_core.storage.folder import INSPECTION, InspectionFolder
from sqs_core.storage.safe_read import read_bytes
from sqs_core.storage.toml_lines import line_of

if TYPE_CHECKING:
    from sqs_core.letter.report import Report
    from sqs_core.scoring.findings import Findings


def findings_in(folder: InspectionFolder) -> Findings:
    """See :meth:`InspectionFolder.findings`."""
    from sqs_core.scoring.findings import find

    records, problems = folder.cases()
    if blinded := [p for p in problems if p.code == BLINDED]:
        raise BlindedError(*blinded)
    interviews, more = folder.interviews()
    if problems or more:
        raise RecordError(*problems, *more)
    return find(folder.criteria, records, interviews)


def report_from(folder: InspectionFolder, *, letter: bool) -> Report:
    """See :meth:`InspectionFolder.report`."""
    from sqs_core.letter.report import report_on
    from sqs_core.storage.audit.history_versions import head_of_changes

    report = report_on(folder.inspection, findings_in(folder), folder.narrative().record, letter=letter)
    return evolve(report, history_head=head_of_changes(folder.path))


def problems_in(folder: InspectionFolder) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """See :meth:`InspectionFolder.check`."""
    from sqs_core.plugins.needs import needs_advice
    from sqs_core.scoring.checks import inconsistencies

    broken: list[Problem] = []
    found: list[Problem] = []
    for case in folder.case_ids():
        where = folder.name_of(case)
        try:
            text = _text(folder, where)
            record = folder.case(case).record
        except BlindedError as error:
            found += error.problems
            continue
        except SqsError as error:
            broken += error.problems
            continue
        found += inconsistencies(
            folder.criteria,
            record,
            lambda keys, t=text, w=where: f"{w}:{line_of(t, keys)}",  # type: ignore[misc]
        )
    broken += folder.interviews()[1]
    try:
        folder.narrative()
    except SqsError as error:
        broken += error.problems
    if folder.inspection.needs:
        line = line_of(_text(folder, INSPECTION), ["needs"])
        found += needs_advice(folder.inspection.needs, f"{INSPECTION}:{line}")
    return tuple(broken), tuple(found)


def _text(folder: InspectionFolder, name: str) -> str:
    return read_bytes(folder.path / name).decode("utf-8-sig", "replace")
