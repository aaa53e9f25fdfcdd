"""Show the parts of the letter and what proofreading found: to its left, or in two rows under it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from attrs import frozen
from textual import events
from textual.content import Content
from textual.message import Message

from sqs_core.letter.document import Document, Heading, Items, Paragraph
from sqs_core.text import counted
from sqs_tui.styles import DIM, FLAG, GOOD, HERE, TITLE, WARN, fitted, joined, shortened, text
from sqs_tui.widgets.lines import LinesView

if TYPE_CHECKING:
    from sqs_core.claims.proofreading import Proofreading

NOTHING_WRITTEN = "L002"
ALL_WELL, WRITTEN, LOOK = "✓", "✎", "!"
STYLE = {ALL_WELL: GOOD, WRITTEN: FLAG, LOOK: WARN}


@frozen
class PartEntry:
    """A paragraph of a part: its name, its mark, the first of its places that can have the mark, its words.

    It is shown by its number, or by its place under the heading: "paragraph 2".
    """

    name: str
    mark: str
    stop: int
    shown: str = ""


@frozen
class LetterSection:
    """A part of the letter: its title, its mark, its paragraphs; of a list the number of its items."""

    title: str
    mark: str
    entries: tuple[PartEntry, ...]
    items: int | None = None


def parts_of(document: Document, proof: Proofreading | None) -> tuple[LetterSection, ...]:
    """Return the parts by their headings, without what stands before the first."""
    ours = {id(block) for block in document.blocks if isinstance(block, Heading) and block.level > 1}
    look = {problem.where for problem in document.problems}
    look |= {problem.what.split("'")[1] for problem in document.problems if problem.code == NOTHING_WRITTEN}
    look |= {claim.paragraph for claim in (proof.typed or () if proof else ())}
    look |= {finding.paragraph for finding in (proof.findings if proof else ())}
    parts: list[LetterSection] = []
    entries: list[PartEntry] = []
    items: int | None = None
    title, stops = "", 0
    places, heading = document.places(), ""
    for block in (*document.blocks, None):
        if block is None or id(block) in ours:
            if title and entries:
                parts.append(LetterSection(title, _worst(e.mark for e in entries), tuple(entries), items))
            if isinstance(block, Heading):
                heading = block.text
                title = f"{block.number} {block.text}" if block.number else block.text
            entries, items = [], None
        paragraphs: Sequence[Paragraph] = ()
        if isinstance(block, Paragraph):
            paragraphs = (block,)
        elif isinstance(block, Items):
            paragraphs, items = block.items, (items or 0) + len(block.items)
        for paragraph in paragraphs:
            name = paragraph.name
            mark = LOOK if name in look or paragraph.id in look else WRITTEN if paragraph.edited else ALL_WELL
            if name:
                shown = places.get(name, name).removeprefix(f"{heading}, ")
                entries.append(PartEntry(name, mark, stops, shown))
            stops += len(paragraph.figures) or bool(name)
    return tuple(parts)


def _worst(marks: Iterable[str]) -> str:
    found = set(marks)
    return next((mark for mark in (LOOK, WRITTEN) if mark in found), ALL_WELL)


class LetterParts(LinesView):
    """A line for each part, that with the mark opened to its paragraphs; then the checks."""

    @dataclass
    class Picked(Message):
        """A part or a paragraph was clicked: the place of it."""

        place: int

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._stops: list[int | None] = []

    def show_parts(self, parts: Sequence[LetterSection], here: str, proof: Proofreading | None) -> None:
        """Show the parts; that of the paragraph called ``here`` is opened."""
        width = self.content_size.width
        rows: list[tuple[Content, int | None]] = [(text("Parts", TITLE), None)]
        for part in parts:
            inside = bool(here) and any(entry.name == here for entry in part.entries)
            tail = f" {part.items}" if part.items is not None else ""
            title = fitted(part.title, width - 2 - len(tail), HERE if inside else "")
            row = joined(text(f"{part.mark} ", STYLE[part.mark]), title, text(tail))
            rows.append((row, part.entries[0].stop))
            for entry in part.entries if inside and part.items is None else ():
                on = entry.name == here
                lead = text(" ▶ " if on else "   ", HERE)
                name = shortened(entry.shown, width - 6, HERE if on else "")
                rows.append((joined(lead, name, text(f" {entry.mark}", STYLE[entry.mark])), entry.stop))
        rows += [(Content.empty(), None), (text("Checks", TITLE), None)]
        rows += [
            (joined(text(f"{mark} ", STYLE.get(mark, DIM)), shortened(words, width - 2)), None)
            for mark, words in checks(proof)
        ]
        self._stops = [stop for _, stop in rows]
        self.show([row for row, _ in rows])

    def on_click(self, event: events.Click) -> None:
        """Go to what was clicked."""
        place = event.get_content_offset(self)
        if place is not None and place.y < len(self._stops):
            stop = self._stops[place.y]
            if stop is not None:
                self.post_message(self.Picked(stop))


def parts_row(parts: Sequence[LetterSection], here: str, width: int) -> Content:
    """Return the parts in one row, by their numbers or first words, with their marks."""
    row = Content.empty()
    # What stands between gives way first, and the words only where that is not enough.
    for blank, gap, most in ((" ", 3, width), (" ", 2, width), ("", 2, width), ("", 2, 9)):
        items = []
        for part in parts:
            inside = bool(here) and any(entry.name == here for entry in part.entries)
            label = shortened(_brief(part.title), most, HERE if inside else "")
            mark, style = ("▶", HERE) if inside else (part.mark, STYLE[part.mark])
            items.append(label + text(f"{blank}{mark}", style))
        row, whole = _row(items, width, gap)
        if whole:
            break
    return row


def _brief(title: str) -> str:
    """Return the number or the first word of ``title``, and the next where that is short: "What needs"."""
    first, *more = title.split()
    return " ".join((first, *more[:1])) if first.isalpha() and len(first) < 5 else first.rstrip(",")


def _row(items: Sequence[Content], width: int, gap: int = 3) -> tuple[Content, bool]:
    """Return ``items`` in one row, as many as fit, and whether that is all of them."""
    row = Content("  ")
    for item in items:
        longer = row + item
        if longer.cell_length > width:
            return row, False
        row = longer + Content(" " * gap)
    return row, True


def checks(proof: Proofreading | None) -> list[tuple[str, str]]:
    """Return what proofreading found: a mark and a few words each."""
    if proof is None:
        return [("…", "reading it through")]
    found = [(ALL_WELL, f"{counted(proof.live, 'figure')} live")]
    typed = proof.typed or ()
    if proof.wrong:
        found.append((LOOK, f"{counted(len(proof.wrong), 'typed number')} wrong"))
    if len(typed) > len(proof.wrong):
        found.append((LOOK, f"{counted(len(typed) - len(proof.wrong), 'typed number')}"))
    if proof.typed is None:
        found.append((LOOK, "numbers not read"))
    names, cases = proof.count("name", "school"), proof.count("case-number")
    others = len(proof.findings) - names - cases
    found.append((LOOK, counted(names, "name")) if names else (ALL_WELL, "no names"))
    found.append((LOOK, counted(cases, "case number")) if cases else (ALL_WELL, "no case numbers"))
    if others:
        found.append((LOOK, f"{others} could identify"))
    if proof.long:
        found.append((LOOK, counted(len(proof.long), "long sentence")))
    return found


def checks_row(proof: Proofreading | None, width: int) -> Content:
    """Return the checks in one row, those to look at first."""
    items = sorted(checks(proof), key=lambda item: item[0] != LOOK)
    return _row([text(f"{mark} {words}", STYLE.get(mark, DIM)) for mark, words in items], width)[0]
