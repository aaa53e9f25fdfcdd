"""Follow up actions: add them for an area, import them, and record progress over time.

>>> add_actions(folder, [new_action(folder, "Train the team", area="ii")])       # doctest: +SKIP
>>> revise_action(folder, "1", {}, note="Nine of ten plans seen.", state="done")
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from attrs import evolve

from sqs_core.criteria.vocabulary import question_meant
from sqs_core.errors import Problem, RecordError, UsageError, did_you_mean
from sqs_core.letter.document import roman
from sqs_core.letter.followed_actions import actions_csv, actions_document
from sqs_core.records.dates import parse_date
from sqs_core.records.followed_action import (
    ENDED,
    STATES,
    ActionNote,
    ActionState,
    FollowedAction,
    FollowedActions,
)
from sqs_core.records.narrative import Improvement
from sqs_core.storage.atomic import ABSENT
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.frame_file import read_table
from sqs_core.storage.layout import ACTIONS
from sqs_core.text import clean
from sqs_core.workflow.outputs import Output, document_file, is_practice, paper_output
from sqs_core.workflow.retrying import retried

COLUMNS = ("action", "owner", "due", "shown_by", "questions", "area")
"""The columns of a file of recommendations; only the first is needed."""


def new_action(
    folder: InspectionFolder,
    action: str,
    *,
    area: str = "",
    questions: Sequence[str] = (),
    owner: str = "",
    due: str = "",
    shown_by: str = "",
    source: str = "",
) -> FollowedAction:
    """Return an action in people's words, not saved yet.

    Args:
        folder: the inspection whose letter it comes from.
        action: what will be done.
        area: the number of an area for improvement in the letter ("ii", "2"); its questions are taken over
            where none are given.
        questions: numbers, ids or names of questions.
        owner: who does it, by role.
        due: a day such as 2026-09-30 or 30/09/2026; "" for none yet.
        shown_by: how it will be seen.
        source: who recommended it, where it was not this letter.

    Raises:
        UsageError: it says nothing, or no area, question or day is meant by the words.
    """
    words = clean(action).strip()
    if not words:
        raise UsageError("say what will be done; nothing was added")
    found = area_called(folder, area) if area else Improvement("")
    meant = tuple(dict.fromkeys(question_meant(folder.criteria.whole, name) for name in questions))
    return FollowedAction(
        words,
        area=found.text.strip(),
        questions=meant or found.questions,
        owner=clean(owner).strip(),
        due=due_day(due),
        shown_by=clean(shown_by).strip(),
        source=clean(source).strip(),
    )


def area_called(folder: InspectionFolder, words: str) -> Improvement:
    """Return the area for improvement with the number ``words``, roman as in the letter or plain."""
    areas = folder.narrative().record.improvements
    named = {roman(number): area for number, area in enumerate(areas, 1)}
    word = words.strip().lower().rstrip(".")
    if word.isascii() and word.isdigit() and 1 <= int(word) <= len(areas):
        return areas[int(word) - 1]
    if word not in named:
        raise UsageError(f"no area for improvement '{words}' in the letter; {did_you_mean(word, named)}")
    return named[word]


def due_day(words: str) -> date | None:
    """Return the day that ``words`` are; None for "" and "none"."""
    if words.strip().lower() in ("", "none"):
        return None
    day = parse_date(words)
    if day is None:
        raise UsageError(f"'{words}' is no day; write 2026-09-30 or 30/09/2026, or none")
    return day


def add_actions(folder: InspectionFolder, actions: Iterable[FollowedAction]) -> tuple[str, ...]:
    """Save further actions durably and return their numbers.

    An action that is there already, word for word, keeps its number and is not added again, so that a
    command that was stopped can be repeated.
    """
    more = dict.fromkeys(actions)

    def add(known: FollowedActions) -> FollowedActions:
        return known.adding(one for one in more if one not in known.actions.values())

    numbers = {one: number for number, one in change_actions(folder, add).actions.items()}
    return tuple(numbers[one] for one in more)


def revise_action(
    folder: InspectionFolder,
    number: str,
    given: Mapping[str, str],
    *,
    note: str = "",
    state: ActionState | None = None,
    day: date | None = None,
) -> FollowedAction:
    """Record what was found about an action, its new state, and new words for its parts.

    ``given`` are words by the part: action, owner, due, shown_by, source; ``day`` is when it was looked at
    (None: today).  All of it is one save.

    Raises:
        UsageError: it is done or dropped, and no note says how that was seen, or why.
    """
    words = clean(note).strip()
    if not words and state in ENDED:
        how = "how it was seen" if state == "done" else "why"
        raise UsageError(f"an action that is {state} says {how}: give a note")

    def change(known: FollowedActions) -> FollowedActions:
        action = _with_words(known.get(number), given)
        after = state or action.state
        if words or after != action.state:
            when = day or folder.actor.clock().date()
            found = ActionNote(when, words, after, folder.actor.who)
            if action.notes[-1:] != (found,):  # the same command again, after it was stopped
                action = action.noting(found)
        return known.changing(number, action)

    return change_actions(folder, change).get(number)


def noted_in_words(folder: InspectionFolder, number: str, words: str) -> FollowedAction:
    """Record what a person typed about an action: a state and what was seen ("done nine of ten"), or either.

    Raises:
        UsageError: nothing was typed, there is no such action, or it ended without a word on how.
    """
    first, _, rest = words.strip().partition(" ")
    state = next((one for one in STATES if one == first.lower()), None)
    note = rest if state else words
    if not words.strip():
        raise UsageError(f"say where it stands ({', '.join(STATES)}), and what was seen")
    return revise_action(folder, number, {}, note=note, state=state)


def _with_words(action: FollowedAction, given: Mapping[str, str]) -> FollowedAction:
    words = {name: clean(text).strip() for name, text in given.items()}
    if not words.get("action", "-"):
        raise UsageError("say what will be done; nothing was changed")
    return evolve(
        action,
        action=words.get("action", action.action),
        owner=words.get("owner", action.owner),
        due=due_day(words["due"]) if "due" in words else action.due,
        shown_by=words.get("shown_by", action.shown_by),
        source=words.get("source", action.source),
    )


def change_actions(
    folder: InspectionFolder, change: Callable[[FollowedActions], FollowedActions]
) -> FollowedActions:
    """Apply ``change`` to the actions as they are on the disk by then, save them, and return them.

    Raises:
        HeldError: others save them again and again.
    """

    def once() -> FollowedActions:
        stored = folder.actions()
        after = change(stored.record)
        if after != stored.record:
            folder.save_actions(after, expect=stored.hash)
        elif stored.hash != ABSENT:  # perhaps an earlier try was stopped before its entry
            folder.journal.enter_missed(ACTIONS)
        return after

    return retried(once)


def recommendations_in(folder: InspectionFolder, path: Path, source: str) -> tuple[FollowedAction, ...]:
    """Return the actions in a CSV file of somebody's recommendations, each with its ``source``.

    Raises:
        RecordError: the file is no such table, or rows of it cannot be taken: every one, by its line.
    """
    header, rows = read_table(path, ",".join(COLUMNS))
    names = ["action" if name.casefold() == "recommendation" else name.casefold() for name in header]
    if "action" not in names:
        remedy = f"give it a header: {','.join(COLUMNS)}"
        raise RecordError(
            Problem(f"{path.name}:1", "has no column 'action' or 'recommendation'", remedy, "F008")
        )
    found: list[FollowedAction] = []
    problems: list[Problem] = []
    for line, cells in rows:
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        asked = [
            part.strip() for part in row.get("questions", "").replace(";", ",").split(",") if part.strip()
        ]
        fields = {name: row.get(name, "") for name in ("area", "owner", "due", "shown_by")}
        try:
            found.append(new_action(folder, row["action"], questions=asked, source=source, **fields))
        except UsageError as error:
            problems += [Problem(f"{path.name}:{line}", p.what, p.remedy, "F009") for p in error.problems]
    if problems:
        raise RecordError(*problems)
    return tuple(found)


def actions_file(folder: InspectionFolder, actions: FollowedActions, path: Path, day: date) -> Output:
    """Return the actions as they stand on ``day``, as a file of the kind that its name ends in.

    Raises:
        UsageError: nothing here writes files that end so.
    """

    def paper() -> bytes:
        criteria = folder.criteria.whole
        called = {q: f"{criteria.question(q).short} ({n})" for q, n in criteria.question_numbers.items()}
        title = f"Actions: {folder.inspection.service}"
        language = folder.inspection.language or criteria.languages[0]
        document = actions_document(title, language, actions, day, called)
        return document_file(folder, document, path, practice=is_practice(folder))

    return paper_output(path, {".csv": lambda: actions_csv(actions, day).encode()}, paper)
