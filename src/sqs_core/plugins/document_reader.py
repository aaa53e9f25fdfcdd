"""What a plugin offers when it offers to read documents of another format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from attrs import frozen

from sqs_core.documents.suffixes import SUFFIXES


@frozen(repr=False)
class DocumentReader:
    """A way to read a format that sqs itself does not: for ``sqs letter check`` and the like.

    ``suffix`` is how such files end; ``description`` is one line for lists.  ``read`` takes the whole file
    as bytes and gives the paragraphs that a printed copy shows, from the first to the last, headings among
    them.  A file that it cannot read is an exception whose message says why.

    >>> DocumentReader(".lines", "one paragraph a line", lambda data: data.decode().splitlines())
    <DocumentReader .lines: one paragraph a line>
    """

    suffix: str
    description: str
    read: Callable[[bytes], Iterable[str]]

    def __repr__(self) -> str:
        return f"<DocumentReader {self.suffix}: {self.description}>"


def wrong_with_reader(reader: DocumentReader) -> Iterator[str]:
    """Yield what keeps ``reader`` from being offered."""
    suffix, description = reader.suffix, reader.description
    if not (isinstance(suffix, str) and re.fullmatch(r"\.[a-z0-9]+", suffix)):
        yield f"the suffix of a reader is such as '.eml', in small letters, not {suffix!r}"
    elif suffix in SUFFIXES:
        yield f"a reader of '{suffix}' files is of no use: sqs reads those itself"
    if not (isinstance(description, str) and description.isprintable() and 0 < len(description) <= 100):
        yield f"the description of the reader of '{suffix}' must be one line of at most 100 characters"
    if not callable(reader.read):
        yield f"the read of the reader of '{suffix}' cannot be called"
