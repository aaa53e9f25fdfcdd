"""The disclosure check: what it finds, what it leaves alone, what is excepted."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from sqs_core.claims.paragraphs import blocks_of_text
from sqs_core.letter.disclosure import Finding, cells_of_one, disclosures
from sqs_core.records.narrative import Excepted
from sqs_core.renderers.text import as_text
from sqs_core.storage.folder import InspectionFolder, open_inspection

ROOT = Path(__file__).parents[2]


@cache
def example() -> InspectionFolder:
    return open_inspection(ROOT / "examples" / "darlington-2012")


def found(text: str, *exceptions: Excepted, cases: tuple[str, ...] = ("07", "YS123")) -> list[Finding]:
    folder = example()
    blocks = blocks_of_text(text)
    return list(disclosures(folder.inspection, folder.criteria, blocks, cases, exceptions))


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("The plan was written by Dana Whitlock in May.", "name", "Dana Whitlock"),
        ("We spoke to Mr Whitlock about it.", "name", "Mr Whitlock"),
        ("He attends Oakfield Academy each day.", "school", "Oakfield Academy"),
        ("This was seen in case 07 only.", "case-number", "case 07"),
        ("See YS123 for the plan.", "case-number", "YS123"),
        ("He was born on 14/03/1998 in the area.", "date", "14/03/1998"),
        ("She was sentenced on 3rd March 2012 at court.", "date", "3rd March 2012"),
        ("She was sentenced on 3rd Auguſt 2012 at court.", "date", "3rd Auguſt 2012"),
        ("The number is 01632 960 123 now.", "phone", "01632 960 123"),
        ("Write to dana@example.org about it.", "email", "dana@example.org"),
        ("The family lives at ZZ1 2ZZ now.", "postcode", "ZZ1 2ZZ"),
        ("The number QQ 12 34 56 C was not; AB 12 34 56 C was.", "ni-number", "AB 12 34 56 C"),
        (
            "In one case a young person joined the army.",
            "singled-out",
            "In one case a young person joined the army.",
        ),
    ],
)
def test_each_kind_of_detail_is_found(text: str, kind: str, quote: str) -> None:
    assert [(f.kind, f.quote) for f in found(text)] == [(kind, quote)]


@pytest.mark.parametrize(
    "text",
    [
        "The lead inspector, Alex Birch, can be reached on 020 7946 0123.",
        "Fieldwork was during 26–28 November 2012, from 26 November 2012.",
        "The Youth Justice Board and Darlington Youth Offending Service took part.",
        "In all 14 cases the plan was right; in 07 words, nothing.",
        "Almost all of the 12 cases had been reviewed properly.",
    ],
)
def test_what_is_the_inspections_own_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_example_letter_has_only_cells_of_one_to_look_at() -> None:
    folder = example()
    document = folder.report().document
    assert found(as_text(document)) == []
    assert [(f.paragraph, f.kind) for f in cells_of_one(document)] == [
        ("3.3", "cell-of-one"),
        ("3.3", "cell-of-one"),
        ("4.3", "cell-of-one"),
    ]


def test_a_finding_that_is_excepted_keeps_its_reason() -> None:
    kept = Excepted("school", "Oakfield Academy", "the service's own building")
    (finding,) = found("Staff work from Oakfield Academy now.", kept)
    assert finding.reason == "the service's own building"


def test_an_exception_without_a_reason_excepts_nothing() -> None:
    (finding,) = found("Staff work from Oakfield Academy now.", Excepted("school", "*", ""))
    assert finding.reason == ""
