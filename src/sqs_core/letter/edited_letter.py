"""An edited letter as paragraphs: each with its number or section, and its place in the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from attrs import evolve, frozen

from sqs_core.documents.passages import Passage
from sqs_core.documents.plain_text import MARK, NUMBER

_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}")
CHANGES = "Changes since draft"
"""How the heading of the list begins that ``sqs report --since`` puts at the end of a letter."""


def without_changes(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """Return ``passages`` up to the list of what changed: what a draft said is no claim of this letter."""
    title = re.compile(rf"(#+ )?{CHANGES} [0-9]+\s*")
    return tuple(takewhile(lambda passage: not title.fullmatch(passage.text), passages))


@frozen
class LetterParagraph:
    """A paragraph with what it is about: its ``number`` ("2.2" or ""), its ``section``'s id ("").

    ``offset`` is how many characters of the passage stand before ``text``: the number, a bullet.
    """

    text: str
    number: str
    section: str
    passage: Passage
    offset: int = 0
    heading: bool = False


def letter_paragraphs(
    passages: Sequence[Passage], titles: Iterable[tuple[str, str]]
) -> tuple[LetterParagraph, ...]:
    """Return each passage with its number and section; ``titles`` are the sections' headings with their ids.

    A passage that begins in the middle of a sentence which the one before left open (a page break in a
    converted file) has the number of that one.  A footnote or text box has that of its paragraph.
    """
    known = {_plain(title): section for title, section in titles}
    section, number = "", ""
    made: dict[int, LetterParagraph] = {}
    last: LetterParagraph | None = None
    for passage in passages:
        flat = passage.text.replace("\n", " ").replace("\t", " ").replace("\xa0", " ")
        offset = len(flat) - len(flat.lstrip())
        mark = MARK.match(flat[offset:])
        offset += mark.end() if mark else 0
        found = NUMBER.match(flat[offset:])
        body = flat[offset + (found.end() if found else 0) :]
        if passage.part != "body":
            above = made.get(passage.anchor)
            place = (above.number, above.section) if above else ("", "")
            made[passage.index] = LetterParagraph(_unmarked(flat[offset:]), *place, passage, offset)
            continue
        heading = known.get(_plain(body))
        if heading is not None or passage.heading:
            # A heading of the editor's own: what follows is under no section of the plan.
            section, number = heading if heading is not None else section if found else "", ""
            last = LetterParagraph(flat[offset:], "", section, passage, offset, heading=True)
        else:
            if found:
                number = found[1]
                offset += found.end()
            elif not (last and number and body[:1].islower() and not _ended(last.text)):
                number = ""
            last = LetterParagraph(_unmarked(flat[offset:]), number, section, passage, offset)
        made[passage.index] = last
    return tuple(made.values())


def _ended(text: str) -> bool:
    return text.rstrip().rstrip("\"'”’)").endswith((".", "!", "?", ":"))


def _unmarked(text: str) -> str:
    """Return ``text`` with blanks for Markdown's emphasis, so that places stay what they are."""
    return _EMPHASIS.sub(lambda match: " " * len(match[0]), text)


def _plain(title: str) -> str:
    words = re.sub(r"[^\w\s]", " ", title.lower())
    return re.sub(r"^\d+\s+", "", " ".join(words.split()))


def joined_paragraphs(
    paragraphs: Sequence[LetterParagraph],
) -> tuple[tuple[LetterParagraph, tuple[int, ...]], ...]:
    """Return paragraphs that continue one another as one text, with where each of them begins in it."""
    groups: list[tuple[list[LetterParagraph], list[int]]] = []
    for paragraph in paragraphs:
        before = groups[-1][0][-1] if groups else None
        continues = (
            before is not None
            and not before.heading
            and not paragraph.heading
            and paragraph.passage.part == before.passage.part == "body"
            and paragraph.number != ""
            and paragraph.number == before.number
            and paragraph.text[:1].islower()
            and not _ended(before.text)
        )
        if continues:
            held, starts = groups[-1]
            starts.append(starts[-1] + len(held[-1].text) + 1)
            held.append(paragraph)
        else:
            groups.append(([paragraph], [0]))
    return tuple(
        (evolve(held[0], text=" ".join(p.text for p in held)), tuple(starts)) for held, starts in groups
    )
