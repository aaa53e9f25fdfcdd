"""Holding an edited comparison against the records: every count then and now, each difference and verdict.

A statement is known by the name of its question, as the comparison writes it ("risk of harm plan (2.3)");
what people wrote around it does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from attrs import frozen

from sqs_core.letter.change_since import difference_words, name_of
from sqs_core.scoring.rescreening import RescreenedQuestion, Rescreening

_COUNT = re.compile(r"(?<!\d)(\d+) (?:of|out of) (\d+)(?: cases)? (then|now)\b", re.IGNORECASE)
_POINTS = re.compile(r"([+−-]?\d+) points \(([+−-]?\d+) to ([+−-]?\d+)\)")
_VERDICT = re.compile(r"\b(better|worse|cannot be told|not comparable)\b", re.IGNORECASE)


@frozen
class ChangeClaim:
    """One statement of a comparison: the words, whether they hold, and what the records say."""

    line: int
    question: str
    quote: str
    status: Literal["holds", "fails", "unverifiable"]
    expected: str


def check_changes(rescreening: Rescreening, passages: Iterable[tuple[int, str]]) -> tuple[ChangeClaim, ...]:
    """Check the statements in ``passages`` (their line, their text) against the comparison."""
    rows = (*rescreening.questions, *rescreening.subsets)
    names = {_plain(name_of(rescreening, one)): one for one in rows}
    longest_first = dict(sorted(names.items(), key=lambda item: -len(item[0])))
    return tuple(claim for line, text in passages for claim in _claims(longest_first, line, _plain(text)))


def _claims(names: Mapping[str, RescreenedQuestion], line: int, text: str) -> Iterator[ChangeClaim]:
    name = next((name for name in names if name in text), "")
    if not name:
        for found in _COUNT.finditer(text):
            yield ChangeClaim(
                line, "", found[0], "unverifiable", "no question is named as the comparison names it"
            )
        return
    one = names[name]
    rest = text.partition(name)[2]
    for found in _COUNT.finditer(rest):
        count = one.before if found[3].lower() == "then" else one.after
        holds = (int(found[1]), int(found[2])) == (count.k, count.n)
        yield _claim(line, one, found[0], holds, f"{count} {found[3].lower()}")
    told = difference_words(one)
    for found in _POINTS.finditer(rest):
        yield _claim(line, one, found[0], _signs(found[0]) == _signs(told), told)
    for verdict in _VERDICT.finditer(rest):
        yield _claim(line, one, verdict[0], verdict[0].lower() == one.verdict, one.verdict)


def _claim(line: int, one: RescreenedQuestion, quote: str, holds: bool, expected: str) -> ChangeClaim:
    question = f"{one.question}, {one.subset}" if one.subset else one.question
    return ChangeClaim(line, question, quote, "holds" if holds else "fails", expected)


def _plain(text: str) -> str:
    return " ".join(text.split())


def _signs(words: str) -> str:
    return words.replace("−", "-")
