"""Numbers and proportions in the words of the version."""

from __future__ import annotations

import pytest

from sqs_core.criteria import Criteria
from sqs_core.letter.compose import wording_of
from sqs_core.letter.wording import Wording


@pytest.fixture(scope="module")
def wording(criteria: Criteria) -> Wording:
    return wording_of(criteria, "en")


@pytest.mark.parametrize(
    ("form", "k", "n", "words"),
    [
        ("of", 7, 10, "seven of the ten cases"),
        ("of", 14, 14, "all 14 cases"),
        ("of", 13, 14, "all but one of the 14 cases"),
        ("of", 12, 14, "all but two of the 14 cases"),
        ("of", 4, 5, "all but one of the five cases"),
        ("of", 3, 4, "three of the four cases"),
        ("of", 2, 2, "both cases"),
        ("of", 1, 1, "the one case"),
        ("of", 0, 6, "none of the six cases"),
        ("count", 1, 9, "one case"),
        ("count", 11, 14, "11 cases"),
        ("total", 5, 13, "13 cases"),
        ("n", 5, 13, "the 13 cases"),
        ("n", 0, 1, "the one case"),
        ("any", 0, 2, "either of the two cases"),
        ("any", 0, 3, "any of the three cases"),
        ("other", 3, 10, "the other three cases"),
        ("other", 1, 10, "the other case"),
        ("words", 12, 14, "over three-quarters of the 14 cases"),
        ("words", 11, 12, "almost all of the 12 cases"),
        ("words", 4, 5, "all but one of the five cases"),
        ("words", 5, 10, "half of the ten cases"),
        ("words", 2, 14, "few of the 14 cases"),
        ("words", 1, 14, "one of the 14 cases"),
        ("words", 14, 14, "all 14 cases"),
    ],
)
def test_a_count_is_worded_as_the_letter_does(
    wording: Wording, form: str, k: int, n: int, words: str
) -> None:
    assert wording.shape(form, "cases", k, n) == words


def test_every_count_up_to_a_hundred_has_exactly_one_rung_of_the_phrase_scale(wording: Wording) -> None:
    rungs = {
        (k, n): [band.id for band in wording.scale if band.admits(k, n)]
        for n in range(1, 101)
        for k in range(n + 1)
    }
    assert {place: found for place, found in rungs.items() if len(found) != 1} == {}


@pytest.mark.parametrize(
    ("text", "started"),
    [
        ("13 cases", "Thirteen cases"),
        ("seven of the 13 cases", "Seven of the 13 cases"),
        ("101 cases", "101 cases"),
    ],
)
def test_a_sentence_starts_with_words_and_a_capital(wording: Wording, text: str, started: str) -> None:
    assert wording.starting(text) == started


@pytest.mark.parametrize(
    ("parts", "together", "listed"),
    [
        ((), True, ""),
        (("a",), True, "a"),
        (("a", "b"), False, "a or b"),
        (("a", "b", "c"), True, "a, b, and c"),
        (("a", "b", "c", "d"), False, "a, b, c, or d"),
    ],
)
def test_clauses_are_listed_as_in_prose(
    wording: Wording, parts: tuple[str, ...], together: bool, listed: str
) -> None:
    assert wording.clauses(parts, together=together) == listed
