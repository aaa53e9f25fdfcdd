"""A live figure chosen by the name or the number of what it counts, with what it says today."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList

from sqs_core.letter.live_figures import Filler
from sqs_core.workflow.figures import FigureOffer, figures_offered
from sqs_tui.box import BoxScreen
from sqs_tui.styles import DIM, FIGURE, fitted, joined, shortened, text
from sqs_tui.widgets.line_input import LineInput
from sqs_tui.widgets.option_menu import Line, OptionMenu

MOST = 100
WORDS = 27
"""Cells of what a figure says today."""
WIDE = 90
"""Cells from which on a figure and its words fit in one row."""


class FigurePicker(BoxScreen[FigureOffer | None]):
    """Words narrow the list down; ↑ and ↓ choose, Enter takes."""

    BINDINGS = [
        Binding("escape", "leave", "leave it", id="picker.leave"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]
    AUTO_FOCUS = "LineInput"

    def __init__(self, filler: Filler) -> None:
        super().__init__()
        self._filler = filler
        self._offers: tuple[FigureOffer, ...] = ()

    def compose(self) -> ComposeResult:
        """Yield the words, and what they find."""
        with self.box("A live figure", "↑ ↓ choose   Enter puts it in   Esc leaves"):
            yield LineInput(placeholder="words or a number: plan · 2.3 · plan custody · staff", id="wanted")
            yield OptionMenu(id="figures")

    def on_mount(self) -> None:
        """Show all."""
        self.query_one(OptionMenu).can_focus = False
        self._find()

    @on(Input.Changed)
    def _find(self) -> None:
        words = self.query_one(LineInput).value
        self._offers = figures_offered(self._filler, words, MOST)
        width = self.query_one(OptionMenu).size.width - 6
        numbers = max((len(f"{o.k} of {o.n}") for o in self._offers), default=0)
        self.query_one(OptionMenu).show_lines(
            Line(
                str(place),
                _offer(offer, numbers, width),
            )
            for place, offer in enumerate(self._offers)
        )
        if self._offers:
            self.query_one(OptionMenu).highlighted = 0

    def on_resize(self) -> None:
        """The names have other room."""
        self.call_after_refresh(self._find)

    def action_move(self, step: int) -> None:
        """Mark the next figure, or the one before."""
        menu = self.query_one(OptionMenu)
        if menu.option_count:
            at = menu.highlighted if menu.highlighted is not None else -1
            menu.highlighted = max(0, min(at + step, menu.option_count - 1))

    @on(Input.Submitted)
    @on(OptionList.OptionSelected)
    def _insert(self) -> None:
        marked = self.query_one(OptionMenu).marked
        if marked and int(marked) < len(self._offers):
            self.dismiss(self._offers[int(marked)])

    def action_leave(self) -> None:
        """Put nothing in."""
        self.dismiss(None)


def _offer(offer: FigureOffer, numbers: int, width: int) -> Content:
    """Return a figure in one row, or in two where its name would lose what tells it from the next."""
    lead = text(f"{f'{offer.k} of {offer.n}':<{numbers}}  ", FIGURE)
    words = f"“{offer.words}”"
    if width >= WIDE:
        name = fitted(offer.name, width - numbers - WORDS - 4)
        return joined(lead, name, Content("  "), shortened(words, WORDS, DIM))
    blank = Content(" " * (numbers + 5))
    return joined(
        lead,
        shortened(offer.name, width - numbers),
        Content("\n"),
        blank,
        shortened(words, width - numbers - 5, DIM),
    )
