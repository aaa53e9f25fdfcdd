"""One line asked for, in the row over the footer: nothing pops over what one reads."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.screen import Screen

from sqs_core.errors import SqsError
from sqs_tui.paint.lines import Span, width_of

if TYPE_CHECKING:
    from textual.widgets import Input

    from sqs_tui.outside import Text
    from sqs_tui.widgets.line_box import LineBox

PAUSE = 0.5
"""Seconds from the first key that is not saved to the save: so no more than this is ever lost."""


class Prompting(Screen[None], inherit_bindings=False):
    """A screen that can ask for one line."""

    def __init__(self) -> None:
        super().__init__()
        self._then: Callable[[str], None] | None = None
        self._live: Callable[[str], None] | None = None
        self._saves_soon = False
        self._prompt = ""
        self._offered = ""
        self._left: dict[str, str] = {}
        self._line_box: LineBox | None = None
        self.text_asked: Text | None = None

    @property
    def asking(self) -> str:
        """What is being asked for; "" where nothing is."""
        return self._prompt if self._then is not None else ""

    def draw(self) -> None:
        """Draw everything."""
        raise NotImplementedError

    def refused(self, error: SqsError) -> None:
        """Say what was refused."""
        raise NotImplementedError

    def ask(
        self,
        prompt: str,
        value: str,
        then: Callable[[str], None],
        *,
        live: Callable[[str], None] | None = None,
        text: Text | None = None,
        fresh: bool = False,
    ) -> None:
        """Ask for one line in the row over the footer; ``then`` gets it on Enter.  What it refuses
        is asked for again, with the words as they were written.

        ``live`` gets it half a second after a key, when the program ends, and on Esc: for what
        is to be saved although nobody pressed Enter.  Any other line that Esc leaves stands there
        again the next time the same is asked, unless ``fresh``: ``value`` is being typed now.
        ``text`` says which text it is, where it can be opened in an editor.
        """
        self._prompt, self._then, self._live, self._offered = f" {prompt} ", then, live, value
        self.text_asked = text
        left = self._left.pop(self._prompt, value)
        value = value if fresh else left
        self.mount_line_box()
        box = self.line_box
        box.value = value
        box.cursor_position = len(value)
        self.place_prompt()
        box.display = True
        box.focus()
        self.draw()

    def place_prompt(self) -> None:
        """Lay the box beside what is asked; also after the window changed its size."""
        # A long question gives way to what is typed.
        taken = min(width_of((Span(self._prompt),)), max(0, self.size.width - 24))
        self.line_box.styles.offset = (taken, self.size.height - 2)
        self.line_box.styles.width = self.size.width - taken

    def close_prompt(self) -> None:
        """Put the line away and give the keys back to the picture."""
        self.commit()
        if self._then is not None and self._live is None:
            self._keep_line(self.line_box.value)
        self._then = self._live = self.text_asked = None
        self.line_box.display = False
        self.query_one("#body").focus()
        self.call_after_refresh(self.draw)
        self.draw()

    def on_input_changed(self, message: Input.Changed) -> None:
        """A key in the line: save soon, where it is a text that is saved as it is typed."""
        if self._live is not None and not self._saves_soon:
            self._saves_soon = True
            self.set_timer(PAUSE, lambda: self.commit() if self._saves_soon else None)

    def on_input_submitted(self, message: Input.Submitted) -> None:
        """The line was entered."""
        self.enter()

    def enter(self) -> bool:
        """Enter the line that is being written; whether it was taken."""
        then, live, text, words = self._then, self._live, self.text_asked, self.line_box.value
        if then is None:
            return False
        prompt = self._prompt.strip()
        self._then = None
        self.close_prompt()
        try:
            then(words)
        except SqsError as error:
            self.ask(prompt, words, then, live=live, text=text)
            self.refused(error)
            return False
        self.draw()
        return True

    def _keep_line(self, words: str) -> None:
        if words not in ("", self._offered):
            self._left[self._prompt] = words

    @property
    def line_box(self) -> LineBox:
        """The box for one line; made when first wanted, as its style sheet is large."""
        from sqs_tui.widgets.line_box import LineBox

        if self._line_box is None:
            self._line_box = LineBox()
        return self._line_box

    def mount_line_box(self) -> None:
        """Have the box ready; on the first screen of all that is a moment after everything was read."""
        if not self.line_box.is_attached:
            self.mount(self.line_box)

    def commit(self) -> None:
        """Hand whatever is being typed to the desk, so that it is saved."""
        self._saves_soon = False
        if self._then is not None and self._live is not None:
            with suppress(SqsError):  # half a date is no date; nothing of it is kept
                self._live(self.line_box.value)
