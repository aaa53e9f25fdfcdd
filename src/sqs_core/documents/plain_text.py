"""Plain text and Markdown as paragraphs."""

from __future__ import annotations

import re
from typing import Final

from sqs_core.documents.passages import PassageList, ReadDocument

MARK: Final = re.compile(r"^(?:[-*+•–]\s+|#{1,6}\s+|>\s+)+")
NUMBER: Final = re.compile(r"^\**(\d{1,2}(?:\.\d{1,2})+|\d{1,2}(?=[.)]))[.)]?\**[.)]?\s+(?=\S)")
"""The number of a paragraph, before its first word."""
_STRUCK: Final = re.compile(r"~~(?=\S)(.{1,2000}?)(?<=\S)~~", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~])")
"""What a backslash makes plain in Markdown: the full stop of "1.1\\.", which would else begin a list."""
_SENTENCE_END: Final = re.compile(r"[.!?:][\"'”’)\]]*\s*$")
WIDEST: Final = 120
"""Characters in a line that somebody, or a program, broke; a longer one is a paragraph."""


def read_text(text: str, name: str = "letter", *, markdown: bool = False) -> ReadDocument:
    """Return the paragraphs of ``text``.

    Blank lines, list marks and numbers part them.  Where lines are as long as paragraphs, each is one;
    else a line that is much shorter than the rest, and after which a capital begins the next, ends one.
    """
    found = PassageList(name)
    if markdown:
        text = _ESCAPED.sub(r"\1", _aside(text, found))
    lines = text.split("\n")
    width = max(map(len, lines), default=0)
    kept: list[str] = []
    first = 0

    def close() -> None:
        if kept:
            heading = markdown_heading(kept[0])
            found.add("\n".join(kept), heading=heading, line=first, lines=True)
            kept.clear()

    for number, line in enumerate(lines, 1):
        begins = bool(MARK.match(line) or NUMBER.match(line.lstrip())) and not line.startswith("    ")
        if not line.strip() or begins or (kept and _parts(kept[-1], line, width)):
            close()
        if line.strip():
            first = first if kept else number
            kept.append(line)
    close()
    return found.document()


def markdown_heading(line: str) -> bool:
    """Return whether a line is a heading by its mark."""
    return line.lstrip().startswith("#")


def _parts(before: str, after: str, width: int) -> bool:
    """Whether a paragraph ends between two lines of a text whose longest line has ``width`` characters."""
    if markdown_heading(before):
        return True
    if width > WIDEST:
        return not after.lstrip()[:1].islower() or _SENTENCE_END.search(before) is not None
    word = after.split(maxsplit=1)[0]
    roomy = len(before.rstrip()) + 1 + len(word) <= width * 0.6
    return roomy and after.lstrip()[:1].isupper()


def _aside(text: str, found: PassageList) -> str:
    """Add comments and what is struck out; return ``text`` with blanks in their place, lines kept."""

    def blank(match: re.Match[str]) -> str:
        found.add(match[0].strip("~"), "struck")
        return re.sub(r"[^\n]", " ", match[0])

    kept, place = [], 0
    # Not by an expression, which would look for the end again and again where there is none.
    while (start := text.find("<!--", place)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        found.add(text[start + 4 : end].strip("<!->~"), "comment")
        kept += [text[place:start], re.sub(r"[^\n]", " ", text[start : end + 3])]
        place = end + 3
    return _STRUCK.sub(blank, "".join((*kept, text[place:])))
