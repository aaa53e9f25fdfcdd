"""How long cases take, who has what left, and when the last one ends: nobody is asked, the history tells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.records.dates import day
from sqs_core.scoring.pace import PAUSE, CaseWork, Pace, TimeSpent, estimate_pace, time_spent
from sqs_core.storage.audit.timing import moments
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.moderation.second import SecondFolder
from sqs_core.text import counted
from sqs_core.workflow.progress import CaseProgress, inspection_progress


@frozen
class InspectionPace:
    """The pace of an inspection at ``now``, and the time ``spent`` in each case that was seen changed."""

    pace: Pace
    spent: Mapping[str, TimeSpent]
    now: datetime


def inspection_pace(folder: InspectionFolder, now: datetime) -> InspectionPace:
    """Return the pace of ``folder`` (of its second markings, where it is theirs)."""
    spent = time_spent(moments(folder.path, second=isinstance(folder, SecondFolder))[0])
    cases = inspection_progress(folder.criteria, folder.cases()[0]).cases
    return InspectionPace(pace_of(cases, spent, now), spent, now)


def pace_of(cases: Iterable[CaseProgress], spent: Mapping[str, TimeSpent], now: datetime) -> Pace:
    """Return the pace of ``cases``; practice cases are nobody's work."""
    work = (
        CaseWork(record.case, record.inspector, case.share_left, spent.get(record.case))
        for case in cases
        if not (record := case.record).practice
    )
    return estimate_pace(work, now)


def pace_sentences(criteria: Criteria, found: InspectionPace, cases: Iterable[str]) -> Iterator[str]:
    """Yield the minutes of each of ``cases``, the pace, and the end."""
    known, spent, now = found.pace, found.spent, found.now
    times = [f"{case} {counted(spent[case].minutes, 'minute')}" for case in cases if case in spent]
    yield (
        criteria.in_its_words("Time for each case: ") + f"{', '.join(times)}."
        if times
        else criteria.in_its_words("No time is known: no change of a case was seen yet.")
    )
    for when, count in known.days.items():
        yield f"{day(when)}: {criteria.counted(count)} completed."
    left = sum(known.left.values())
    if not left:
        yield f"Every {criteria.one} is complete."
    else:
        shares = [f"{who or 'no inspector yet'} {count}" for who, count in known.left.items()]
        yield f"{criteria.counted(left)} left: {', '.join(shares)}."
    if known.minutes is not None and known.ends is not None:
        on = "" if known.ends.date() == now.date() else f" on {known.ends.day} {known.ends:%b}"
        yield (
            criteria.in_its_words(f"At {known.minutes} minutes a case")
            + f" the last one ends {known.ends:%H:%M}{on}, without a break."
        )
    yield f"Time counts from change to change; a pause of more than {PAUSE} minutes is left out."
