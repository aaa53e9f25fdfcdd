"""Records that somebody else changed while they are on the desk: looked for now and then, and taken up.

What one is writing, and what is not on the disk yet, is left alone: saving it is refused as ever, and
row 1 says who changed the record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqs_core.errors import SqsError
from sqs_core.state import at_home
from sqs_tui.messages import ChangedElsewhere, Found
from sqs_tui.pasts import recover
from sqs_tui.screens.frame import Frame

if TYPE_CHECKING:
    from sqs_core.storage.changes import RecordKey
    from sqs_tui.app import SqsApp
    from sqs_tui.desk import Desk

MOST_NAMED = 3
"""Records named in row 1; the others are only counted."""


def look(app: SqsApp) -> None:
    """Look, off the UI thread, for records that are no longer as they were read or saved."""
    desk = app.desk
    if desk is None or desk.changes is None or app.saver.saving(desk.path) or app.reading or app.doing:
        return
    version = desk.version

    def work() -> None:
        found = tuple(_read(desk, named) for named in desk.changes.look()) if desk.changes else ()
        if found:
            app.post_message(ChangedElsewhere(desk.path, version, found))

    app.run_worker(work, thread=True, exclusive=True, group="elsewhere")


def _read(desk: Desk, named: RecordKey) -> Found:
    kind, name = named
    try:
        if kind == "case":
            return Found(named, *desk.folder.case(name))
        if kind == "interview":
            return Found(named, *desk.folder.interview(name))
        return Found(named, *desk.folder.narrative())
    except SqsError as error:
        return Found(named, error=error)


def take(app: SqsApp, message: ChangedElsewhere) -> None:
    """Put what was found on the desk, but for what is being worked on."""
    desk = app.desk
    if desk is None or desk.changes is None or desk.path != message.path:
        return
    late = desk.version != message.version or app.saver.saving(desk.path)  # one of these may be our own save
    taken: list[str] = []
    conflicts: list[str] = []
    for found in message.found:
        key = desk.key(*found.named)
        if found.record is None:
            _tell(app, found)
        elif late or _being_written(app, found.named):
            desk.changes.again(found.named)
        elif app.saver.pending(key):  # ours is refused: both are put together
            both, copy = desk.merge_elsewhere(found.named, found.record, found.hash)
            taken.append(_name(found.named))
            if both:
                conflicts.append(f"{_name(found.named)}, {both}: theirs stands; yours is in {at_home(copy)}")
        elif app.saver.hashes.get(key) != found.hash:
            desk.changed_elsewhere(found.named, found.record, found.hash)
            taken.append(_name(found.named))
    if taken:
        _show(app, taken)
    if conflicts:
        app.say(f"two of you changed {'; '.join(conflicts)}", warning=True)


def _show(app: SqsApp, taken: list[str]) -> None:
    for screen in app.screen_stack:
        recover(app, getattr(screen, "case", None) or "")
    more = len(taken) - MOST_NAMED
    words = ", ".join(taken[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
    app.say(f"changed elsewhere, and shown as it is now: {words}")
    app.count()
    app.redraw()


def _tell(app: SqsApp, found: Found) -> None:
    from sqs_core.storage.blinding import BlindedError

    if isinstance(found.error, SqsError) and not isinstance(found.error, BlindedError):
        app.say("; ".join(map(str, found.error.problems)), warning=True)


def _being_written(app: SqsApp, named: RecordKey) -> bool:
    kind, name = named
    return any(
        screen.settles or (screen.wants_words and (kind != "case" or getattr(screen, "case", None) == name))
        for screen in app.screen_stack
        if isinstance(screen, Frame)
    )


def _name(named: RecordKey) -> str:
    kind, name = named
    return f"{kind} {name}" if name else "the letter"
