"""The records of many inspections one after the other, none of them kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqs_core.criteria import Criteria
from sqs_core.errors import Problem, RecordError, SqsError, UsageError
from sqs_core.exports.programme import programme_row
from sqs_core.exports.table import CellValue
from sqs_core.storage.folder import InspectionFolder

Folders = Mapping[str, InspectionFolder]


def of_one_version(folders: Folders, wanted: str | None = None) -> tuple[Criteria, Folders]:
    """The criteria version the inspections share, or the one ``wanted``, and those made under it.

    UsageError names each version with its inspections where they were made under several: a
    table has the columns of one.
    """
    versions: dict[str, list[str]] = {}
    for name, folder in folders.items():
        versions.setdefault(folder.criteria.id, []).append(name)
    told = "; ".join(f"{version} ({_listed(names)})" for version, names in versions.items())
    if wanted is not None and wanted not in versions:
        raise UsageError(f"none of these inspections was made under '{wanted}': {told}")
    if wanted is None and len(versions) > 1:
        raise UsageError(
            f"these inspections were made under {len(versions)} criteria versions, and a table has the "
            f"columns of one: {told}; choose with --criteria {next(iter(versions))}"
        )
    names = versions[wanted] if wanted is not None else list(folders)
    return folders[names[0]].criteria, {name: folders[name] for name in names}


def _listed(names: list[str]) -> str:
    return ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")


def programme_rows(criteria: Criteria, folders: Folders) -> Iterator[tuple[CellValue, ...]]:
    """A row for every case that is not practice, as its record is read.

    RecordError after the last, with every problem of every record that could not be read.
    """
    problems: list[Problem] = []
    for name, folder in folders.items():
        for case in folder.case_ids():
            try:
                record = folder.case(case).record
            except SqsError as error:
                problems += [problem._replace(where=f"{name}/{problem.where}") for problem in error.problems]
                continue
            if not record.practice and not problems:
                yield programme_row(criteria, name, folder.inspection, record)
    if problems:
        raise RecordError(*problems)
