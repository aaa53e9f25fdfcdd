"""A web page as paragraphs: as a browser shows it, and what else goes out with the file."""

from __future__ import annotations

import re
from typing import Final

from attrs import define, field
from lxml import etree

from sqs_core.documents.archive import MOST_TAGS, gave_up_for_depth, too_deep
from sqs_core.documents.passages import DocumentPart, PassageList, ReadDocument, too_large

Element = etree._Element
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_INLINE: Final = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_SILENT: Final = frozenset({"script", "style", "template", "noscript", "head", "title", "option", "datalist"})
_UNSEEN: Final = {
    "img": "picture",
    "svg": "picture",
    "canvas": "picture",
    "object": "embedded object",
    "embed": "embedded object",
    "iframe": "embedded page",
}
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_STRUCK: Final = re.compile(r"text-decoration[^;]*line-through", re.I)
_NOTE_MARK: Final = re.compile(r"\[?[\d*†‡§,\s]+\]?")


def read_page(text: str, name: str) -> ReadDocument:
    """Return the paragraphs of the web page ``text``; RecordError where it nests too deep."""
    parser = etree.HTMLParser(remove_pis=True)
    # A declaration of an encoding is of no use to text that is decoded.
    if text.count("<") > MOST_TAGS:
        raise too_large(name)
    text = re.sub(r"^\s*<\?xml[^>]*>", "", text)
    try:
        root = etree.fromstring(text or "<p></p>", parser)
    except etree.XMLSyntaxError:
        root = None
    if any(gave_up_for_depth(error.type, error.message) for error in parser.error_log):
        raise too_deep(name)
    reader = _Reader(PassageList(name))
    if root is not None:
        # Not by XPath, whose time grows with the square of how many there are.
        above, below = root.itersiblings(etree.Comment, preceding=True), root.itersiblings(etree.Comment)
        for comment in (*reversed(list(above)), *root.iter(etree.Comment), *below):
            reader.found.add(comment.text or "", "comment")
        reader.head(root)
        reader.block(root, "body")
        reader.close("body")
    return reader.found.document()


@define
class _Reader:
    found: PassageList
    words: dict[DocumentPart, list[str]] = field(factory=dict)
    heading: bool = False
    line: int = 0

    def head(self, root: Element) -> None:
        """Add what the page says of itself."""
        for element in root.iter("title", "meta"):
            if element.tag == "title":
                self.found.add(f"title: {element.text or ''}", "property")
            elif element.get("name") in ("author", "description", "keywords", "creator"):
                self.found.add(f"{element.get('name')}: {element.get('content') or ''}", "property")

    def block(self, element: Element, part: DocumentPart) -> None:
        """Read what is in ``element``; what is no inline element begins and ends a paragraph."""
        part = _part(element, part)
        self._say(element.text, part, element)
        for inner in element:
            if isinstance(inner.tag, str) and inner.tag not in _SILENT:
                self._element(inner, part)
            self._say(inner.tail, part, inner)

    def _element(self, element: Element, part: DocumentPart) -> None:
        tag = str(element.tag)
        if tag in _UNSEEN:
            self.found.unseen[_UNSEEN[tag]] += 1
            self.found.add(str(element.get("alt") or ""), "property")
        if tag == "br" or (tag == "sup" and _NOTE_MARK.fullmatch("".join(map(str, element.itertext())))):
            self._say(" ", part, element)
        elif tag in _INLINE or ":" in tag:
            self.block(element, part)
        elif tag not in _UNSEEN:
            self.close(part)
            self.heading = tag in _HEADINGS
            self.block(element, part)
            self.close(part)

    def _say(self, text: str | None, part: DocumentPart, element: Element) -> None:
        if text:
            self.line = self.line or int(element.sourceline or 0)
            self.words.setdefault(part, []).append(text)

    def close(self, part: DocumentPart) -> None:
        """End the paragraph."""
        place = self.found.add("".join(self.words.pop(part, ())), part, heading=self.heading, line=self.line)
        for kind, words in self.words.items():
            self.found.add("".join(words), kind, line=self.line, anchor=place)
        self.words, self.heading, self.line = {}, False, 0


def _part(element: Element, part: DocumentPart) -> DocumentPart:
    style = str(element.get("style") or "")
    if element.get("hidden") is not None or _HIDDEN.search(style):
        return "hidden"
    if element.tag == "del":
        return "deletion"
    if element.tag in ("s", "strike") or _STRUCK.search(style):
        return "struck"
    return part
