"""The time in each case, and the pace it shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from attrs import field, frozen

from sqs_core.scoring.pace import Moment, Pace, TimeSpent


@frozen
class Times:
    """The moments seen so far, up to entry ``number`` of the history, and the time they show."""

    moments: tuple[Moment, ...] = ()
    number: int = 0
    spent: Mapping[str, TimeSpent] = field(factory=dict)


@frozen
class Clock:
    """What a screen needs to tell of time: ``shown`` is the person's choice."""

    now: datetime
    pace: Pace
    spent: Mapping[str, TimeSpent] = field(factory=dict)
    first_day: date | None = None
    shown: bool = True

    def minutes(self, case: str) -> str:
        """Return the minutes seen in a case: "56m", "<1m", "–" where no change was seen."""
        spent = self.spent.get(case)
        if spent is None:
            return "–"
        return f"{spent.minutes}m" if spent.minutes else "<1m"
