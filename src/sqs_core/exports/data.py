"""Values as JSON has them: some of their attributes by name, and intervals as two rounded numbers."""

from __future__ import annotations

from typing import Any

from sqs_core.scoring.intervals import Interval


def pick(value: object, *names: str) -> dict[str, Any]:
    """Return the attributes ``names`` of ``value``, by name."""
    return {name: getattr(value, name) for name in names}


def interval_data(interval: Interval | None, digits: int = 4) -> list[float] | None:
    """Return the ends of ``interval``; None where there is none."""
    return [round(interval.low, digits), round(interval.high, digits)] if interval else None
