"""The letter as an OpenDocument text: named styles, real headings and lists, numbers as printed."""

from __future__ import annotations

from xml.sax.saxutils import escape

import odfdo
from odfdo import Element, LineBreak, ListItem, Tab

from sqs_core.letter.document import Block, Heading, Items, Paragraph, stays_with
from sqs_core.letter.report import Report
from sqs_odf.package import finished, set_styles

NUMBERED = "SQS_20_Numbered"


def render_letter(report: Report) -> bytes:
    """The letter as an .odt file; the same bytes from the same report."""
    document = odfdo.Document("text")
    set_styles(document, report, "letter-styles.xml", MARKS=_marks(report))
    body = document.body
    body.clear()
    blocks = report.document.blocks
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        for element in _elements(block, following):
            body.append(element)
    return finished(document, report)


def _marks(report: Report) -> str:
    """The header of every page as XML: the marks of the report, or none."""
    if not report.marks:
        return ""
    words = escape(report.mark_line)
    return f'<style:header><text:p text:style-name="SQS_20_Mark">{words}</text:p></style:header>'


def _elements(block: Block, following: Block | None) -> list[Element]:
    if isinstance(block, Heading):
        return [_heading(f"{block.number}. {block.text}" if block.number else block.text, block.level)]
    if isinstance(block, Paragraph):
        if not block.number:
            return [_words(block.words, "SQS_20_Lead" if stays_with(following) else "Text_20_body")]
        return [_pieces([f"{block.number}.", Tab(), block.words], NUMBERED)]
    if isinstance(block, Items):
        written = odfdo.List(style="SQS_20_Bullets" if block.style == "bullet" else "SQS_20_Roman")
        for item in block.items:
            entry = ListItem()
            entry.append(_words(item.words, "SQS_20_Item"))
            written.append(entry)
        return [written]
    title = [_heading(block.title, 2)] if block.title else []
    # One paragraph with line breaks: the lines belong together, also for a screen reader.
    pieces: list[str | Element] = []
    for line in block.lines:
        pieces += [LineBreak(), line] if pieces else [line]
    return [*title, _pieces(pieces, f"SQS_20_{block.role.title()}")]


def _heading(words: str, level: int) -> Element:
    return odfdo.Header(level, words, style=f"Heading_20_{level}")


def _words(words: str, style: str) -> Element:
    return odfdo.Paragraph(words, style=style)


def _pieces(pieces: list[str | Element], style: str) -> Element:
    paragraph = odfdo.Paragraph(style=style)
    for piece in pieces:
        if isinstance(piece, str):
            paragraph.append_plain_text(piece)
        else:
            paragraph.append(piece)
    return paragraph
