"""A Word document with a comment where a claim does not hold or a number was not checked.

Only the marks of the comments are put into the document; every other part is copied as it is.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import Final

from lxml import etree

from sqs_core.claims.annotated_page import TITLES
from sqs_core.claims.check import LetterCheck
from sqs_core.claims.claim import Claim, Unread
from sqs_core.documents.archive import Archive
from sqs_core.documents.word import WordReader
from sqs_core.documents.word_parts import Element, child, int_or, main_part, related, value

TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELATIONS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPES_PART: Final = "[Content_Types].xml"
_XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"


def annotated_docx(data: bytes, letter: LetterCheck, name: str) -> bytes:
    """Return ``data`` with comments on what of ``letter`` does not hold or was not checked.

    RecordError where it is no Word document.
    """
    archive = Archive(data, name)
    reader = WordReader(archive)
    bodies = [passage.index for passage in reader.document().passages if passage.part == "body"]
    paragraphs = dict(zip(bodies, reader.elements, strict=True))
    notes: dict[int, list[str]] = {}
    marked: list[Claim | Unread] = [*letter.claims, *letter.unread]
    for found in marked:
        if found.status != "holds":
            anchor = letter.passages[found.block].anchor
            place = found.block if found.block in paragraphs else anchor
            said = f"“{found.quote}”: {TITLES[found.status]}. {found.remark}".rstrip()
            notes.setdefault(place if place in paragraphs else bodies[-1], []).append(said)
    if not notes:
        return data
    main = main_part(archive)
    root = next(iter(paragraphs.values())).getroottree().getroot()
    space = str(etree.QName(root).namespace)
    kept = related(archive, main, "comments")
    part = kept[0] if kept else posixpath.join(posixpath.dirname(main), "comments.xml")
    comments = archive.root(part) if kept else etree.Element(f"{{{space}}}comments", nsmap={"w": space})
    number = max((int_or(value(comment, "id")) for comment in comments), default=-1) + 1
    for place, lines in sorted(notes.items()):
        _mark(paragraphs[place], number, space)
        comments.append(_comment(number, lines, space))
        number += 1
    changed = {main: _bytes(root), part: _bytes(comments)}
    if not kept:
        changed |= _announced(archive, main, part)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for entry in archive.parts:
            made.writestr(_dated(entry), changed.pop(entry) if entry in changed else archive.read(entry))
        for entry, content in changed.items():
            made.writestr(_dated(entry), content)
    return out.getvalue()


def _dated(entry: str) -> zipfile.ZipInfo:
    """Name a part, dated 1980: no zip can be older, and a computer's clock can."""
    part = zipfile.ZipInfo(entry)
    part.compress_type = zipfile.ZIP_DEFLATED
    return part


def _bytes(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _mark(paragraph: Element, number: int, space: str) -> None:
    """Put the marks of a comment at the bounds of its paragraph."""

    def made(tag: str) -> Element:
        return etree.Element(f"{{{space}}}{tag}", {f"{{{space}}}id": str(number)})

    properties = child(paragraph, "pPr")
    paragraph.insert(0 if properties is None else paragraph.index(properties) + 1, made("commentRangeStart"))
    paragraph.append(made("commentRangeEnd"))
    etree.SubElement(paragraph, f"{{{space}}}r").append(made("commentReference"))


def _comment(number: int, lines: list[str], space: str) -> Element:
    comment = etree.Element(
        f"{{{space}}}comment",
        {
            f"{{{space}}}id": str(number),
            f"{{{space}}}author": "sqs letter check",
            f"{{{space}}}initials": "sqs",
        },
    )
    for line in lines:
        paragraph = etree.SubElement(comment, f"{{{space}}}p")
        run = etree.SubElement(paragraph, f"{{{space}}}r")
        etree.SubElement(run, f"{{{space}}}t", {_XML_SPACE: "preserve"}).text = line
    return comment


def _announced(archive: Archive, main: str, part: str) -> dict[str, bytes]:
    """Return the lists of relations and content types with the comments entered."""
    folder, file = posixpath.split(main)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    related_to = (
        archive.root(relations) if archive.has(relations) else etree.Element(f"{{{_RELATIONS}}}Relationships")
    )
    kind = {"Id": "rIdSqsComments", "Type": RELATION, "Target": posixpath.relpath(part, folder)}
    etree.SubElement(related_to, f"{{{_RELATIONS}}}Relationship", kind)
    types = archive.root(_TYPES_PART)
    typed = {"PartName": f"/{part}", "ContentType": TYPE}
    etree.SubElement(types, f"{{{_TYPES}}}Override", typed)
    return {relations: _bytes(related_to), _TYPES_PART: _bytes(types)}
