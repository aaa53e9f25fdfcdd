"""The word "pace": how long cases take, who has what left, when the last one ends."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.talk import counted
from sqs_core.scoring.pace import PAUSE, CaseWork, pace, time_spent
from sqs_core.scoring.states import progress
from sqs_core.storage.audit.timing import moments


def pace_lines(desk: Desk, words: str) -> Iterator[str]:
    """The minutes in each case, the pace, and the end; nothing is asked of anybody, the history tells."""
    spent = time_spent(moments(desk.folder.path, second=desk.second)[0])
    records = [record for record in desk.folder.cases()[0] if not record.practice]
    now = desk.now().astimezone()
    known = pace(
        (CaseWork(r.case, r.inspector, *progress(desk.criteria, r), spent.get(r.case)) for r in records), now
    )
    told = [f"{r.case} {counted(spent[r.case].minutes, 'minute')}" for r in records if r.case in spent]
    yield (
        f"Time in a case: {', '.join(told)}."
        if told
        else "No time is known: no change of a case was seen yet."
    )
    for day, count in known.days.items():
        yield f"{day.day} {day:%b %Y}: {counted(count, 'case')} completed."
    left = sum(known.left.values())
    if not left:
        yield "Every case is complete."
    else:
        shares = [f"{who or 'no inspector yet'} {count}" for who, count in known.left.items()]
        yield f"{counted(left, 'case')} left: {', '.join(shares)}."
    if known.minutes is not None and known.ends is not None:
        on = "" if known.ends.date() == now.date() else f" on {known.ends.day} {known.ends:%b}"
        yield f"At {known.minutes} minutes a case the last one ends {known.ends:%H:%M}{on}, without a break."
    yield f"Time counts from change to change; a pause of more than {PAUSE} minutes is left out."
