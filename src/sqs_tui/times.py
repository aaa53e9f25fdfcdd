"""The time in each case, read from the history off the UI thread; nobody waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import field, frozen
from textual.message import Message

from sqs_core.scoring.pace import CaseWork, Moment, Pace, TimeSpent, estimate_pace, time_spent

if TYPE_CHECKING:
    from sqs_tui.desk import Desk
    from sqs_tui.screens.frame import Frame


@frozen
class Times:
    """The moments seen so far, up to entry ``number`` of the history, and the time they show."""

    moments: tuple[Moment, ...] = ()
    number: int = 0
    spent: Mapping[str, TimeSpent] = field(factory=dict)


@dataclass
class Timed(Message):
    """The time in the cases of the folder ``path``."""

    path: str
    times: Times


def look(screen: Frame) -> None:
    """Read what the history says since the last look; it arrives at ``screen`` as a message."""
    desk = screen.desk
    folder, second, known = desk.folder.path, desk.second, desk.times

    def work() -> None:
        from sqs_core.storage.audit.timing import moments

        added, number = moments(folder, second=second, after=known.number)
        if added:
            every = (*known.moments, *added)
            screen.post_message(Timed(str(folder), Times(every, number, time_spent(every))))

    screen.run_worker(work, thread=True, exclusive=True, group="times")


def pace_of(desk: Desk, now: datetime) -> Pace:
    """The pace of the cases on the desk at ``now``; practice cases are nobody's work."""
    spent = desk.times.spent
    return estimate_pace(
        [
            CaseWork(case, desk.record(case).inspector, standing.done, standing.asked, spent.get(case))
            for case in desk.cases
            for standing in (desk.standing(case),)
            if not desk.record(case).practice
        ],
        now,
    )
