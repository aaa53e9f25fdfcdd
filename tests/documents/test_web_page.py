"""Web pages as other people, and other programs, write them."""

from __future__ import annotations

import pytest
from lxml.etree import LIBXML_VERSION

from sqs_core.documents.passages import ReadDocument
from sqs_core.documents.reading import read_document
from sqs_core.errors import RecordError


def read(page: str) -> ReadDocument:
    return read_document(page.encode(), "letter.html")


def told(page: str) -> list[tuple[str, str]]:
    return [(p.part, p.text) for p in read(page).passages]


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head><meta charset=utf-8><title>T</title><body><p>One.<p>Two.",
        "<title>T</title><p>One.<p>Two.",
        "<html><body><title>T</title><ul><li>One.<li>Two.</ul>",
        "<title>T</title><table><td>One.<td>Two.</table>",
        "<head><title>T</title></head><div>One.<div>Two.</div></div>",
        "<title>T</title>One.<br><p>Two.</p>",
        "<?xml version='1.0' encoding='utf-8'?><html><head><title>T</title></head><body><p>One.</p><p>Two.</p></body></html>",
    ],
)
def test_tags_that_may_be_left_out_lose_no_words(page: str) -> None:
    assert told(page) == [("body", "One."), ("body", "Two."), ("property", "title: T")]


@pytest.mark.parametrize(
    ("markup", "part"),
    [
        ("<del>six</del>", "deletion"),
        ("<s>six</s>", "struck"),
        ("<strike>six</strike>", "struck"),
        ('<span style="text-decoration: line-through">six</span>', "struck"),
        ('<span style="display:none">six</span>', "hidden"),
        ("<span hidden>six</span>", "hidden"),
        ("<!--six-->", "comment"),
    ],
)
def test_what_a_browser_strikes_out_or_does_not_show_is_no_text(markup: str, part: str) -> None:
    found = told(f"<p>We saw {markup} <ins>seven</ins> cases.</p>")
    assert sorted(found) == sorted([("body", "We saw seven cases."), (part, "six")])


def test_a_raised_mark_parts_and_a_raised_ending_does_not() -> None:
    assert told("<p>On the 26<sup>th</sup> we saw six<sup>[1]</sup> of the ten.</p>") == [
        ("body", "On the 26th we saw six of the ten.")
    ]


def test_marks_of_words_do_not_part_them() -> None:
    assert told("<p>se<b>v</b>en <i>plans</i><o:p></o:p>.</p>") == [("body", "seven plans.")]


def test_scripts_and_styles_are_no_words() -> None:
    assert told("<style>p{}</style><p>One.</p><script>two()</script><template>three</template>") == [
        ("body", "One.")
    ]


# What closes no element is a ">" to libxml2 2.11, which lxml's wheel for Windows brings.
CLOSES_NOTHING = pytest.param(
    "</>", marks=pytest.mark.skipif(LIBXML_VERSION < (2, 14), reason="libxml2 < 2.14")
)


@pytest.mark.parametrize("mark", ["<![foo[x]]>", "<![\n", "<!-", CLOSES_NOTHING, "<?php x ?>"])
def test_a_mark_nobody_knows_is_read_over(mark: str) -> None:
    printed = [p.text for p in read(f"<p>Before.</p>{mark}<p>After.</p>").printed]
    assert printed == ["Before.", "After."]


def test_a_paragraph_knows_its_line_and_a_heading_that_it_is_one() -> None:
    found = read("<h2>\nOne</h2>\n<p>Two</p>")
    assert [(p.text, p.line, p.heading) for p in found.passages] == [("One", 1, True), ("Two", 3, False)]


def test_fifty_thousand_comments_that_do_not_end_are_read_at_once() -> None:
    assert told("<p>Before.</p>" + "<!--" * 50_000)[0] == ("body", "Before.")
    assert told("<p>Before.</p>" + "<!-- -->" * 50_000) == [("body", "Before.")]


def test_comments_before_and_after_the_page_are_kept_too() -> None:
    assert told("<!--a--><html><!--b--><p>c</p></html><!--d-->") == [
        ("body", "c"), ("comment", "a"), ("comment", "b"), ("comment", "d"),
    ]  # fmt: skip


def test_a_page_with_a_million_tags_is_refused() -> None:
    with pytest.raises(RecordError, match="K001"):
        read("<p>" * 1_000_001)


@pytest.mark.parametrize("tag", ["div", "b", "table"])
def test_a_page_nested_as_no_letter_is_is_refused(tag: str) -> None:
    with pytest.raises(RecordError, match="K006"):
        read(f"<{tag}>" * 20_000 + "deep")


def test_an_empty_page_has_no_paragraphs() -> None:
    assert told("") == told("<p> </p>") == []


def test_pictures_are_counted_and_what_is_said_of_them_is_kept() -> None:
    found = read('<p>Text.<img alt="A map"></p><iframe></iframe>')
    assert [p.text for p in found.passages] == ["Text.", "A map"]
    assert found.unseen == {"picture": 1, "embedded page": 1}
