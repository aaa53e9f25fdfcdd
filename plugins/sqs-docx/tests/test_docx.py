"""The Word file: the letter's words, real structure, the office's letterhead, the same bytes."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import docx
import pytest
from attrs import evolve
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from sqs_docx import sqs_register_renderers

from sqs_core.letter.document import Picture
from sqs_core.plugins.testing import check_renderer, letter_words, sample_report

(RENDERER,) = sqs_register_renderers()
PICTURE = Picture(
    "Board",
    "plans: 7 of 10",
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20" width="80" height="20">'
    '<rect width="56" height="20" fill="#1a65a6"/></svg>',
    ("Question", "Good enough", "Of those judged"),
    (("plans", "7", "10"),),
)


def text_of(data: bytes) -> str:
    return "\n".join(p.text for p in docx.Document(io.BytesIO(data)).paragraphs)


def rendered(**options: str) -> bytes:
    return RENDERER.render(sample_report(options=options))


def test_every_sample_has_the_words_of_the_letter_and_no_others() -> None:
    check_renderer(RENDERER, extract=text_of)


def test_headings_numbers_and_lists_are_real() -> None:
    document = docx.Document(io.BytesIO(rendered()))
    styles = [p.style.name for p in document.paragraphs]
    assert styles.count("Heading 1") == 1
    assert {"Heading 2", "Heading 3", "SQS Numbered", "SQS Bullet", "SQS Roman"} <= set(styles)
    numbered = [p.text for p in document.paragraphs if p.style.name == "SQS Numbered"]
    assert numbered[0].startswith("1.1.\t")
    listed = [p for p in document.paragraphs if p.style.name in ("SQS Bullet", "SQS Roman")]
    assert all(p._p.pPr.numPr is not None for p in listed)


def test_the_title_and_the_language_are_stated() -> None:
    document = docx.Document(io.BytesIO(rendered()))
    properties = document.core_properties
    assert properties.title == "Report of Short Quality Screening (SQS) of youth offending work in Exampleton"
    assert properties.language == "en-GB"
    assert (properties.author, properties.comments) == ("", "")
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "en-GB"


def test_a_title_longer_than_a_property_may_be_is_cut_there_and_nowhere_else() -> None:
    report = sample_report("long")
    document = docx.Document(io.BytesIO(RENDERER.render(report)))
    assert len(report.document.title) > 255
    assert document.core_properties.title == report.document.title[:254] + "…"
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == [report.document.title]


def test_pages_are_numbered_and_the_copy_list_is_not_torn_apart() -> None:
    document = docx.Document(io.BytesIO(rendered()))
    (footer,) = document.sections[0].footer.paragraphs
    assert footer._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    assert document.styles["SQS Copies"].paragraph_format.keep_together is True


def test_the_board_is_a_table_whose_header_row_repeats() -> None:
    (table,) = docx.Document(io.BytesIO(rendered(board="yes"))).tables
    assert [cell.text for cell in table.rows[0].cells] == ["Question", "Good enough", "Of those judged"]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert len(table.rows) == 26


def test_a_picture_has_its_words_for_whoever_does_not_see_it_and_fits_the_page() -> None:
    tall = evolve(PICTURE, svg=PICTURE.svg.replace('0 80 20" width="80" height="20"', '0 8 80"'), rows=())
    document = docx.Document(io.BytesIO(RENDERER.render(evolve(sample_report(), pictures=(PICTURE, tall)))))
    shapes = document.inline_shapes
    told = [(one._inline.docPr.get("title"), one._inline.docPr.get("descr")) for one in shapes]
    assert told == [("Board", "plans: 7 of 10")] * 2
    assert all(one.width < Cm(16.1) and one.height < Cm(20) for one in shapes)
    (table,) = document.tables
    assert [cell.text for cell in table.rows[1].cells] == ["plans", "7", "10"]


def test_pictures_stand_where_the_report_wants_them_and_their_table_on_their_page() -> None:
    report = evolve(sample_report(), pictures=(PICTURE,), pictures_at=1)
    paragraphs = docx.Document(io.BytesIO(RENDERER.render(report))).paragraphs
    place = [p.text for p in paragraphs].index("Board")
    assert 0 < place < len(paragraphs) - 10
    assert paragraphs[place + 1].paragraph_format.keep_with_next


def test_no_row_of_the_board_is_torn_in_two_and_its_numbers_stand_under_each_other() -> None:
    (table,) = docx.Document(io.BytesIO(rendered(board="yes"))).tables
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    styles = {tuple(cell.paragraphs[0].style.name for cell in row.cells) for row in table.rows}
    assert styles == {("SQS Cell", "SQS Number", "SQS Number")}


def test_a_signature_never_stands_alone_on_a_page() -> None:
    paragraphs = docx.Document(io.BytesIO(rendered())).paragraphs
    (place,) = (i for i, p in enumerate(paragraphs) if p.style.name == "SQS Farewell")
    assert paragraphs[place - 1].paragraph_format.keep_with_next
    assert paragraphs[place].style.paragraph_format.keep_with_next


def test_nothing_is_fetched_from_elsewhere_when_it_is_opened() -> None:
    with zipfile.ZipFile(io.BytesIO(rendered())) as package:
        relations = [package.read(n) for n in package.namelist() if n.endswith(".rels")]
        assert {m.date_time for m in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not any(b"External" in r for r in relations)


@pytest.fixture
def letterhead(tmp_path: Path) -> Path:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "The office"
    document.styles["Normal"].font.name = "Courier New"
    document.add_paragraph("Before the letter")
    document.add_paragraph("[letter]")
    document.add_paragraph("After the letter")
    document.core_properties.author = "The office"
    path = tmp_path / "office.docx"
    document.save(str(path))
    return path


def test_the_letter_goes_into_the_letterhead_at_its_mark(letterhead: Path) -> None:
    data = rendered(letterhead=str(letterhead))
    document = docx.Document(io.BytesIO(data))
    assert document.sections[0].header.paragraphs[0].text == "The office"
    assert document.styles["Normal"].font.name == "Courier New"
    words = text_of(data).split()
    assert words[:3] == ["Before", "the", "letter"]
    assert words[-3:] == ["After", "the", "letter"]
    assert words[3:-3] == letter_words(sample_report().document)


def test_the_mark_is_found_whatever_its_capitals(letterhead: Path) -> None:
    document = docx.Document(str(letterhead))
    next(p for p in document.paragraphs if p.text == "[letter]").text = "[Letter]"
    document.save(str(letterhead))
    words = text_of(rendered(letterhead=str(letterhead))).split()
    assert words[:3] == ["Before", "the", "letter"]
    assert words[-3:] == ["After", "the", "letter"]
    assert "[Letter]" not in words


def test_a_content_control_tagged_letter_is_a_mark_too(letterhead: Path) -> None:
    document = docx.Document(str(letterhead))
    mark = next(p for p in document.paragraphs if p.text == "[letter]")
    control = parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="letter"/></w:sdtPr><w:sdtContent>'
        "<w:p><w:r><w:t>click here</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    mark._p.addprevious(control)
    mark._p.getparent().remove(mark._p)
    document.save(str(letterhead))
    words = text_of(rendered(letterhead=str(letterhead))).split()
    assert words[3:-3] == letter_words(sample_report().document)


def test_a_content_control_in_a_paragraph_of_its_own_is_a_mark_too(letterhead: Path) -> None:
    document = docx.Document(str(letterhead))
    mark = next(p for p in document.paragraphs if p.text == "[letter]")
    mark.clear()
    mark._p.append(
        parse_xml(
            f'<w:sdt {nsdecls("w")}><w:sdtPr><w:tag w:val="letter"/></w:sdtPr><w:sdtContent>'
            "<w:r><w:t>click here</w:t></w:r></w:sdtContent></w:sdt>"
        )
    )
    document.save(str(letterhead))
    words = text_of(rendered(letterhead=str(letterhead))).split()
    assert words[3:-3] == letter_words(sample_report().document)


def test_a_mark_in_a_table_or_beside_other_words_is_refused(letterhead: Path) -> None:
    document = docx.Document(str(letterhead))
    mark = next(p for p in document.paragraphs if p.text == "[letter]")
    table = document.add_table(rows=1, cols=1)
    table.cell(0, 0)._tc.append(mark._p)
    document.save(str(letterhead))
    with pytest.raises(ValueError, match="give it a paragraph of its own"):
        rendered(letterhead=str(letterhead))


def test_a_section_that_ends_at_the_mark_keeps_its_header_and_margins(letterhead: Path) -> None:
    document = docx.Document(str(letterhead))
    mark = next(p for p in document.paragraphs if p.text == "[letter]")
    ending = parse_xml(document.sections[0]._sectPr.xml)
    ending.find(qn("w:pgMar")).set(qn("w:left"), "2835")
    mark._p.get_or_add_pPr().append(ending)
    document.save(str(letterhead))
    made = docx.Document(io.BytesIO(rendered(letterhead=str(letterhead))))
    assert [section.left_margin.twips for section in made.sections] == [2835, 1800]
    assert made.sections[0].header.paragraphs[0].text == "The office"
    assert "[letter]" not in [p.text for p in made.paragraphs]


def test_a_letterhead_made_by_a_program_keeps_its_page(letterhead: Path) -> None:
    document = docx.Document(str(letterhead))
    document.core_properties.author = "python-docx"
    document.save(str(letterhead))
    made = docx.Document(io.BytesIO(rendered(letterhead=str(letterhead))))
    assert made.styles["Normal"].font.name == "Courier New"
    assert made.sections[0].left_margin == document.sections[0].left_margin


def test_a_letterhead_that_links_to_a_file_elsewhere_is_refused(letterhead: Path) -> None:
    document = docx.Document(str(letterhead))
    document.part.relate_to("https://example.org/logo.png", "http://x/relationships/image", is_external=True)
    document.save(str(letterhead))
    with pytest.raises(ValueError, match=r"links to a file elsewhere \(image\); embed it"):
        rendered(letterhead=str(letterhead))


def test_a_letterhead_that_is_no_word_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "office.docx"
    path.write_text("not a zip")
    with pytest.raises(ValueError, match=r"the letterhead cannot be used"):
        rendered(letterhead=str(path))


def test_an_option_with_a_value_that_means_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="the option board is yes or no, not 'maybe'"):
        rendered(board="maybe")


def test_a_clock_before_1980_is_told_and_not_a_crash(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "localtime", lambda *_: time.struct_time((1970, 1, 1, 0, 0, 0, 3, 1, 0)))
    with pytest.raises(ValueError, match="clock stands before 1980: set it, then write the letter"):
        rendered()
