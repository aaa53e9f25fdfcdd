"""The words that lead from place to place."""

from __future__ import annotations

from collections.abc import Callable

from sqs_core.cli.plain.desk import Desk
from sqs_core.cli.plain.places import INTERVIEWS, Place, case_called, neighbour, next_place, place_called
from sqs_core.errors import SqsError

Action = Callable[[Desk, Place, str], Place]


def called(desk: Desk, here: Place, words: str) -> Place | str:
    """The place that ``words`` name, or the sentence that says why there is none."""
    return place_called(desk.criteria, words, here, desk.folder.case_ids(), desk.folder.people())


def goto(desk: Desk, here: Place, rest: str) -> Place:
    """Go to a question, a case, a room, or to what is marked to come back to."""
    if rest.lower() == "later":
        return goto_later(desk, here)
    place = called(desk, here, rest)
    if isinstance(place, str):
        desk.talk.say(place)
        return here
    return place


def goto_later(desk: Desk, here: Place) -> Place:
    """The next question marked to come back to: first in this case, then in the others."""
    cases = desk.folder.case_ids()
    if here.room in ("question", "facts", "review"):
        at = cases.index(here.case) if here.case in cases else 0  # it may have been purged meanwhile
        cases = (*cases[at:], *cases[:at])
    order = [q.id for q in desk.criteria.questions]
    for case in cases[:1] if desk.shared else cases:
        try:
            marked = sorted(desk.record(case).to_come_back_to, key=order.index)
        except SqsError:  # a record that cannot be read is named in the list of cases
            continue
        for name in marked:
            if Place("question", case, name) != here:
                return Place("question", case, name)
    desk.talk.say("Nothing else is marked to come back to.")
    return here


def go_back(desk: Desk, here: Place, rest: str) -> Place:
    """Go where one was before."""
    while desk.trail:
        place = desk.trail.pop()
        if place != here:
            return place
    desk.talk.say("There is nothing before this.")
    return here


def go_next(desk: Desk, here: Place, rest: str) -> Place:
    """Go to the next question not answered."""
    return next_place(desk.criteria, desk.record(here.case), here.item)


def in_order(step: int) -> Action:
    """Go ``step`` questions on, of those that apply, answered or not."""

    def go(desk: Desk, here: Place, rest: str) -> Place:
        name = neighbour(desk.criteria, desk.record(here.case), here.item, step)
        if name is None:
            desk.talk.say("There is no further question that applies.")
            return here
        return Place("question", here.case, name)

    return go


def interviews(desk: Desk, here: Place, rest: str) -> Place:
    """Go to the interviews, or to one person."""
    person = case_called(rest, desk.folder.people()) if rest else None
    if rest and not person:
        desk.talk.say(f'There is no interview "{rest}"; "add person {rest.upper()}" makes one.')
    return Place("interview", person) if person else INTERVIEWS
