"""The letter as Markdown, to paste into a publishing system."""

from __future__ import annotations

import re

from sqs_core.letter.document import Heading, Items, Lines, Paragraph, roman
from sqs_core.letter.report import Report

# What a person typed must stay text: these would start markup, a link, HTML or an entity.
_MARKUP = re.compile(r"([\\`*_\[\]<>&|~])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}\s|[-+=]+|\d+[.)]\s|:)", re.MULTILINE)


def escaped(words: str) -> str:
    """Return ``words`` with everything that Markdown would read as markup made plain."""
    return _LINE_START.sub(lambda m: m[1] + "\\" + m[2], _MARKUP.sub(r"\\\1", words))


def render_markdown(report: Report) -> bytes:
    """Return the letter as CommonMark in UTF-8: headings, numbered paragraphs, lists."""
    marks = [f"**{escaped(report.mark_line)}**"] if report.marks else []
    blocks = map(_block, report.document.blocks)
    return ("\n\n".join((*marks, *blocks, *marks)) + "\n").encode()


def _block(block: Heading | Paragraph | Items | Lines) -> str:
    if isinstance(block, Heading):
        number = f"{block.number}\\. " if block.number else ""
        return f"{'#' * block.level} {number}{escaped(block.text)}"
    if isinstance(block, Paragraph):
        return (f"{block.number}\\. " if block.number else "") + escaped(block.words)
    if isinstance(block, Items):
        if block.style == "bullet":
            return "\n".join(f"- {escaped(item.words)}" for item in block.items)
        # Markdown has no roman numerals: they are written out, each on a line of its own.
        return "\\\n".join(f"{roman(i)}\\. {escaped(p.words)}" for i, p in enumerate(block.items, 1))
    lines = "\\\n".join(escaped(line) for line in block.lines)
    return f"{escaped(block.title)}\n\n{lines}" if block.title else lines
