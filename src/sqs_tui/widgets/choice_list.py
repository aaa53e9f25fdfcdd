"""A list to choose from by arrows, Space or mouse; its marks are characters, never colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from attrs import frozen
from textual import events
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.reactive import reactive

from sqs_tui.styles import HERE, TITLE, shortened
from sqs_tui.widgets.lines import DrawnLines, point_at


@frozen
class ChoiceLine:
    """One line: its id, the key that chooses it ("" for none), its words, its mark and its style.

    ``mark`` stands between the key and the words, such as "[x]"; ``chosen`` puts "●" before the line.  A line
    with the id "" is a heading, and not to be chosen; it is never the first.
    """

    id: str
    key: str
    words: str
    mark: str = ""
    style: str = ""
    mark_style: str = ""
    chosen: bool = False


class ChoiceList(DrawnLines, can_focus=True):
    """Lines of which one has the cursor."""

    DEFAULT_CSS = """
    ChoiceList { height: auto; }
    """
    BINDINGS = [
        Binding("up", "move(-1)", "up", show=False, id="mark.up"),
        Binding("down", "move(1)", "down", show=False, id="mark.down"),
        Binding("space", "choose", "choose", show=False, id="list.choose"),
    ]

    choices: reactive[tuple[ChoiceLine, ...]] = reactive((), repaint=False, init=False)
    cursor: reactive[int] = reactive(0, repaint=False, init=False)

    @dataclass
    class Chosen(Message):
        """The line ``id`` was chosen, by key or pointer."""

        list: ChoiceList
        id: str

        @property
        def control(self) -> ChoiceList:
            """The list."""
            return self.list

    class Moved(Message):
        """The cursor is on another line, or the list has the keys now."""

    def __init__(self, *, id: str, narrow: bool = False) -> None:
        super().__init__(id=id)
        self._narrow = narrow
        self._title = ""
        self._tail = ""
        self._top = 0

    @property
    def rows(self) -> int:
        """How many lines are in view; all of them where the list is as high as it is long."""
        return len(self.choices) if self.styles.is_auto_height else self.content_size.height

    def show_choices(self, choices: Sequence[ChoiceLine], *, title: str, tail: str = "") -> None:
        """Show ``choices``, under ``title``; ``tail`` stands at the right of it."""
        self._title, self._tail = title, tail
        self.choices = tuple(choices)
        self.draw()

    def line(self, choice: ChoiceLine, *, here: bool, width: int) -> Content:
        """Return the line of ``choice``; ``here`` where it has the cursor of the list with the focus."""
        if not choice.id:
            return shortened(f" {choice.words}", width, TITLE)
        marks = f"{'▶' if here else ' '}{'●' if choice.chosen else ' '}{'' if self._narrow else ' '}"
        lead = Content.styled(marks, HERE if here else choice.style)
        key = Content(f"{choice.key or ' '} " if self._narrow else f"{choice.key or ' '}  ")
        tick = Content.styled(f"{choice.mark} ", choice.mark_style) if choice.mark else Content.empty()
        room = width - lead.cell_length - key.cell_length - tick.cell_length
        return lead + key + tick + shortened(choice.words, room, choice.style)

    def draw(self) -> None:
        """Draw the lines in view, and the title."""
        width, rows = self.content_size.width or 40, self.rows
        total = len(self.choices)
        self._top = max(
            0, min(self._top, self.cursor, total - rows), min(self.cursor - rows + 1, total - rows)
        )
        shown = self.choices[self._top : self._top + rows]
        focused = self._focused
        self.show(
            [
                self.line(choice, here=focused and self._top + place == self.cursor, width=width)
                for place, choice in enumerate(shown)
            ]
        )
        more = total - self._top - len(shown)
        self.set_titles(
            f"{'▸' if focused else ''}{self._title}", f"{more} more ↓" if more > 0 else self._tail
        )
        if focused:
            point_at(self, Offset(1, self.cursor - self._top))

    def watch_cursor(self) -> None:
        """Show the cursor on another line."""
        self.draw()
        if self.choices:
            self.post_message(self.Moved())

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor within the list."""
        return max(0, min(cursor, len(self.choices) - 1))

    def on_focus(self) -> None:
        """Post that the list has the keys now."""
        if self.choices:
            self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        """Choose the line that was clicked."""
        place = event.get_content_offset(self)
        at = self._top + place.y if place is not None else -1
        if 0 <= at < len(self.choices) and self.choices[at].id:
            self.cursor = at
            self.post_message(self.Chosen(self, self.choices[at].id))

    def action_move(self, step: int) -> None:
        """Move the cursor over headings, wrapping at the ends."""
        if self.choices:
            to = (self.cursor + step) % len(self.choices)
            self.cursor = to if self.choices[to].id else to + step

    def action_choose(self) -> None:
        """Choose the line with the cursor."""
        if self.choices:
            self.post_message(self.Chosen(self, self.choices[self.cursor].id))
