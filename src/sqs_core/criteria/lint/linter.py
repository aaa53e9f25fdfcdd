"""The linter of criteria versions: everything wrong in one, at once, each with file and line.

Codes are stable; docs/criteria.md lists them with what cures each.  The letter plan has its
own part, :func:`sqs_core.letter.lint_plan.lint_letter`, because only that room knows what a letter
can say.  Advice (``advice=True``) stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.criteria.lint.conditions import condition_faults
from sqs_core.criteria.lint.finding import Fault, Place, placed
from sqs_core.criteria.lint.names import name_faults
from sqs_core.criteria.lint.outcomes import outcome_faults
from sqs_core.criteria.lint.reach import reach_faults
from sqs_core.criteria.lint.rollups import rollup_faults
from sqs_core.criteria.lint.texts import text_faults
from sqs_core.criteria.model import Criteria
from sqs_core.errors import Problem


def lint(criteria: Criteria, place: Place) -> tuple[Problem, ...]:
    """Every problem of ``criteria``; ``place`` turns a path of keys into "file:line"."""
    return placed(_faults(criteria), place)


def _faults(criteria: Criteria) -> Iterator[Fault]:
    yield from name_faults(criteria)
    yield from outcome_faults(criteria)
    yield from condition_faults(criteria)
    yield from reach_faults(criteria)
    yield from rollup_faults(criteria)
    yield from text_faults(criteria)
