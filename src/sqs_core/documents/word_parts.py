"""The parts of a Word document beside its text: relationships, styles, automatic numbers, names.

Both namespaces are read, that of every day and that of "Strict Open XML".  ISO/IEC 29500-1 has the elements.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from attrs import define, field, frozen
from lxml import etree

from sqs_core.documents.archive import Archive

Element = etree._Element
W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES: Final = frozenset({W, "http://purl.oclc.org/ooxml/wordprocessingml/main"})
_TELLING: Final = frozenset(
    {"title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category"}
    | {"Manager", "Company", "lpwstr", "lpstr"}
)


def tag_of(element: Element) -> str:
    """Return the name of a Word element without its namespace; "" for any other."""
    space, _, name = str(element.tag)[1:].rpartition("}")
    return name if space in SPACES else ""


def local_name(element: Element) -> str:
    """Return the name of any element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element | None, name: str = "val") -> str:
    """Return an attribute of an element, whatever its namespace; "" where there is none."""
    found = () if element is None else element.items()
    return next((str(v) for k, v in found if str(k).rpartition("}")[2] == name), "")


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first Word element at ``path`` below ``element``."""
    for name in path:
        inside = () if element is None else element
        element = next((inner for inner in inside if tag_of(inner) == name), None)
    return element


def switch(properties: Element | None, *names: str) -> bool | None:
    """Return whether one of several switches is on; None where none is set."""
    found = [e for name in names if (e := child(properties, name)) is not None]
    return any(value(e) not in ("0", "false", "off") for e in found) if found else None


def int_or(text: str, otherwise: int = 0) -> int:
    """Return ``text`` as a number, ``otherwise`` where it is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise


def main_part(archive: Archive) -> str:
    """Return the name of the part that holds the document: the archive's relationships say."""
    return next(iter(related(archive, "", "officeDocument")), "word/document.xml")


def related(archive: Archive, part: str, kind: str) -> list[str]:
    """Return the parts that ``part`` ("" is the whole file) names as its ``kind``, such as "comments"."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    named = archive.root(relations) if archive.has(relations) else ()
    targets = [
        posixpath.normpath(posixpath.join("/", folder, value(relation, "Target"))).lstrip("/")
        for relation in named
        if value(relation, "Type").rpartition("/")[2] == kind
    ]
    return [target for target in targets if archive.has(target)]


class Style(NamedTuple):
    """What a style says of its text; ``numbering`` is the id and level of its automatic numbers."""

    name: str = ""
    hidden: bool = False
    struck: bool = False
    numbering: tuple[str, int] | None = None


def styles_of(archive: Archive, main: str) -> Mapping[str, Style]:
    """Return the styles by their ids, each with what it takes from the one it is based on."""
    known: dict[str, Style] = {}
    for part in related(archive, main, "styles"):
        for style in archive.root(part):
            parent = known.get(value(child(style, "basedOn")), Style())
            runs = child(style, "rPr")
            hidden, struck = switch(runs, "vanish"), switch(runs, "strike", "dstrike")
            known[value(style, "styleId")] = Style(
                value(child(style, "name")),
                parent.hidden if hidden is None else hidden,
                parent.struck if struck is None else struck,
                numbering_of(child(style, "pPr")) or parent.numbering,
            )
    return known


def numbering_of(properties: Element | None) -> tuple[str, int] | None:
    """Return the id and level of the automatic numbers of a paragraph or style; None where it has none."""
    numbers = child(properties, "numPr")
    return (
        numbers
        if numbers is None
        else (value(child(numbers, "numId")), int_or(value(child(numbers, "ilvl"))))
    )


class Level(NamedTuple):
    """One level of automatic numbers: where it starts, its kind, and its text such as "%1.%2."."""

    start: int = 1
    kind: str = ""
    text: str = ""


@define
class Numbers:
    """Counts automatic numbers as Word shows them.

    ``lists`` maps the id of a list to its shape and levels; lists of one shape count on together.
    """

    lists: Mapping[str, tuple[str, Mapping[int, Level]]]
    counted: dict[str, dict[int, int]] = field(factory=dict)

    def label(self, numbering: tuple[str, int] | None) -> str:
        """Return the number of the next paragraph of a list, "" where it has none in figures."""
        name, at = numbering or ("", 0)
        shape, levels = self.lists.get(name, ("", {}))
        if at not in levels:
            return ""
        counts = self.counted.setdefault(shape, {})
        counts[at] = counts.get(at, levels[at].start - 1) + 1
        for deeper in [level for level in counts if level > at]:
            del counts[deeper]

        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            return str(counts.get(level, levels.get(level, Level()).start))

        return re.sub(r"%(\d)", shown, levels[at].text) if levels[at].kind == "decimal" else ""


def numbers_of(archive: Archive, main: str) -> Numbers:
    """Return the automatic numbers of a document, nothing counted yet."""
    lists: dict[str, tuple[str, Mapping[int, Level]]] = {}
    for part in related(archive, main, "numbering"):
        root = archive.root(part)
        shapes = {value(e, "abstractNumId"): dict(_levels(e)) for e in root if tag_of(e) == "abstractNum"}
        for number in root:
            if tag_of(number) == "num":
                shape = value(child(number, "abstractNumId"))
                lists[value(number, "numId")] = shape, shapes.get(shape, {})
    return Numbers(lists)


def _levels(shape: Element) -> Iterator[tuple[int, Level]]:
    for level in shape:
        if tag_of(level) == "lvl":
            start, kind, text = (value(child(level, name)) for name in ("start", "numFmt", "lvlText"))
            yield int_or(value(level, "ilvl")), Level(int_or(start, 1), kind, text)


@frozen
class Story:
    """A footnote, endnote or comment: what refers to it, and where its paragraphs are."""

    kind: str
    id: str
    element: Element


def stories_of(archive: Archive, main: str) -> Iterator[Story]:
    """Yield the footnotes, endnotes and comments."""
    for kind in ("footnote", "endnote", "comment"):
        for part in related(archive, main, f"{kind}s"):
            for story in archive.root(part):
                if tag_of(story) == kind and not value(story, "type").endswith("eparator"):
                    yield Story(kind, value(story, "id"), story)


def properties_of(archive: Archive) -> Iterator[str]:
    """Yield what the file says of itself, such as "creator: …"."""
    for part in ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"):
        for element in archive.root(part).iter() if archive.has(part) else ():
            if local_name(element) in _TELLING and element.text:
                yield f"{local_name(element)}: {element.text}"
