"""The parts of the letter and what reading it through found: the left side of a wide letter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import frozen

from sqs_core.claims.proofreading import Proofreading, name_of
from sqs_core.letter.document import Document, Figure, Heading, Items, Paragraph
from sqs_tui.paint.lines import EMPTY, Line, line, short, width_of
from sqs_tui.paint.words import number

ALL_WELL, WRITTEN, LOOK = "✓", "✎", "!"
STYLE = {ALL_WELL: "good", WRITTEN: "flag", LOOK: "warn"}


@frozen
class Entry:
    """A paragraph of a part: its name, its mark, and the first of its places in :func:`stops_of`."""

    name: str
    mark: str
    stop: int


@frozen
class LetterPart:
    """A part of the letter: its title, its mark, its paragraphs; of a list the number of its items."""

    title: str
    mark: str
    entries: tuple[Entry, ...]
    items: int | None = None


Stop = tuple[Paragraph, Figure | None]
"""A place that can have the mark: a figure in its paragraph, or a paragraph without one."""


def stops_of(document: Document) -> list[Stop]:
    """Every figure, and every paragraph with a name that has none, in reading order."""
    return [
        (paragraph, figure)
        for paragraph in document.paragraphs()
        for figure in paragraph.figures or ((None,) if name_of(paragraph) else ())
    ]


def parts_of(document: Document, proof: Proofreading | None) -> tuple[LetterPart, ...]:
    """The parts by their headings, those without a number too; what stands before the first is left out."""
    ours = {id(block) for block in document.blocks if isinstance(block, Heading) and block.level > 1}
    look = {problem.where for problem in document.problems}
    look |= {claim.paragraph for claim in (proof.typed or () if proof else ())}
    look |= {finding.paragraph for finding in (proof.findings if proof else ())}
    parts: list[LetterPart] = []
    entries: list[Entry] = []
    items: int | None = None
    title, stops = "", 0
    for block in (*document.blocks, None):
        if block is None or id(block) in ours:
            if title and entries:
                parts.append(LetterPart(title, _worst(e.mark for e in entries), tuple(entries), items))
            if isinstance(block, Heading):
                title = f"{block.number} {block.text}" if block.number else block.text
            entries, items = [], None
        paragraphs: Sequence[Paragraph] = ()
        if isinstance(block, Paragraph):
            paragraphs = (block,)
        elif isinstance(block, Items):
            paragraphs, items = block.items, (items or 0) + len(block.items)
        for paragraph in paragraphs:
            name = name_of(paragraph)
            mark = LOOK if name in look or paragraph.id in look else WRITTEN if paragraph.edited else ALL_WELL
            entries.append(Entry(name, mark, stops))
            stops += len(paragraph.figures) or bool(name)
    return tuple(parts)


def _worst(marks: Iterable[str]) -> str:
    found = set(marks)
    return next((mark for mark in (LOOK, WRITTEN) if mark in found), ALL_WELL)


def parts_lines(parts: Sequence[LetterPart], here: str, width: int) -> list[Line]:
    """A line for each part; that of the paragraph called ``here`` is opened to its paragraphs."""
    rows = [line(("Parts", "title"))]
    for part in parts:
        inside = any(entry.name == here for entry in part.entries)
        tail = f" {part.items}" if part.items is not None else ""
        title = short(part.title, width - 2 - len(tail))
        wish = f"row:{part.entries[0].stop}"
        rows.append(
            line(
                (f"{part.mark} ", STYLE[part.mark]),
                (f"{title:<{width - 2 - len(tail)}}{tail}", "here" if inside else ""),
                wish=wish,
            )
        )
        for entry in part.entries if inside and part.items is None else ():
            on = entry.name == here
            rows.append(
                line(
                    (f" {'▶' if on else ' '} ", "here"),
                    (f"{short(entry.name, width - 6)} ", "here" if on else ""),
                    (entry.mark, STYLE[entry.mark]),
                    wish=f"row:{entry.stop}",
                )
            )
    return rows


def parts_line(parts: Sequence[LetterPart], here: str, width: int) -> Line:
    """The parts in one row, by their numbers or first words, with their marks."""
    row: Line = EMPTY
    # What stands between gives way first, and the words only where that is not enough.
    for blank, gap, most in ((" ", 3, width), (" ", 2, width), ("", 2, width), ("", 2, 9)):
        items = []
        for part in parts:
            inside = any(entry.name == here for entry in part.entries)
            label = short(part.title.split()[0].rstrip(","), most)
            mark, style = ("▶", "here") if inside else (part.mark, STYLE[part.mark])
            items.append([(label, "here" if inside else ""), (f"{blank}{mark}", style)])
        row, whole = _row(items, width, gap)
        if whole:
            break
    return row


def _row(items: Sequence[Sequence[tuple[str, str]]], width: int, gap: int = 3) -> tuple[Line, bool]:
    """``items`` in one row, as many as fit, and whether that is all of them."""
    spans: list[tuple[str, str]] = [("  ", "")]
    for item in items:
        longer = [*spans, *item, (" " * gap, "")]
        if width_of(line(*longer)) - gap > width:
            return line(*spans), False
        spans = longer
    return line(*spans), True


def checks(proof: Proofreading | None) -> list[tuple[str, str]]:
    """What reading it through found: a mark and a few words each."""
    if proof is None:
        return [("…", "reading it through")]
    told = [(ALL_WELL, f"{number(proof.live, 'figure')} live")]
    typed = proof.typed or ()
    if proof.wrong:
        told.append((LOOK, f"{number(len(proof.wrong), 'typed number')} wrong"))
    if len(typed) > len(proof.wrong):
        told.append((LOOK, f"{number(len(typed) - len(proof.wrong), 'typed number')}"))
    if proof.typed is None:
        told.append((LOOK, "numbers not read"))
    names, cases = proof.count("name", "school"), proof.count("case-number")
    others = len(proof.findings) - names - cases
    told.append((LOOK, number(names, "name")) if names else (ALL_WELL, "no names"))
    told.append((LOOK, number(cases, "case number")) if cases else (ALL_WELL, "no case numbers"))
    if others:
        told.append((LOOK, f"{others} could identify"))
    if proof.long:
        told.append((LOOK, number(len(proof.long), "long sentence")))
    return told


def checks_lines(proof: Proofreading | None, width: int) -> list[Line]:
    """The checks one under the other."""
    rows = [EMPTY, line(("Checks", "title"))]
    return rows + [
        line((f"{m} ", STYLE.get(m, "dim")), short(words, width - 2)) for m, words in checks(proof)
    ]


def checks_line(proof: Proofreading | None, width: int) -> Line:
    """The checks in one row, what is to be looked at first."""
    told = sorted(checks(proof), key=lambda item: item[0] != LOOK)
    return _row([[(f"{mark} {words}", STYLE.get(mark, "dim"))] for mark, words in told], width)[0]
