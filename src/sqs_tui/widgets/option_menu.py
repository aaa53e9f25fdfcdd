"""A list of lines to go to, with a mark in characters and the terminal's cursor on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Offset
from textual.widgets.option_list import Option

from sqs_tui.widgets.lines import point_at
from sqs_tui.widgets.selectable_list import SelectableList


class Line(NamedTuple):
    """One line: what it stands for ("" for a heading, which is passed over), and its words."""

    id: str
    words: Content


class OptionMenu(SelectableList):
    """Textual's list, without a border; ``▶`` stands before the line with the mark."""

    DEFAULT_CSS = """
    OptionMenu { height: 1fr; border: none; padding: 0; background: $background; scrollbar-size-vertical: 1; }
    OptionMenu:focus { border: none; background-tint: $foreground 0%; }
    OptionMenu > .option-list--option { padding: 0; }
    OptionMenu > .option-list--option-disabled { color: $foreground; }
    OptionMenu > .option-list--option-highlighted {
        background: $background; color: $text-accent; text-style: bold;
    }
    OptionMenu:focus > .option-list--option-highlighted {
        background: $surface; color: $text-accent; text-style: bold;
    }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id, markup=False)
        self._menu: tuple[Line, ...] = ()

    def show_lines(self, lines: Iterable[Line]) -> None:
        """Show ``lines``; the mark stays on what it was on, or in its place."""
        lines = tuple(lines)
        if self._same(lines):
            return
        at, before = self.highlighted or 0, self.marked
        self._menu = lines
        self.clear_options()
        self.add_options(
            Option(self._prompt(line, here=False), id=line.id or None, disabled=not line.id) for line in lines
        )
        places = [place for place, line in enumerate(lines) if line.id]
        if places:
            same = next((place for place in places if lines[place].id == before), None)
            self.highlighted = same if same is not None else min(places, key=lambda place: abs(place - at))

    def _same(self, lines: tuple[Line, ...]) -> bool:
        return len(lines) == len(self._menu) and all(
            old.id == new.id and old.words.is_same(new.words)
            for old, new in zip(self._menu, lines, strict=True)
        )

    @property
    def marked(self) -> str:
        """The id of the line with the mark; "" where there is none."""
        at = self.highlighted
        return self._menu[at].id if at is not None and at < len(self._menu) else ""

    def mark(self, id_: str) -> None:
        """Put the mark on the line that stands for ``id_``."""
        place = next((place for place, line in enumerate(self._menu) if line.id == id_), None)
        if place is not None:
            self.highlighted = place

    def lines_in_view(self) -> list[tuple[int, str]]:
        """Return the rows in view that have an id, each with it."""
        top = self.scroll_offset.y
        return [
            (place - top, line.id)
            for place, line in enumerate(self._menu)
            if line.id and top <= place < top + self.size.height
        ]

    def watch_highlighted(self, highlighted: int | None) -> None:
        """Move the mark, and the terminal's cursor with it."""
        super().watch_highlighted(highlighted)
        for place, line in enumerate(self._menu):
            if line.id and place < self.option_count:
                here = place == highlighted
                prompt = self._prompt(line, here=here)
                option = self.get_option_at_index(place)
                if isinstance(option.prompt, Content) and not option.prompt.is_same(prompt):
                    self.replace_option_prompt_at_index(place, prompt)
        if highlighted is not None:
            above = sum(str(line.words).count("\n") + 1 for line in self._menu[:highlighted])
            point_at(self, Offset(1, above - self.scroll_offset.y))

    @staticmethod
    def _prompt(line: Line, *, here: bool) -> Content:
        if not line.id:
            return line.words
        return Content(" ▶ " if here else "   ") + line.words


class PlaceMenu(OptionMenu):
    """Textual's list without its own Enter; ``pages`` False leaves PgUp and PgDn to the screen too."""

    def __init__(self, *, id: str, pages: bool = True) -> None:
        super().__init__(id=id)
        self._not_ours = ("select",) if pages else ("select", "page_up", "page_down")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` is this list's own, and not the screen's."""
        return False if action in self._not_ours else super().check_action(action, parameters)
