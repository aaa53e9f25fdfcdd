"""A text that is read beside the questions of a case: which one, where one is in it, what is looked for.

It is held in memory for as long as the program runs, and by nothing that is ever written: no record,
no rescue copy, no list of what was open last, no message.  Only a quotation goes further.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import define, field
from rich.cells import cell_len

from sqs_core.documents.folding import Span
from sqs_core.letter.source_text import UNITS, SourceText, Unit


@define
class OpenText:
    """The text of one case.  ``at`` is the character one is at; ``moved`` whether it stands elsewhere

    than it does at first: below the question where there is room beside it, else instead of it.
    """

    source: SourceText | None = field(default=None, repr=False)
    waiting: bool = False
    shown: bool = True
    moved: bool = False
    unit: Unit = "sentence"
    at: int = 0
    top: int = 0
    words: str = field(default="", repr=False)
    found: tuple[Span, ...] = field(default=(), repr=False)
    _rows: tuple[int, tuple[Span, ...]] = field(default=(0, ()), repr=False, init=False)

    def open(self, source: SourceText) -> None:
        """Read ``source`` from its beginning."""
        self.source, self.shown = source, True
        self.at = self.top = 0
        self.words, self.found, self._rows = "", (), (0, ())

    @property
    def span(self) -> Span:
        """What is chosen: the line, sentence or paragraph one is in."""
        units = self.source.units(self.unit) if self.source else ()
        return units[self.source.unit_at(self.unit, self.at)] if self.source and units else (0, 0)

    def rows(self, width: int) -> tuple[Span, ...]:
        """Return the text in rows of at most ``width`` cells, by their characters; made once for a width."""
        if self._rows[0] != width:
            text = self.source.flowing if self.source else ""
            self._rows = width, tuple(_rows_of(text, width))
        return self._rows[1]

    @property
    def match(self) -> int:
        """Which of what was found one is at; -1 where at none."""
        return next((n for n, (start, _) in enumerate(self.found) if start == self.at), -1)

    def find(self, words: str) -> None:
        """Look for ``words``, and go to the first from here on; "" ends the search."""
        self.words = " ".join(words.split())
        self.found = self.source.found(self.words) if self.source else ()
        if self.found:
            self.at = next((start for start, _ in self.found if start >= self.at), self.found[0][0])

    def step(self, step: int) -> None:
        """Go to the next or previous match where something is looked for, else unit; round at the ends."""
        if self.source is None:
            return
        if self.found:
            after = sum(start <= self.at for start, _ in self.found)
            place = after if step > 0 else after - 1 - (self.match >= 0)
            self.at = self.found[place % len(self.found)][0]
        else:
            units = self.source.units(self.unit)
            place = self.source.unit_at(self.unit, self.at) + step
            self.at = units[max(0, min(place, len(units) - 1))][0]

    def choose(self, step: int) -> None:
        """Choose more or less at a time: line, sentence, paragraph."""
        self.unit = UNITS[max(0, min(UNITS.index(self.unit) + step, len(UNITS) - 1))]

    def leaf(self, rows: int) -> None:
        """Go so many rows on or back, as they were laid out last."""
        laid = self._rows[1]
        here = sum(start <= self.at for start, _ in laid) - 1
        self.at = laid[max(0, min(here + rows, len(laid) - 1))][0] if laid else 0
        if self.source is not None:
            self.at = self.span[0]


def _rows_of(text: str, width: int) -> Iterator[Span]:
    """Yield where ``text`` is broken at blanks into rows of at most ``width`` cells, by its characters."""
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        if not paragraph:
            yield start, end
        while start < end:
            stop = min(end, start + max(1, width))
            while stop > start + 1 and cell_len(text[start:stop]) > width:
                stop -= 1
            if stop < end and text[stop] != " " and (blank := text.rfind(" ", start + 1, stop)) > 0:
                stop = blank
            yield start, stop
            start = stop
            while start < end and text[start] == " ":
                start += 1
        start = end + 1
