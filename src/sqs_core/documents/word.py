"""A Word document as paragraphs: as it is printed, and what else goes out with the file.

Tracked insertions are part of the text; tracked deletions and what was moved away are not, nor is what is
struck out or hidden.  A text box is read once, after the paragraph it hangs on, and so is a footnote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from attrs import define, field
from lxml import etree

from sqs_core.documents.archive import Archive
from sqs_core.documents.passages import DocumentPart, PassageList, ReadDocument
from sqs_core.documents.word_parts import (
    Element,
    Numbers,
    Story,
    Style,
    child,
    local_name,
    main_part,
    numbering_of,
    numbers_of,
    properties_of,
    related,
    stories_of,
    styles_of,
    switch,
    tag_of,
    value,
)

_ALTERNATIVES: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_BLANKS: Final = frozenset({"tab", "br", "cr", "ptab"})
_CHANGES: Final = frozenset({"ins", "del", "moveFrom", "moveTo"})
_REFERENCES: Final = frozenset({"footnoteReference", "endnoteReference", "commentReference"})
_ASIDE: Final = frozenset({"pPr", "rPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr"})
# A raised mark of a note is no part of the words; in "26th" the raised letters are.
_NOTE_MARK: Final = re.compile(r"[\d*†‡§,\s]+")
_UNSEEN: Final = {
    "pic": "picture",
    "imagedata": "picture",
    "chart": "chart",
    "relIds": "diagram",
    "OLEObject": "embedded object",
    "oMath": "equation",
}
_STORY_PARTS: Final[dict[str, DocumentPart]] = {"footnote": "note", "endnote": "note", "comment": "comment"}


class Piece(NamedTuple):
    """Something in a paragraph: words (shown, or of a ``part`` that is not), or an element in its place."""

    part: DocumentPart | None
    words: str = ""
    element: Element | None = None


def read_word(data: bytes, name: str) -> ReadDocument:
    """Return the paragraphs of the Word document ``data``; RecordError where it is none."""
    return WordReader(Archive(data, name)).document()


@define
class WordReader:
    """Reads one document.  ``elements`` are the paragraphs of its "body" passages, in their order."""

    archive: Archive
    elements: list[Element] = field(factory=list)
    _found: PassageList = field(init=False)
    _styles: dict[str, Style] = field(factory=dict)
    _numbers: Numbers = field(init=False)
    _stories: dict[tuple[str, str], Story] = field(factory=dict)
    _page: int = 0
    _page_mark: str = ""
    _unended: str = ""

    def document(self) -> ReadDocument:
        """Read everything that goes out with the file."""
        main = main_part(self.archive)
        root = self.archive.root(main)
        if tag_of(root) != "document":
            raise self.archive.broken()
        self._found = PassageList(self.archive.name)
        self._styles, self._numbers = dict(styles_of(self.archive, main)), numbers_of(self.archive, main)
        stories = list(stories_of(self.archive, main))
        self._stories = {(story.kind, story.id): story for story in stories}
        self._begin_pages(root)
        self._blocks(root, "body", -1)
        while self._stories:  # those that nothing in the text refers to
            story = self._stories.pop(next(iter(self._stories)))
            self._blocks(story.element, _STORY_PARTS[story.kind], -1)
        for kind in ("header", "footer"):
            for part in related(self.archive, main, kind):
                self._blocks(self.archive.root(part), "margin", -1)
        authors = {value(e, "author") for e in root.iter() if tag_of(e) in _CHANGES}
        authors |= {value(story.element, "author") for story in stories}
        for said in (*properties_of(self.archive), *(f"author: {a}" for a in sorted(authors) if a)):
            self._found.add(said, "property")
        return self._found.document()

    def _begin_pages(self, root: Element) -> None:
        """Find which marks tell the pages: in a text laid out by Word a break set by hand stands twice."""
        for mark in ("lastRenderedPageBreak", "br"):
            if any(_is_page_mark(e, mark) for e in root.iter()):
                self._page, self._page_mark = 1, mark
                return

    def _blocks(self, element: Element, part: DocumentPart, anchor: int) -> None:
        """Add the paragraphs in ``element``, wherever they are nested."""
        for inner in element:
            if tag_of(inner) == "p":
                self._paragraph(inner, part, anchor)
            elif inner.tag == _ALTERNATIVES:
                self._blocks(next(inner.iterchildren(), inner), part, anchor)
            elif _is_deleted(inner):
                self._blocks(inner, "deletion", anchor)
            elif tag_of(inner) not in _ASIDE:
                self._blocks(inner, part, anchor)

    def _paragraph(self, paragraph: Element, part: DocumentPart, anchor: int) -> None:
        properties = child(paragraph, "pPr")
        named = value(child(properties, "pStyle"))
        style = self._styles.get(named, Style(named))
        pieces = list(self._pieces(paragraph, style, part))
        text = self._unended + "".join(p.words for p in pieces if p.part == part)
        page = self._turn_pages(pieces, part)
        self._unended = ""
        if part == "body" and text.strip():
            if any(child(properties, "rPr", change) is not None for change in ("del", "moveFrom")):
                self._unended, text = f"{text} ", ""  # its end is deleted: it goes on in the next
            else:
                text = f"{self._numbers.label(numbering_of(properties) or style.numbering)} {text}"
        heading = style.name.lower().startswith(("heading", "title"))
        heading = heading or child(properties, "outlineLvl") is not None
        place = self._found.add(text, part, heading=heading, anchor=anchor, page=page)
        if part == "body" and place >= 0:
            self.elements.append(paragraph)
        hangs_on = place if anchor < 0 else anchor
        for other in ("deletion", "hidden", "struck"):
            if other != part:
                self._found.add("".join(p.words for p in pieces if p.part == other), other, anchor=hangs_on)
        for piece in pieces:
            if piece.element is not None:
                self._hanging(piece.element, part, hangs_on)

    def _hanging(self, element: Element, part: DocumentPart, anchor: int) -> None:
        """Add what hangs on a paragraph: a note that is referred to, or the boxes of a drawing."""
        if tag_of(element) in _REFERENCES:
            story = self._stories.pop((tag_of(element).removesuffix("Reference"), value(element, "id")), None)
            if story is not None:
                self._blocks(story.element, _STORY_PARTS[story.kind], anchor)
            return
        for inner in _of_alternatives(element):
            name = local_name(inner)
            if tag_of(inner) == "txbxContent":
                self._blocks(inner, "box" if part == "body" else part, anchor)
            elif name in _UNSEEN:
                self._found.unseen[_UNSEEN[name]] += 1
            elif name == "docPr":
                self._found.add(value(inner, "descr"), "property")

    def _turn_pages(self, pieces: Iterable[Piece], part: DocumentPart) -> int:
        """Return the page that a paragraph begins on, and turn to the one it ends on."""
        if part != "body" or not self._page:
            return 0
        begins, begun = self._page, False
        for piece in pieces:
            begun = begun or (piece.part == part and bool(piece.words.strip()))
            if piece.element is not None and _is_page_mark(piece.element, self._page_mark):
                self._page += 1
                begins += not begun
        return begins

    def _pieces(self, element: Element, style: Style, part: DocumentPart) -> Iterator[Piece]:
        """Yield what is in a paragraph, in its order."""
        for inner in element:
            tag = tag_of(inner)
            if _is_deleted(inner):
                yield from self._pieces(inner, style, "deletion")
            elif tag == "r":
                properties = child(inner, "rPr")
                own = self._styles.get(value(child(properties, "rStyle")), Style())
                hidden, struck = switch(properties, "vanish"), switch(properties, "strike", "dstrike")
                said: DocumentPart = part
                if part != "deletion":
                    said = "struck" if (own.struck or style.struck if struck is None else struck) else said
                    said = "hidden" if (own.hidden or style.hidden if hidden is None else hidden) else said
                raised = value(child(properties, "vertAlign")) == "superscript"
                yield from _run(inner, said, raised=raised)
            elif inner.tag == _ALTERNATIVES or not tag:
                yield Piece(None, element=inner)
            elif tag not in _ASIDE:
                yield from self._pieces(inner, style, part)


def _run(run: Element, part: DocumentPart, *, raised: bool) -> Iterator[Piece]:
    for inner in run:
        tag = tag_of(inner)
        if tag in ("t", "delText"):
            if not (raised and _NOTE_MARK.fullmatch(inner.text or "")):
                yield Piece(part, inner.text or "")
        elif tag == "noBreakHyphen":
            yield Piece(part, "-")
        elif tag in _BLANKS:
            yield Piece(part, " ", inner)
        elif tag != "rPr":
            yield Piece(None, element=inner)


def _is_page_mark(element: Element, mark: str) -> bool:
    return tag_of(element) == mark and (mark != "br" or value(element, "type") == "page")


def _is_deleted(element: Element) -> bool:
    tag = tag_of(element)
    return tag in ("del", "moveFrom") or (tag == "tr" and child(element, "trPr", "del") is not None)


def _of_alternatives(element: Element) -> Iterator[Element]:
    """Yield the elements in a drawing, outermost first; of two ways to say one thing, only the first."""
    if element.tag == _ALTERNATIVES:
        element = next(element.iterchildren(etree.Element), element)
    yield element
    if tag_of(element) != "txbxContent":
        for inner in element.iterchildren(etree.Element):
            yield from _of_alternatives(inner)
