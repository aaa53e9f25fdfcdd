"""Edited letters as files: what is read, what is refused, and the annotated copies."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from sqs_core.claims.annotated_docx import annotated_docx
from sqs_core.claims.annotated_page import annotated_html
from sqs_core.claims.check import Checked, check_letter
from sqs_core.claims.files import read_letter
from sqs_core.claims.office import paragraph_words, xml_root
from sqs_core.errors import RecordError, UsageError
from sqs_core.storage.folder import open_inspection

ROOT = Path(__file__).parents[2]
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WRONG = "2.2. We found that this had been done well enough in eight of the ten cases."
RIGHT = "2.3. The plans were reviewed properly in eight of the 12 cases."


def docx(*paragraphs: str, document: str = "") -> bytes:
    """A small Word document, one paragraph of two runs for each text."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr><w:r><w:t xml:space="preserve">{p[:9]}</w:t></w:r>'
        f'<w:r><w:t xml:space="preserve">{p[9:]}</w:t></w:r></w:p>'
        for p in paragraphs
    )
    made = document or f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        types = "http://schemas.openxmlformats.org/package/2006/content-types"
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{types}"></Types>')
        archive.writestr("word/document.xml", made)
        archive.writestr("word/media/image.png", b"\x89PNG")
    return out.getvalue()


def odt(body: str) -> bytes:
    """A small OpenDocument text."""
    spaces = ["office", "text", "table", "draw"]
    names = " ".join(f'xmlns:{s}="urn:oasis:names:tc:opendocument:xmlns:{s}:1.0"' for s in spaces)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        text = f"<office:body><office:text>{body}</office:text></office:body>"
        content = f"<office:document-content {names}>{text}</office:document-content>"
        archive.writestr("content.xml", content)
    return out.getvalue()


def checked(data: bytes, name: str) -> Checked:
    folder = open_inspection(ROOT / "examples" / "darlington-2012")
    return check_letter(folder.inspection, folder.findings(), read_letter(data, name))


@pytest.mark.parametrize("name", ["letter.txt", "letter.md", "letter.html", "letter.docx", "letter.odt"])
def test_the_same_letter_gives_the_same_claims_in_every_format(name: str) -> None:
    data = {
        "letter.txt": f"{WRONG}\n\n{RIGHT}\n".encode(),
        "letter.md": f"## Protecting the public\n\n**2.2.** {WRONG[5:]}\n\n- {RIGHT}\n".encode(),
        "letter.html": f"<head><title>2.2. one case</title></head><p>{WRONG}</p><p>{RIGHT}</p>".encode(),
        "letter.docx": docx(WRONG, "", RIGHT),
        "letter.odt": odt(f"<text:p>{WRONG}</text:p><text:p/><text:p>{RIGHT}</text:p>"),
    }[name]
    told = [(c.paragraph, c.quote, c.status) for c in checked(data, name).claims]
    assert told == [("2.2", "eight of the ten cases", "fails"), ("2.3", "eight of the 12 cases", "holds")]


def test_a_span_is_the_place_of_the_quote_in_its_paragraph() -> None:
    letter = checked(docx(WRONG, RIGHT), "letter.docx")
    quotes = [letter.blocks[c.block].text[c.span[0] : c.span[1]] for c in letter.claims]
    assert quotes == ["eight of the ten cases", "eight of the 12 cases"]


def test_another_kind_of_file_is_refused_with_the_kinds_that_work() -> None:
    with pytest.raises(
        UsageError, match=r"checked as .txt, .text, .md, .markdown, .html, .htm, .docx, .odt, not '.pdf'"
    ):
        read_letter(b"%PDF", "letter.pdf")


def test_an_entity_in_a_word_document_is_refused() -> None:
    bomb = f'<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document xmlns:w="{W}">&a;</w:document>'
    with pytest.raises(RecordError, match="K004"):
        read_letter(docx(document=bomb), "letter.docx")


def test_what_is_no_word_document_is_refused() -> None:
    with pytest.raises(RecordError, match="K003"):
        read_letter(b"PK\x03\x04 not really", "letter.docx")


@pytest.mark.parametrize("name", ["letter.docx", "letter.odt"])
def test_what_cannot_be_unpacked_is_refused(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml" if name.endswith("x") else "content.xml", "word " * 200)
    data = bytearray(out.getvalue())
    head = 30 + int.from_bytes(data[26:28], "little")
    data[head : head + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(RecordError, match="K003"):
        read_letter(bytes(data), name)


@pytest.mark.parametrize("encoding", ["shift_jis", "nonsense", "idna"])
def test_an_encoding_that_no_office_writes_is_refused(encoding: str) -> None:
    with pytest.raises(RecordError, match="K003"):
        xml_root(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode(), "letter.odt")


def test_an_opendocument_text_is_read_without_its_remarks_and_deletions() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Gone.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">Protecting<text:s text:c="2"/>the public</text:h>'
        "<text:list><text:list-item><text:p>2.2.<text:tab/>In <text:span>eight <text:span>of</text:span></text:span>"
        " the<text:line-break/>ten<text:note><text:note-body><text:p>A footnote.</text:p></text:note-body>"
        "</text:note> cases.<office:annotation><text:p>A remark.</text:p></office:annotation></text:p>"
        "</text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>In a cell.</text:p></table:table-cell>"
        "</table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>In a frame.</text:p></draw:text-box></draw:frame> After.</text:p>"
    )
    assert [(b.text, b.heading) for b in read_letter(odt(body), "letter.odt")] == [
        ("Protecting the public", True),
        ("2.2. In eight of the ten cases.", False),
        ("In a cell.", False),
        ("After.", False),
        ("In a frame.", False),
    ]


def test_an_opendocument_text_nested_without_end_is_read() -> None:
    deep = "<text:span>" * 50_000 + "deep" + "</text:span>" * 50_000
    assert [b.text for b in read_letter(odt(f"<text:p>{deep}</text:p>"), "letter.odt")] == ["deep"]


@pytest.mark.parametrize("mark", ["<![foo[x]]>", "<![\n"])
def test_a_page_with_a_mark_nobody_knows_is_read_on(mark: str) -> None:
    blocks = read_letter(f"<p>Before.</p>{mark}<p>{RIGHT}</p>".encode(), "letter.html")
    assert [b.text for b in blocks][-1] == RIGHT


def test_a_word_document_that_grows_too_large_is_refused() -> None:
    with pytest.raises(RecordError, match="K001"):
        read_letter(docx(document=" " * 20_000_001), "letter.docx")


def test_the_annotated_page_explains_a_failing_claim_in_words() -> None:
    page = annotated_html(checked(WRONG.encode(), "a.txt"), title="Claims", language="en")
    assert (
        '<mark class="fails" title="fails: the records say otherwise; roh.plan; the records have 7 of 10; '
        'the words would be “seven of the ten cases”">eight of the ten cases<sup>✗</sup></mark>' in page
    )


def test_the_annotated_page_keeps_markup_in_a_letter_as_words() -> None:
    page = annotated_html(
        checked(b"2.2. <script>alert(1)</script> x", "a.txt"), title="Claims", language="en"
    )
    assert "<script>" not in page


def test_an_annotated_word_letter_has_a_comment_where_a_claim_fails_and_keeps_its_words() -> None:
    data = docx(WRONG, RIGHT)
    made = annotated_docx(data, checked(data, "letter.docx"), "letter.docx")
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        comments = xml_root(archive.read("word/comments.xml"), "comments")
        document = xml_root(archive.read("word/document.xml"), "document")
        types = archive.read("[Content_Types].xml")
    said = [paragraph_words(p) for p in comments.iter(f"{{{W}}}p")]
    assert said == [
        "“eight of the ten cases”: fails: the records say otherwise. roh.plan; the records have 7 of 10; "
        "the words would be “seven of the ten cases”"
    ]
    assert [paragraph_words(p) for p in document.iter(f"{{{W}}}p")] == [WRONG, RIGHT]
    assert len(list(document.iter(f"{{{W}}}commentReference"))) == 1
    assert b"comments+xml" in types


def test_comments_that_are_no_text_are_refused_and_end_nothing() -> None:
    out = io.BytesIO(docx(WRONG))
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/comments.xml", b"\xff\xfe\x00")
    data = out.getvalue()
    with pytest.raises(RecordError, match="K003"):
        annotated_docx(data, checked(data, "letter.docx"), "letter.docx")
