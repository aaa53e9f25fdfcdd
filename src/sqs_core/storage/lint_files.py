"""Lint criteria files: their structure, what they ask, and the letter they plan.

The words by which edited letters are read back are linted for authors only, not when a version is loaded.
"""

from __future__ import annotations

from pathlib import Path

from sqs_core.criteria.lint.linter import lint
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.letter.lint_plan import lint_letter
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.layout import CRITERIA
from sqs_core.storage.safe_read import MissingFileError, places_in, read_bytes


def lint_criteria(data: bytes, where: str) -> tuple[Problem, ...]:
    r"""Return every problem of a criteria file's bytes; those of its claim words once all else is sound.

    >>> print(lint_criteria(b'format = 1\nid = "mine"\n', "mine.toml")[0])
    mine.toml:1: R010 title: 'title' is missing; add it
    """
    # The checker's parser is a large library: a version is loaded without it.
    from sqs_core.claims.lint_words import lint_claim_words

    problems = lint_without_claims(data, where)
    if not all(problem.advice for problem in problems):
        return problems
    return (*problems, *lint_claim_words(read_criteria(data, where), places_in(data, where)))


def lint_criteria_file(path: Path) -> tuple[Problem, ...]:
    """As :func:`lint_criteria`, of the file at ``path``; UsageError where there is none."""
    try:
        return lint_criteria(read_bytes(path), str(path))
    except MissingFileError:
        raise UsageError(f"no file {path}") from None
    except RecordError as error:
        return error.problems


def lint_without_claims(data: bytes, where: str) -> tuple[Problem, ...]:
    """Return every problem of the criteria version in a file's bytes, by line; ``where`` names the file.

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
