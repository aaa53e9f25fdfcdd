"""An edited letter's file as paragraphs: plain text, Markdown, a web page or a Word document.

Bytes in, values out: who opens the file is the caller.  What comes from outside is not
trusted: a document type, an entity or a document that grows too large is refused.
"""

from __future__ import annotations

import io
import zipfile
from html.parser import HTMLParser
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.letter.claims.pages import Block, blocks_of_text
from sqs_core.text import without_forbidden

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx")
LARGEST = 20_000_000  # bytes of text; the longest letters are a thousandth of this
MOST_WORDS = 400_000  # characters: some 150 pages
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCK_TAGS = frozenset(
    [
        "p",
        "li",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "td",
        "th",
        "dt",
        "dd",
        "blockquote",
        "section",
        "main",
        "article",
        "pre",
        "tr",
    ]
)
_SILENT = frozenset({"script", "style", "head", "template", "noscript"})


def read_letter(data: bytes, name: str) -> tuple[Block, ...]:
    """The paragraphs of the letter in ``data``, by the suffix of the file called ``name``.

    UsageError where the suffix is none that can be read; RecordError where the file is not
    what its suffix says, is too large or holds what a letter never does.
    """
    suffix = "." + name.rpartition(".")[2].lower() if "." in name else ""
    if suffix not in SUFFIXES:
        raise UsageError(f"a letter is checked as {', '.join(SUFFIXES)}, not '{suffix or name}'")
    if len(data) > LARGEST:
        raise RecordError(Problem(name, "too large for a letter", "check the letter by itself", "K001"))
    if suffix == ".docx":
        blocks = blocks_of_docx(data, name)
    elif suffix in (".html", ".htm"):
        blocks = blocks_of_html(_decoded(data, name))
    else:
        blocks = blocks_of_text(_decoded(data, name))
    if sum(len(block.text) for block in blocks) > MOST_WORDS:
        raise RecordError(Problem(name, "too large for a letter", "check the letter by itself", "K001"))
    return blocks


def decoded(data: bytes, name: str) -> str:
    """The text in ``data`` as it is there, hostile characters too; RecordError where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("cp1252")
        except UnicodeDecodeError:
            raise RecordError(Problem(name, "not text", "save it as UTF-8", "K002")) from None


def _decoded(data: bytes, name: str) -> str:
    return without_forbidden(decoded(data, name))[0]


class _Reader(HTMLParser):
    """Gathers the words of each block of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.words = ""
        self.heading = False
        self.silent: list[str] = []

    def close_block(self) -> None:
        words = " ".join(self.words.split())
        if words:
            self.blocks.append(Block(words, len(self.blocks), self.heading, self.getpos()[0]))
        self.words, self.heading = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent.append(tag)
        if tag in _BLOCK_TAGS:
            self.close_block()
            self.heading = tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        elif tag == "br":
            self.words += " "

    def handle_endtag(self, tag: str) -> None:
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()
        if tag in _BLOCK_TAGS:
            self.close_block()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words += data


def blocks_of_html(text: str) -> tuple[Block, ...]:
    """The blocks of a web page's body, headings marked; scripts and styles left out."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    reader.close_block()
    return tuple(reader.blocks)


def blocks_of_docx(data: bytes, name: str) -> tuple[Block, ...]:
    """The paragraphs of a Word document's main text, with tracked insertions, without deletions."""
    root = xml_root(docx_part(data, "word/document.xml", name), name)
    blocks: list[Block] = []
    for paragraph in root.iter(f"{W}p"):
        words = paragraph_words(paragraph)
        if words.strip():
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            style_name = (style.get(f"{W}val") or "").lower() if style is not None else ""
            heading = style_name.startswith(("heading", "title"))
            blocks.append(Block(without_forbidden(words)[0], len(blocks), heading))
    return tuple(blocks)


def docx_part(data: bytes, part: str, name: str) -> bytes:
    """One part of a Word document; RecordError where it has none or it is too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if archive.getinfo(part).file_size > LARGEST:
                raise RecordError(
                    Problem(name, "too large for a letter", "check the letter by itself", "K001")
                )
            # The stated size can lie: never read more than it allows.
            with archive.open(part) as file:
                content = file.read(LARGEST + 1)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, EOFError):
        raise RecordError(Problem(name, "not a Word document", "save it as .docx or .txt", "K003")) from None
    if len(content) > LARGEST:
        raise RecordError(Problem(name, "too large for a letter", "check the letter by itself", "K001"))
    return content


def xml_root(content: bytes, name: str) -> Element:
    """The root of a part; refuses document types, with which entities could be declared."""
    declares = b"<!DOCTYPE" in content or b"<!ENTITY" in content
    # In another encoding those words would read otherwise; Word writes UTF-8.
    if declares or b"\x00" in content:
        raise RecordError(
            Problem(name, "holds a document type, which no letter needs", "save it anew", "K004")
        )
    try:
        return ElementTree.fromstring(content)
    except ElementTree.ParseError:
        raise RecordError(Problem(name, "not a Word document", "save it as .docx or .txt", "K003")) from None


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
