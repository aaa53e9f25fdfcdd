"""Back to a screen that lies under the one in view."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen

from sqs_tui.base_app import BaseApp
from sqs_tui.screens.overview import OverviewScreen


def to_overview(app: BaseApp, *, under_boxes: bool = False) -> OverviewScreen:
    """Go to the grid, and return it; ``under_boxes``: boxes over it stay where they are."""
    app.way_back = None
    for screen in app.screen_stack:
        if under_boxes and isinstance(screen, OverviewScreen) and screen.in_view:
            return screen
    if not pop_to(app, lambda screen: isinstance(screen, OverviewScreen)):
        app.push_screen(OverviewScreen())
    assert isinstance(app.screen, OverviewScreen)
    return app.screen


def pop_to(app: BaseApp, wanted: Callable[[Screen[object]], bool]) -> bool:
    """Pop screens until one that is ``wanted`` is in view; pop none where there is none."""
    if not any(wanted(screen) for screen in app.screen_stack):
        return False
    while not wanted(app.screen):
        app.pop_screen()
    return True
