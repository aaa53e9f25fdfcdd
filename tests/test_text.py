"""What text a record may hold, and how doubtful text is shown."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqs_core.errors import UsageError
from sqs_core.text import (
    CASE_ID_RULE,
    clean,
    forbidden,
    lowered,
    one_line,
    shown,
    valid_case_id,
    whole_number,
    with_newlines,
    without_forbidden,
)

any_text = st.text(st.characters(codec=None))  # lone surrogates too


@pytest.mark.parametrize(
    "text",
    [
        "a\tb\nc",
        "Café – “naïve” £5 …",
        "நான் வந்தேன்",
        "می‌خواهم",  # Persian needs the zero-width non-joiner
        "क्‍ष",  # and Hindi the joiner
        "👨‍👩‍👦 family",
        "e\u0301 combining",
        "soft\u00adhyphen",
    ],
)
def test_the_writing_of_any_people_is_kept_as_it_is(text: str) -> None:
    assert clean(text) == text


@pytest.mark.parametrize(
    "character",
    [
        "\0", "\a", "\b", "\v", "\f", "\x1b", "\x7f", "\x80", "\x9b", "\u061c", "\u200b", "\u200e", "\u200f",
        "\u2028", "\u2029", "\u202a", "\u202e", "\u2060", "\u2066", "\u2069", "\ud800", "\ufdd0",
        "\ufeff", "\ufff9", "\ufffb", "\ufffe", "\uffff", "\U0001fffe", "\U0010ffff", "\U000e0001",
        "\U000e007f",
    ],
)  # fmt: skip
def test_what_a_terminal_obeys_or_nobody_sees_is_refused(character: str) -> None:
    with pytest.raises(UsageError, match=rf"the note holds U\+{ord(character):04X}.* at line 2, column 3"):
        clean(f"one\nab{character}c", "the note")


def test_the_refusal_quotes_nothing_of_the_text() -> None:
    with pytest.raises(UsageError) as refusal:
        clean("something private\u202e here")
    assert "private" not in str(refusal.value)


def test_the_first_forbidden_character_is_placed_and_named() -> None:
    assert forbidden("ab\nc\u202ed\0") == (4, 2, 2, "U+202E (RIGHT-TO-LEFT OVERRIDE)")


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\nb"])
def test_every_kind_of_newline_becomes_one(text: str) -> None:
    assert clean(text) == "a\nb"


def test_an_escape_is_shown_as_a_picture_that_no_terminal_obeys() -> None:
    assert shown("\x1b[31mred\x9b\x7f\0 \u202eabc") == "␛[31mred�␡␀ �abc"


def test_a_message_stays_on_one_line_and_short() -> None:
    assert one_line("a\nb\tc" + "d" * 300, 10) == "a␊b cdddd…"


def test_a_paste_loses_what_is_forbidden_and_the_number_is_told() -> None:
    assert without_forbidden("a\u200bb\r\nc\ufeff") == ("ab\nc", 2)


@given(any_text)
def test_what_is_shown_holds_nothing_forbidden(text: str) -> None:
    assert forbidden(shown(text)) is None


@given(any_text)
def test_showing_keeps_every_character_that_is_allowed(text: str) -> None:
    text = with_newlines(text)
    kept = [one for one in text if forbidden(one) is None]
    assert [one for one, was in zip(shown(text), text, strict=True) if forbidden(was) is None] == kept


@given(any_text)
def test_what_was_cleaned_is_clean_for_good(text: str) -> None:
    kept, _ = without_forbidden(text)
    assert clean(kept) == kept


@given(any_text)
def test_the_quick_look_agrees_with_the_list(text: str) -> None:
    text = with_newlines(text)
    refused = {"Cc", "Cs", "Zl", "Zp"}
    for one in text:
        if unicodedata.category(one) in refused and one not in "\n\t":
            assert forbidden(text) is not None
            return
        if one.isprintable():
            assert forbidden(one) is None


@pytest.mark.parametrize("case", ["1", "07", "YOT-2012-007", "a_b", "A" * 40, "CON1", "com"])
def test_a_case_id_is_taken(case: str) -> None:
    assert valid_case_id(case)


@pytest.mark.parametrize(
    "case",
    [
        "", ".", "..", "../07", "a/b", "a\\b", "/etc/passwd", "-07", "_07", "07.toml", "0 7", "07\n", "é",
        "٣", "A" * 41, "con", "NUL", "Aux", "prn", "COM1", "lpt9", "com0", "a:b", "a\0", "~", "$x", "a\u202e",
    ],
)  # fmt: skip
def test_a_case_id_that_could_leave_its_folder_is_refused(case: str) -> None:
    assert not valid_case_id(case)


def test_the_rule_for_case_ids_is_a_sentence_about_them() -> None:
    assert CASE_ID_RULE.startswith("a case id is ")


def test_only_plain_digits_are_a_whole_number() -> None:
    typed = ("7", "007", "²", "٣", "-7", "7.0", "", "9" * 41)
    assert [whole_number(words) for words in typed] == [7, 7, None, None, None, None, None, None]


def test_letters_that_ignoring_case_reads_alike_are_one_in_small_letters() -> None:
    assert lowered("ſEVEN of the FİVE") == "seven of the five"
