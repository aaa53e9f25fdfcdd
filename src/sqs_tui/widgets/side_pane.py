"""One of two views, in a box: a click takes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attrs import frozen
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from sqs_tui.styles import DIM, TITLE, text


@frozen
class SideShown:
    """One view: whose it is, what it says in a word, and the details under it, paragraph by paragraph."""

    title: str
    word: str
    style: str = ""
    details: Sequence[tuple[str, str]] = ()

    @property
    def words(self) -> Content:
        """All of it."""
        rows = [text(self.word, self.style or TITLE)]
        rows += [
            Content("\n").join(
                [
                    text(line, DIM if name else "")
                    for line in (f"{name}: {words}" if name else words).split("\n")
                ]
            )
            for name, words in self.details
            if words
        ]
        return Content("\n").join(rows)


class SidePane(VerticalScroll, can_focus=False):
    """The box.  A heavy border and ``▶`` say that this view is taken."""

    DEFAULT_CSS = """
    SidePane { width: 1fr; border: round $primary-muted; padding: 0 1; scrollbar-size-vertical: 1; }
    SidePane.-taken { border: heavy $accent; }
    SidePane > Static { height: auto; }
    """

    @dataclass
    class Picked(Message):
        """The view in the box ``id`` was clicked."""

        id: str

    def compose(self) -> ComposeResult:
        """Yield the words."""
        yield Static()

    def show_side(self, side: SideShown, *, taken: bool) -> None:
        """Show ``side``, ``taken`` or not."""
        self.query_one(Static).update(side.words)
        self.border_title = text(f"▶ {side.title}" if taken else side.title)
        self.set_class(taken, "-taken")

    def on_click(self) -> None:
        """Post that the view was clicked."""
        self.post_message(self.Picked(str(self.id)))
