"""The last look before something is written: what is chosen, and what it does to board and letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqs_core.errors import SqsError
from sqs_core.letter.effect import Effect
from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import EMPTY, Line, line, rule
from sqs_tui.pictures.effect import effect_page, list_rows
from sqs_tui.screens.page import Page


class EffectScreen(Page):
    """What would be written; ``write`` writes it."""

    deeds = (
        Deed("effect.write", "W", "write it", "Write what is listed; until then nothing is", foot=1),
        Deed("effect.close", "escape", "back", "Back; nothing is written, nothing is lost", foot=2),
    )
    help_text = (
        "Nothing is written yet.  This is what was chosen, every count that changes, and every "
        "paragraph of the letter that reads otherwise, before and after; what differs is in brackets.  "
        "W writes it, Esc goes back with everything as it was."
    )

    def __init__(
        self, title: str, chosen: Sequence[tuple[str, str]], effect: Effect, write: Callable[[], None]
    ) -> None:
        super().__init__()
        self.title_words = title
        self.chosen = tuple(chosen)
        self.effect = effect
        self.write = write

    def where(self) -> str:
        """What is about to be written."""
        return f"{self.title_words} ▸ Before it is written"

    def far(self) -> str:
        """That nothing is yet."""
        return "nothing written yet"

    def lines(self, width: int) -> Sequence[Line]:
        """What was chosen, then the effect."""
        head = [rule(width), line(("  To be written", "title")), *list_rows(self.chosen, width)]
        return [*head, EMPTY, *effect_page(self.desk.criteria, self.effect, width)]

    def do_write(self) -> None:
        """Write it."""
        self.sqs.pop_screen()
        self.sqs.call_later(self._write)

    def _write(self) -> None:
        try:
            self.write()
        except SqsError as error:
            self.sqs.warn(error)

    def do_close(self) -> None:
        """Back."""
        self.sqs.pop_screen()
