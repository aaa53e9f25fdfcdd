"""Linting criteria files: their structure, what they ask, and the letter they plan.

The words by which letters are read back are linted in lint_files: a version is loaded without a parser.
"""

from __future__ import annotations

from pathlib import Path

from sqs_core.criteria.lint.linter import lint
from sqs_core.errors import Problem, RecordError
from sqs_core.letter.lint_plan import lint_letter
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.layout import CRITERIA
from sqs_core.storage.safe_read import places_in


def lint_without_claims(data: bytes, where: str) -> tuple[Problem, ...]:
    """Every problem of the criteria version in a file's bytes, by line; ``where`` names the file.

    A file that does not have the structure of a version has those problems alone: what it
    asks cannot be told while it cannot be read.
    """
    try:
        criteria = read_criteria(data, where)
    except RecordError as error:
        return error.problems
    place = places_in(data, where)
    problems = [*lint(criteria, place), *lint_letter(criteria, place)]
    file = Path(where).name
    stem = file.removesuffix(".toml")
    if criteria.id != stem and file != CRITERIA:
        what = f"the id is '{criteria.id}', but the file is called '{stem}'"
        problems.append(Problem(place(["id"]), what, "make them the same", "V112"))
    return tuple(sorted(problems, key=lambda p: int(p.where.rpartition(":")[2])))
