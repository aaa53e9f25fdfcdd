"""The time in a case and the pace of the days, in characters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from attrs import field, frozen

from sqs_core.scoring.pace import PAUSE, Pace, TimeSpent
from sqs_tui.paint.lines import Line, Part, line, wrapped
from sqs_tui.paint.words import number
from sqs_tui.pictures.words import day


@frozen
class Clock:
    """What a picture needs to tell of time: ``shown`` is the person's choice."""

    now: datetime
    pace: Pace
    spent: Mapping[str, TimeSpent] = field(factory=dict)
    first_day: date | None = None
    shown: bool = True

    def minutes(self, case: str) -> str:
        """The minutes seen in a case: "56m", "<1m", "–" where no change was seen."""
        spent = self.spent.get(case)
        if spent is None:
            return "–"
        return f"{spent.minutes}m" if spent.minutes else "<1m"


def pace_lines(clock: Clock, width: int) -> list[Line]:
    """The days with a block for each case completed, and when the last case ends at this pace."""
    known = clock.pace
    left = sum(known.left.values())
    days: list[Part] = ["  "]
    for when, count in list(known.days.items())[-3:]:
        days += [(f"{_day(clock, when)}  ", "dim"), ("█" * min(count, 12), "bar"), f" {count}    "]
    if known.undated and known.days:
        days += [("no day known  ", "dim"), f"{known.undated}    "]
    days.append((f"{left} left" if left else "every case is complete", "" if left else "good"))
    rows = [line(*days)]
    if left:
        words = _forecast(clock)
        rows += [
            line((("  ! " if not i else "    ") + row, "flag"))
            for i, row in enumerate(wrapped(words, width - 6))
        ]
    if known.timed or clock.spent:
        told = f"Time counts from change to change; a pause of more than {PAUSE} minutes is left out."
        rows += [line(("    " + row, "dim")) for row in wrapped(told, width - 6)]
    return rows


def _forecast(clock: Clock) -> str:
    known = clock.pace
    named = [f"{who} has {count}" for who, count in known.left.items() if who]
    shares = f"{', '.join(named)} left." if named else ""
    if known.left.get(""):
        shares += f" {known.left['']} with no inspector yet."
    if known.minutes is None or known.ends is None:
        return f"{shares.strip()} No pace yet: it comes with the first complete case."
    away = known.ends - clock.now
    # Beyond a day's work an hour of the clock would be a pretence.
    if known.ends.date() != clock.now.date() or known.ends.hour >= 20:
        hours = max(1, round(away.total_seconds() / 3600))
        ends = f"{number(hours, 'hour')} of work are left" if hours > 1 else "an hour of work is left"
    else:
        ends = f"the last one ends {known.ends:%H:%M}"
    return f"At {known.minutes} minutes a case {ends}. {shares.strip()}"


def _day(clock: Clock, when: date) -> str:
    if clock.first_day and 0 <= (place := (when - clock.first_day).days) < 14:
        return f"day {place + 1}"
    return day(when)
