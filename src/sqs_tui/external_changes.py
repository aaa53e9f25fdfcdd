"""Records that somebody else changed while they are open: looked for now and then, and taken up.

What one is writing, and what is not on the disk yet, is left alone: saving it is refused as ever, and
row 1 says who changed the record.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen
from textual.app import App

from sqs_core.errors import SqsError
from sqs_core.records import Narrative
from sqs_core.state import at_home
from sqs_core.storage.changes import RecordKey
from sqs_core.text import first_few
from sqs_tui.messages import ExternalChange, Found
from sqs_tui.workspace import Workspace

MOST_NAMED = 3
"""Records named in row 1; the others are only counted."""


def poll(app: App[None], workspace: Workspace) -> None:
    """Look, off the UI thread, for records that are no longer as they were read or saved."""
    changes = workspace.changes
    if changes is None or workspace.autosave.saving(workspace.path):
        return
    version = workspace.version

    def work() -> None:
        found = tuple(_read(workspace, named) for named in changes.poll())
        if found:
            app.post_message(ExternalChange(workspace.path, version, found))

    app.run_worker(work, thread=True, exclusive=True, group="elsewhere")


def _read(workspace: Workspace, named: RecordKey) -> Found:
    kind, name = named
    folder = workspace.folder
    try:
        if kind == "case":
            return Found(named, *folder.case(name))
        return Found(named, *folder.narrative())
    except SqsError as error:
        return Found(named, error=error)


@frozen
class Reloaded:
    """What was taken up, by name; what both changed, in words; why some records cannot be read."""

    taken: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    errors: tuple[SqsError, ...] = ()


def apply_reload(
    workspace: Workspace, message: ExternalChange, held: Callable[[RecordKey], bool]
) -> Reloaded:
    """Take up what was found, but for what is being worked on (``held`` says so).

    What could not be saved here, as somebody else saved first, is put together with theirs and saved.  The
    letter is not: its author decides about what both wrote.
    """
    if workspace.changes is None or workspace.path != message.path:
        return Reloaded()
    # One of the changes may be our own save.
    late = workspace.version != message.version or workspace.autosave.saving(workspace.path)
    taken: list[str] = []
    conflicts: list[str] = []
    errors: list[SqsError] = []
    for found in message.found:
        key, name = workspace.key(*found.named), _named(found.named)
        if found.record is None:
            errors += [found.error] if found.error is not None else []
        elif late or held(found.named):
            workspace.changes.again(found.named)
        elif workspace.autosave.pending(key):
            if isinstance(found.record, Narrative):
                workspace.changes.again(found.named)
                continue
            both, copy = workspace.merge_external_change(found.named, found.record, found.hash)
            taken.append(name)
            if both:
                conflicts.append(f"{name}, {both}: theirs stands; yours is in {at_home(copy)}")
        elif workspace.autosave.hashes.get(key) != found.hash:
            workspace.apply_change(found.named, found.record, found.hash)
            taken.append(name)
    return Reloaded(tuple(taken), tuple(conflicts), tuple(errors))


def _named(named: RecordKey) -> str:
    kind, name = named
    return f"{kind} {name}" if name else "the letter"


def named_in_short(taken: Sequence[str]) -> str:
    """Return the names of what was taken up: the first of them, and how many more."""
    return first_few(taken, MOST_NAMED)
