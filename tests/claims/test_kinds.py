"""Sentences of other people, kind by kind and letter by letter, held against 23 invented cases.

The files beside this one hold them: ``kinds.txt`` by kind, ``voices.txt`` as several authors would write,
``audit.txt`` and ``court-and-out-of-court.txt`` under other versions.  A line begins with what it has to come to: "+" it is true and must not
be accused, "-" it is false and must not pass, "?" the records cannot tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from made_inspections import Made, audit, checked, screening, youth_justice
from sqs_core.claims.check import LetterCheck

HERE = Path(__file__).parent
LEAST = 12
# Written apart from the checker's tables on purpose: what a reader would call a number.
NUMBER = re.compile(
    r"\d+(?:\.\d+)?|[½⅓⅔¼¾⅕⅖⅗⅘]|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|dozen|half|thirds?|quarters?|fifths?|most|none|both|neither|couple|majority|minority"
    r"|twice)\b",
    re.IGNORECASE,
)
PARAGRAPH = re.compile(r"\d\.\d\.")
Line = tuple[str, str, str]


def lines(name: str) -> Iterator[Line]:
    """The sentences of a file, each with its kind and its mark."""
    kind = ""
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.startswith("["):
            kind = line.strip("[]")
        elif line[:2] in ("+ ", "- ", "? "):
            yield kind, line[0], line[2:].replace("\\n", "\n")


def misread(mark: str, found: LetterCheck) -> str:
    """What is wrong with how a sentence was read, "" where nothing is."""
    statuses = [claim.status for claim in found.claims]
    told = bool(found.unread) or any(status != "holds" for status in statuses)
    if mark == "+" and ("fails" in statuses or "question" in statuses):
        return "a right one is accused"
    if mark == "-" and not told:
        return "a wrong one holds"
    if mark == "?" and ("fails" in statuses or not told):
        return "it cannot be told, and was"
    return ""


def unaccounted(found: LetterCheck) -> list[str]:
    """The numbers of a text that no claim covers and that are not told as not checked."""
    spans = [(c.block, *c.span) for c in found.claims] + [(u.block, *u.span) for u in found.unread]
    missing = []
    for passage in found.passages:
        head = PARAGRAPH.match(passage.text)
        for number in NUMBER.finditer(passage.text, head.end() if head else 0):
            covered = (a <= number.start() and number.end() <= b for at, a, b in spans if at == passage.index)
            if not any(covered):
                missing.append(number[0])
    return missing


@cache
def screened(text: str) -> LetterCheck:
    """A text held against the 23 cases of the screening."""
    return checked(text, screening())


def wrong(name: str, inspection: Made) -> list[tuple[str, str]]:
    """The sentences of a file that are misread, or that hold a number nobody accounts for."""
    found = []
    for _, mark, text in lines(name):
        read = screened(text) if inspection is screening() else checked(text, inspection)
        found += [(why, text) for why in (misread(mark, read), *unaccounted(read)) if why]
    return found


@pytest.mark.parametrize("name", ["kinds.txt", "voices.txt"])
def test_no_wrong_sentence_holds_no_right_one_is_accused_and_every_number_is_accounted_for(name: str) -> None:
    assert wrong(name, screening()) == []


@pytest.mark.parametrize(
    ("name", "inspection"), [("audit.txt", audit), ("court-and-out-of-court.txt", youth_justice)]
)
def test_so_it_is_under_other_versions(name: str, inspection: Callable[[], Made]) -> None:
    assert wrong(name, inspection()) == []


def test_every_kind_has_twelve_sentences_or_more() -> None:
    kinds = [kind for kind, _, _ in lines("kinds.txt")]
    assert {kind: kinds.count(kind) for kind in kinds if kinds.count(kind) < LEAST} == {}


def test_most_sentences_that_are_true_are_seen_to_hold_and_most_that_are_false_to_fail() -> None:
    told = {"+": [0, 0], "-": [0, 0]}
    for name in ("kinds.txt", "voices.txt"):
        for _, mark, text in lines(name):
            if mark in told:
                statuses = [claim.status for claim in screened(text).claims]
                told[mark][0] += set(statuses) == {"holds"} if mark == "+" else "fails" in statuses
                told[mark][1] += 1
    assert all(seen >= 0.8 * many for seen, many in told.values())


LETTERS = sorted((HERE / "letters").glob("*.txt"))
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
CHANGED = 9
"""Of how many numbers of a letter one is changed."""


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_a_whole_letter_of_another_author_is_read_without_accusing_it(letter: Path) -> None:
    found = checked(letter.read_text("utf-8"), screening())
    assert [(c.paragraph, c.quote, c.why) for c in found.claims if c.status in ("fails", "question")] == []
    assert sum(claim.status == "holds" for claim in found.claims) >= 0.8 * len(found.claims)


@pytest.mark.parametrize("letter", LETTERS, ids=lambda path: path.stem)
def test_a_number_changed_in_it_holds_nowhere(letter: Path) -> None:
    text = letter.read_text("utf-8")
    numbers = list(re.finditer(rf"\b(?:{'|'.join(WORDS[1:-1])})\b", text))[::CHANGED]
    unnoticed = []
    for number in numbers:
        more = WORDS[WORDS.index(number[0]) + 1]
        edited = text[: number.start()] + more + text[number.end() :]
        found = checked(edited, screening())
        told = [c.quote for c in found.claims if c.status != "holds"] + [u.quote for u in found.unread]
        failed = any(c.status == "fails" for c in found.claims)
        if not failed and not any(more in quote.lower() for quote in told):
            unnoticed.append(edited[number.start() - 40 : number.end() + 40])
    assert unnoticed == []
