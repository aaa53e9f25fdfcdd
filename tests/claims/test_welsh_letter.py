"""The letter of ``fji-2014`` in English and in Welsh: the same claims, in both languages, of made-up inspections."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sqs_core.claims.check import LetterCheck, check_letter
from sqs_core.claims.claim import Claim
from sqs_core.criteria import Criteria
from sqs_core.documents.plain_text import read_text
from sqs_core.letter.compose import compose, wording_of
from sqs_core.records import Answer, CaseRecord, Inspection, Narrative
from sqs_core.scoring.findings import Findings, count_findings
from sqs_core.storage.library import load_criteria

NUMBERS = ("dim", "un", "dau", "tri", "pedwar", "pump", "chwech", "saith", "wyth", "naw", "deg")
VALUES = {word: value for value, word in enumerate(NUMBERS)} | {"ddau": 2, "pum": 5, "chwe": 6}


@cache
def version() -> Criteria:
    return load_criteria("fji-2014", plugins=False)


def inspections() -> Iterator[Findings]:
    """Inspections of 1 to 14 cases, so that each question comes to none, one, two, all but one and all of them.

    In some, cases could not be judged, must still be, or the question did not apply; facts hold in none, half or
    all of the cases.
    """
    criteria = version()
    for many in (1, 2, 3, 5, 6, 9, 14):
        for turn in range(3):
            records = []
            for number in range(many):
                record = CaseRecord(f"{number + 1:02}", criteria.id, criteria.hash)
                for at, fact in enumerate(criteria.facts):
                    record = record.noting(
                        fact.id, ((at + turn) % 3 or number % 2) > 0 and (at + turn) % 4 > 0
                    )
                for at, question in enumerate(criteria.questions):
                    passing = (0, 1, 2, many - 1, many, many // 2)[(at + turn) % 6]
                    unjudged = {number: "not-known", number - 1: None, number - 2: "not-applicable"}
                    outcome = "sufficient" if number < passing else "insufficient"
                    given = unjudged.get(many - 1, outcome) if turn == 2 and at % 2 else outcome
                    reasons = ("late", "poor", "missing")[: number % 3 + 1] if given == "insufficient" else ()
                    record = record.answering(question.id, Answer(given, reasons)) if given else record
                records.append(record)
            yield count_findings(criteria, records)


def inspection_in(language: str) -> Inspection:
    return Inspection("Tŷ'r Ŵyl", version().id, version().hash, language=language)


def letter(findings: Findings, language: str, *, phrases: bool = False) -> str:
    """The letter; with ``phrases`` it says "almost all of the 12 cases" where the scale has words."""
    form = "words" if phrases else "of"
    narrative = Narrative(wording={question.id: form for question in version().questions})
    document = compose(inspection_in(language), findings, narrative)
    return "\n\n".join(f"{p.number} {p.words}".strip() for p in document.paragraphs())


def checked(findings: Findings, language: str, text: str) -> LetterCheck:
    return check_letter(inspection_in(language), findings, read_text(text).passages)


def told(claim: Claim) -> tuple[object, ...]:
    """What a claim says: where, of which question and subset, how many of how many, and whether it is true."""
    return claim.paragraph, claim.figures, claim.k, claim.n, claim.expected, claim.status


def test_both_letters_make_the_same_claims_and_every_one_of_them_holds() -> None:
    many = 0
    for turn, findings in enumerate(inspections()):
        letters = {tag: letter(findings, tag, phrases=bool(turn % 2)) for tag in ("en", "cy")}
        english, welsh = (checked(findings, tag, text) for tag, text in letters.items())
        assert list(map(told, welsh.claims)) == list(map(told, english.claims))
        assert {claim.status for claim in welsh.claims} == {"holds"}
        assert [unread.quote for unread in (*english.unread, *welsh.unread)] == []
        many += len(welsh.claims)
    assert many > 300


def test_a_number_moved_in_the_welsh_letter_never_holds() -> None:
    moved = []
    for findings in list(inspections())[9:12]:
        text = letter(findings, "cy")
        found = checked(findings, "cy", text)
        for claim in found.claims:
            place = claim.block, claim.span[0]
            said = found.passages[claim.block].text
            for match in re.finditer(r"\b(?:" + "|".join(VALUES) + r"|\d+)\b", claim.quote):
                before = claim.quote[: match.start()]
                if before.endswith(("pob ", "yr ")) or (match.start() == 0 and claim.quote.startswith("Dim")):
                    continue  # "pob un o'r", "yr un o'r" and "Dim ond" are no numbers
                value = VALUES.get(match[0]) or int(match[0])
                other = NUMBERS[value + 1] if value < 10 else str(value + 1)
                quote = spelled(before + other + claim.quote[match.end() :])
                edited = said[: claim.span[0]] + quote + said[claim.span[1] :]
                again = checked(findings, "cy", text.replace(said, edited))
                moved += [(quote, c.status) for c in again.claims if (c.block, c.span[0]) == place]
    assert [quote for quote, status in moved if status == "holds"] == []
    assert len(moved) > 50


def spelled(words: str) -> str:
    """``words`` as Welsh has them where they meet."""
    shape = wording_of(version(), "cy").words.meeting
    for apart, together in shape.items():
        words = re.sub(rf"\b{re.escape(apart)}\b", together, words)
    return words


def test_numbers_are_said_as_welsh_says_them_before_a_noun_behind_the_article_and_alone() -> None:
    words = wording_of(version(), "cy")

    def said(form: str, k: int, n: int, unit: str = "cases") -> str:
        return words.shape(form, unit, k, n)

    assert [
        said("of", k, n) for k, n in ((1, 2), (2, 3), (5, 5), (5, 6), (2, 2), (1, 1), (0, 0), (3, 14))
    ] == [
        "un o'r ddau achos",
        "dau o'r tri achos",
        "pob un o'r pum achos",
        "pob un ond un o'r chwe achos",
        "y ddau achos",
        "yr unig achos",
        "dim achos",
        "tri o'r 14 achos",
    ]
    assert [said("other", k, 9) for k in (1, 2, 5)] == [
        "yr achos arall",
        "y ddau achos arall",
        "y pum achos arall",
    ]
    assert [said("count", 6, 9), said("count", 6, 9, ""), said("any", 0, 2)] == [
        "chwe achos",
        "chwech",
        "yr un o'r ddau achos",
    ]
    assert [said("words", k, 12) for k in (12, 11, 7, 6, 5)] == [
        "pob un o'r 12 achos",
        "bron pob un o'r 12 achos",
        "y mwyafrif o'r 12 achos",
        "hanner o'r 12 achos",
        "llai na hanner o'r 12 achos",
    ]
