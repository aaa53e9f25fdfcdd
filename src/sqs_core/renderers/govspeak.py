"""The letter in Govspeak, GOV.UK's Markdown, to paste into the publisher.

Govspeak (https://github.com/alphagov/govspeak) is kramdown with extensions of its own, which it
looks for before Markdown is read: so what a person typed cannot be kept plain by a backslash, and
is written as character references instead.
"""

from __future__ import annotations

import re

from sqs_core.letter.document import Heading, Items, Lines, Paragraph, roman
from sqs_core.letter.report import Report

# Markup, links, HTML, entities, boxes ($A), attributes and buttons ({…}), content for one nation
# (:wales:) and attachments ([embed:…]); kramdown's own dashes and dots stay as they were typed.
_ACTIVE = re.compile(r"[\\`*_\[\]{}<>&|~$]|:(?=\S)|--|\.\.\.|!(?=[\[!])")
_LINE_START = re.compile(r"^(\s*)([#+=:%^@-])|^(\s*(?:\d+|s\d+|x))([.)\[])", re.IGNORECASE)


def escaped(words: str) -> str:
    """Return ``words`` with everything that Govspeak would act on as character references."""
    safe = _ACTIVE.sub(lambda m: "".join(f"&#{ord(letter)};" for letter in m[0]), words)
    return _LINE_START.sub(lambda m: f"{m[1] or m[3] or ''}&#{ord(m[2] or m[4])};", safe)


def render_govspeak(report: Report) -> bytes:
    """Return the letter in Govspeak, UTF-8, sections from ``##``.

    The title stands in bold: the publisher has a field of its own for it, which becomes the
    page's only ``h1``, and the sections then make the list of contents.
    """
    marks = [f"**{escaped(report.mark_line)}**"] if report.marks else []
    blocks = map(_block, report.document.blocks)
    return ("\n\n".join((*marks, *blocks, *marks)) + "\n").encode()


def _block(block: Heading | Paragraph | Items | Lines) -> str:
    if isinstance(block, Heading):
        number = f"{block.number}. " if block.number else ""
        words = number + escaped(block.text)
        return f"{'#' * block.level} {words}" if block.level > 1 else f"**{words}**"
    if isinstance(block, Paragraph):
        return _numbered(block.number) + escaped(block.words)
    if isinstance(block, Items):
        if block.style == "bullet":
            return "\n".join(f"* {escaped(item.words)}" for item in block.items)
        # Markdown has no roman numerals; a legislative list prints those it is given.
        items = (f"* {roman(i)}. {escaped(item.words)}" for i, item in enumerate(block.items, 1))
        return "\n".join(("$LegislativeList", *items, "$EndLegislativeList"))
    title = f"## {escaped(block.title)}\n\n" if block.title else ""
    lines = [escaped(line) for line in block.lines]
    if block.role == "addressee" and any(lines):
        return title + "\n".join(("$A", *lines, "$A"))
    return title + "  \n".join(lines)


def _numbered(number: str) -> str:
    # "1. " would begin a list, "1.1. " does not.
    return f"{number}&#46; " if number.isdigit() else f"{number}. " if number else ""
