"""A list of places: a click moves the mark, and Enter does what the screen binds to it."""

from __future__ import annotations

from sqs_tui.widgets.option_menu import OptionMenu


class PlaceMenu(OptionMenu):
    """Textual's list without its own Enter; ``pages`` False leaves PgUp and PgDn to the screen too."""

    def __init__(self, *, id: str, pages: bool = True) -> None:
        super().__init__(id=id)
        self._not_ours = ("select",) if pages else ("select", "page_up", "page_down")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` is this list's own, and not the screen's."""
        return False if action in self._not_ours else super().check_action(action, parameters)
