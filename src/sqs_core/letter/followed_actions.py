"""Actions that are followed up, as a page and as data: what is overdue first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Literal

from sqs_core.letter.document import Block, Document, Heading, Items, Paragraph
from sqs_core.records.followed_action import FollowedAction, FollowedActions
from sqs_core.text import csv_text

SOON = 28
"""What is due within so many days is due soon."""

Standing = Literal["overdue", "due soon", "later", "no date", "done", "dropped"]
STANDINGS: tuple[Standing, ...] = ("overdue", "due soon", "later", "no date", "done", "dropped")
COLUMNS = (
    "id", "standing", "state", "due", "owner", "action", "questions", "area", "shown_by", "source", "notes",
)  # fmt: skip


def standing_of(action: FollowedAction, day: date) -> Standing:
    """Return how an action stands on ``day``."""
    if action.state == "done" or action.state == "dropped":
        return action.state
    if action.due is None:
        return "no date"
    if action.is_overdue(day):
        return "overdue"
    return "due soon" if action.is_due_within(day, day + timedelta(days=SOON)) else "later"


def by_standing(actions: FollowedActions, day: date) -> dict[Standing, dict[str, FollowedAction]]:
    """Return the actions as they stand on ``day``, each group by due date; groups of none are left out."""
    found: dict[Standing, dict[str, FollowedAction]] = {standing: {} for standing in STANDINGS}
    for number, action in sorted(actions.actions.items(), key=lambda item: item[1].due or date.max):
        found[standing_of(action, day)][number] = action
    return {standing: group for standing, group in found.items() if group}


def actions_document(
    title: str, language: str, actions: FollowedActions, day: date, called: Mapping[str, str]
) -> Document:
    """Return the actions as a document, for renderers of any format.

    ``called`` are the names of the questions by their ids; one that is not there stands as its id.
    """
    blocks: list[Block] = [Heading(title, 1), Paragraph((f"As it stands on {_day(day)}.",))]
    for standing, group in by_standing(actions, day).items():
        blocks.append(Heading(f"{standing.capitalize()} ({len(group)})", 2))
        for number, action in group.items():
            blocks.append(Heading(f"{number}. {_line(action.action)}", 3))
            blocks.append(Items("bullet", tuple(Paragraph((line,)) for line in _lines(action, called))))
    if not actions.actions:
        blocks.append(Paragraph(("No action is followed up yet.",)))
    return Document(title, language, tuple(blocks))


def _lines(action: FollowedAction, called: Mapping[str, str]) -> list[str]:
    fields = {
        "For": _line(action.area),
        "Should show in": ", ".join(called.get(name, name) for name in action.questions),
        "Who": action.owner or "nobody yet",
        "Due": _day(action.due) if action.due else "no date yet",
        "How it will be seen": _line(action.shown_by) or "not said yet",
        "Recommended by": action.source,
        "State": action.state,
    }
    lines = [f"{name}: {words}" for name, words in fields.items() if words]
    return lines + [
        f"{_day(note.day)}: {note.state}, {_line(note.note)}{f' ({note.who})' if note.who else ''}"
        for note in action.notes
    ]


def action_rows(actions: FollowedActions, day: date) -> list[dict[str, Any]]:
    """Return the actions as data, what is overdue first."""
    return [
        {
            "id": number,
            "standing": standing,
            "state": action.state,
            "due": action.due and action.due.isoformat(),
            "owner": action.owner,
            "action": action.action,
            "questions": list(action.questions),
            "area": action.area,
            "shown_by": action.shown_by,
            "source": action.source,
            "notes": [
                {"day": note.day.isoformat(), "state": note.state, "note": note.note, "who": note.who}
                for note in action.notes
            ],
        }
        for standing, group in by_standing(actions, day).items()
        for number, action in group.items()
    ]


def actions_csv(actions: FollowedActions, day: date) -> str:
    """Return the actions as CSV with a header; a cell that a spreadsheet would run is made text."""
    rows = []
    for row in action_rows(actions, day):
        notes = "; ".join(f"{note['day']} {note['state']}: {note['note']}" for note in row["notes"])
        cells = {**row, "due": row["due"] or "", "questions": ", ".join(row["questions"]), "notes": notes}
        rows.append([cells[name] for name in COLUMNS])
    return csv_text(COLUMNS, rows)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _line(words: str) -> str:
    return " ".join(words.split())
