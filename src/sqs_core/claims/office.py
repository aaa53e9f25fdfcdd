"""A Word document or an OpenDocument text as paragraphs: both are archives of XML.

What comes from outside is not trusted: a document type, an entity or a part that grows too large
is refused.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from sqs_core.claims.paragraphs import Block
from sqs_core.errors import Problem, RecordError
from sqs_core.text import without_forbidden

LARGEST = 20_000_000  # bytes of text; the longest letters are a thousandth of this
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_BLANKS = frozenset(f"{TEXT}{name}" for name in ("s", "tab", "line-break"))
_BESIDE = frozenset({f"{TEXT}tracked-changes", f"{TEXT}note", f"{OFFICE}annotation"})
"""What is no part of the running text: deletions that are still kept, footnotes, remarks."""


def blocks_of_docx(data: bytes, name: str) -> tuple[Block, ...]:
    """The paragraphs of a Word document's main text, with tracked insertions, without deletions."""
    root = xml_root(part_of(data, "word/document.xml", name), name)
    blocks: list[Block] = []
    for paragraph in root.iter(f"{W}p"):
        words = paragraph_words(paragraph)
        if words.strip():
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            style_name = (style.get(f"{W}val") or "").lower() if style is not None else ""
            heading = style_name.startswith(("heading", "title"))
            blocks.append(Block(without_forbidden(words)[0], len(blocks), heading))
    return tuple(blocks)


def blocks_of_odt(data: bytes, name: str) -> tuple[Block, ...]:
    """The headings and paragraphs of an OpenDocument text, with tracked insertions, without deletions."""
    root = xml_root(part_of(data, "content.xml", name), name)
    blocks: list[Block] = []
    waiting = list(root.findall(f"{OFFICE}body/{OFFICE}text"))
    while waiting:
        part = waiting.pop()
        if part.tag in (f"{TEXT}p", f"{TEXT}h"):
            words = " ".join(_odt_words(part).split())
            if words:
                blocks.append(Block(without_forbidden(words)[0], len(blocks), part.tag == f"{TEXT}h"))
        waiting += [inner for inner in reversed(part) if inner.tag not in _BESIDE]
    return tuple(blocks)


def _odt_words(paragraph: Element) -> str:
    """The words of one paragraph; those of a frame in it come by themselves."""
    words = paragraph.text or ""
    waiting: list[Element | str] = [*reversed(paragraph)]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            words += part
            continue
        waiting.append(part.tail or "")
        if part.tag in _BLANKS:
            words += " "
        elif part.tag.startswith(TEXT) and part.tag not in _BESIDE:
            words += part.text or ""
            waiting += reversed(part)
    return words


def part_of(data: bytes, part: str, name: str) -> bytes:
    """One part of an office document; RecordError where it has none or it is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(part).file_size > LARGEST:
                raise too_large(name)
            # The stated size can lie: never read more than it allows.
            with archive.open(part) as file:
                content = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, KeyError, NotImplementedError, RuntimeError, OSError, EOFError):
        raise broken(name) from None
    if len(content) > LARGEST:
        raise too_large(name)
    return content


def too_large(name: str) -> RecordError:
    """That the file called ``name`` is no letter by its size."""
    return RecordError(Problem(name, "too large for a letter", "check the letter by itself", "K001"))


def broken(name: str) -> RecordError:
    """That the file called ``name`` is not what its suffix says."""
    if name.lower().endswith(".odt"):
        return RecordError(Problem(name, "not an OpenDocument text", "save it as .odt or .txt", "K003"))
    return RecordError(Problem(name, "not a Word document", "save it as .docx or .txt", "K003"))


def xml_root(content: bytes, name: str) -> Element:
    """The root of a part; refuses document types, with which entities could be declared."""
    declares = b"<!DOCTYPE" in content or b"<!ENTITY" in content
    # In another encoding those words would read otherwise; offices write UTF-8.
    if declares or b"\x00" in content:
        raise RecordError(
            Problem(name, "holds a document type, which no letter needs", "save it anew", "K004")
        )
    try:
        return ElementTree.fromstring(content)
    except (ElementTree.ParseError, LookupError, ValueError):  # the last two: of an unknown encoding
        raise broken(name) from None


def paragraph_words(paragraph: Element) -> str:
    """The words of one paragraph of a Word document; those of a text box in it come by themselves."""
    words = ""
    for part in paragraph.iter():
        if part.tag == f"{W}t":
            words += part.text or ""
        elif part.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            words += " "
        elif part.tag == f"{W}noBreakHyphen":
            words += "-"
    return words
