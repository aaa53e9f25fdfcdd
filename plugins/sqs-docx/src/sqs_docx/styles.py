"""The styles of the letter.  A letterhead that has one of them keeps its own."""

from __future__ import annotations

from functools import cache
from typing import Any

from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.styles import BabelFish
from docx.styles.style import StyleFactory

NUMBERED, CELL, NUMBER, MARK = "SQS Numbered", "SQS Cell", "SQS Number", "SQS Mark"
NAMES = {
    "letterhead": "SQS Letterhead",
    "addressee": "SQS Addressee",
    "date": "SQS Date",
    "salutation": "SQS Salutation",
    "farewell": "SQS Farewell",
    "signature": "SQS Signature",
    "copies": "SQS Copies",
    "note": "SQS Note",
    "practice": "SQS Practice",
    "bullet": "SQS Bullet",
    "roman": "SQS Roman",
}
INDENT = Cm(1.25)
_HEADINGS = {1: (18, 18, 12), 2: (14, 18, 6), 3: (12, 12, 6)}


def style_of(role: str) -> str:
    """The name of the style for a role of the document model."""
    return NAMES.get(role, "Normal")


def style_ids(docx: Docx) -> dict[str, str]:
    """The id of every style by its name; python-docx would make an object of each, and there are many."""
    found = docx.styles.element.style_lst
    return {BabelFish.internal2ui(style.name_val): style.styleId for style in found if style.name_val}


def add_styles(docx: Docx, *, plain: bool) -> None:
    """Add every style the letter uses and the letterhead does not have, on top of its "Normal".

    ``plain`` is for a letter without a letterhead, which gets a page and a look of our own.
    """
    there = style_ids(docx)
    normal = cache(lambda: docx.styles["Normal"])  # each look-up reads the names of them all
    if plain:
        _plain_look(docx, normal())
    for level, (size, before, after) in _HEADINGS.items():
        name = f"Heading {level}"
        if name not in there or plain:
            _heading(docx, normal(), name, name in there, size, before, after)
    for name in (NUMBERED, *NAMES.values(), CELL, NUMBER, MARK):
        if name not in there:
            _paragraph_style(docx, normal(), name)
    if "SQS Table" not in there:
        _table_style(docx)


def _new(docx: Docx, name: str, kind: WD_STYLE_TYPE) -> Any:
    """A style that is not there yet; ``add_style`` would read the name of every style to make sure."""
    return StyleFactory(docx.styles.element.add_style_of_type(BabelFish.ui2internal(name), kind, False))


def _plain_look(docx: Docx, normal: Any) -> None:
    """Without a letterhead: A4, a plain face, dark text, room between paragraphs."""
    section = docx.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(2.5)
    _page_numbers(section)
    normal.font.name, normal.font.size = "Arial", Pt(12)
    normal.paragraph_format.space_after = Pt(9)
    normal.paragraph_format.line_spacing = 1.15
    normal.paragraph_format.widow_control = True


def _page_numbers(section: Section) -> None:
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    shown = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    shown.append(text)
    field.append(shown)
    footer._p.append(field)


def _heading(docx: Docx, normal: Any, name: str, there: bool, size: int, before: int, after: int) -> None:
    style = docx.styles[name] if there else _new(docx, name, WD_STYLE_TYPE.PARAGRAPH)
    fonts = style.element.get_or_add_rPr().find(qn("w:rFonts"))
    if fonts is not None:
        style.element.rPr.remove(fonts)  # theme fonts would win over the face of "Normal"
    style.font.name, style.font.size, style.font.bold = normal.font.name, Pt(size), True
    style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.keep_with_next = True


def _paragraph_style(docx: Docx, normal: Any, name: str) -> None:
    style = _new(docx, name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = normal
    layout = style.paragraph_format
    if name in (NUMBERED, NAMES["bullet"], NAMES["roman"]):
        layout.left_indent, layout.first_line_indent = INDENT, -INDENT
        layout.tab_stops.add_tab_stop(INDENT)
    if name in (NAMES["letterhead"], NAMES["practice"], MARK):
        style.font.bold = True
    if name == MARK:
        layout.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if name in (NAMES["practice"], MARK):
        style.element.get_or_add_pPr().insert_element_before(
            _border(), "w:shd", "w:tabs", "w:spacing", "w:ind"
        )
        # A border stands outside of the text; so it is in line with the rest of the page.
        layout.left_indent = layout.right_indent = Pt(8)
    if name == NAMES["farewell"]:
        layout.space_after, layout.keep_with_next = Pt(48), True
    if name in (CELL, NUMBER):
        layout.space_before, layout.space_after, layout.line_spacing = Pt(2), Pt(2), 1
        style.font.size = Pt(10)
    if name == NUMBER:
        layout.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if name in (NAMES["copies"], NAMES["signature"], NAMES["addressee"]):
        layout.keep_together = True


def add_marks(docx: Docx, words: str) -> None:
    """Put ``words`` at the top of every page: into each header that some page of some section has."""
    for place, section in enumerate(docx.sections):
        headers = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if docx.settings.odd_and_even_pages_header_footer:
            headers.append(section.even_page_header)
        for header in headers:
            if place and header.is_linked_to_previous:
                continue  # it shows the header before, which has the mark
            header.is_linked_to_previous = False
            mark = header.paragraphs[0].insert_paragraph_before(words)
            mark._p.style = style_ids(docx)[MARK]


def _table_style(docx: Docx) -> None:
    style = _new(docx, "SQS Table", WD_STYLE_TYPE.TABLE)
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
        for side in ("top", "bottom", "insideH")
    )
    style.element.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}><w:tblBorders>{sides}</w:tblBorders>"
            '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:right w:w="115" w:type="dxa"/></w:tblCellMar>'
            "</w:tblPr>"
        )
    )
    style.element.append(
        parse_xml(f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/></w:rPr></w:tblStylePr>')
    )


def _border() -> object:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="18" w:space="6" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right")
    )
    return parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>")


def set_language(docx: Docx, tag: str) -> None:
    """The language of all text, in the defaults every style stands on."""
    styles = docx.styles.element
    defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    normal = docx.styles["Normal"].element.get_or_add_rPr()
    holders = [defaults] if defaults is not None else [normal]
    if normal.find(qn("w:lang")) is not None:
        holders.append(normal)  # what "Normal" says wins over the defaults
    for holder in holders:
        element = holder.find(qn("w:lang"))
        if element is None:
            element = OxmlElement("w:lang")
            holder.append(element)
        element.set(qn("w:val"), tag)
        element.set(qn("w:eastAsia"), tag)


def list_numbering(docx: Docx, kind: str) -> int | None:
    """A new real list of ``kind`` ("bullet" or "roman"); None where the letterhead can hold none."""
    try:
        numbering = docx.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return None
    used = [int(n.get(qn("w:abstractNumId"))) for n in numbering.findall(qn("w:abstractNum"))]
    number = max(used, default=0) + 1
    form, text = ("bullet", "•") if kind == "bullet" else ("lowerRoman", "%1.")
    abstract = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{INDENT.twips}" w:hanging="{INDENT.twips}"/></w:pPr>'
        "</w:lvl></w:abstractNum>"
    )
    # Word wants every abstract definition before the first list that uses one.
    first = numbering.find(qn("w:num"))
    if first is None:
        numbering.append(abstract)
    else:
        first.addprevious(abstract)
    found: int = numbering.add_num(number).numId
    return found
