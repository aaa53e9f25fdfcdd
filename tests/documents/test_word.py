"""Word documents as other people write them: what is read, as what, and what is told instead."""

from __future__ import annotations

import pytest

from office import STRICT, W, archive, paragraph, run, word
from sqs_core.documents.passages import ReadDocument
from sqs_core.documents.reading import read_document
from sqs_core.errors import RecordError

BOX = '<w:txbxContent xmlns:w="{}">{}</w:txbxContent>'.format(W, paragraph("In the box."))
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def read(*paragraphs: str, **parts: str) -> ReadDocument:
    return read_document(word(*paragraphs, **parts), "letter.docx")


def told(document: ReadDocument) -> list[tuple[str, str]]:
    return [(p.part, p.text) for p in document.passages]


def test_a_tracked_move_is_read_where_it_went_and_kept_as_a_deletion_where_it_left() -> None:
    moved = paragraph(f"<w:moveFrom>{run('Nine plans.')}</w:moveFrom>")
    here = paragraph(f"<w:moveTo>{run('Nine plans.')}</w:moveTo>")
    assert told(read("Before.", moved, "After.", here)) == [
        ("body", "Before."), ("body", "After."), ("body", "Nine plans."), ("deletion", "Nine plans."),
    ]  # fmt: skip


def test_a_tracked_insertion_is_text_and_a_deletion_is_not() -> None:
    deleted = '<w:del w:author="B Low"><w:r><w:delText>four </w:delText></w:r></w:del>'
    inserted = f"<w:ins>{run('five ')}</w:ins>"
    assert told(read(paragraph("We saw ", deleted, inserted, "cases."))) == [
        ("body", "We saw five cases."), ("deletion", "four"), ("property", "author: B Low"),
    ]  # fmt: skip


def test_paragraphs_whose_parting_was_deleted_are_one() -> None:
    first = paragraph("Eight of", properties="<w:rPr><w:del/></w:rPr>")
    assert told(read(first, "the ten plans.")) == [("body", "Eight of the ten plans.")]


def test_a_deleted_row_of_a_table_is_a_deletion() -> None:
    rows = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('Old.')}</w:tc></w:tr><w:tr><w:tc>{paragraph('New.')}</w:tc></w:tr>"
    assert told(read(f"<w:tbl>{rows}</w:tbl>")) == [("body", "New."), ("deletion", "Old.")]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    drawing = f"<w:drawing>{BOX}</w:drawing>"
    both = (
        f'<w:r><mc:AlternateContent xmlns:mc="{MC}"><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert told(read(paragraph("2.2. Beside it.", both), "After.")) == [
        ("body", "2.2. Beside it."), ("box", "In the box."), ("body", "After."),
    ]  # fmt: skip


def test_a_footnote_is_read_after_its_paragraph_and_hangs_on_it() -> None:
    note = f'<w:footnote w:id="7">{paragraph("Two were late.")}</w:footnote>'
    separator = f'<w:footnote w:type="separator" w:id="0">{paragraph("---")}</w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="7"/></w:r>'
    found = read(paragraph("Seven", mark, " of the ten."), "After.", footnotes=separator + note)
    assert [(p.part, p.text, p.anchor) for p in found.passages] == [
        ("body", "Seven of the ten.", -1), ("note", "Two were late.", 0), ("body", "After.", -1),
    ]  # fmt: skip


def test_headers_and_footers_are_read_last() -> None:
    found = read("Dear Board,", header=paragraph("Draft of 3 May"), footer=paragraph("Page 1"))
    assert told(found) == [("body", "Dear Board,"), ("margin", "Draft of 3 May"), ("margin", "Page 1")]


def test_a_comment_and_its_author_go_out_with_the_file_and_are_not_printed() -> None:
    comment = f'<w:comment w:id="1" w:author="B Low">{paragraph("Is this right?")}</w:comment>'
    found = read(paragraph("Text.", '<w:r><w:commentReference w:id="1"/></w:r>'), comments=comment)
    assert told(found) == [("body", "Text."), ("comment", "Is this right?"), ("property", "author: B Low")]
    assert [p.text for p in found.printed] == ["Text."]


@pytest.mark.parametrize(
    ("properties", "part"),
    [
        ("<w:vanish/>", "hidden"),
        ("<w:strike/>", "struck"),
        ("<w:dstrike/>", "struck"),
        ('<w:rStyle w:val="Away"/>', "hidden"),
    ],
)
def test_hidden_and_struck_words_are_no_text(properties: str, part: str) -> None:
    styles = (
        '<w:style w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="Away"><w:basedOn w:val="Base"/></w:style>'
    )
    found = read(paragraph("Seven ", run("not nine ", properties), "plans."), styles=styles)
    assert told(found) == [("body", "Seven plans."), (part, "not nine")]


def test_a_switch_that_is_turned_off_hides_nothing() -> None:
    assert told(read(paragraph(run("Here.", '<w:vanish w:val="false"/>')))) == [("body", "Here.")]


def test_the_main_part_is_the_one_the_file_names() -> None:
    assert told(read_document(word("Here.", main="word/document2.xml"), "a.docx")) == [("body", "Here.")]


def test_strict_open_xml_is_read_like_any_other() -> None:
    assert told(read_document(word("Here.", space=STRICT), "a.docx")) == [("body", "Here.")]


def test_a_raised_mark_of_a_note_is_no_part_of_a_number_and_a_raised_ending_is() -> None:
    raised = '<w:vertAlign w:val="superscript"/>'
    found = read(paragraph("On the 26", run("th", raised), " we saw six", run("1", raised), " of the ten."))
    assert told(found) == [("body", "On the 26th we saw six of the ten.")]


def test_automatic_numbers_are_read_as_they_are_shown() -> None:
    level = '<w:lvl w:ilvl="{0}"><w:start w:val="{1}"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{2}"/></w:lvl>'
    levels = level.format(0, 1, "%1.") + level.format(1, 1, "%1.%2.")
    numbering = (
        f'<w:abstractNum w:abstractNumId="4">{levels}</w:abstractNum>'
        '<w:num w:numId="9"><w:abstractNumId w:val="4"/></w:num>'
    )

    def numbered(words: str, at: int) -> str:
        properties = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="9"/></w:numPr>'
        return paragraph(words, properties=properties)

    found = read(numbered("A", 0), numbered("B", 1), numbered("C", 1), numbered("D", 0), numbered("E", 1), numbering=numbering)  # fmt: skip
    assert [p.text for p in found.passages] == ["1. A", "1.1. B", "1.2. C", "2. D", "2.1. E"]


def test_a_heading_is_one_by_its_style_or_by_the_name_of_it() -> None:
    styles = '<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style>'
    found = read(
        paragraph("One", properties='<w:pStyle w:val="berschrift1"/>'),
        paragraph("Two", properties='<w:pStyle w:val="Heading2"/>'),
        "Three",
        styles=styles,
    )
    assert [p.heading for p in found.passages] == [True, True, False]


def test_what_the_file_says_of_itself_goes_out_with_it() -> None:
    core = '<c:coreProperties xmlns:c="x" xmlns:dc="y"><dc:creator>B Low</dc:creator><c:revision>3</c:revision></c:coreProperties>'
    parts = {"word/document.xml": f'<w:document xmlns:w="{W}">{paragraph("Text.")}</w:document>', "docProps/core.xml": core}  # fmt: skip
    assert told(read_document(archive(parts), "a.docx"))[1:] == [("property", "creator: B Low")]


def test_pictures_charts_and_embedded_files_are_counted() -> None:
    graphic = '<a:x xmlns:a="a"><p:pic xmlns:p="p"/></a:x><c:chart xmlns:c="c"/>'
    drawing = f'<w:r><w:drawing><d:docPr xmlns:d="d" descr="A map"/>{graphic}</w:drawing></w:r>'
    found = read(paragraph("Text.", drawing))
    assert (told(found), found.unseen) == (
        [("body", "Text."), ("property", "A map")], {"picture": 1, "chart": 1},
    )  # fmt: skip


def test_a_word_document_nested_as_no_letter_is_is_refused_at_once() -> None:
    nested = "<w:p>" * 20_000 + "</w:p>" * 20_000
    with pytest.raises(RecordError, match="K006 nested more than 250 deep"):
        read(f"<w:p>{nested}</w:p>")


def test_an_entity_is_refused() -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="{W}">&a;</w:document>'
    with pytest.raises(RecordError, match="K004"):
        read_document(word(document=bomb), "letter.docx")


def test_a_part_that_grows_too_large_is_refused() -> None:
    with pytest.raises(RecordError, match="K001"):
        read_document(word(document=" " * 20_000_001), "letter.docx")


def test_a_document_of_more_paragraphs_than_a_letter_has_is_refused() -> None:
    with pytest.raises(RecordError, match="K001"):
        read(*["a"] * 20_001)


def test_xml_that_is_no_document_is_refused() -> None:
    with pytest.raises(RecordError, match="K003 not a Word document"):
        read_document(word(document="<a>Words.</a>"), "letter.docx")


@pytest.mark.parametrize("encoding", ["nonsense", "idna"])
def test_an_encoding_that_no_office_writes_is_refused(encoding: str) -> None:
    with pytest.raises(RecordError, match="K003"):
        read_document(word(document=f'<?xml version="1.0" encoding="{encoding}"?><a/>'), "letter.docx")
