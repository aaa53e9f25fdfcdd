"""Jumping: a letter on every field and line of the screen below; pressing it goes there."""

from __future__ import annotations

from collections.abc import Iterable
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import Static

from sqs_tui.box import BoxScreen


class Target(NamedTuple):
    """Something that can be jumped to: where it is on the screen, its own letter or "", and its name."""

    place: Offset
    letter: str
    name: str


class JumpScreen(BoxScreen[str]):
    """The screen one came from, with letters on it; gives the name of what was chosen, "" for nothing."""

    BINDINGS = [Binding("escape,ctrl+o", "dismiss('')", "stay", show=False, id="jump.close")]

    def __init__(self, targets: Iterable[Target]) -> None:
        super().__init__()
        self._targets = lettered(targets)

    def compose(self) -> ComposeResult:
        """Yield the letters where they belong, and what to do."""
        for letter, target in self._targets.items():
            label = Static(Content(f"[{letter}]"), classes="letter")
            label.styles.offset = target.place
            yield label
        yield Static(Content(" jump: press a letter; Esc stays"), id="what")

    def on_key(self, event: events.Key) -> None:
        """A letter goes there; any other key does nothing."""
        target = self._targets.get(event.character or "")
        if target is not None:
            event.stop()
            self.dismiss(target.name)

    def on_click(self, event: events.Click) -> None:
        """A click on a letter goes there; elsewhere it stays."""
        for target in self._targets.values():
            if target.place.y == event.screen_y and 0 <= event.screen_x - target.place.x < 3:
                self.dismiss(target.name)
                return
        self.dismiss("")


def lettered(found: Iterable[Target]) -> dict[str, Target]:
    """Return a letter for each target, as far as there are letters; some have their own."""
    targets = list(found)
    letters = {target.letter: target for target in targets if target.letter}
    free = (letter for letter in ascii_lowercase + ascii_uppercase if letter not in letters)
    letters |= dict(zip(free, (target for target in targets if not target.letter), strict=False))
    return letters
