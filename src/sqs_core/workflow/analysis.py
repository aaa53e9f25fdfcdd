"""Analyse inspections: tables, how far inspectors agree, and whether a letter is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sqs_core.claims import check
from sqs_core.claims.check import LetterCheck
from sqs_core.exports.programme import programme_columns
from sqs_core.exports.table import Table, export_tables
from sqs_core.plugins.reading import read_any
from sqs_core.scoring.differences import PairAgreement, measure_agreement
from sqs_core.storage.findings import checked_findings
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.moderation.agreed import finished_pairs
from sqs_core.storage.programme import of_one_version, programme_rows
from sqs_core.storage.safe_read import read_bytes
from sqs_core.workflow.outputs import all_records


def export(folder: InspectionFolder, *, text: bool = False) -> Mapping[str, Table]:
    """Return the records as tables by name: ``answers``, ``cases``, ``interviews`` and ``codebook``.

    Practice cases are left out, and so is what people wrote, unless ``text`` asks for it.

    >>> export(open_inspection("darlington-2012"))["answers"]
    <Table answers: 350 rows, 6 columns>

    Raises:
        RecordError: a record cannot be read; a table without it would be wrong.
    """
    records, interviews = all_records(folder)
    return {table.name: table for table in export_tables(folder.criteria, records, interviews, text=text)}


def programme(folders: Iterable[InspectionFolder], *, criteria: str | None = None) -> Table:
    """Return many inspections as one table: a row a case, which inspection in front, no notes.

    An inspection is called after its folder.  ``criteria`` takes only those made under that version.

    >>> programme([open_inspection("darlington-2012")])
    <Table programme: 14 rows, 45 columns>

    Raises:
        UsageError: they were made under several versions, and none was chosen.
        RecordError: a record cannot be read.
    """
    named = {folder.path.resolve().name: folder for folder in folders}
    version, chosen = of_one_version(named, criteria)
    return Table("programme", programme_columns(version), tuple(programme_rows(version, chosen)))


def agreement(folder: InspectionFolder) -> PairAgreement:
    """Return how far the first and second markings of an inspection agree, by question, theme and in all.

    Only finished second markings count, each as it was before anything was agreed.

    >>> agreement(open_inspection("darlington-2012")).whole.raw
    <raw agreement undefined (0 units)>

    Raises:
        RecordError: a second marking cannot be read or is gone.
    """
    return measure_agreement(folder.criteria, finished_pairs(folder))


def check_letter(folder: InspectionFolder, file: str | Path) -> LetterCheck:
    """Return every claim of an edited letter, held against the records of the inspection.

    >>> said = "2.2 Plans to manage the risk of harm were good enough in six of the ten cases."
    >>> _ = Path("letter.txt").write_text(said)
    >>> letter = check_letter(open_inspection("darlington-2012"), "letter.txt")
    >>> letter.claims[0], letter.claims[0].words
    (<Claim 2.2 'six of the ten cases': fails>, 'seven of the ten cases')

    Raises:
        UsageError: nothing here reads such a file, or the version has no words for claims.
        RecordError: the file, or a record, cannot be read.
    """
    path = Path(file)
    document = read_any(read_bytes(path, most=LARGEST_LETTER), path.name)
    return check.check_letter(folder.inspection, checked_findings(folder)[0], document.passages)


LARGEST_LETTER = 50_000_000
"""Bytes of a letter, with its pictures."""
