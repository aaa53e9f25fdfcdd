"""Compose the letter, or the board, of an inspection folder as a value; ``outputs`` marks and writes it."""

from __future__ import annotations

from attrs import evolve

from sqs_core.letter.report import Report, report_on
from sqs_core.storage.audit.history_versions import head_of_changes
from sqs_core.storage.findings import earlier_screening, findings_of
from sqs_core.storage.folder import InspectionFolder


def compose_report(folder: InspectionFolder, *, letter: bool = True) -> Report:
    """Compose the letter from what the folder holds now, with its findings.

    Args:
        folder: an inspection, or a population within one, of which there is only a board.
        letter: False for a board, which needs no letter plan.

    Raises:
        UsageError: for the letter of a population, which is of the whole inspection.
        RecordError, BlindedError: as :func:`findings_of`.

    >>> compose_report(open_inspection("darlington-2012"))
    <Report on Darlington Youth Offending Service: 14 cases>
    """
    if letter and not folder.whole_is_here:
        raise folder.no_letter()
    findings = findings_of(folder)
    if letter:
        findings = evolve(findings, earlier=earlier_screening(folder))
    report = report_on(folder.inspection, findings, folder.narrative().record, letter=letter)
    return evolve(report, history_head=head_of_changes(folder.path))
