"""One line asked for, in a box over the screen; what is wrong with it stands under it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Button, Input, Label, Static

from sqs_core.errors import SqsError
from sqs_tui.base_app import Tick
from sqs_tui.box import BoxScreen
from sqs_tui.styles import text
from sqs_tui.widgets.line_input import LineInput
from sqs_tui.widgets.pasting import Dropped

PAUSE = 0.5
"""Seconds from the first key that is not saved to the save: so no more than this is ever lost."""


class PromptScreen(BoxScreen[None]):
    """Asks for one line.  ``then`` gets it on Enter; what it refuses stays in the box, the reason under it.
    ``does`` says what Enter does with it.

    ``live`` gets it half a second after a key, when the program ends, and on Esc: for what is to be saved
    although nobody pressed Enter.  Any other line that Esc leaves is a draft: it stands there again the next
    time the same is asked, and the box says so.  ``tick`` is what else holds with the line, and can be taken
    off.
    """

    BINDINGS = [
        Binding("escape", "leave", "leave it", id="prompt.leave"),
        Binding("f2", "tick", "tick", show=False, id="prompt.tick"),
    ]
    AUTO_FOCUS = "LineInput"

    def __init__(
        self,
        label: str,
        value: str,
        then: Callable[[str], None],
        *,
        does: str = "keep it",
        live: Callable[[str], None] | None = None,
        tick: Tick | None = None,
    ) -> None:
        super().__init__()
        self._label, self._offered = label, value
        self._then, self._does, self._live, self._tick = then, does, live, tick
        self._soon = False

    def compose(self) -> ComposeResult:
        """Yield the question, the line, what is wrong with it, and the two ways on."""
        draft = self.app.unsent.pop((self._label, self._offered), None)
        with self.box():
            yield Label(text(self._label), id="asked")
            yield LineInput(self._offered if draft is None else draft, id="line")
            yield Static(id="refused")
            if draft is not None:
                yield Static(text("a draft that Esc left: typing goes on with it, ^U clears it"), id="draft")
            if self._tick is not None:
                yield Static(text(self._tick.shown), id="tick")
            with Horizontal(id="ways"):
                yield Button(text(f"Enter  {self._does}"), id="keep", compact=True)
                away = "leave it" if self._live is None else "keep it, back"
                yield Button(text(f"Esc  {away}"), id="leave", compact=True)

    def on_mount(self) -> None:
        """Write at the end of what is there."""
        line = self.query_one(LineInput)
        line.cursor_position = len(line.value)
        self.call_after_refresh(self._show_end)

    def _show_end(self) -> None:
        """Scroll to where one writes: how wide the line is was not known before."""
        line = self.query_one(LineInput)
        at, line.cursor_position = line.cursor_position, 0
        line.cursor_position = at

    @property
    def _words(self) -> str:
        return self.query_one(LineInput).value

    @on(Input.Changed)
    def _edited(self, message: Input.Changed) -> None:
        """Save soon, where it is a text that is saved as it is typed."""
        self.query_one("#refused", Static).update("")
        if self._live is not None and not self._soon:
            self._soon = True
            self.set_timer(PAUSE, lambda: self.commit() if self._soon else None)

    def commit(self) -> None:
        """Save what is typed, where it is saved as it is typed."""
        self._soon = False
        if self._live is not None:
            with suppress(SqsError):  # half a date is no date; nothing of it is kept
                self._live(self._words)

    @on(Input.Submitted)
    @on(Button.Pressed, "#keep")
    def _enter(self) -> None:
        words = self._words
        try:
            self._then(words)
        except SqsError as error:
            self._refuse(error)
        else:
            self._soon = False
            if self.app.screen is self:
                self.dismiss()

    def _refuse(self, error: SqsError) -> None:
        words = "; ".join(part for p in error.problems for part in (p.what, p.remedy) if part)
        self.query_one("#refused", Static).update(text(words))

    @on(Button.Pressed, "#leave")
    def action_leave(self) -> None:
        """Put the box away; nothing that was typed is lost."""
        self.commit()
        typed = self._words not in ("", self._offered)
        if self._live is None and typed:
            self.app.unsent[self._label, self._offered] = self._words
        self.dismiss()
        if typed:
            draft = "left as a draft: nothing was done with it, and the box has it again"
            self.app.show_message("what was typed is kept" if self._live is not None else draft)

    def action_tick(self) -> None:
        """Take off what else holds with the line, or put it back."""
        if self._tick is not None:
            self._tick.on = not self._tick.on
            self.query_one("#tick", Static).update(text(self._tick.shown))

    @on(Dropped)
    def _paste_was_cut(self, message: Dropped) -> None:
        words = f"{message.count} invisible or control characters of the paste were left out"
        self.query_one("#refused", Static).update(words)
