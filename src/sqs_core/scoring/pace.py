"""How long cases take, and when the last one ends: figures for planning a day, not findings.

Nobody is asked for times: they come from the history, from the moments at which a case was changed.
So they cover the work between the first and the last change of a case, and not what was read before
or discussed after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction

from attrs import frozen

PAUSE = 15
"""Minutes: a longer time without a change is a pause, and is left out."""


@frozen
class Moment:
    """``who`` changed ``case`` at ``at``, a time that knows its zone."""

    who: str
    case: str
    at: datetime


@frozen
class TimeSpent:
    """The time seen in one case: ``seconds`` of work, and the last change."""

    seconds: int
    last: datetime

    @property
    def minutes(self) -> int:
        """Whole minutes."""
        return self.seconds // 60


def time_spent(moments: Iterable[Moment]) -> dict[str, TimeSpent]:
    """Return the time seen in each case, from change to change of the same person in the same case.

    A gap of more than :data:`PAUSE` minutes is left out, and so is one in which the person changed
    another case: nobody can tell which of the two it belonged to.
    """
    seconds: dict[str, int] = {}
    last: dict[str, datetime] = {}
    before: dict[str, Moment] = {}
    for moment in sorted(moments, key=lambda m: m.at):
        earlier = before.get(moment.who)
        seconds.setdefault(moment.case, 0)
        if earlier is not None and earlier.case == moment.case:
            gap = moment.at - earlier.at
            if gap <= timedelta(minutes=PAUSE):
                seconds[moment.case] += int(gap.total_seconds())
        before[moment.who] = moment
        last[moment.case] = moment.at
    return {case: TimeSpent(seconds[case], last[case]) for case in seconds}


@frozen
class CaseWork:
    """A case as the pace counts it: ``left`` is the share of it still to be done, 0 where it is complete."""

    case: str
    inspector: str
    left: Fraction
    spent: TimeSpent | None = None


@frozen
class Pace:
    """The progress of an inspection over time.

    ``minutes`` is the (low) median of the ``timed`` cases that are complete and of which a minute
    or more was seen; None while there is none.  ``days`` counts the complete cases by the day
    of their last change, ``undated`` are those of which no change was seen.  ``left`` counts
    the cases not complete by inspector ("" where none is named).  ``ends`` is when the last
    of them ends at this pace, None where nothing is left or no pace is known.
    """

    minutes: int | None
    timed: int
    days: Mapping[date, int]
    undated: int
    left: Mapping[str, int]
    ends: datetime | None


def estimate_pace(work: Iterable[CaseWork], now: datetime) -> Pace:
    """Return the pace of ``work`` at ``now``, in the zone of ``now``.

    Inspectors work side by side, each through their own cases without a break; a case without an
    inspector goes to whoever has the least left.  Of a case begun, the share of its questions
    that are open is still to be done.
    """
    cases = tuple(work)
    open_ = [(case, case.left) for case in cases if case.left]
    complete = [case for case in cases if not case.left]
    times = [c.spent.minutes for c in complete if c.spent and c.spent.minutes]
    days: dict[date, int] = {}
    for when in sorted(c.spent.last for c in complete if c.spent):
        day = when.astimezone(now.tzinfo).date()
        days[day] = days.get(day, 0) + 1
    left: dict[str, int] = {}
    loads = {c.inspector: Fraction(0) for c in cases if c.inspector}
    for case, share in open_:
        left[case.inspector] = left.get(case.inspector, 0) + 1
        if case.inspector:
            loads[case.inspector] += share
    for case, share in open_:
        if not case.inspector:
            least = min(loads, key=lambda who: loads[who], default="")
            loads[least] = loads.get(least, Fraction(0)) + share
    minutes = sorted(times)[(len(times) - 1) // 2] if times else None
    longest = max(loads.values(), default=Fraction(0))
    ends = now + timedelta(minutes=round(minutes * longest)) if minutes and left else None
    undated = sum(c.spent is None for c in complete)
    return Pace(minutes, len(times), days, undated, dict(sorted(left.items())), ends)
