"""An edited letter as paragraphs: each with its number or section, and its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile

from attrs import evolve, frozen

_MARK = re.compile(r"^(?:[-*+•–]\s+|#{1,6}\s+|>\s+)+")
_NUMBER = re.compile(r"^\**(\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=[.)]))[.)]?\**[.)]?\s+(?=\S)")
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}")


LONGEST_SENTENCE = 2000


@frozen
class Block:
    """One paragraph of a file as read: ``index`` counts from 0, ``line`` from 1 (0: not known)."""

    text: str
    index: int
    heading: bool = False
    line: int = 0


CHANGES = "Changes since draft"
"""How the heading of the list begins that ``sqs report --since`` puts at the end of a letter."""


def without_changes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """``blocks`` up to the list of what changed: what a draft said is no claim of this letter."""
    title = re.compile(rf"(#+ )?{CHANGES} [0-9]+\s*")
    return tuple(takewhile(lambda block: not title.fullmatch(block.text), blocks))


@frozen
class Page:
    """A paragraph with what it is about: its ``number`` ("2.2" or ""), its ``section``'s id ("").

    ``offset`` is how many characters of the block stand before ``text``: the number, a bullet.
    """

    text: str
    number: str
    section: str
    block: Block
    offset: int = 0
    heading: bool = False


def blocks_of_text(text: str) -> tuple[Block, ...]:
    """The paragraphs of plain text or Markdown: parted by blank lines, list marks and numbers."""
    blocks: list[Block] = []
    kept: list[str] = []
    first = 0

    def close() -> None:
        nonlocal kept
        if kept:
            blocks.append(Block("\n".join(kept), len(blocks), kept[0].lstrip().startswith("#"), first))
        kept = []

    for number, line in enumerate(text.split("\n"), 1):
        begins = bool(_MARK.match(line) or _NUMBER.match(line.lstrip())) and not line.startswith("    ")
        if not line.strip() or begins:
            close()
        if line.strip():
            first = first if kept else number
            kept.append(line)
    close()
    return tuple(blocks)


def pages_of(blocks: Sequence[Block], titles: Iterable[tuple[str, str]]) -> tuple[Page, ...]:
    """Each block as a page; ``titles`` are the sections' headings with their ids.

    A block that begins in the middle of a sentence which the block before left open (a page
    break in a converted file) is read with that one, as its own page with the same number.
    """
    known = {_plain(title): section for title, section in titles}
    section, number = "", ""
    pages: list[Page] = []
    for block in blocks:
        flat = block.text.replace("\n", " ").replace("\t", " ").replace("\xa0", " ")
        offset = len(flat) - len(flat.lstrip())
        mark = _MARK.match(flat[offset:])
        offset += mark.end() if mark else 0
        found = _NUMBER.match(flat[offset:])
        body = flat[offset + (found.end() if found else 0) :]
        heading = known.get(_plain(body))
        if heading is not None:
            section, number = heading, ""
            pages.append(Page(flat[offset:], "", section, block, offset, heading=True))
            continue
        if block.heading:
            # A heading of the editor's own: what follows is under no section of the plan.
            section, number = ("" if not found else section), ""
            pages.append(Page(flat[offset:], "", section, block, offset, heading=True))
            continue
        if found:
            number = found[1]
            offset += found.end()
        elif not (pages and number and body[:1].islower() and not _ended(pages[-1].text)):
            number = ""
        pages.append(Page(_unmarked(flat[offset:]), number, section, block, offset))
    return tuple(pages)


def _ended(text: str) -> bool:
    return text.rstrip().rstrip("\"'”’)").endswith((".", "!", "?", ":"))


def _unmarked(text: str) -> str:
    """Markdown's emphasis as blanks, so that places stay what they are."""
    return _EMPHASIS.sub(lambda match: " " * len(match[0]), text)


def _plain(title: str) -> str:
    words = re.sub(r"[^\w\s]", " ", title.lower())
    return re.sub(r"^\d+\s+", "", " ".join(words.split()))


def joined_pages(pages: Sequence[Page]) -> tuple[tuple[Page, tuple[int, ...]], ...]:
    """Pages that continue one another as one text, with where each of them begins in it."""
    groups: list[tuple[list[Page], list[int]]] = []
    for page in pages:
        before = groups[-1][0][-1] if groups else None
        continues = (
            before is not None
            and not before.heading
            and not page.heading
            and page.number != ""
            and page.number == before.number
            and page.text[:1].islower()
            and not _ended(before.text)
        )
        if continues:
            held, starts = groups[-1]
            starts.append(sum(len(p.text) + 1 for p in held))
            held.append(page)
        else:
            groups.append(([page], [0]))
    return tuple(
        (evolve(held[0], text=" ".join(p.text for p in held)), tuple(starts)) for held, starts in groups
    )


def sentences(text: str, abbreviations: Sequence[str] = ()) -> tuple[tuple[int, int], ...]:
    """The places of the sentences of ``text``; what no full stop ends is cut at a blank.

    Nobody writes a sentence of two thousand characters, but a file can hold one, and tying a
    claim takes time with the square of its sentence's length.
    """
    ends = [0]
    for match in re.finditer(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])", text):
        begin = text.rfind(" ", 0, match.start()) + 1
        if text[begin : match.start() + 1] not in abbreviations:
            ends.append(match.end())
    ends.append(len(text))
    for start, end in list(pairwise(ends)):
        while end - start > LONGEST_SENTENCE:
            blank = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
            start = blank + 1 if blank > 0 else start + LONGEST_SENTENCE
            ends.append(start)
    ends.sort()
    return tuple((a, b) for a, b in pairwise(ends) if text[a:b].strip())
