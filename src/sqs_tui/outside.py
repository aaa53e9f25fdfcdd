"""A text in the person's own editor: the screen is given up to it, and taken back when it ends."""

from __future__ import annotations

import os
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from textual.app import SuspendNotSupported

from sqs_core.errors import SqsError
from sqs_tui.reader import show_cursor

if TYPE_CHECKING:
    from sqs_core.storage.external_editor import Kind
    from sqs_tui.app import SqsApp

DEAF = 0.5
"""Seconds after an editor ended in which Ctrl-C is taken to have been meant for it."""


class Text(NamedTuple):
    """Which text: ``what`` of the record ``name`` of a kind, such as "roh.plan.evidence" of case 07."""

    kind: Kind
    name: str
    what: str


def in_editor(app: SqsApp, which: Text, text: str) -> str | None:
    """``text`` as it comes back from the editor; None where it stays as it was, which is said."""
    from sqs_core.storage.external_editor import Edited, TextOf, edited, editor_command

    desk = app.desk
    assert desk is not None
    # The framework takes this variable away for itself; the editor is to keep to it too.
    environment = {**os.environ, "NO_COLOR": "1"} if app.no_color else dict(os.environ)
    editor_command(environment)  # where there is none, the screen need not flicker
    app.commit()
    app.saver.flush(2.0)
    found: Edited | SqsError
    named = TextOf(desk.folder, *which)
    app.edited_outside[which] = named
    try:
        with app.suspend():
            try:
                found = edited(named, text, environment)
            except SqsError as error:  # past this block the framework would not take the screen back
                found = error
    except SuspendNotSupported:
        app.say("this terminal cannot be handed to an editor and taken back", warning=True)
        return None
    if app.settings.reader_cursor:
        show_cursor(app, True)
    app.deaf_until = monotonic() + DEAF
    if isinstance(found, SqsError):
        app.warn(found)
        return None
    if found.resumed:
        app.say("what an editor had left here when the program ended was opened; u goes back", warning=True)
    elif found.dropped:
        app.say(f"{found.dropped} invisible or control characters were left out", warning=True)
    elif found.text == text:
        app.say("nothing was changed; an editor that comes back at once needs an option to wait")
    return found.text
