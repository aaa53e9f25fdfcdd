"""A screen whose body is one list of lines to go to."""

from __future__ import annotations

from collections.abc import Iterator

from textual.widget import Widget

from sqs_tui.screens.base import SqsScreen
from sqs_tui.widgets.option_menu import OptionMenu


class MenuScreen(SqsScreen):
    """A screen with one list; every line of it can be jumped to."""

    AUTO_FOCUS = "OptionMenu"

    @property
    def menu(self) -> OptionMenu:
        """The list."""
        return self.query_one(OptionMenu)

    def jump_targets(self) -> Iterator[tuple[Widget, int, str, str]]:
        """Every line in view."""
        for row, name in self.menu.lines_in_view():
            yield self.menu, row, "", name

    def jump_to(self, name: str) -> None:
        """Put the mark on a line."""
        self.menu.mark(name)
