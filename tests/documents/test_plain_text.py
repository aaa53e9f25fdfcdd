"""Plain text and Markdown as other people, and other programs, write them."""

from __future__ import annotations

import pytest

from sqs_core.documents.plain_text import read_text
from sqs_core.documents.reading import read_document

LONG = "In almost all of the 14 cases that we looked at the child or young person complied with the sentence, either fully, or fully after a rocky start."


def paragraphs(text: str) -> list[str]:
    return [p.text for p in read_text(text).passages]


def test_blank_lines_marks_and_numbers_part_paragraphs() -> None:
    assert paragraphs("One\nand on.\n\nTwo.\n- three\n2.1. Four\n5) Five") == [
        "One\nand on.", "Two.", "- three", "2.1. Four", "5) Five",
    ]  # fmt: skip


def test_lines_as_long_as_paragraphs_are_paragraphs() -> None:
    text = f"4. Ensuring\n4.5.\t{LONG}\nOperational management\nWe interviewed five case managers.\nTwo"
    assert paragraphs(text) == [
        "4. Ensuring", f"4.5.\t{LONG}", "Operational management", "We interviewed five case managers.", "Two",
    ]  # fmt: skip


def test_a_long_line_broken_in_mid_sentence_goes_on() -> None:
    assert paragraphs(f"{LONG[:-1]}\nand so it went on.") == [f"{LONG[:-1]}\nand so it went on."]


def test_in_broken_lines_a_short_one_before_a_capital_ends_a_paragraph() -> None:
    text = "Operational management\nWe interviewed five case managers and one senior\npractitioner. They were kind.\nStaff"
    assert paragraphs(text) == [
        "Operational management",
        "We interviewed five case managers and one senior\npractitioner. They were kind.\nStaff",
    ]


def test_a_paragraph_knows_its_line() -> None:
    assert [(p.line, p.text) for p in read_text("\n\nOne\nmore\n\nTwo").passages] == [(3, "One\nmore"), (6, "Two")]  # fmt: skip


def test_markdown_that_is_struck_out_or_commented_is_no_text_and_is_kept() -> None:
    found = read_document(b"## A ~~six~~ **seven**\nOn.\n\n<!-- for\nB Low -->Two.", "a.md")
    assert [(p.part, " ".join(p.text.split()), p.heading) for p in found.passages] == [
        ("body", "## A **seven**", True), ("body", "On.", False), ("body", "Two.", False),
        ("comment", "for B Low", False), ("struck", "six", False),
    ]  # fmt: skip


def test_fifty_thousand_comments_that_do_not_end_are_text() -> None:
    (found,) = read_document(b"<!--" * 50_000, "a.md").passages
    assert (found.part, len(found.text)) == ("body", 200_000)


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_of_any_system_are_line_ends(ending: str) -> None:
    assert [p.text for p in read_document(f"One{ending}{ending}Two".encode(), "a.txt").passages] == [
        "One",
        "Two",
    ]
