"""OpenDocument texts as other people write them."""

from __future__ import annotations

import pytest

from office import odt
from sqs_core.documents.passages import ReadDocument
from sqs_core.documents.reading import read_document
from sqs_core.errors import RecordError


def read(body: str, looks: str = "", **parts: str) -> ReadDocument:
    return read_document(odt(body, looks, **parts), "letter.odt")


def told(document: ReadDocument) -> list[tuple[str, str, bool]]:
    return [(p.part, p.text, p.heading) for p in document.passages]


def test_a_text_is_read_with_its_notes_frames_and_cells_and_its_deletions_and_remarks_last() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">Protecting<text:s text:c="2"/>the public</text:h>'
        "<text:list><text:list-item><text:p>2.2.<text:tab/>In <text:span>eight <text:span>of</text:span></text:span>"
        " the<text:line-break/>ten<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>A footnote.</text:p></text:note-body></text:note> cases."
        "<office:annotation><dc:creator>B Low</dc:creator><text:p>A remark.</text:p></office:annotation></text:p>"
        "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>In a cell.</text:p></table:table-cell>"
        "</table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>In a frame.</text:p></draw:text-box></draw:frame> After.</text:p>"
    )
    assert told(read(body)) == [
        ("body", "Protecting the public", True),
        ("body", "2.2. In eight of the ten cases.", False),
        ("note", "A footnote.", False),
        ("body", "In a cell.", False),
        ("body", "After.", False),
        ("box", "In a frame.", False),
        ("deletion", "Gone.", False),
        ("comment", "A remark.", False),
        ("property", "creator: B Low", False),
    ]


@pytest.mark.parametrize(
    ("look", "part"),
    [
        ('style:text-line-through-style="solid"', "struck"),
        ('style:text-line-through-type="double"', "struck"),
        ('text:display="none"', "hidden"),
    ],
)
def test_hidden_and_struck_words_are_no_text(look: str, part: str) -> None:
    styles = f'<style:style style:name="T1"><style:text-properties {look}/></style:style>'
    body = '<text:p>Seven <text:span text:style-name="T1">not nine </text:span>plans.</text:p>'
    assert [(p.part, p.text) for p in read(body, styles).passages] == [
        ("body", "Seven plans."), (part, "not nine"),
    ]  # fmt: skip


def test_a_hidden_section_and_hidden_text_are_no_text() -> None:
    body = (
        '<text:section text:display="none"><text:p>Secret.</text:p></text:section>'
        "<text:p>Open.<text:hidden-text>Hidden.</text:hidden-text></text:p>"
    )
    assert [(p.part, p.text) for p in read(body).passages] == [
        ("body", "Open."), ("hidden", "Secret."), ("hidden", "Hidden."),
    ]  # fmt: skip


def test_a_raised_digit_is_the_mark_of_a_note() -> None:
    styles = (
        '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
    )
    body = '<text:p>six<text:span text:style-name="T1">1</text:span> of the ten</text:p>'
    assert [p.text for p in read(body, styles).passages] == ["six of the ten"]


def test_headers_footers_and_what_the_file_says_of_itself_are_read() -> None:
    header = "<style:header><text:p>Draft of 3 May</text:p></style:header>"
    found = read("<text:p>Text.</text:p>", meta="<dc:title>To B Low</dc:title>", masters=header)
    assert [(p.part, p.text) for p in found.passages] == [
        ("body", "Text."), ("margin", "Draft of 3 May"), ("property", "title: To B Low"),
    ]  # fmt: skip


def test_a_text_nested_as_no_letter_is_is_refused_at_once() -> None:
    deep = "<text:span>" * 50_000 + "deep" + "</text:span>" * 50_000
    with pytest.raises(RecordError, match="K006 nested more than 250 deep"):
        read(f"<text:p>{deep}</text:p>")


def test_pictures_and_objects_are_counted() -> None:
    found = read("<text:p>Text.<draw:frame><draw:image/></draw:frame><draw:object/></text:p>")
    assert found.unseen == {"picture": 1, "embedded object": 1}
