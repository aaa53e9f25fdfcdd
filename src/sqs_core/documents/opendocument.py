"""An OpenDocument text as paragraphs: as it is printed, and what else goes out with the file.

Tracked deletions stand by themselves in the file and are no part of the text, nor is what is struck out
or hidden.  A frame is read after the paragraph it hangs on, and so is a footnote.  OASIS OpenDocument 1.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from attrs import define, field
from lxml import etree

from sqs_core.documents.archive import Archive
from sqs_core.documents.passages import DocumentPart, PassageList, ReadDocument

Element = etree._Element
_SPACES: Final = {
    f"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0": name
    for name in ("office", "text", "style", "draw", "meta", "form")
} | {
    "http://purl.org/dc/elements/1.1/": "dc",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
}
_BLANKS: Final = frozenset({"text:s", "text:tab", "text:line-break"})
_HANGING: Final[Mapping[str, DocumentPart]] = {
    "text:note": "note",
    "office:annotation": "comment",
    "draw:text-box": "box",
}
_UNSEEN: Final = {
    "draw:image": "picture",
    "draw:object": "embedded object",
    "draw:object-ole": "embedded object",
}
_TELLING: Final = frozenset(
    {"dc:title", "dc:subject", "dc:description", "dc:creator", "meta:initial-creator", "meta:keyword"}
    | {"meta:user-defined", "meta:printed-by"}
)


class Look(NamedTuple):
    """What a style does to its words."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False


def read_odt(data: bytes, name: str) -> ReadDocument:
    """Return the paragraphs of the OpenDocument text ``data``; RecordError where it is none."""
    return _Reader(Archive(data, name)).document()


def _tag(element: Element) -> str:
    space, _, name = str(element.tag)[1:].rpartition("}")
    return f"{_SPACES.get(space, '')}:{name}"


def _value(element: Element, name: str) -> str:
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


@define
class _Reader:
    archive: Archive
    _found: PassageList = field(init=False)
    _looks: dict[str, Look] = field(factory=dict)

    def document(self) -> ReadDocument:
        self._found = PassageList(self.archive.name)
        content = self.archive.root("content.xml")
        styles = self.archive.root("styles.xml") if self.archive.has("styles.xml") else None
        for root in (styles, content):
            self._looks |= {} if root is None else dict(_looks(root, self._looks))
        self._blocks(content, "body", -1)
        for element in () if styles is None else styles.iter(etree.Element):
            if _tag(element) in ("style:header", "style:footer", "style:header-first", "style:footer-first"):
                self._blocks(element, "margin", -1)
        meta = self.archive.root("meta.xml").iter(etree.Element) if self.archive.has("meta.xml") else ()
        for element in (*meta, *content.iter(etree.Element)):
            if _tag(element) in _TELLING and element.text:
                self._found.add(f"{_tag(element).partition(':')[2]}: {element.text}", "property")
        return self._found.document()

    def _blocks(self, element: Element, part: DocumentPart, anchor: int) -> None:
        """Add the paragraphs in ``element``, wherever they are nested."""
        for inner in element.iterchildren(etree.Element):
            tag = _tag(inner)
            if tag in ("text:p", "text:h"):
                self._paragraph(inner, part, anchor, heading=tag == "text:h")
            elif tag == "text:tracked-changes":
                self._blocks(inner, "deletion", -1)
            elif tag == "text:section" and _value(inner, "display") in ("none", "condition"):
                self._blocks(inner, "hidden", anchor)
            elif tag in _HANGING:
                self._blocks(inner, _HANGING[tag] if part == "body" else part, anchor)
            else:
                self._see(inner)
                self._blocks(inner, part, anchor)

    def _paragraph(self, paragraph: Element, part: DocumentPart, anchor: int, *, heading: bool) -> None:
        look = self._looks.get(_value(paragraph, "style-name"), Look())
        pieces = list(self._pieces(paragraph, look, part))
        said = {kind: "".join(w for k, w, _ in pieces if k == kind) for kind, _, _ in pieces}
        place = self._found.add(said.get(part, ""), part, heading=heading, anchor=anchor)
        hangs_on = place if anchor < 0 else anchor
        for other in ("hidden", "struck"):
            if other != part:
                self._found.add(said.get(other, ""), other, anchor=hangs_on)
        for _, _, element in pieces:
            if element is None:
                continue
            if _tag(element) in _HANGING:
                self._blocks(element, _HANGING[_tag(element)] if part == "body" else part, hangs_on)
            else:
                self._see(element)
                self._blocks(element, part, hangs_on)

    def _see(self, element: Element) -> None:
        tag = _tag(element)
        if tag in _UNSEEN:
            self._found.unseen[_UNSEEN[tag]] = self._found.unseen.get(_UNSEEN[tag], 0) + 1
        if tag in ("svg:title", "svg:desc"):
            self._found.add(element.text or "", "property")

    def _pieces(
        self, element: Element, look: Look, part: DocumentPart
    ) -> Iterator[tuple[DocumentPart, str, Element | None]]:
        """Yield the words in a paragraph, each with its part, and what hangs on it."""
        kind: DocumentPart = "hidden" if look.hidden else "struck" if look.struck else part

        def words(text: str | None) -> str:
            return "" if look.raised and (text or "").strip().isdigit() else text or ""

        yield kind, words(element.text), None
        for inner in element:
            tag = _tag(inner) if isinstance(inner.tag, str) else ""
            if tag in _BLANKS:
                yield kind, " ", None
            elif tag in ("text:hidden-text", "text:hidden-paragraph"):
                yield "hidden", _value(inner, "string-value") + "".join(map(str, inner.itertext())), None
            elif tag in _HANGING or tag.startswith(("draw:", "form:")):
                yield kind, "", inner
            elif tag.startswith("text:"):
                own = self._looks.get(_value(inner, "style-name"), Look())
                merged = Look(*(a or b for a, b in zip(own, look, strict=True)))
                yield from self._pieces(inner, merged, part)
            yield kind, words(inner.tail), None


def _looks(root: Element, known: Mapping[str, Look]) -> Iterator[tuple[str, Look]]:
    """Yield the styles of a part that hide, strike out or raise their words."""
    found = dict(known)
    for style in root.iter(etree.Element):
        if _tag(style) != "style:style":
            continue
        parent = found.get(_value(style, "parent-style-name"), Look())
        properties = next((e for e in style if _tag(e) == "style:text-properties"), None)
        if properties is not None:
            line = _value(properties, "text-line-through-style") or _value(
                properties, "text-line-through-type"
            )
            parent = Look(
                _value(properties, "display") == "none" or parent.hidden,
                line != "none" if line else parent.struck,
                _value(properties, "text-position").startswith("super") or parent.raised,
            )
        found[_value(style, "name")] = parent
        yield _value(style, "name"), parent
