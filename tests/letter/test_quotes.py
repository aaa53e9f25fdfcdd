"""A note of an interview in the letter: only where its author put it there."""

from __future__ import annotations

import pytest

from sqs_core.errors import UsageError
from sqs_core.letter.quotes import is_quoted, place_of_quotes, quote_of, quoting, unquoting
from sqs_core.letter.report import report_on
from sqs_core.records.interview import interview_with
from sqs_core.records.narrative import EditedParagraph, Narrative
from sqs_core.storage.examples import example_source
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import open_inspection
from sqs_core.workflow.composing import compose_report

FOLDER = open_inspection(example_source())
PERSON = interview_with("C", "sqs-2012", "", note="supervision is about the person,\nnot the numbers")
SAID = "“supervision is about the person, not the numbers”"


def test_a_quoted_note_stands_in_the_letter_where_staff_are_told_of() -> None:
    place = place_of_quotes(compose_report(FOLDER).document, FOLDER.criteria)
    narrative = quoting(FOLDER.narrative().record, PERSON, place)
    document = report_on(FOLDER.inspection, findings_of(FOLDER), narrative).document
    told = next(p.words for p in document.paragraphs() if SAID in p.words)
    assert told.endswith(SAID)
    assert is_quoted(narrative, PERSON)


def test_taking_it_out_leaves_the_letter_as_it_was() -> None:
    narrative = FOLDER.narrative().record
    assert unquoting(quoting(narrative, PERSON, "4.1"), PERSON) == narrative


def test_what_else_the_author_added_stays() -> None:
    narrative = quoting(Narrative(paragraphs={"4.1": EditedParagraph(add="Well done.")}), PERSON, "4.1")
    assert narrative.paragraphs == {"4.1": EditedParagraph(add=f"Well done. {SAID}")}
    assert unquoting(narrative, PERSON).paragraphs == {"4.1": EditedParagraph(add="Well done.")}


def test_a_note_in_quotation_marks_already_is_not_put_into_more_of_them() -> None:
    assert quote_of(PERSON.noting("note", '"right"')) == "“right”"


@pytest.mark.parametrize("note", ["", "a {roh.plan} of it"])
def test_what_cannot_be_quoted_is_refused(note: str) -> None:
    with pytest.raises(UsageError):
        quoting(Narrative(), PERSON.noting("note", note), "4.1")
