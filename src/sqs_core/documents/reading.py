"""The paragraphs of a document that somebody else wrote, by the kind of its file.

Bytes in, values out: who opens the file is the caller.  What comes from outside is not trusted: a
document that is not what its suffix says, that grows too large or that nests too deep is refused.
"""

from __future__ import annotations

from sqs_core.documents.archive import LARGEST
from sqs_core.documents.opendocument import read_odt
from sqs_core.documents.passages import ReadDocument, too_large
from sqs_core.documents.plain_text import read_text
from sqs_core.documents.suffixes import SUFFIXES, suffix_of
from sqs_core.documents.web_page import read_page
from sqs_core.documents.word import read_word
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.text import with_newlines


def read_document(data: bytes, name: str) -> ReadDocument:
    """Return what is in ``data``, by the suffix of the file called ``name``.

    Raises:
        UsageError: the suffix is none that can be read.
        RecordError: the file is not what its suffix says, or holds what no letter does.
    """
    suffix = suffix_of(name)
    if suffix not in SUFFIXES:
        raise UsageError(f"a letter is checked as {', '.join(SUFFIXES)}, not '{suffix or name}'")
    if len(data) > LARGEST:
        raise too_large(name)
    if suffix == ".docx":
        return read_word(data, name)
    if suffix == ".odt":
        return read_odt(data, name)
    text = with_newlines(decoded(data, name))
    if suffix in (".html", ".htm"):
        return read_page(text, name)
    return read_text(text, name, markdown=suffix in (".md", ".markdown"))


def decoded(data: bytes, name: str) -> str:
    """Return the text in ``data`` as it is there, hostile characters too; RecordError where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            return data.decode("utf-16") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data.decode("cp1252")
        except UnicodeDecodeError:
            raise RecordError(Problem(name, "not text", "save it as UTF-8", "K002")) from None
