"""Edited letters as files: what is read, what is refused, and the annotated copies."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from office import archive, odt, paragraph, word
from sqs_core.claims.annotated_docx import annotated_docx
from sqs_core.claims.annotated_page import annotated_html
from sqs_core.claims.check import LetterCheck, check_letter
from sqs_core.documents.reading import read_document
from sqs_core.errors import RecordError, UsageError
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import open_inspection

ROOT = Path(__file__).parents[2]
WRONG = "2.2. We found that this had been done well enough in eight of the ten cases."
RIGHT = "2.3. The plans were reviewed properly in eight of the 12 cases."


def checked(data: bytes, name: str) -> LetterCheck:
    folder = open_inspection(ROOT / "examples" / "darlington-2012")
    return check_letter(folder.inspection, findings_of(folder), read_document(data, name).passages)


@pytest.mark.parametrize("name", ["letter.txt", "letter.md", "letter.html", "letter.docx", "letter.odt"])
def test_the_same_letter_gives_the_same_claims_in_every_format(name: str) -> None:
    data = {
        "letter.txt": f"{WRONG}\n\n{RIGHT}\n".encode(),
        "letter.md": f"## 2\\. Protecting the public\n\n**2.2.** {WRONG[5:]}\n\n2.3\\. {RIGHT[5:]}\n".encode(),
        "letter.html": f"<head><title>2.2. one case</title></head><p>{WRONG}</p><p>{RIGHT}</p>".encode(),
        "letter.docx": word(WRONG, "", RIGHT, footer=paragraph("Page 1 of 2")),
        "letter.odt": odt(f"<text:p>{WRONG}</text:p><text:p/><text:p>{RIGHT}</text:p>"),
    }[name]
    letter = checked(data, name)
    told = [(c.paragraph, c.quote, c.status) for c in letter.claims]
    assert told == [("2.2", "eight of the ten cases", "fails"), ("2.3", "eight of the 12 cases", "holds")]
    assert letter.unread == ()


def test_a_span_is_the_place_of_the_quote_in_its_paragraph() -> None:
    letter = checked(word(WRONG, RIGHT), "letter.docx")
    quotes = [letter.passages[c.block].text[c.span[0] : c.span[1]] for c in letter.claims]
    assert quotes == ["eight of the ten cases", "eight of the 12 cases"]


def test_another_kind_of_file_is_refused_with_the_kinds_that_work() -> None:
    with pytest.raises(
        UsageError, match=r"checked as .txt, .text, .md, .markdown, .html, .htm, .docx, .odt, not '.pdf'"
    ):
        read_document(b"%PDF", "letter.pdf")


def test_what_is_no_word_document_is_refused() -> None:
    with pytest.raises(RecordError, match="K003"):
        read_document(b"PK\x03\x04 not really", "letter.docx")


@pytest.mark.parametrize("name", ["letter.docx", "letter.odt"])
def test_what_cannot_be_unpacked_is_refused(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml" if name.endswith("x") else "content.xml", "word " * 200)
    data = bytearray(out.getvalue())
    head = 30 + int.from_bytes(data[26:28], "little")
    data[head : head + 4] = b"\xff\xff\xff\xff"
    with pytest.raises(RecordError, match="K003"):
        read_document(bytes(data), name)


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
    data = word(WRONG, RIGHT)
    made = annotated_docx(data, checked(data, "letter.docx"), "letter.docx")
    assert [(p.part, p.text, p.anchor) for p in read_document(made, "letter.docx").passages] == [
        ("body", WRONG, -1),
        ("body", RIGHT, -1),
        (
            "comment",
            "“eight of the ten cases”: fails: the records say otherwise. roh.plan; the records have 7 of 10; "
            "the words would be “seven of the ten cases”",
            0,
        ),
        ("property", "author: sqs letter check", -1),
    ]


def test_comments_that_are_no_text_are_refused_and_end_nothing() -> None:
    data = word(WRONG, comments="")
    parts = {"word/comments.xml": b"\xff\xfe\x00"}
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        parts = {name: made.read(name) for name in made.namelist()} | parts
    with pytest.raises(RecordError, match="K00[34]"):
        read_document(archive(parts), "letter.docx")
