"""The letter as plain text, for records and for reading aloud."""

from __future__ import annotations

import textwrap

from sqs_core.letter.document import Document, Heading, Items, Lines, Paragraph, roman
from sqs_core.letter.report import Report

WIDTH = 78


def render_text(report: Report) -> bytes:
    """Return the letter as UTF-8 text, lines of at most 78 characters, one blank line between blocks."""
    text = as_text(report.document)
    if report.marks:
        text = f"{report.mark_line}\n\n{text}\n\n{report.mark_line}"
    return (text + "\n").encode()


def as_text(document: Document) -> str:
    """Return the whole letter as text."""
    return "\n\n".join(_block(block) for block in document.blocks)


def _block(block: Heading | Paragraph | Items | Lines) -> str:
    if isinstance(block, Heading):
        text = _wrapped(block.text, f"{block.number}. " if block.number else "")
        return f"{text}\n{'=' * max(map(len, text.splitlines()), default=0)}" if block.level == 1 else text
    if isinstance(block, Paragraph):
        return _wrapped(block.words, f"{block.number}. " if block.number else "")
    if isinstance(block, Items):
        marks = ["- " if block.style == "bullet" else f"{roman(i)}. " for i in range(1, len(block.items) + 1)]
        return "\n".join(_wrapped(item.words, mark) for mark, item in zip(marks, block.items, strict=True))
    lines = (block.title, *block.lines) if block.title else block.lines
    return "\n".join(_wrapped(line, "") for line in lines)


def _wrapped(words: str, mark: str) -> str:
    return textwrap.fill(
        words,
        WIDTH,
        initial_indent=mark,
        subsequent_indent=" " * len(mark),
        break_long_words=False,
        break_on_hyphens=False,
    )
