"""Read the records of many inspections, keeping those of one at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from sqs_core.criteria import Criteria
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.exports.programme import programme_row
from sqs_core.exports.table import CellValue
from sqs_core.storage.folder import InspectionFolder
from sqs_core.text import first_few

Folders = Mapping[str, InspectionFolder]


def of_one_version(folders: Folders, wanted: str | None = None) -> tuple[Criteria, Folders]:
    """Return the criteria version the inspections share, or the one ``wanted``, and those made under it.

    UsageError names each version with its inspections where they were made under several: a
    table has the columns of one.
    """
    versions: dict[str, list[str]] = {}
    for name, folder in folders.items():
        versions.setdefault(folder.criteria.id, []).append(name)
    found = "; ".join(f"{version} ({first_few(names)})" for version, names in versions.items())
    for version, names in versions.items():
        if len({folders[name].criteria.hash for name in names}) > 1 and wanted in (None, version):
            what = f"{first_few(names)} keep versions called '{version}' that ask different things"
            raise UsageError(f"{what}: migrate them to one, or take them one by one")
    if wanted is not None and wanted not in versions:
        raise UsageError(f"none of these inspections was made under '{wanted}': {found}")
    if wanted is None and len(versions) > 1:
        raise UsageError(
            f"these inspections were made under {len(versions)} criteria versions, and a table has the "
            f"columns of one: {found}; choose with --criteria {next(iter(versions))}"
        )
    names = versions[wanted] if wanted is not None else list(folders)
    return folders[names[0]].criteria, {name: folders[name] for name in names}


def programme_rows(
    criteria: Criteria, folders: Folders, practice: Counter[str] | None = None
) -> Iterator[tuple[CellValue, ...]]:
    """Yield a row for every case that is not practice, one inspection read after the other.

    ``practice`` counts by inspection how many cases were left out for being practice.
    RecordError after the last, with every problem of every record that could not be read or is gone.
    """
    problems: list[Problem] = []
    for name, folder in folders.items():
        records, wrong = folder.cases()
        problems += [problem._replace(where=f"{name}/{problem.where}") for problem in wrong]
        for record in records:
            if record.practice:
                if practice is not None:
                    practice[name] += 1
            elif not problems:
                yield programme_row(criteria, name, folder.inspection, record)
    if problems:
        raise RecordError(*problems)
