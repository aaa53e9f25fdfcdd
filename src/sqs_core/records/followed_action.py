"""What a service will do about its letter, followed until it is done: ``actions.toml``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal, get_args

from attrs import evolve, field, frozen

from sqs_core.errors import UsageError, did_you_mean

ActionState = Literal["open", "started", "done", "dropped"]
STATES: tuple[ActionState, ...] = get_args(ActionState)
ENDED: tuple[ActionState, ...] = ("done", "dropped")


@frozen
class ActionNote:
    """What was found when somebody looked: on which day, who by initials, and the state from then on."""

    day: date
    note: str
    state: ActionState = "open"
    who: str = ""


@frozen
class FollowedAction:
    """One action.

    Args:
        action: what will be done.
        area: the words of the area for improvement it is for; "" where it is for none.
        questions: the questions in which it should show.
        owner: who does it, by role.
        due: the last day on which it is still in time.
        shown_by: how it will be seen that it is done.
        source: who recommended it, where it was not this letter ("thematic inspection 2025").
        state: where it stands; an action that is ``done`` or ``dropped`` is never overdue.
        notes: what was found over time, the oldest first.
    """

    action: str
    area: str = ""
    questions: tuple[str, ...] = ()
    owner: str = ""
    due: date | None = None
    shown_by: str = ""
    source: str = ""
    state: ActionState = "open"
    notes: tuple[ActionNote, ...] = ()

    @property
    def is_ended(self) -> bool:
        """Whether nothing more is to be done."""
        return self.state in ENDED

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything in it that people wrote in words."""
        return self.action, self.area, self.owner, self.shown_by, self.source, *(n.note for n in self.notes)

    def is_overdue(self, day: date) -> bool:
        """Return whether it should have been done before ``day``."""
        return self.due is not None and self.due < day and not self.is_ended

    def is_due_within(self, day: date, last: date) -> bool:
        """Return whether it is to be done from ``day`` to ``last``, both included."""
        return self.due is not None and day <= self.due <= last and not self.is_ended

    def noting(self, note: ActionNote) -> FollowedAction:
        """Return the action with a further note, in the state that the note gives."""
        return evolve(self, state=note.state, notes=(*self.notes, note))


@frozen
class FollowedActions:
    """Every action of an inspection by its number: "1", "2" and so on; a number is never given twice."""

    actions: Mapping[str, FollowedAction] = field(factory=dict)

    def adding(self, more: Iterable[FollowedAction]) -> FollowedActions:
        """Return them with further actions, each under the next number."""
        numbers = (int(name) for name in self.actions if name.isascii() and name.isdigit())
        first = max(numbers, default=0) + 1
        return FollowedActions({**self.actions, **{str(n): one for n, one in enumerate(more, first)}})

    def changing(self, number: str, action: FollowedAction) -> FollowedActions:
        """Return them with another action in the place of ``number``; UsageError where there is none."""
        self.get(number)
        return FollowedActions({**self.actions, number: action})

    def get(self, number: str) -> FollowedAction:
        """Return the action with that number; UsageError names those there are."""
        if number not in self.actions:
            raise UsageError(f"no action '{number}'; {did_you_mean(number, self.actions)}")
        return self.actions[number]

    def for_area(self, area: str) -> dict[str, FollowedAction]:
        """Return those for the area for improvement with these words."""
        wanted = _plain(area)
        return {number: one for number, one in self.actions.items() if _plain(one.area) == wanted != ""}


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
