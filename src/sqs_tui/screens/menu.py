"""Screens whose body is one list of lines to go to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList

from sqs_tui.screens.base import SqsScreen
from sqs_tui.widgets.lines import LinesView
from sqs_tui.widgets.option_menu import OptionMenu, PlaceMenu


class MenuScreen(SqsScreen):
    """A screen with one list; every line of it can be jumped to."""

    AUTO_FOCUS = "OptionMenu"
    fits_room = True
    on_a_line: ClassVar[tuple[str, ...]] = ()
    """The actions done with the line that has the mark: they want one."""

    @property
    def menu(self) -> OptionMenu:
        """The list."""
        return self.query_one(OptionMenu)

    def show_summary(self, *rows: Content) -> None:
        """Show what stands over the list."""
        self.show_rows("#summary", rows)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done with what the mark is on."""
        if action in self.on_a_line and self.is_mounted and not self.menu.marked:
            return None
        return super().check_action(action, parameters)

    def jump_targets(self) -> Iterator[tuple[Widget, int, str, str]]:
        """Every line in view."""
        for row, name in self.menu.lines_in_view():
            yield self.menu, row, "", name

    def jump_to(self, name: str) -> None:
        """Put the mark on a line."""
        self.menu.mark(name)


class ListScreen(MenuScreen):
    """A summary, the list, and under it the line with the mark in full.

    It comes first among the bases of a screen: Textual finds its style along the first ones alone.
    """

    DEFAULT_CLASSES = "-list"
    """By this it is styled: a style sheet knows the first base of a screen alone."""

    def compose_body(self) -> ComposeResult:
        """Yield the three."""
        yield LinesView(id="summary")
        yield PlaceMenu(id="items")
        yield LinesView(id="item")

    def in_full(self, width: int) -> Sequence[Content]:
        """Return what is said of the line with the mark, in rows of ``width`` cells."""
        raise NotImplementedError

    @on(OptionList.OptionHighlighted)
    def show_item(self) -> None:
        """Show the line with the mark in full, and what can be done with it."""
        rows = self.in_full(self.size.width - 4)
        self.show_rows("#item", [Content("  ") + row for row in rows])
        self.refresh_bindings()
