"""What a part of the linter finds, before the line of it is looked up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from sqs_core.errors import Locator, Problem

Path = tuple[str | int, ...]


class LintFinding(NamedTuple):
    """One finding; ``path`` are the keys that lead to it."""

    path: Path
    code: str
    what: str
    remedy: str
    advice: bool = False


def located(faults: Iterable[LintFinding], place: Locator) -> tuple[Problem, ...]:
    """Return ``faults`` as problems with their lines."""
    return tuple(Problem(place(f.path), f.what, f.remedy, f.code, f.advice) for f in faults)
