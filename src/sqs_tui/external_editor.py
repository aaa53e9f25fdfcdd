"""A text in the person's own editor: the screen is given up to it, and taken back when it ends."""

from __future__ import annotations

import os

from textual.app import SuspendNotSupported

from sqs_core.errors import SqsError
from sqs_core.storage.external_editor import Edited, TextOf, edited, editor_command
from sqs_core.text import counted
from sqs_tui.base_app import BaseApp


def edit_externally(app: BaseApp, which: TextOf, text: str) -> str | None:
    """Return ``text`` as it comes back from the editor; None where it stays as it was, which row 1 tells."""
    # Textual takes this variable away for itself; the editor is to keep to it too.
    environment = {**os.environ, "NO_COLOR": "1"} if app.no_color else dict(os.environ)
    try:
        editor_command(environment)  # where there is none, the screen need not flicker
    except SqsError as error:
        app.show_error(error)
        return None
    app.commit()
    app.autosave.flush(2.0)
    app.edited_externally.append(which)
    found: Edited | SqsError
    try:
        with app.suspend():
            try:
                found = edited(which, text, environment)
            except SqsError as error:  # past this block Textual would not take the screen back
                found = error
    except SuspendNotSupported:
        app.show_message("this terminal cannot be handed to an editor and taken back", warning=True)
        return None
    app.show_cursor(app.settings.reader_cursor)
    app.deaf_for_a_moment()
    if isinstance(found, SqsError):
        app.show_error(found)
        return None
    if found.resumed:
        words = "what an editor had left here when the program ended was opened; u goes back"
        app.show_message(words, warning=True)
    elif found.dropped:
        were = "was" if found.dropped == 1 else "were"
        words = f"{counted(found.dropped, 'invisible or control character')} {were} left out"
        app.show_message(words, warning=True)
    elif found.text == text:
        app.show_message("nothing was changed; an editor that comes back at once needs an option to wait")
    return found.text
