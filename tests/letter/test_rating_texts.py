"""Ratings that a version's letter states, computed and decided, and read back from an edited letter."""

from __future__ import annotations

from datetime import UTC, datetime

from attrs import evolve

from sqs_core.claims.check import check_letter
from sqs_core.criteria import Criteria
from sqs_core.documents.plain_text import read_text
from sqs_core.letter.compose import compose
from sqs_core.plugins.shipped import shipped_criteria
from sqs_core.records import Answer, CaseRecord, Inspection
from sqs_core.records.override import RatingOverride
from sqs_core.scoring.findings import Findings, count_findings
from sqs_core.storage.criteria_files import read_criteria

SAID = "We rate this as {rating.overall}. By the count alone it was {computed.overall}."


def version() -> Criteria:
    file = next(file for file in shipped_criteria() if file.stem == "local-audit")
    closing = f'closing = ["{SAID}", '
    return read_criteria(file.read_text("utf-8").replace("closing = [", closing, 1).encode(), file.name)


def counted(criteria: Criteria) -> Findings:
    records = [CaseRecord(f"{number:02}", criteria.id, criteria.hash) for number in range(1, 8)]
    return count_findings(
        criteria, [record.answering("assess.needs", Answer("insufficient")) for record in records]
    )


def test_a_letter_says_what_was_decided_over_a_rating_and_what_was_computed() -> None:
    criteria = version()
    findings = counted(criteria)
    plain = Inspection("A service", criteria.id, criteria.hash)
    decision = RatingOverride(
        "sound", "two cases were lost", datetime(2026, 11, 29, tzinfo=UTC), "head of service"
    )
    decided = evolve(plain, overridden={"overall": decision})

    def said(inspection: Inspection) -> str:
        return next(p.words for p in compose(inspection, findings).paragraphs() if "We rate" in p.words)

    assert said(plain) == "We rate this as needs attention. By the count alone it was needs attention."
    told = said(decided)
    assert told == "We rate this as sound. By the count alone it was needs attention."
    moved = told.replace("it was needs attention", "it was strong")
    for letter, statuses in ((told, ["holds", "holds"]), (moved, ["holds", "fails"])):
        claims = check_letter(decided, findings, read_text(letter).passages).claims
        assert [claim.status for claim in claims] == statuses
