"""The published letter of 2012 against the example inspection: every claim, and sixty edits of it.

The letter is not part of this project.  It is read from SQS_FOUNDING_LETTER, or from
``../shared/darlington-letter.txt`` beside the checkout; without it these tests are skipped.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from sqs_core.claims.check import LetterCheck, check_letter
from sqs_core.documents.plain_text import read_text
from sqs_core.scoring.findings import Findings
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection

ROOT = Path(__file__).parents[2]
LETTER = Path(os.environ.get("SQS_FOUNDING_LETTER") or ROOT.parent / "shared" / "darlington-letter.txt")
pytestmark = pytest.mark.skipif(
    not LETTER.is_file(), reason=f"the founding letter is not at {LETTER}; set SQS_FOUNDING_LETTER"
)

EDITS = [
    # a number
    ("at the start of a sample of 14 recent", "at the start of a sample of 15 recent"),
    ("We saw five cases with pre-sentence", "We saw six cases with pre-sentence"),
    ("One report was not quite good enough", "Two reports were not quite good enough"),
    ("This included four cases where", "This included three cases where"),
    ("in seven of the ten cases", "in eight of the ten cases"),
    ("in seven of the ten cases", "in 6 of the 10 cases"),
    ("three of the four cases where", "two of the four cases where"),
    ("Eight of the plans to protect", "Nine of the plans to protect"),
    ("Eight of the plans to protect", "7 of the plans to protect"),
    ("Eight cases we looked at had victims", "Ten cases we looked at had victims"),
    ("but in three cases we thought that the risk", "but in two cases we thought that the risk"),
    ("safeguarding in nine, including", "safeguarding in ten, including"),
    ("Thirteen children and young people", "Eleven children and young people"),
    ("only five cases had enough planning", "only six cases had enough planning"),
    ("In five cases there was no vulnerability", "In four cases there was no vulnerability"),
    ("one had no vulnerability management plan", "two had no vulnerability management plan"),
    ("that one PSR also did not deal", "that two PSRs also did not deal"),
    ("because only one plan did not identify", "because only two plans did not identify"),
    ("We interviewed five case managers", "We interviewed six case managers"),
    ("and one senior practitioner", "and two senior practitioners"),
    ("and five gave us their views", "and six gave us their views"),
    ("Risk of harm work in four cases", "Risk of harm work in five cases"),
    ("In six cases, safeguarding", "In twenty-six cases, safeguarding"),
    # a word
    ("In over three-quarters of the 14", "In almost all of the 14"),
    ("In over three-quarters of the 14", "In most of the 14"),
    ("In over three-quarters of the 14", "In two-thirds of the 14"),
    ("and all but one was good", "and all but two were good"),
    ("had almost all been reviewed", "had all but two been reviewed"),
    ("in all but one case, including", "in all but three cases, including"),
    ("Just one was not good enough, as", "Just one was good enough, as"),
    ("Except for one case, the assessments", "Except for two cases, the assessments"),
    ("good enough in all but two cases", "good enough in all but one case"),
    ("good enough in all but two cases", "good enough in all 14 cases"),
    ("in all but 1 out of 11 cases", "in all but 2 out of 11 cases"),
    ("In almost all of the cases we looked", "In all of the cases we looked"),
    ("In almost all of the cases we looked", "In half of the cases we looked"),
    ("Almost all felt that the managers", "All staff felt that the managers"),
    ("Almost all the staff we talked to", "All the staff we talked to"),
    ("All staff understood the local policies", "Almost all staff understood the local policies"),
    ("They all understood the rules", "None of them understood the rules"),
    ("the YOS always did the right thing", "the YOS never did the right thing"),
    ("All 14 cases had the right plans", "None of the 14 cases had the right plans"),
    ("victims was not managed well enough", "victims was managed well enough"),
    ("four cases had not been checked properly", "four cases had been checked properly"),
    # a denominator
    ("three-quarters of the 14 cases", "three-quarters of the 13 cases"),
    ("plans in the 12 cases which", "plans in the 11 cases which"),
    ("All 14 cases had the right plans", "All 13 cases had the right plans"),
    ("in seven of the ten cases", "in seven of the 12 cases"),
    ("three of the four cases where", "three of the five cases where"),
    ("Eight of the plans to protect", "Eight of the ten plans to protect"),
    ("In the 14 cases in the sample", "In the 12 cases in the sample"),
    ("Of the four cases where the child", "Of the six cases where the child"),
    ("in all but 1 out of 11 cases", "in all but 1 out of 14 cases"),
    # a complement
    ("In the other three cases, the YOS", "In the other four cases, the YOS"),
    ("but the other four were not", "but the other two were not"),
    ("In the other five cases, they were", "In the other six cases, they were"),
    ("In the other three cases, the plans", "In the other two cases, the plans"),
    # a subset
    ("including the cases with PSRs. In", "including none of the cases with PSRs. In"),
    (
        "including three of the four cases where the child or young person was in custody",
        "including three of the four cases with pre-sentence reports",
    ),
    (
        "This included four cases where the child or young person was in custody",
        "This included four cases where the child or young person was in the community",
    ),
    # a percentage
    ("In over three-quarters of the 14", "In 79% of the 14"),
    ("In over three-quarters of the 14", "In 85 per cent of the 14"),
    ("in seven of the ten cases", "in 80% of the ten cases"),
    ("in seven of the ten cases", "in 75 per cent of the ten cases"),
]


@cache
def example() -> tuple[InspectionFolder, Findings]:
    """The example inspection and its counts."""
    folder = open_inspection(ROOT / "examples" / "darlington-2012")
    return folder, findings_of(folder)


def checked(text: str) -> LetterCheck:
    """A letter held against the example."""
    folder, findings = example()
    return check_letter(folder.inspection, findings, read_text(text).passages)


def told(letter: LetterCheck, *statuses: str) -> list[tuple[str, str]]:
    return [(c.paragraph, c.quote) for c in letter.claims if c.status in statuses]


def test_the_letter_makes_at_least_31_claims_that_the_records_bear_out() -> None:
    assert checked(LETTER.read_text("utf-8")).count("holds") >= 48


def test_no_claim_of_the_letter_fails() -> None:
    assert told(checked(LETTER.read_text("utf-8")), "fails") == []


def test_twelve_plans_reviewed_of_ten_is_raised_as_a_question() -> None:
    letter = checked(LETTER.read_text("utf-8"))
    questions = [(c.paragraph, c.quote, c.n, c.expected) for c in letter.claims if c.status == "question"]
    assert questions == [("2.3", "the other four", 12, (12, 14))]


def test_what_the_letter_says_of_no_measure_is_not_said_to_hold() -> None:
    assert told(checked(LETTER.read_text("utf-8")), "unverifiable") == [
        ("3.2", "a lot of assessments"),
        ("4.2", "one"),
        ("4.4", "almost always"),
        ("strengths", "one case"),
    ]


@pytest.mark.parametrize(("before", "after"), EDITS, ids=[f"{i:02}" for i in range(len(EDITS))])
def test_an_edit_makes_its_claim_fail_and_no_other(before: str, after: str) -> None:
    text = LETTER.read_text("utf-8")
    assert text.count(before) == 1
    letter = checked(text.replace(before, after))
    failing = [c for c in letter.claims if c.status == "fails"]
    assert len(failing) == 1
    start, end = failing[0].span
    around = letter.passages[failing[0].block].text[max(0, start - 60) : end + 90]
    assert after in around
