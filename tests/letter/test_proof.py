"""A letter read through: live figures, typed numbers, what could identify, long sentences."""

from __future__ import annotations

from attrs import evolve

from sqs_core.claims.proofreading import LONG, Proofreading, proofread
from sqs_core.letter.report import report_on
from sqs_core.records.narrative import EditedParagraph, Excepted, Narrative
from sqs_core.storage.examples import example_source
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.composing import compose_report

FOLDER = open_inspection(example_source())


def proof(text: str = "", exceptions: tuple[Excepted, ...] = ()) -> Proofreading:
    """The example's letter with ``text`` as paragraph 2.2, read through."""
    narrative: Narrative = FOLDER.narrative().record
    paragraphs = {**narrative.paragraphs, "2.2": EditedParagraph(text)} if text else narrative.paragraphs
    narrative = evolve(narrative, paragraphs=paragraphs, exceptions=exceptions)
    report = report_on(FOLDER.inspection, findings_of(FOLDER), narrative)
    return proofread(FOLDER.inspection, report.findings, report.document, FOLDER.case_ids(), exceptions)


def test_a_composed_letter_has_live_figures_and_no_typed_number() -> None:
    found = proof()
    assert found.typed == ()
    assert {finding.kind for finding in found.findings} == {"cell-of-one"}
    assert found.live == sum(len(p.figures) for p in compose_report(FOLDER).document.paragraphs())
    assert all(sentence.words > LONG for sentence in found.long)


def test_a_number_typed_by_its_author_is_told_and_held_against_the_records() -> None:
    found = proof("Plans to manage the risk of harm were done well enough in nine of the ten cases.")
    assert found.typed is not None
    assert [(claim.quote, claim.status) for claim in found.typed] == [("nine of the ten cases", "fails")]
    assert found.wrong == found.typed
    assert found.about("2.2")[0].startswith("“nine of the ten cases” is typed, not a live figure: ")


def test_a_paragraph_too_long_to_be_read_is_told_and_not_passed_over() -> None:
    (claim,) = proof("Nine of the ten plans were good and " * 60).typed or ()
    assert (claim.read, claim.status) == (False, "unverifiable")
    assert (
        "longer than 2,000 characters" in proof("Nine of the ten plans were good and " * 60).about("2.2")[0]
    )


def test_a_live_figure_in_the_same_sentence_is_no_typed_number() -> None:
    found = proof(
        "Risk of harm was planned for well enough in {roh.plan|of cases}, and not in nine of the ten."
    )
    assert [claim.quote for claim in found.typed or ()] == ["nine of the ten"]


def test_a_name_and_a_case_number_are_told_apart_and_an_excepted_one_is_not_told() -> None:
    found = proof("Anna Brown told us about case 07.")
    assert (found.count("name", "school"), found.count("case-number")) == (1, 1)
    known = (Excepted("name", "Anna Brown", "she asked for it"),)
    assert proof("Anna Brown told us about case 07.", known).count("name") == 0
