"""Linting a criteria file as its author does: with the words by which its letters are read back."""

from __future__ import annotations

from pathlib import Path

from sqs_core.claims.lint_words import lint_claim_words
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.linting import lint_without_claims
from sqs_core.storage.safe_read import places_in, read_bytes


def lint_criteria(data: bytes, where: str) -> tuple[Problem, ...]:
    r"""Return every problem of a criteria file's bytes; those of its claim words once all else is sound.

    >>> print(lint_criteria(b'format = 1\nid = "mine"\n', "mine.toml")[0])
    mine.toml:1: R010 title: 'title' is missing; add it
    """
    problems = lint_without_claims(data, where)
    if not all(problem.advice for problem in problems):
        return problems
    return (*problems, *lint_claim_words(read_criteria(data, where), places_in(data, where)))


def lint_criteria_file(path: Path) -> tuple[Problem, ...]:
    """As :func:`lint_criteria`, of the file at ``path``; UsageError where there is none."""
    try:
        data = read_bytes(path)
    except RecordError as error:
        if not path.exists():
            raise UsageError(f"no file {path}") from None
        return error.problems
    return lint_criteria(data, str(path))
