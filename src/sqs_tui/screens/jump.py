"""Jumping: a letter on every field and line of the screen below; pressing it goes there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from rich.cells import cell_len

from sqs_tui.deeds import Deed
from sqs_tui.paint.lines import Line, Span, line, parted
from sqs_tui.screens.frame import Frame
from sqs_tui.screens.note import Writing
from sqs_tui.screens.question import QuestionScreen

OWN = {
    "field:judgement": "j",
    "field:reasons": "r",
    "field:evidence": "e",
    "field:said": "c",
    "field:learning": "t",
    "field:strength": "s",
    "field:text": "v",
}
"""The letters that stay the same from screen to screen, so that fingers can learn them."""

PANES = ("left", "body", "right")


class Target(NamedTuple):
    """Something that can be jumped to: where its first cell is, and what it stands for."""

    pane: str
    x: int
    y: int
    wish: str


class JumpScreen(Frame):
    """The screen one came from, with letters on it."""

    deeds = (Deed("jump.close", "escape", "stay", "Back to where you were", ("ctrl+o",), 1),)
    help_text = "Press a letter to go to what it stands on."

    def __init__(self, about: Frame) -> None:
        super().__init__()
        self.about = about
        self._drawn: dict[str, list[Line]] = {}
        self._letters: dict[str, Target] = {}
        self._written: tuple[str, tuple[int, int]] | None = None
        if isinstance(about, Writing) and about.writing and not about.asking:
            self._written = about.field, about.note_box.cursor_location
            about.stop_writing()

    def where(self) -> str:
        """Where one is."""
        return self.about.where()

    def far(self) -> str:
        """How far one is."""
        return self.about.far()

    def panes(self, width: int) -> tuple[int, int]:
        """As below."""
        return self.about.panes(width)

    def picture(self, width: int, height: int) -> Sequence[Line]:
        """The picture below, with the letters."""
        left, right = self.panes(self.size.width)
        self._drawn = {"body": list(self.about.picture(width, height))}
        for name, cells in (("left", left), ("right", right)):
            self._drawn[name] = list(self.about.side(name, cells, height)) if cells else []
        self._letters = lettered(targets(self.about, self._drawn))
        for letter, target in self._letters.items():
            rows = self._drawn[target.pane]
            rows[target.y] = _labelled(rows[target.y], target.x, f"[{letter}]")
        return self._drawn["body"]

    def side(self, name: str, width: int, height: int) -> Sequence[Line]:
        """The pane below, with the letters."""
        return self._drawn[name]

    def tip(self) -> Line:
        """What to do."""
        return line(("  jump: press a letter; Esc stays", "flag"))

    def other_key(self, key: str) -> bool:
        """A letter goes there."""
        target = self._letters.get(key)
        if target is None:
            return False
        run = landing(self.about, target.wish)
        self.sqs.pop_screen()
        if run is not None:
            self.sqs.call_later(run)
        return True

    def do_close(self) -> None:
        """Back to the very character one was at."""
        self.sqs.pop_screen()
        if self._written is not None and isinstance(self.about, Writing):
            self.sqs.call_later(self.about.write, *self._written)


def landing(screen: Frame, wish: str) -> Callable[[], object] | None:
    """What going to ``wish`` on ``screen`` does; None for what is done there, not gone to."""
    kind, _, what = wish.partition(":")
    if isinstance(screen, QuestionScreen) and kind in ("field", "go"):
        return partial(screen.to_field if kind == "field" else screen.visit, what)
    if kind == "row" and hasattr(screen, screen.mark_name):
        return partial(_mark, screen, int(what))
    return None


def can_jump(screen: Frame) -> bool:
    """Whether there is anything on ``screen`` to jump to."""
    width, height = screen.size
    left, right = screen.panes(width)
    drawn = {"body": screen.picture(width - left - right, height - 3)}
    drawn |= {
        name: screen.side(name, cells, height - 3)
        for name, cells in (("left", left), ("right", right))
        if cells
    }
    return next(targets(screen, drawn), None) is not None


def targets(screen: Frame, drawn: dict[str, Sequence[Line]] | dict[str, list[Line]]) -> Iterator[Target]:
    """Everything drawn that can be jumped to, in reading order, each once."""
    seen: set[str] = set()
    tall = max(map(len, drawn.values()))
    for y in range(tall):
        for pane in PANES:
            rows = drawn.get(pane, ())
            x = 0
            for span in rows[y] if y < len(rows) else ():
                if span.wish and span.wish not in seen and landing(screen, span.wish) is not None:
                    seen.add(span.wish)
                    yield Target(pane, x, y, span.wish)
                x += cell_len(span.text)


def lettered(found: Iterator[Target]) -> dict[str, Target]:
    """A letter for each target, as far as there are letters; some have their own."""
    all_ = list(found)
    letters = {OWN[target.wish]: target for target in all_ if target.wish in OWN}
    free = (letter for letter in ascii_lowercase + ascii_uppercase if letter not in letters)
    letters |= dict(zip(free, (target for target in all_ if target.wish not in OWN), strict=False))
    return letters


def _mark(screen: Frame, row: int) -> None:
    setattr(screen, screen.mark_name, row)
    screen.draw()


def _labelled(row: Line, at: int, label: str) -> Line:
    left, rest = parted(row, at)
    _, right = parted(rest, len(label))
    return (*left, Span(label, "pick"), *right)
