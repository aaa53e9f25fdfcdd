"""Try a change again where somebody else saved the same record meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqs_core.errors import HeldError

_T = TypeVar("_T")
ATTEMPTS = 5


def retried(change: Callable[[], _T]) -> _T:
    """Return what ``change`` gives, which reads a record, changes it and saves it.

    Raises:
        HeldError: others save it again and again.
    """
    for _ in range(ATTEMPTS - 1):
        try:
            return change()
        except HeldError:
            pass
    return change()
