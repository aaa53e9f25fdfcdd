"""A text that is read beside a question, such as a pre-sentence report: its pages, what is found in it,
and what is quoted from it.

It is no part of any record.  What stands in the evidence is only what somebody chose to quote.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Final, Literal

from attrs import define, field

from sqs_core.documents.folding import Span, found, readable
from sqs_core.documents.passages import ReadDocument
from sqs_core.documents.sentences import sentences
from sqs_core.text import with_newlines, without_forbidden

Unit = Literal["line", "sentence", "paragraph"]
UNITS: Final[tuple[Unit, ...]] = ("line", "sentence", "paragraph")
_PAGE: Final = re.compile(r"(?:[-–—] ?)?page +(\d{1,4})(?: +of +\d{1,4})?(?: ?[-–—])?", re.IGNORECASE)
_PARAGRAPH: Final = re.compile(r"\S(?:.|\n(?![ \t]*(?:\n|\Z)))*")
_LINE: Final = re.compile(r"\S[^\n]*")
_WRAPPED: Final = re.compile(r"(?<=[^\n]{50})\n(?=[^\s*•–-])")
_SHORTENED: Final = ("Mr.", "Mrs.", "Ms.", "Dr.", "No.", "e.g.", "i.e.", "p.", "pp.", "para.", "St.")


@define(frozen=True, slots=False)
class SourceText:
    """A text as it is read.  ``label`` is what it is called where it is quoted, such as "PSR".

    ``pages`` are the characters at which a page begins, with its number; none where the text does
    not tell its pages.  ``counted`` is what is counted instead: lines, or a Word document's paragraphs.
    ``dropped`` is how many characters were left out that no record may hold.
    """

    label: str
    text: str = field(repr=False)
    pages: tuple[tuple[int, int], ...] = ()
    counted: Literal["line", "paragraph"] = "line"
    dropped: int = 0

    @cached_property
    def flowing(self) -> str:
        """The text, character for character, with a blank for each newline that only broke a long line."""
        page_starts = {at for at, _ in self.pages}
        return _WRAPPED.sub(lambda match: "\n" if match.end() in page_starts else " ", self.text)

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """Every line that holds anything."""
        return tuple(m.span() for m in _LINE.finditer(self.text))

    @cached_property
    def paragraphs(self) -> tuple[Span, ...]:
        """Every paragraph: what stands between blank lines."""
        return tuple(m.span() for m in _PARAGRAPH.finditer(self.text))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """Every sentence; none goes on into the next paragraph."""
        found = []
        for start, end in self.paragraphs:
            for a, b in sentences(self.text[start:end], _SHORTENED):
                found.append((start + a, start + a + len(self.text[start + a : start + b].rstrip())))
        return tuple(found)

    def units(self, unit: Unit) -> tuple[Span, ...]:
        """Return the lines, sentences or paragraphs, in their order."""
        return {"line": self.lines, "sentence": self.sentences, "paragraph": self.paragraphs}[unit]

    def unit_at(self, unit: Unit, at: int) -> int:
        """Which of :meth:`units` the character ``at`` is in, or comes after; -1 where there is none."""
        units = self.units(unit)
        return max(0, bisect_right(units, at, key=lambda span: span[0]) - 1) if units else -1

    def found(self, words: str) -> tuple[Span, ...]:
        """Where ``words`` stand, whatever the letters' case, the quotes' shape or the line ends between."""
        return found(self.text, words)

    def page_at(self, at: int) -> int | None:
        """Return the number of the page that the character ``at`` is on; None where pages are not told."""
        place = bisect_right(self.pages, at, key=lambda page: page[0]) - 1
        return self.pages[max(0, place)][1] if self.pages else None

    def place(self, span: Span) -> str:
        """Return where ``span`` stands, in words: "p.3", "pp.3–4", "line 12", "paragraphs 2–3"."""
        first, last = span[0], max(span[0], span[1] - 1)
        if self.pages:
            return _numbered("p.", "pp.", self.page_at(first), self.page_at(last))
        if self.counted == "line":
            return _numbered("line ", "lines ", self._line(first), self._line(last))
        ends = (self.unit_at("paragraph", at) + 1 for at in (first, last))
        return _numbered("paragraph ", "paragraphs ", *ends)

    def quote(self, span: Span) -> str:
        """What is written into the evidence: the words between quotation marks, and where they stand."""
        words = " ".join(self.text[span[0] : span[1]].split())
        return f"“{words}” ({self.label} {self.place(span)})"

    def _line(self, at: int) -> int:
        return self.text.count("\n", 0, at) + 1


def source_text(text: str, label: str) -> SourceText:
    """Return the text ``text``, pasted or read from a file, with the pages it tells.

    A form feed begins a page.  A line such as "Page 3 of 6" gives its number, and where there are
    no form feeds it also ends the page, or begins it if such a line is the first of the text.
    """
    text = with_newlines(text).replace("\t", " ")
    pieces = text.split("\f")
    dropped = sum(without_forbidden(piece)[1] for piece in pieces)
    kept = [readable(piece) for piece in pieces]
    numbered = _by_feeds(kept) if len(pieces) > 1 else _by_lines(kept[0])
    words = ""
    pages: list[tuple[int, int]] = []
    for piece, page in numbered:
        if page is not None:
            pages.append((len(words), page))
        words += piece
    return SourceText(label, words, tuple(pages), dropped=dropped)


def source_of(document: ReadDocument, label: str) -> SourceText:
    """Return what ``document`` shows in print, paragraph by paragraph, with its pages where it tells them."""
    text = ""
    pages: list[tuple[int, int]] = []
    for passage in document.printed:
        if passage.page > (pages[-1][1] if pages else 0):
            pages.append((len(text), passage.page))
        text += passage.text + "\n\n"
    numbered = tuple(pages) if len(pages) > 1 else ()
    return SourceText(label, text, numbered, counted="paragraph", dropped=document.dropped)


def _by_feeds(pieces: list[str]) -> list[tuple[str, int | None]]:
    pages: list[tuple[str, int | None]] = []
    for place, piece in enumerate(pieces, 1):
        lines = piece.split("\n")
        numbers = [number for line in lines if (number := _page_number(line)) is not None]
        rest = "\n".join(line for line in lines if _page_number(line) is None)
        if rest.strip() or place < len(pieces):  # what follows the last form feed is often nothing
            pages.append((rest if rest.endswith("\n") else rest + "\n", numbers[0] if numbers else place))
    return pages


def _by_lines(text: str) -> list[tuple[str, int | None]]:
    pages: list[tuple[list[str], int | None]] = [([], None)]
    heads = False
    for line in text.split("\n"):
        number = _page_number(line)
        if number is None:
            pages[-1][0].append(line)
            continue
        heads = heads or (len(pages) == 1 and not "".join(pages[0][0]).strip())
        if heads:
            pages.append(([], number))
        else:
            pages[-1] = (pages[-1][0], number)
            pages.append(([], number + 1))
    kept = [(lines, number) for lines, number in pages if number is None or "".join(lines).strip()]
    return [("\n".join(lines) + ("\n" if len(pages) > 1 else ""), number) for lines, number in kept]


def _page_number(line: str) -> int | None:
    line = line.strip()
    match = _PAGE.fullmatch(line) if len(line) < 40 else None  # a file can hold a line of any length
    return int(match[1]) if match else None


def _numbered(one: str, many: str, first: int | None, last: int | None) -> str:
    return f"{one}{first}" if first == last else f"{many}{first}–{last}"
