"""The linter of criteria versions: everything wrong in one, at once, each with file and line.

Codes are stable; docs/criteria.md lists them with what cures each.  The letter plan has its
own part, :func:`sqs_core.letter.lint_plan.lint_letter`, because only that room knows what a letter
can say.  Advice (``advice=True``) stops nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.criteria.lint.conditions import lint_conditions
from sqs_core.criteria.lint.finding import LintFinding, located
from sqs_core.criteria.lint.names import lint_names
from sqs_core.criteria.lint.outcomes import lint_outcomes
from sqs_core.criteria.lint.populations import lint_populations
from sqs_core.criteria.lint.reach import lint_reach
from sqs_core.criteria.lint.rollups import lint_rollups
from sqs_core.criteria.lint.texts import lint_texts
from sqs_core.criteria.model import Criteria
from sqs_core.errors import Locator, Problem


def lint(criteria: Criteria, place: Locator) -> tuple[Problem, ...]:
    """Return every problem of ``criteria``; ``place`` turns a path of keys into "file:line"."""
    return located(_lint_findings(criteria), place)


def _lint_findings(criteria: Criteria) -> Iterator[LintFinding]:
    yield from lint_names(criteria)
    yield from lint_populations(criteria)
    yield from lint_outcomes(criteria)
    yield from lint_conditions(criteria)
    yield from lint_reach(criteria)
    yield from lint_rollups(criteria)
    yield from lint_texts(criteria)
