"""What of an inspection cannot be read, and what in it does not fit together."""

from __future__ import annotations

from sqs_core.errors import Problem, SqsError
from sqs_core.plugins.needs import needs_advice
from sqs_core.scoring.checks import check_case
from sqs_core.storage.blinding import BlindedError
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import INSPECTION, alike
from sqs_core.storage.moderation.second import SecondFolder
from sqs_core.storage.safe_read import read_bytes
from sqs_core.storage.toml_lines import places_in


def check_inspection(folder: InspectionFolder) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Return what cannot be read, and every inconsistency in what can, each by file and line.

    Of a second inspector's folder only the second markings are looked at.
    """
    broken: list[Problem] = []
    found: list[Problem] = []
    cases = folder.case_ids()
    for case in cases:
        name = folder.name_of(case)
        if other := alike(case, cases):
            what = f"case '{other}' differs from it only in capitals: on Windows and macOS one file"
            found.append(Problem(name, what, "give one of them another reference", "R034"))
        try:
            data = read_bytes(folder.path / name)
            record = folder.case(case).record
        except BlindedError as error:
            found += error.problems
            continue
        except SqsError as error:
            broken += error.problems
            continue
        found += check_case(folder.criteria, record, places_in(data, name))
    if isinstance(folder, SecondFolder):
        return tuple(broken), tuple(found)
    broken += folder.interviews()[1]
    try:
        folder.narrative()
    except SqsError as error:
        broken += error.problems
    if folder.inspection.needs:
        place = places_in(read_bytes(folder.path / INSPECTION), INSPECTION)
        found += needs_advice(folder.inspection.needs, place(["needs"]))
    return tuple(broken), tuple(found)
