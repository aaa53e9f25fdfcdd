"""Writing the letter with python-docx: named styles, real headings and lists, fixed dates."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table
from docx.text.paragraph import Paragraph as DocxParagraph

from sqs_core.letter.document import Block, Heading, Items, Lines, Paragraph, roman, stays_with
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
    set_language(letter, report.document.language)
    _describe(letter, report)
    writer = _Writer(letter)
    blocks = report.document.blocks
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        written = writer.block(block)
        # What introduces a list stays on the page where the list begins, and no signature is alone.
        if written is not None and stays_with(following):
            written.paragraph_format.keep_with_next = True
    if board == "yes":
        writer.board(report)
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
    day = report.last_day or report.first_day
    moment = datetime(day.year, day.month, day.day) if day else datetime(2000, 1, 1)
    # A file's properties hold 255 characters; the letter itself has the whole title.
    properties.title = _cut(report.document.title)
    properties.language = _tag(report.document.language)
    properties.subject = _cut(report.service)
    properties.created = properties.modified = moment
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.revision = 1


def _cut(words: str, most: int = 255) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def _tag(language: str) -> str:
    return {"en": "en-GB", "cy": "cy-GB"}.get(language, language)


class _Writer:
    """Puts paragraphs where the letterhead wants them: at its mark, or after what it holds."""

    def __init__(self, docx: Docx) -> None:
        self.docx = docx
        self.mark = _mark(docx)
        self.style_ids = style_ids(docx)  # looking one up by its name walks through all of them, every time

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

    def board(self, report: Report) -> None:
        """The board as one table: a header row that repeats, no merged cell, no colour."""
        questions = {q.id: q for q in report.criteria.questions}
        tallies = report.findings.tallies
        self.paragraph("Board", "Heading 2")
        table = self.docx.add_table(rows=1 + len(tallies), cols=3)
        table.style = self.docx.styles["SQS Table"]
        columns = [self.style_ids[name] for name in (CELL, NUMBER, NUMBER)]
        quarter = sum(column.width or 0 for column in table.columns) // 4
        widths = [Length(quarter * share) for share in (2, 1, 1)]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        rows = [["Question", "Good enough", "Of those judged"]]
        rows += [[str(questions[q].short), str(t.k), str(t.n)] for q, t in tallies.items()]
        for row, words in zip(table._tbl.tr_lst, rows, strict=True):
            # A row torn in two by the end of the page reads as two rows.
            row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, word, style, width in zip(row.tc_lst, words, columns, widths, strict=True):
                cell.p_lst[0].style = style
                cell.p_lst[0].add_r().text = word
                cell.width = width
        _repeat_header(table)
        if self.mark is not None:
            self.mark.addprevious(table._tbl)


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
