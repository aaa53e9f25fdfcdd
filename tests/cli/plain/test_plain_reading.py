"""A text read in plain mode: found in, quoted from, saved nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from sqs_core.storage.folder import open_inspection

Sqs = Callable[..., CompletedProcess[str]]
TEXT = "He came.\nPage 1\nShe is afraid\nof him. He left.\nPage 2\n"


def evidence(folder: Path) -> str:
    return open_inspection(folder).case("01").record.answer("lor.assess").evidence


def test_a_sentence_is_found_and_quoted_by_its_number(sqs: Sqs, leeds: Path, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT)
    typed = ("facts", "1.1", f"text {tmp_path}/report.txt as Asset", "quote Afraid of", "quote 1", "quit")

    done = sqs("screen", leeds, "01", "--plain", typed=typed)

    assert evidence(leeds) == "“She is afraid of him.” (Asset p.2)"
    assert "Asset: 1 paragraph read, none saved." in done.stdout


def test_a_text_is_pasted_line_by_line_and_quoted_as_one_from_a_file(sqs: Sqs, leeds: Path) -> None:
    typed = (
        "facts",
        "1.1",
        "text paste as Asset",
        *TEXT.splitlines(),
        ".",
        "quote afraid",
        "quote 1",
        "quit",
    )

    done = sqs("screen", leeds, "01", "--plain", typed=typed)

    assert evidence(leeds) == "“She is afraid of him.” (Asset p.2)"
    assert "Asset: 1 paragraph read, none saved." in done.stdout
    assert b"came" not in b"".join(p.read_bytes() for p in leeds.rglob("*") if p.is_file())


def test_a_paste_that_ends_with_the_input_leaves_no_text_and_no_words_open(sqs: Sqs, leeds: Path) -> None:
    typed = ("facts", "1.1", "text paste", ".", "quote afraid", "text paste", "She is afraid")

    done = sqs("screen", leeds, "01", "--plain", typed=typed)

    assert "there are no words in this text" in done.stdout.casefold()
    assert '"text paste" takes one that is pasted.' in done.stdout.replace("\n", " ")
    assert evidence(leeds) == ""


def test_nothing_of_the_text_is_saved_that_was_not_quoted(sqs: Sqs, leeds: Path, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT)
    typed = ("facts", "1.1", f"text {tmp_path}/report.txt", "quote came", "evidence x", "quit")

    sqs("screen", leeds, "01", "--plain", typed=typed)

    assert b"came" not in b"".join(p.read_bytes() for p in leeds.rglob("*") if p.is_file())
    assert evidence(leeds) == "x"


def test_what_cannot_be_done_with_a_text_is_said_in_a_sentence(sqs: Sqs, leeds: Path, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text(TEXT)
    file = f"text {tmp_path}/report.txt"
    typed = (
        "facts",
        "1.1",
        "text",
        "quote x",
        "text a.pdf",
        file,
        "quote elephants",
        "quote",
        "shared",
        file,
    )

    said = sqs("screen", leeds, "01", "--plain", typed=typed).stdout.replace("\n", " ")

    assert said.count("No text is open for this case") == 2
    assert "copy its words and paste them" in said
    assert "Those words are not in the text." in said
    assert "Quote what?" in said
    assert "No text is read in the shared view" in said
