"""The disclosure check: what it finds, what it leaves alone, what is excepted."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from office import paragraph, run, word
from sqs_core.documents.plain_text import read_text
from sqs_core.documents.reading import read_document
from sqs_core.letter.disclosure import DisclosureFinding, cells_of_one, disclosures, disclosures_in_actions
from sqs_core.records.followed_action import ActionNote, FollowedAction, FollowedActions
from sqs_core.records.narrative import Action, Excepted, Improvement, Narrative
from sqs_core.renderers.text import as_text
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.workflow.composing import compose_report

ROOT = Path(__file__).parents[2]


@cache
def example() -> InspectionFolder:
    return open_inspection(ROOT / "examples" / "darlington-2012")


def found(
    text: str, *exceptions: Excepted, cases: tuple[str, ...] = ("07", "YS123")
) -> list[DisclosureFinding]:
    folder = example()
    blocks = read_text(text).passages
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
    document = compose_report(folder).document
    assert found(as_text(document)) == []
    cells = cells_of_one(folder.criteria, document)
    alone = "is one case of a named group of cases"
    assert [(f.paragraph, f.words) for f in cells] == [
        ("3.3", f"“one” (3.2 vulnerability plan, no plan at all, in custody) {alone}"),
        ("3.3", f"“one” (3.2 vulnerability plan, no, not good enough, in custody) {alone}"),
        ("4.3", f"“one of the five cases” (4.2 barriers identified, not good enough, with a PSR) {alone}"),
    ]
    assert "one [vul.plan:absent@custody]" in [f.quote for f in cells]  # by this it is excepted


def test_a_finding_that_is_excepted_keeps_its_reason() -> None:
    kept = Excepted("school", "Oakfield Academy", "the service's own building")
    (finding,) = found("Staff work from Oakfield Academy now.", kept)
    assert finding.reason == "the service's own building"


def test_an_exception_without_a_reason_excepts_nothing() -> None:
    (finding,) = found("Staff work from Oakfield Academy now.", Excepted("school", "*", ""))
    assert finding.reason == ""


def test_a_name_is_found_wherever_it_travels_with_the_file() -> None:
    gone = "<w:del><w:r><w:delText>Dana Whitlock</w:delText></w:r></w:del>"
    comment = f'<w:comment w:id="0" w:author="Cora Ash">{paragraph("Is it Dana Whitlock?")}</w:comment>'
    note = f'<w:footnote w:id="3">{paragraph("As Dana Whitlock said.")}</w:footnote>'
    mark = '<w:r><w:footnoteReference w:id="3"/></w:r>'
    hidden = run("Dana Whitlock", "<w:vanish/>")
    data = word(paragraph("2.2. Seven plans", mark, gone, hidden), comments=comment, footnotes=note, header=paragraph("To Dana Whitlock"))  # fmt: skip
    folder = example()
    passages = read_document(data, "letter.docx").passages
    told = disclosures(folder.inspection, folder.criteria, passages, ())
    assert [(f.part, f.kind, f.quote) for f in told] == [
        ("note", "name", "Dana Whitlock"),
        ("margin", "name", "Dana Whitlock"),
        ("deletion", "name", "Dana Whitlock"),
        ("hidden", "name", "Dana Whitlock"),
        ("comment", "name", "Dana Whitlock"),
        ("property", "name", "Cora Ash"),
    ]


@pytest.mark.parametrize(
    "name", ["Siân Jônes", "Sia\u0302n Jo\u0302nes", "Si\u00adân Jô\u00adnes", "Siân\u00a0Jônes"]
)
def test_a_name_is_found_however_its_accents_are_written(name: str) -> None:
    assert [(f.kind, f.quote) for f in found(f"We were told of {name} here.")] == [("name", "Siân Jônes")]


def test_what_will_be_done_about_the_areas_is_read_too() -> None:
    folder = example()
    planned = Action("Train Dana Whitlock", "by 3 March 2027", "AB", "seen in case 07")
    followed = FollowedAction(
        "Train the team",
        "plans, as Oakfield Academy asked",
        owner="dana@example.org",
        due=date(2027, 3, 3),
        shown_by="ten plans, YS123 first",
        notes=(ActionNote(date(2027, 3, 4), "Dana Whitlock was told."),),
    )
    kept = Excepted("school", "Oakfield Academy", "the service's own building")
    narrative = Narrative(improvements=(Improvement("planning", actions=(planned,)),), exceptions=(kept,))
    told = disclosures_in_actions(
        folder.inspection, folder.criteria, narrative, FollowedActions({"2": followed}), ("07", "YS123")
    )
    assert [(f.paragraph, f.kind, f.quote, f.reason) for f in told] == [
        ("action for area i", "name", "Train Dana Whitlock", ""),
        ("action for area i", "case-number", "case 07", ""),
        ("action 2", "school", "Oakfield Academy", "the service's own building"),
        ("action 2", "email", "dana@example.org", ""),
        ("action 2", "case-number", "YS123", ""),
        ("action 2", "name", "Dana Whitlock", ""),
    ]
