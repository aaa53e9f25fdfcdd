"""The views of an inspection by their keys, the current one in brackets; each can be clicked."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import INTERVIEWS
from sqs_core.workflow.commands import command, key_shown
from sqs_core.workflow.navigation import View
from sqs_tui.styles import DIM, HERE, text

VIEWS: tuple[tuple[View, str], ...] = (
    ("cases", "Cases"),
    ("board", "Board"),
    ("interviews", "Interviews"),
    ("letter", "Letter"),
    ("check", "Check"),
    ("left", "Left"),
)
WIDE = 100
"""The width from which the views stand further apart."""
NARROW = 70
"""Below this width they stand closer together."""


def views_of(criteria: Criteria | None) -> tuple[tuple[View, str], ...]:
    """Return the views with their names, as they are called for the population that ``criteria`` are of."""
    if criteria is None:
        return VIEWS
    population = criteria.population
    if population is None or population.id == INTERVIEWS:
        population = criteria.all_populations[0]
    named = (("cases", str(population.title)), *VIEWS[1:])
    asked = bool(criteria.whole.interview_questions)
    return tuple(one for one in named if asked or one[0] != "interviews")


class ViewTabs(Widget):
    """One row; ``aside`` stands at its right where there is room."""

    DEFAULT_CSS = """
    ViewTabs { height: 1; }
    """

    aside: reactive[str] = reactive("")
    active: reactive[View] = reactive("cases")
    criteria: reactive[Criteria | None] = reactive(None)
    """The criteria of the population in view, which name its records and may ask no interviews."""

    @dataclass
    class Picked(Message):
        """A view was clicked."""

        view: View

    def __init__(self, active: View) -> None:
        super().__init__()
        self.set_reactive(ViewTabs.active, active)
        self._spans: list[tuple[int, int, View]] = []

    def render(self) -> Content:
        """Return the row."""
        width = self.size.width
        gap = " " * (3 if width >= WIDE else 2 if width >= NARROW else 1)
        row = Content(" ")
        self._spans = []
        for view, name in views_of(self.criteria):
            key = key_shown(command(f"view.{view}").keys[0])
            words = f"[{name}]" if view == self.active else name
            start = row.cell_length
            row = row + Content.styled(f"{key} ", DIM)
            row = row + Content.styled(words, HERE if view == self.active else "")
            self._spans.append((start, row.cell_length, view))
            row = row + Content(gap)
        aside = text(f"{self.aside} ", DIM)
        room = width - row.cell_length - aside.cell_length
        return row + Content(" " * room) + aside if room >= 0 else row

    def on_click(self, event: events.Click) -> None:
        """Go to the view that was clicked."""
        place = event.get_content_offset(self)
        for start, end, view in self._spans:
            if place is not None and start <= place.x < end:
                self.post_message(self.Picked(view))
