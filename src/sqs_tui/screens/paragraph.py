"""A paragraph of the letter in the author's own words: all of it in view, saved as it is typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from textual.widget import Widget
from textual.widgets import TextArea

from sqs_tui.deeds import Deed
from sqs_tui.outside import Text
from sqs_tui.paint.lines import EMPTY, Line, Span, box, line, rule, short
from sqs_tui.screens.frame import Frame
from sqs_tui.screens.prompt import PAUSE
from sqs_tui.widgets.editor import NoteBox

MOST_FIGURES = 6
"""Rows for the figures of the paragraph; the box has the others."""


class ParagraphScreen(Frame):
    """A box for one paragraph, and under it what its figures say now.

    ``keep`` takes the words, half a second after a key and when the screen is left; ``wrong`` gives
    what is the matter with a figure in them, "" where nothing is.
    """

    deeds = (
        Deed("paragraph.keep", "escape", "keep it, back to the letter", foot=1, text=True),
        Deed("paragraph.done", "ctrl+j", "the same", text=True),
    )
    help_text = (
        "What you write is saved as you type.  A figure is written between braces, such as "
        "{roh.plan|of cases}, and stays live; what each says now stands under the box."
    )

    def __init__(
        self,
        name: str,
        text: str,
        which: Text,
        keep: Callable[[str], None],
        *,
        figures: Mapping[str, str],
        wrong: Callable[[], str],
    ) -> None:
        super().__init__()
        self.text_asked = which
        self.note_box = NoteBox()
        self._name_shown, self._text, self._figures = name, _paragraphs(text), figures
        self._keep, self._wrong = keep, wrong
        self._soon = False
        self._warned = ""

    @property
    def wants_words(self) -> bool:
        """One writes here, and nothing else."""
        return True

    def where(self) -> str:
        """Which paragraph."""
        return f"Letter ▸ {self._name_shown}"

    def extra(self) -> list[Widget]:
        """The box one writes in."""
        return [self.note_box]

    def on_mount(self) -> None:
        """Write at the end of what stands there."""
        with self.prevent(TextArea.Changed):
            self.note_box.load_text(self._text)
        self.note_box.display = True
        self.note_box.focus()
        self.note_box.move_cursor(self.note_box.document.end)

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The box, and what the figures say."""
        told = self._told(width)
        room = height - 1 - 2 - len(told)
        self._lay(width - 4, room)
        empty = box(self._name_shown, [EMPTY] * room, width - 2, on=True)
        return [rule(width), *((Span(" "), *row) for row in empty), *told]

    def footer_deeds(self) -> Sequence[Deed]:
        """The line over the footer is never asked for here."""
        return self.keys.deeds

    def _lay(self, width: int, room: int) -> None:
        styles = self.note_box.styles
        styles.offset, styles.width, styles.height = (2, 3), width, room
        self.call_after_refresh(self.note_box.point)

    def _told(self, width: int) -> list[Line]:
        if not self._figures:
            return [EMPTY]
        room = max(map(len, self._figures)) + 2
        rows = [
            line((f"  {reference:<{room}}", "dim"), (short(f"“{words}”", width - room - 4), "figure"))
            for reference, words in [*self._figures.items()][:MOST_FIGURES]
        ]
        more = len(self._figures) - MOST_FIGURES
        return [*rows, line((f"  and {more} more", "dim"))] if more > 0 else rows

    def on_text_area_changed(self, message: TextArea.Changed) -> None:
        """A key: save soon; further keys do not put it off."""
        if not self._soon:
            self._soon = True
            self.set_timer(PAUSE, lambda: self.commit() if self._soon else None)

    def commit(self) -> None:
        """Have the words kept; lines that no blank one parts are one paragraph."""
        self._soon = False
        words = _paragraphs(self.note_box.text)
        if words != self._text and self.note_box.is_attached:
            self._text = words
            self._keep(words)

    def do_editor(self) -> None:
        """The paragraph in an editor; its lines come back as one."""
        from sqs_tui.outside import in_editor

        assert self.text_asked is not None
        text = in_editor(self.sqs, self.text_asked, self.note_box.text)
        if text is not None:
            self.note_box.load_text(_paragraphs(text))
            self.note_box.move_cursor(self.note_box.document.end)
            self.commit()
        self.draw()

    def do_keep(self) -> None:
        """Back to the letter; once not, where a figure is wrong: from there no mark leads here again."""
        self.commit()
        wrong = self._wrong()
        if wrong and wrong != self._warned:
            self._warned = wrong
            told = wrong.partition(" known:")[0]  # the nearest name is enough: the others would fill the row
            self.sqs.say(f"{told}  Esc again leaves it so", warning=True)
            return
        self.sqs.pop_screen()

    def do_done(self) -> None:
        """Back to the letter."""
        self.do_keep()


def _paragraphs(text: str) -> str:
    parts = (" ".join(part.split()) for part in re.split(r"\n\s*\n", text))
    return "\n\n".join(part for part in parts if part)
