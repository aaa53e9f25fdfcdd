"""Characters that look alike are one, wherever words are read, compared, searched or quoted."""

from __future__ import annotations

import unicodedata

import pytest

from sqs_core.documents.folding import found, plain, readable


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("ei\u00adght", "eight"),
        ("se\u200dven \u200cplans", "seven plans"),
        ("si\ufe0fx", "six"),
        ("\ufb01ve", "five"),
        ("\uff17 of \uff11\uff10", "7 of 10"),
        (unicodedata.normalize("NFD", "Siân of Llŷn"), "Siân of Llŷn"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u202eb\x00", "ab"),
        ("plain", "plain"),
    ],
)
def test_what_is_read_is_what_is_seen(written: str, seen: str) -> None:
    assert readable(written) == seen


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("wasn’t “so”", 'wasn\'t "so"'),
        ("two‑thirds – of", "two-thirds - of"),
        ("ſeven\u00a0caſes", "seven cases"),
        ("ѕіх of tеn", "six of ten"),
        ("Привет Σίσυφος", "Привет Σίσυφος"),
    ],
)
def test_what_looks_alike_is_the_same_and_as_long(written: str, same: str) -> None:
    assert plain(written) == same
    assert len(plain(written)) == len(written)


def test_words_are_found_whatever_quotes_accents_or_lines_they_stand_in() -> None:
    text = "She wasn’t\nseen in Llŷn."
    assert [text[a:b] for a, b in found(text, "wasn't  seen")] == ["wasn’t\nseen"]
    assert [text[a:b] for a, b in found(text, unicodedata.normalize("NFD", "llŷn"))] == ["Llŷn"]
    assert found(text, " ") == found(text, "s.e") == ()
