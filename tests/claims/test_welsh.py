"""A letter in Welsh, under an invented version of one question: read by the table that ships."""

from __future__ import annotations

from functools import cache
from importlib import resources

import pytest

from sqs_core.claims.amounts import Quantity
from sqs_core.claims.check import check_letter
from sqs_core.claims.grammar import Grammar, grammar_of
from sqs_core.claims.language import shipped
from sqs_core.claims.lint_words import misread_examples, read_as
from sqs_core.criteria import ClaimWords
from sqs_core.documents.plain_text import read_text
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.scoring.findings import count_findings
from sqs_core.storage.criteria_files import read_criteria

AUDIT = (resources.files("sqs_criteria") / "local-audit.toml").read_text("utf-8")
WELSH = {
    'languages = ["en"]': 'languages = ["cy"]',
    "[letter.words.en": "[letter.words.cy",
    "[letter.disclosure.en": "[letter.disclosure.cy",
    "[letter.claims.en": "[letter.claims.cy",
}


def table() -> ClaimWords:
    words = shipped("cy")
    assert words is not None
    return words


@cache
def grammar() -> Grammar:
    return grammar_of(table(), (), frozenset(), {}, ())


def quantities(sentence: str) -> tuple[Quantity, ...]:
    return grammar().quantities(sentence, grammar().lexer.tokens(sentence))


def test_every_example_of_the_welsh_table_comes_to_what_it_says() -> None:
    assert list(misread_examples(grammar(), table())) == []


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("Roedd saith o'r deg cynllun yn ddigon da.", ["7 of 10"]),
        ("Mewn pedwar ar ddeg o achosion roedd yr asesiad yn dda.", ["14"]),
        ("Roedd pob un ond un o'r cynlluniau yn dda.", ["all but 1"]),
        ("Nid oedd tri ohonynt yn ddigon da.", ["3"]),
        ("Roedd 60% o'r achosion yn dda.", ["60%"]),
        ("Roedd mwy na hanner yr achosion yn dda.", ["over 1/2"]),
        ("Roedd y ddau achos yn dda.", ["both"]),
        ("Gwelsom bum gynllun a dau ddeg tri achos.", ["5", "23"]),
    ],
)
def test_a_quantity_is_read_whatever_its_beginning_has_become(sentence: str, read: list[str]) -> None:
    assert [read_as(quantity) for quantity in quantities(sentence)] == read


@pytest.mark.parametrize(
    ("sentence", "statuses"),
    [
        ("1.1. Roedd yr asesiad yn dda mewn saith o'r deg achos.", ["holds"]),
        ("1.1. Roedd yr asesiad yn dda mewn wyth o'r deg achos.", ["fails"]),
        ("1.1. Nid oedd yr asesiad yn dda mewn tri o'r deg achos.", ["holds"]),
        ("1.1. Gwelsom nifer o achosion.", ["unverifiable"]),
    ],
)
def test_a_claim_in_welsh_is_held_against_the_records(sentence: str, statuses: list[str]) -> None:
    text = AUDIT.replace(
        "Does the assessment say clearly what the child or young person needs, and why?",
        "A oedd yr asesiad yn dda?",
    )
    text = text.replace('short = "needs assessed"', 'short = "asesiad"')
    for english, welsh in WELSH.items():
        text = text.replace(english, welsh)
    criteria = read_criteria(text.encode(), "local-audit.toml")
    records = [CaseRecord(f"{i:02}", criteria.id, criteria.hash) for i in range(1, 11)]
    answered = [
        record.answering("assess.needs", Answer("insufficient" if i > 7 else "sufficient"))
        for i, record in enumerate(records, 1)
    ]
    inspection = Inspection("Gwasanaeth", criteria.id, criteria.hash, language="cy")
    found = check_letter(inspection, count_findings(criteria, answered, []), read_text(sentence).passages)
    assert [claim.status for claim in found.claims] == statuses
