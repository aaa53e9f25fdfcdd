"""What of an inspection cannot be read, and what in it does not fit together."""

from __future__ import annotations

from sqs_core.errors import Problem, SqsError
from sqs_core.plugins.needs import needs_advice
from sqs_core.scoring.checks import inconsistencies
from sqs_core.storage.blinding import BlindedError
from sqs_core.storage.folder import INSPECTION, InspectionFolder
from sqs_core.storage.moderation.second import SecondFolder
from sqs_core.storage.safe_read import read_bytes
from sqs_core.storage.toml_lines import line_of


def check_inspection(folder: InspectionFolder) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return what cannot be read, and every inconsistency in what can, each by file and line.

    Of a second inspector's folder only the second markings are looked at.
    """
    broken: list[Problem] = []
    found: list[Problem] = []
    for case in folder.case_ids():
        name = folder.name_of(case)
        try:
            text = _text(folder, name)
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
            lambda keys, t=text, n=name: f"{n}:{line_of(t, keys)}",  # type: ignore[misc]
        )
    if isinstance(folder, SecondFolder):
        return tuple(broken), tuple(found)
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
