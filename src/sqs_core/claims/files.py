"""An edited letter's file as paragraphs: plain text, Markdown, a web page or an office document.

Bytes in, values out: who opens the file is the caller.  What comes from outside is not
trusted: a document that is not what its suffix says, or that grows too large, is refused.
"""

from __future__ import annotations

from html.parser import HTMLParser

from sqs_core.claims.office import LARGEST, blocks_of_docx, blocks_of_odt, too_large
from sqs_core.claims.paragraphs import Block, blocks_of_text
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.text import without_forbidden

SUFFIXES = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".docx", ".odt")
MOST_WORDS = 400_000  # characters: some 150 pages
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCK_TAGS = _HEADINGS | {
    *("p", "li", "td", "th", "tr", "dt", "dd", "div", "pre"),
    *("blockquote", "section", "main", "article"),
}
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
        raise too_large(name)
    if suffix == ".docx":
        blocks = blocks_of_docx(data, name)
    elif suffix == ".odt":
        blocks = blocks_of_odt(data, name)
    elif suffix in (".html", ".htm"):
        blocks = blocks_of_html(_decoded(data, name))
    else:
        blocks = blocks_of_text(_decoded(data, name))
    if sum(len(block.text) for block in blocks) > MOST_WORDS:
        raise too_large(name)
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

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """As the base class, which ends with an AssertionError at a "<![" that is none of Word's."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return i + len("<![")

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
            self.heading = tag in _HEADINGS
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
