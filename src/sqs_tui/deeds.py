"""What can be done on a screen: each deed has an id, a key, and words for footer, help and palette."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from textual import events


class Deed(NamedTuple):
    """One thing a person can do.

    ``id`` is ``screen.deed`` and stable: keys are rebound by it, and the screen's method is
    ``do_deed``.  ``foot`` is its place in the footer (1 is the last to fall off; 0 is not
    shown there).  ``text`` says that the key also works inside a text field.
    """

    id: str
    key: str
    words: str
    about: str = ""
    also: tuple[str, ...] = ()
    foot: int = 0
    text: bool = False


EVERYWHERE = (
    Deed("app.help", "?", "help", "What can be done here, and every key", ("f1",), text=True),
    Deed("app.commands", "ctrl+p", "commands", "Everything that can be done, with a line on each", text=True),
    Deed("app.go", "G", "go to", "One box for questions, cases, flags and views", ("ctrl+g",), text=True),
    Deed(
        "app.jump",
        "ctrl+o",
        "jump",
        "A letter on every field of this screen; press it to go there",
        text=True,
    ),
    Deed("app.search", "/", "find", "Find words in every note of every case", ("ctrl+f",), text=True),
    Deed("app.undo", "u", "undo", "Take back the last change in this case"),
    Deed("app.redo", "U", "redo", "Make the change taken back again"),
    Deed("app.shared", "Z", "shared view", "For two readers: no private notes, one thing a line"),
    Deed(
        "app.save", "ctrl+s", "save", "Everything is saved as you go; this writes now and says so", text=True
    ),
    Deed("app.copy", "Y", "copy", "Send the text of this note to the terminal's clipboard"),
    Deed(
        "app.editor",
        "f4",
        "editor",
        "This text in your own editor, the one VISUAL or EDITOR names",
        text=True,
    ),
    Deed("app.messages", "", "messages", "What was said in row 1, with the time"),
    Deed("app.settings", "", "settings", "Theme, page turning, ASCII marks, tips, reader cursor"),
    Deed("app.again", "", "read this case from disk again", "Where a save is refused: yours stays as a copy"),
    Deed("app.quit", "q", "quit", "Leave; everything is saved", ("ctrl+q",), text=True),
    Deed("app.back", "escape", "back", "Out one level; nothing is lost", text=True),
)
TEXT_KEYS = frozenset(
    "escape tab shift+tab f1 ctrl+j ctrl+enter ctrl+p ctrl+g ctrl+f ctrl+o ctrl+s ctrl+q ctrl+l f4".split()  # noqa: SIM905
)
_SHOWN = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "backspace": "Backspace",
    "tab": "Tab",
    "shift+tab": "Shift-Tab",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "f1": "F1",
    "f4": "F4",
}


def key_shown(key: str) -> str:
    """``key`` as it is printed: ``ctrl+p`` is ``^P``."""
    if key.startswith("ctrl+"):
        return "^" + key[5:].upper()
    return _SHOWN.get(key, key)


def key_of(event: events.Key) -> str:
    """The key of an event by our names: what it types where it types something, else its name."""
    if event.character and event.is_printable and event.character != " ":
        return event.character
    return event.key


class Keys:
    """Which deed a key runs on one screen, with the person's own keys in place."""

    def __init__(self, deeds: Iterable[Deed], own: Mapping[str, str]) -> None:
        self.deeds = tuple(d._replace(key=own[d.id], also=()) if d.id in own else d for d in deeds)
        self._by_key: dict[str, Deed] = {}
        # The screen's own come first and win over what holds everywhere.
        for deed in self.deeds:
            for key in (deed.key, *deed.also):
                if key:
                    self._by_key.setdefault(key, deed)

    def deed(self, key: str, *, writing: bool) -> Deed | None:
        """The deed ``key`` runs; in a text field only those that do not type anything."""
        found = self._by_key.get(key)
        if writing and (found is None or not found.text or key not in TEXT_KEYS):
            return None
        return found
