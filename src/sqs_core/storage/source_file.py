"""A text to read beside a question, from a file: plain text, Markdown or a Word document.

The file is read, and nothing of it is written anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final
from xml.etree.ElementTree import Element

from sqs_core.claims.files import decoded
from sqs_core.claims.office import W, paragraph_words, part_of, xml_root
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.letter.source_text import MOST_CHARACTERS, SourceText, source_text
from sqs_core.state import path_typed
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import one_line, without_forbidden

_PLAIN: Final = (".txt", ".text", ".md", ".markdown")
_LARGEST: Final = 20_000_000
_LAST_BREAK: Final = f"{W}lastRenderedPageBreak"


def read_source(path: str | Path, label: str) -> SourceText:
    """The text in the file at ``path``, called ``label`` where it is quoted.

    UsageError where the suffix is none that can be read, or there is too much; RecordError where
    the file is missing, a link or a device, or not what its suffix says.
    """
    path = path_typed(str(path))
    suffix = path.suffix.lower()
    name = one_line(path.name, 60)
    if suffix not in (*_PLAIN, ".docx"):
        kinds = ", ".join((*_PLAIN, ".docx"))
        raise UsageError(
            f"a text is read from {kinds}, not '{suffix or name}'; copy its words and paste them"
        )
    try:
        data = read_bytes(path, most=_LARGEST)
    except RecordError as error:
        if error.problems[0].code == "R002":
            raise UsageError("this file is larger than 20 MB; paste the part of it that you need") from None
        raise
    if suffix == ".docx":
        return whole(_from_word(data, name, label))
    if b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise RecordError(Problem(name, "not text", "save it as UTF-8 text, or paste its words", "K002"))
    return whole(source_text(decoded(data, name), label))


def pasted_source(text: str, label: str) -> SourceText:
    """The text that was pasted, called ``label`` where it is quoted; UsageError where it is too long."""
    return whole(source_text(text, label))


def whole(source: SourceText) -> SourceText:
    """``source``, where it holds words and not too many; else UsageError."""
    if len(source.text) > MOST_CHARACTERS:
        raise UsageError(
            f"this text has {len(source.text):,} characters; at most {MOST_CHARACTERS:,} "
            "(some 150 pages) are read beside a question: open the part you need"
        )
    if not source.paragraphs:
        raise UsageError("there are no words in this text")
    return source


def _from_word(data: bytes, name: str, label: str) -> SourceText:
    """Paragraph by paragraph; pages where Word has left the marks of how it broke them last."""
    root = xml_root(part_of(data, "word/document.xml", name), name)
    text = ""
    pages = [(0, 1)]
    dropped = 0
    # A break that the author set stands there twice once Word has laid the text out.
    laid_out = root.find(f".//{_LAST_BREAK}") is not None
    for paragraph in root.iter(f"{W}p"):
        before, after = _page_breaks(paragraph, laid_out=laid_out)
        if before:
            pages.append((len(text), pages[-1][1] + before))
        words, count = without_forbidden(paragraph_words(paragraph))
        dropped += count
        if words.strip():
            text += words.strip() + "\n\n"
        if after:
            pages.append((len(text), pages[-1][1] + after))
    told = tuple(pages) if len(pages) > 1 else ()
    return SourceText(label, text, told, counted="paragraph", dropped=dropped)


def _page_breaks(paragraph: Element, *, laid_out: bool) -> tuple[int, int]:
    """How many pages begin before the first word of a paragraph, and how many in it or after it."""
    breaks = [0, 0]
    begun = False
    for part in paragraph.iter():
        if part.tag == f"{W}t" and (part.text or "").strip():
            begun = True
        elif part.tag == (_LAST_BREAK if laid_out else f"{W}br") and (
            laid_out or part.get(f"{W}type") == "page"
        ):
            breaks[begun] += 1
    return breaks[0], breaks[1]
