"""A text read beside a question: its pages, what is found in it, what is quoted."""

from __future__ import annotations

import pytest

from sqs_core.letter.source_text import SourceText, source_text

FOOTERS = "One here.\nPage 1 of 2\nTwo starts. She is afraid\nof him.\nPage 2 of 2\n"
HEADERS = "Page 7\nSeven.\n- page 8 -\nEight.\n"
FEEDS = "First.\fSecond.\f"


def places(source: SourceText) -> list[tuple[str, str]]:
    return [(source.text[a:b].replace("\n", " "), source.place((a, b))) for a, b in source.sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FOOTERS, [("One here.", "p.1"), ("Two starts.", "p.2"), ("She is afraid of him.", "p.2")]),
        (HEADERS, [("Seven.", "p.7"), ("Eight.", "p.8")]),
        (FEEDS, [("First.", "p.1"), ("Second.", "p.2")]),
        ("Cover.\fPage 4\nInside.", [("Cover.", "p.1"), ("Inside.", "p.4")]),
        ("A line.\n\nAnother line\nand on.", [("A line.", "line 1"), ("Another line and on.", "lines 3–4")]),
    ],
)
def test_a_sentence_knows_its_page_or_else_its_line(text: str, expected: list[tuple[str, str]]) -> None:
    assert places(source_text(text, "PSR")) == expected


def test_a_sentence_that_goes_on_over_the_page_is_quoted_with_both_pages() -> None:
    source = source_text("The order was\nPage 1\nmade in July. It ran.\nPage 2\n", "PSR")
    assert source.quote(source.sentences[0]) == "“The order was made in July.” (PSR pp.1–2)"


def test_words_are_found_in_any_letters_and_over_the_end_of_a_line() -> None:
    source = source_text(FOOTERS, "PSR")
    assert [source.text[a:b] for a, b in source.found("AFRAID of")] == ["afraid\nof"]
    assert source.found("  ") == source.found("a.*b") == ()


def test_what_is_chosen_is_a_line_a_sentence_or_a_paragraph() -> None:
    source = source_text("Mr. A came. He\nleft.\n\nLast.", "PSR")
    at = source.text.index("left")
    chosen = {
        unit: source.units(unit)[source.unit_at(unit, at)] for unit in ("line", "sentence", "paragraph")
    }
    assert {unit: source.text[a:b] for unit, (a, b) in chosen.items()} == {
        "line": "left.",
        "sentence": "He\nleft.",
        "paragraph": "Mr. A came. He\nleft.",
    }


def test_hostile_characters_are_left_out_and_counted() -> None:
    source = source_text("Safe\x1b[31m \u202eword\x00s.\ttab\r\n", "PSR")
    assert (source.text.strip(), source.dropped) == ("Safe[31m words. tab", 3)


def test_a_long_line_broken_by_whoever_wrote_it_flows_and_a_short_one_does_not() -> None:
    long = "x" * 60
    assert source_text(f"{long}\non\n- a list\nshort\nnext", "PSR").flowing.strip() == (
        f"{long} on\n- a list\nshort\nnext"
    )


def test_a_text_of_one_endless_line_of_blanks_and_dots_is_read_at_once() -> None:
    source = source_text(". " * 50_000 + " " * 200_000 + "page" + " " * 50_000, "PSR")
    assert len(source.units("sentence")) > 1
    assert source.found("page 1") == ()


def test_the_words_of_a_text_stand_in_no_trace_of_it() -> None:
    assert "afraid" not in repr(source_text(FOOTERS, "PSR"))
