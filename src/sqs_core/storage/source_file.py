"""Read a text to show beside a question, from a file of any kind that a letter can be.

The file is read, and nothing of it is written anywhere.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqs_core.documents.passages import MOST_CHARACTERS
from sqs_core.documents.reading import decoded
from sqs_core.documents.suffixes import SUFFIXES, suffix_of
from sqs_core.errors import Problem, RecordError, UsageError
from sqs_core.letter.source_text import SourceText, source_of, source_text
from sqs_core.plugins.reading import read_any, readable_suffixes
from sqs_core.state import path_typed
from sqs_core.storage.safe_read import read_bytes
from sqs_core.text import one_line

_PLAIN: Final = (".txt", ".text", ".md", ".markdown")
_LARGEST: Final = 20_000_000


def read_source(path: str | Path, label: str) -> SourceText:
    """Return the text in the file at ``path``, called ``label`` where it is quoted.

    UsageError where the suffix is none that can be read, or there is too much; RecordError where
    the file is missing, a link or a device, or not what its suffix says.
    """
    path = path_typed(str(path))
    suffix = suffix_of(path.name)
    name = one_line(path.name, 60)
    if suffix not in SUFFIXES and suffix not in readable_suffixes():
        kinds = ", ".join(readable_suffixes())
        raise UsageError(
            f"a text is read from {kinds}, not '{suffix or name}'; copy its words and paste them"
        )
    try:
        data = read_bytes(path, most=_LARGEST)
    except RecordError as error:
        if error.problems[0].code == "R002":
            raise UsageError("this file is larger than 20 MB; paste the part of it that you need") from None
        raise
    if suffix not in _PLAIN:
        return whole(source_of(read_any(data, name), label))
    if b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise RecordError(Problem(name, "not text", "save it as UTF-8 text, or paste its words", "K002"))
    return whole(source_text(decoded(data, name), label))


def pasted_source(text: str, label: str) -> SourceText:
    """Return the pasted text, called ``label`` where it is quoted; UsageError where it is too long."""
    return whole(source_text(text, label))


def whole(source: SourceText) -> SourceText:
    """Return ``source``, where it holds words and not too many; else UsageError."""
    if len(source.text) > MOST_CHARACTERS:
        raise UsageError(
            f"this text has {len(source.text):,} characters; at most {MOST_CHARACTERS:,} "
            "(some 150 pages) are read beside a question: open the part you need"
        )
    if not source.paragraphs:
        raise UsageError("there are no words in this text")
    return source
