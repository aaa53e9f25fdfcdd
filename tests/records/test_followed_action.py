"""An action followed up: how it stands on a day, and what was found over time."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from sqs_core.errors import UsageError
from sqs_core.letter.followed_actions import by_standing, standing_of
from sqs_core.records.followed_action import ActionNote, FollowedAction, FollowedActions

TODAY = date(2026, 6, 15)
TRAIN = FollowedAction("Train the team", due=date(2026, 6, 14))


@pytest.mark.parametrize(
    ("due", "state", "standing"),
    [
        (date(2026, 6, 14), "open", "overdue"),
        (date(2026, 6, 15), "started", "due soon"),
        (date(2026, 7, 13), "open", "due soon"),
        (date(2026, 7, 14), "open", "later"),
        (None, "open", "no date"),
        (date(2026, 6, 14), "done", "done"),
        (None, "dropped", "dropped"),
    ],
)
def test_an_action_is_overdue_from_the_day_after_and_never_once_it_is_ended(
    due: date | None, state: str, standing: str
) -> None:
    assert standing_of(evolve(TRAIN, due=due, state=state), TODAY) == standing  # type: ignore[arg-type]


def test_a_note_gives_the_state_from_then_on_and_the_ones_before_stay() -> None:
    first = ActionNote(date(2026, 5, 1), "Half the team trained", "started", "AB")
    last = ActionNote(date(2026, 6, 1), "All trained", "done", "CD")
    noted = TRAIN.noting(first).noting(last)
    assert (noted.state, noted.notes) == ("done", (first, last))


def test_numbers_go_on_from_the_highest_and_groups_are_by_due_date_what_is_overdue_first() -> None:
    later = evolve(TRAIN, due=date(2026, 12, 1))
    found = FollowedActions({"3": later}).adding([TRAIN, evolve(TRAIN, due=date(2026, 6, 1))])
    assert {name: list(group) for name, group in by_standing(found, TODAY).items()} == {
        "overdue": ["5", "4"],
        "later": ["3"],
    }
    with pytest.raises(UsageError, match="no action '1'"):
        found.get("1")
