"""Single sentences held against the example inspection."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from sqs_core.claims.amounts import percentages, possible
from sqs_core.claims.check import LetterCheck, check_letter
from sqs_core.claims.claim import Claim
from sqs_core.documents.plain_text import read_text
from sqs_core.documents.sentences import sentences
from sqs_core.letter.edited_letter import letter_paragraphs
from sqs_core.records.case import Answer
from sqs_core.scoring.findings import Findings, count_findings
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection

ROOT = Path(__file__).parents[2]


@cache
def example() -> tuple[InspectionFolder, Findings]:
    folder = open_inspection(ROOT / "examples" / "darlington-2012")
    return folder, findings_of(folder)


def check(text: str, findings: Findings | None = None) -> LetterCheck:
    folder, found = example()
    return check_letter(folder.inspection, findings or found, read_text(text).passages)


def claims(text: str, findings: Findings | None = None) -> list[Claim]:
    return list(check(text, findings).claims)


def judged(text: str) -> list[tuple[str, str, str]]:
    return [(c.quote, c.status, c.figure) for c in claims(text)]


def test_a_claim_has_its_place_its_measure_and_the_words_expected() -> None:
    (claim,) = claims("2.2. This had been done well enough in eight of the ten cases.")
    assert claim == Claim(
        paragraph="2.2",
        block=0,
        quote="eight of the ten cases",
        span=(39, 61),
        k=8,
        n=10,
        status="fails",
        figures=("roh.plan",),
        expected=(7, 10),
        words="seven of the ten cases",
        why="the records have 7 of 10",
    )


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("2.2. Planning was done well enough in 70% of the ten cases.", "holds"),
        ("2.2. Planning was done well enough in 70 per cent of cases.", "holds"),
        ("2.2. Planning was done well enough in 7/10 cases.", "holds"),
        ("2.2. Planning was done well enough in more than two-thirds of the ten cases.", "holds"),
        ("2.2. Planning was done well enough in about two-thirds of the ten cases.", "holds"),
        ("2.2. Planning was done well enough in under half of the ten cases.", "fails"),
        ("2.2. Planning was not done well enough in seven of the ten cases.", "fails"),
        ("2.2. Planning was not done well enough in three of the ten cases.", "holds"),
        ("1.2. Not all of the five reports were good.", "holds"),
        ("1.2. All of the reports were good.", "fails"),
        ("1.1. The first assessment was finished on time in almost every case.", "fails"),
        ("4.4. Enough help was given to every child.", "fails"),
        ("4.5. Most children and young people complied with their sentence.", "fails"),
    ],
)
def test_a_sentence_holds_or_fails_by_its_polarity_fraction_or_percentage(sentence: str, status: str) -> None:
    assert [c.status for c in claims(sentence)] == [status]


@pytest.mark.parametrize(
    "sentence",
    [
        "2.2. In two cases the YOS had no car.",
        "9.9. Seven of the ten plans were good enough.",
        "2.1. It is not true that all 14 cases were good enough.",
        "2.2. Several plans were not done well enough.",
        "2.2. Two of the seven victims lived far away.",
        "Seven of the ten plans were good enough.",
    ],
)
def test_what_cannot_be_tied_for_sure_is_unverifiable_and_never_holds(sentence: str) -> None:
    assert [c.status for c in claims(sentence)] == ["unverifiable"]


def test_a_percentage_that_no_count_makes_says_so() -> None:
    (claim,) = claims("2.2. Planning was done well enough in 72% of the ten cases.")
    assert (claim.status, claim.why) == ("fails", "no number of 10 makes 72 per cent")


def test_two_statements_joined_by_and_keep_their_own_words() -> None:
    text = "3.3. Five children had no plan at all, and three had a plan that was not good enough."
    assert judged(text) == [
        ("Five children", "holds", "vul.plan:absent"),
        ("three", "holds", "vul.plan:insufficient"),
    ]


def test_the_others_are_those_that_nothing_before_has_counted() -> None:
    text = "2.2. Seven plans were good enough. The remaining three were not. The other two were late."
    assert [status for _, status, _ in judged(text)] == ["holds", "holds", "fails"]


def test_the_others_are_named_by_the_outcome_that_counts_these_very_cases() -> None:
    text = (
        "3.3. There was enough planning in only five cases. In five cases there was no vulnerability management "
        "plan at all. In the other three cases, the plans were not good enough."
    )
    assert judged(text)[-1] == ("the other three cases", "holds", "vul.plan:insufficient")


def unjudged() -> Findings:
    """The example, but for one case of which nobody knew how the risk to victims was managed."""
    folder, _ = example()
    records, _ = folder.cases()
    return count_findings(
        folder.criteria,
        tuple(r.answering("roh.victim", Answer("not-known")) if r.case == "01" else r for r in records),
    )


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        ("2.4. Eight cases we looked at had victims that could be identified.", "holds", (8, 14)),
        ("2.4. Seven cases we looked at had victims that could be identified.", "question", (8, 14)),
        ("2.4. Six cases we looked at had victims that could be identified.", "fails", (8, 14)),
        ("2.4. The risk to victims was managed well enough in four of the eight cases.", "question", (4, 7)),
        ("2.4. The risk to victims was managed well enough in four of the seven cases.", "holds", (4, 7)),
        (
            "2.4. The management of the risk of harm to victims could not be judged in one case.",
            "holds",
            (1, 8),
        ),
        ("2.4. The management of the risk of harm to victims could be judged in six cases.", "fails", (7, 8)),
    ],
)
def test_a_population_is_those_asked_about_and_a_count_is_out_of_those_judged(
    text: str, status: str, expected: tuple[int, int]
) -> None:
    (claim,) = claims(text, unjudged())
    assert (claim.status, claim.expected) == (status, expected)


def test_dates_telephone_and_paragraph_numbers_are_no_claims() -> None:
    text = "2.2. On 26–28 November 2012 we called 020 7946 0123, see 2.3, 1.5 and M32 0RS."
    assert claims(text) == []


def test_a_paragraph_without_its_number_is_known_by_its_words() -> None:
    text = (
        "Protecting the public\n\n"
        "To make sure the public is protected the YOS puts plans in place using the information from the "
        "assessment. We found that this had been done well enough in six of the ten cases."
    )
    assert judged(text) == [("six of the ten cases", "fails", "roh.plan")]


def test_percentages_round_halves_either_way() -> None:
    assert percentages(1, 8, 0) == ("12", "13")


def test_some_percentages_are_impossible_for_a_number_of_cases() -> None:
    assert [p for p in (7, 71, 72, 79, 80) if possible(Fraction(p, 100), 0, 14)] == [7, 71, 79]


def test_an_abbreviation_does_not_end_a_sentence() -> None:
    text = "We met Mr. Low. He agreed."
    assert [text[a:b].strip() for a, b in sentences(text, ("Mr.",))] == ["We met Mr. Low.", "He agreed."]


def test_a_paragraph_broken_by_a_page_keeps_its_number() -> None:
    pages = letter_paragraphs(read_text("3.2. They saw it and they\n\ndid not use it.").passages, [])
    assert [(p.number, p.text) for p in pages] == [
        ("3.2", "They saw it and they"),
        ("3.2", "did not use it."),
    ]


def test_a_sentence_that_never_ends_is_read_in_pieces() -> None:
    places = sentences("seven of the ten cases " * 500)
    assert max(b - a for a, b in places) <= 2000
    assert places[-1][1] == 500 * 23


TOO_MUCH = {
    "is longer than 2,000 characters": "1. of the plans " * 10_000,
    "has more than 300 words and marks": "( " * 400,
    "has more than 40 numbers": "1 of 2, " * 60,
}


@pytest.mark.parametrize("why", TOO_MUCH)
def test_a_paragraph_that_nobody_would_write_is_told_and_not_read(why: str) -> None:
    checked = check(f"2.2. {TOO_MUCH[why]}\n\n2.3. Planning was done well enough in seven of the ten cases.")
    unread, _ = checked.claims
    assert (unread.status, unread.paragraph) == ("unverifiable", "2.2")
    assert unread.why == f"not read: a sentence of this paragraph {why}"
    assert 0 < len(unread.quote) <= 60
    assert TOO_MUCH[why].startswith(unread.quote)
    assert [claim.read for claim in checked.claims] == [False, True]


def test_claims_without_end_are_read_up_to_a_number_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sqs_core.claims.check.MOST_CLAIMS", 2)
    checked = check("2.2. Planning was done well enough in seven of the ten cases.\n\n" * 9)
    assert [claim.status for claim in checked.claims] == ["holds"] * 2 + ["unverifiable"]
    assert checked.claims[-1].why == "not read, nor what follows it: before it are 2 claims"


def test_a_wrong_number_in_the_summary_is_a_question_and_not_an_error() -> None:
    (claim,) = claims("Summary\n\nOnly ten cases had the right plan for the work needed.")
    assert (claim.paragraph, claim.status, claim.figure) == ("summary", "question", "lor.plan")


def test_a_percentage_with_decimals_is_held_against_as_many_of_them() -> None:
    text = "2.2. Planning was done well enough in 70.0% of the ten cases."
    assert judged(text) == [("70.0% of the ten cases", "holds", "roh.plan")]
    assert percentages(1, 8, 2) == ("12.50",)
    assert percentages(1, 3, 1) == ("33.3",)


def test_a_number_is_read_whatever_letter_an_old_typeface_had_for_s() -> None:
    assert judged("2.2. Planning was done well enough in ſeven of the ten caſes.") == [
        ("ſeven of the ten caſes", "holds", "roh.plan")
    ]
