"""A text to read beside a question, from a file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from sqs_core.documents.passages import MOST_CHARACTERS
from sqs_core.errors import RecordError, SqsError, UsageError
from sqs_core.storage.source_file import pasted_source, read_source
from systems import links

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(path: Path, *paragraphs: str) -> Path:
    """A Word document of ``paragraphs``, each the XML inside its ``w:p``."""
    body = "".join(f"<w:p>{inside}</w:p>" for inside in paragraphs)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    path.write_bytes(file.getvalue())
    return path


def run(words: str, before: str = "") -> str:
    return f"<w:r>{before}<w:t>{words}</w:t></w:r>"


def quotes(path: Path) -> list[str]:
    source = read_source(path, "PSR")
    return [source.quote(span) for span in source.sentences]


@pytest.mark.parametrize(
    ("name", "encoding"), [("a.txt", "utf-8-sig"), ("a.md", "utf-16"), ("a.txt", "cp1252")]
)
def test_a_file_is_read_as_it_was_saved(tmp_path: Path, name: str, encoding: str) -> None:
    (tmp_path / name).write_text("Siôn said “no”.\n", encoding=encoding)
    assert quotes(tmp_path / name) == ["“Siôn said “no”.” (PSR line 1)"]


def test_a_word_document_has_the_pages_that_word_left_in_it(tmp_path: Path) -> None:
    laid_out, set_by_hand = "<w:lastRenderedPageBreak/>", '<w:br w:type="page"/>'
    file = docx(
        tmp_path / "a.docx", run("One."), f"<w:r>{set_by_hand}</w:r>", run("Two.", laid_out), run("Still.")
    )
    assert quotes(file) == ["“One.” (PSR p.1)", "“Two.” (PSR p.2)", "“Still.” (PSR p.2)"]


def test_a_word_document_without_pages_counts_its_paragraphs(tmp_path: Path) -> None:
    file = docx(tmp_path / "a.docx", run("One."), "", run("Two. More."))
    assert quotes(file) == [
        "“One.” (PSR paragraph 1)",
        "“Two.” (PSR paragraph 2)",
        "“More.” (PSR paragraph 2)",
    ]


@pytest.mark.parametrize(
    ("name", "data", "kind", "said"),
    [
        ("a.pdf", b"%PDF", UsageError, "copy its words and paste them"),
        ("a.txt", b"MZ\0\0", RecordError, "not text"),
        ("a.docx", b"PK\x03\x04 no", RecordError, "not a Word document"),
        ("a.txt", b" \n\t", UsageError, "no words in this text"),
        ("a.txt", b"word " * 100_000, UsageError, "at most 400,000"),
        ("a.txt", b"x" * 20_000_001, UsageError, "larger than 20 MB; paste"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, name: str, data: bytes, kind: type[SqsError], said: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(kind, match=said):
        read_source(tmp_path / name, "PSR")


@links
def test_a_missing_file_and_a_link_are_refused(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "there.txt")
    for name in ("gone.txt", "link.txt"):
        with pytest.raises(RecordError):
            read_source(tmp_path / name, "PSR")


def test_a_paste_has_the_same_limit() -> None:
    with pytest.raises(UsageError, match="at most"):
        pasted_source("a" * (MOST_CHARACTERS + 1), "PSR")
