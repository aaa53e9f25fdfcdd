"""Writing the letter with python-docx: named styles, real headings and lists, fixed dates."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any

import docx
import resvg_py
from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length
from docx.table import Table
from docx.text.paragraph import Paragraph as DocxParagraph

from sqs_core.letter.document import Block, Heading, Items, Lines, Paragraph, Picture, roman, stays_with
from sqs_core.letter.report import Report
from sqs_docx.package import check_clock, fixed, refuse_links
from sqs_docx.styles import (
    CELL,
    NUMBER,
    NUMBERED,
    add_marks,
    add_styles,
    list_numbering,
    set_language,
    style_ids,
    style_of,
)

PLACE = "[letter]"


def render_docx(report: Report) -> bytes:
    """The letter as a .docx file; the same bytes from the same report.

    ValueError says what is wrong with a letterhead that cannot be used.
    """
    template = report.options.get("letterhead")
    board = report.options.get("board", "no")
    if board not in ("yes", "no"):
        raise ValueError(f"the option board is yes or no, not '{board}'")
    letter = _opened(template)
    add_styles(letter, plain=template is None)
    if report.marks:
        add_marks(letter, report.mark_line)
    set_language(letter, report.language_tag)
    _describe(letter, report)
    writer = _Writer(letter)
    before, after = report.around_pictures
    writer.blocks(before)
    if board == "yes" and not report.pictures:
        writer.paragraph("Board", "Heading 2")
        writer.table(*_board(report))
    for picture in report.pictures:
        writer.picture(picture)
    writer.blocks(after)
    refuse_links(letter)
    out = io.BytesIO()
    check_clock()
    letter.save(out)
    return fixed(out.getvalue())


def _opened(template: str | None) -> Docx:
    if template is None:
        blank = docx.Document()
        for element in list(blank.element.body):
            if element.tag != qn("w:sectPr"):
                blank.element.body.remove(element)
        return blank
    try:
        return docx.Document(str(Path(template).expanduser()))
    except Exception as error:
        what = "it is no .docx file that can be read"
        raise ValueError(f"the letterhead cannot be used: {what} ({template})") from error


def _describe(docx: Docx, report: Report) -> None:
    """Title and language for screen readers; dates that do not depend on today."""
    properties = docx.core_properties
    # A file's properties hold 255 characters; the letter itself has the whole title.
    properties.title = _cut(report.document.title)
    properties.language = report.language_tag
    properties.subject = _cut(report.service)
    properties.created = properties.modified = report.file_time
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.revision = 1


def _cut(words: str, most: int = 255) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


class _Writer:
    """Puts paragraphs where the letterhead wants them: at its mark, or after what it holds."""

    def __init__(self, docx: Docx) -> None:
        self.docx = docx
        self.mark = _mark(docx)
        self.style_ids = style_ids(docx)  # looking one up by its name walks through all of them, every time

    def blocks(self, blocks: Sequence[Block]) -> None:
        for block, following in zip_longest(blocks, blocks[1:]):
            written = self.block(block)
            # What introduces a list stays on the page where the list begins, and no signature is alone.
            if written is not None and stays_with(following):
                written.paragraph_format.keep_with_next = True

    def block(self, block: Block) -> DocxParagraph | None:
        if isinstance(block, Heading):
            number = f"{block.number}. " if block.number else ""
            return self.paragraph(number + block.text, f"Heading {min(block.level, 9)}")
        if isinstance(block, Paragraph):
            if block.number:
                return self.paragraph(f"{block.number}.\t{block.words}", NUMBERED)
            return self.paragraph(block.words, "Normal")
        if isinstance(block, Items):
            self.items(block)
        else:
            self.lines(block)
        return None

    def lines(self, block: Lines) -> None:
        if block.title:
            self.paragraph(block.title, "Heading 2")
        # One paragraph with line breaks: the lines belong together, also for a screen reader.
        paragraph = self.paragraph("", style_of(block.role))
        for place, line in enumerate(block.lines):
            if place:
                paragraph.add_run().add_break()
            paragraph.add_run(line)

    def items(self, block: Items) -> None:
        numbering = list_numbering(self.docx, block.style)
        for place, item in enumerate(block.items, 1):
            mark = "•" if block.style == "bullet" else f"{roman(place)}."
            words = item.words if numbering else f"{mark}\t{item.words}"
            paragraph = self.paragraph(words, style_of(block.style))
            if numbering:
                properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = numbering

    def paragraph(self, words: str, style: str) -> DocxParagraph:
        if self.mark is None:
            paragraph = self.docx.add_paragraph()
        else:
            element = OxmlElement("w:p")
            self.mark.addprevious(element)
            paragraph = DocxParagraph(element, self.docx._body)
        if style != "Normal":
            paragraph._p.style = self.style_ids[style]
        if words:
            # python-docx looks at the letters of a text one by one; only the tab in it means anything.
            run = paragraph.add_run()
            for place, part in enumerate(words.split("\t")):
                if place:
                    run.add_tab()
                run._r.add_t(part)
        return paragraph

    def picture(self, picture: Picture) -> None:
        """A picture with its words for whoever does not see it, and under it the table that says the same."""
        self.paragraph(picture.title, "Heading 2")
        section = self.docx.sections[-1]
        width = _sides(section.page_width, section.left_margin, section.right_margin)
        height = _sides(section.page_height, section.top_margin, section.bottom_margin) * 4 // 5
        paragraph = self.paragraph("", "Normal")
        paragraphs = [paragraph]
        shown = paragraph.add_run().add_picture(io.BytesIO(_png(picture)), width=width)
        if shown.height > height:
            shown.width, shown.height = Length(shown.width * height // shown.height), Length(height)
        properties = shown._inline.docPr
        properties.set("title", picture.title)
        properties.set("descr", picture.description)
        paragraphs += [self.paragraph(note, "Normal") for note in picture.notes]
        if picture.rows:
            for paragraph in paragraphs:  # the table that says the same begins on the page of its picture
                paragraph.paragraph_format.keep_with_next = True
            self.table(picture.head, picture.rows, picture.labels)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], labels: int = 1) -> None:
        """A table: a header row that repeats, no merged cell, no colour; its ``labels`` stand at the left."""
        table = self.docx.add_table(rows=1 + len(rows), cols=len(head))
        table.style = self.docx.styles["SQS Table"]
        columns = [self.style_ids[CELL if place < labels else NUMBER] for place in range(len(head))]
        # What names a row has twice the room of a number.
        shares = [3 if place < labels else 2 for place in range(len(head))]
        part = sum(column.width or 0 for column in table.columns) // sum(shares)
        widths = [Length(part * share) for share in shares]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        for row, words in zip(table._tbl.tr_lst, (head, *rows), strict=True):
            # A row torn in two by the end of the page reads as two rows.
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, word, style, width in zip(row.tc_lst, words, columns, widths, strict=True):
                cell.p_lst[0].style = style
                cell.p_lst[0].add_r().text = word
                cell.width = width
        _repeat_header(table)
        if self.mark is not None:
            self.mark.addprevious(table._tbl)


def _png(picture: Picture, width: int = 1600) -> bytes:
    """Return the picture as a PNG ``width`` pixels wide: not every Word shows an SVG."""
    return bytes(resvg_py.svg_to_bytes(svg_string=picture.svg, width=width))


def _board(report: Report) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    questions = {q.id: q for q in report.criteria.questions}
    head = ("Question", "Good enough", "Of those judged")
    judged = ((q, t) for q, t in report.findings.tallies.items() if t.value is None)
    return head, [(str(questions[q].short), str(t.k), str(t.n)) for q, t in judged]


def _sides(whole: Length | None, one: Length | None, other: Length | None) -> Length:
    """Return what of a page is left between its margins: those of A4 where a letterhead says none."""
    return Length((whole or Cm(21)) - (one or 0) - (other or 0))


def _repeat_header(table: Table) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    properties.append(header)
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    if look is not None:
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "0")


def _mark(docx: Docx) -> Any:
    """Where the letter goes: an anchor in place of ``[letter]`` or the control tagged "letter".

    None where the letterhead has neither: then the letter follows what is there.  ValueError
    where the mark is not alone in a paragraph of its own, for then the letter would not fit.
    """
    body = docx.element.body
    for element in list(body):
        if not any(map(_marks, element.iter(qn("w:p"), qn("w:sdt")))):
            continue
        alone = element.tag == qn("w:p") and _words(element) in {_words(e) for e in _controls(element)}
        if not (alone or _marks(element)):
            raise ValueError(
                f"the letterhead cannot be used: {PLACE} stands in a table, in a box or beside other "
                "words; give it a paragraph of its own"
            )
        if element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            # This paragraph ends a section: headers and margins of the pages before hang on it.
            for child in list(element)[1:]:
                element.remove(child)
            return element
        following = element.getnext()
        body.remove(element)
        return None if following is None or following.tag == qn("w:sectPr") else following
    return None


def _marks(element: Any) -> bool:
    if element.tag == qn("w:sdt"):
        tag = element.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        return tag is not None and tag.get(qn("w:val")) == "letter"
    return element.tag == qn("w:p") and _words(element).casefold() == PLACE


def _controls(paragraph: Any) -> list[Any]:
    return [control for control in paragraph.iter(qn("w:sdt")) if _marks(control)]


def _words(element: Any) -> str:
    return "".join(text.text or "" for text in element.iter(qn("w:t"))).strip()
