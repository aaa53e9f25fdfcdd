"""What a box over a screen shares: what lies under it is seen, dimmed.

Textual gives a box what lies under it once in each painting.  One that is painted twice in it, as a box is
whose size was still found out, stays blank around its edges; so it asks for the screen itself.
"""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from textual import getters
from textual.containers import Vertical
from textual.content import Content
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen, ScreenResultType

from sqs_tui.base_app import BaseApp


class BoxScreen(ModalScreen[ScreenResultType]):
    """A box over the screen one is on."""

    app = getters.app(BaseApp)

    def box(self, title: str = "", keys: str = "") -> Vertical:
        """Return the box, to compose what is in it, with ``title`` over it and under it what ``keys`` do."""
        box = Vertical(id="box")
        if title:
            box.border_title = Content(title)
        if keys:
            box.border_subtitle = Content(keys)
        return box

    def render(self) -> RenderableType:
        """Return what lies under the box."""
        return dimmed(self) or super().render()


def dimmed(box: Screen[Any]) -> BackgroundScreen | None:
    """Return the screen under ``box``, dimmed by its background; None while it is under none."""
    stack = box.app.screen_stack
    at = stack.index(box) if box in stack else 0
    return BackgroundScreen(stack[at - 1], box.styles.background) if at else None
