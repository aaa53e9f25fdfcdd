"""A figure carries the number its words state, the population, those judged, and the cases behind each."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import pytest

from sqs_core import Answer, CaseRecord, Criteria, Inspection, count_findings, report_on
from sqs_core.letter.document import Figure
from sqs_core.letter.report import Report
from sqs_core.records import EditedParagraph, Narrative
from sqs_core.renderers.html import render_claim_map
from sqs_core.renderers.json import render_json


def report(criteria: Criteria, outcomes: Iterable[str | None]) -> Report:
    """The report on cases with a pre-sentence report, judged so; None is unanswered."""
    records = []
    for number, outcome in enumerate(outcomes, 1):
        record = CaseRecord(f"{number:02}", criteria.id, criteria.hash).noting("psr_prepared", True)
        records.append(record.answering("lor.psr", Answer(outcome)) if outcome else record)
    return report_on(Inspection("Example", criteria.id, criteria.hash), count_findings(criteria, records))


def figures(made: Report, measure: str) -> list[Figure]:
    return [figure for _, figure in made.document.figures() if figure.measure == measure]


def test_a_population_is_counted_by_those_asked_and_not_by_those_judged(criteria: Criteria) -> None:
    made = report(criteria, ["sufficient", "not-known", None, "not-applicable", "insufficient"])
    total = next(f for f in figures(made, "lor.psr") if f.form == "total")
    assert (total.text, total.counted, total.counted_cases) == (
        "five cases",
        5,
        ("01", "02", "03", "04", "05"),
    )
    assert (total.k, total.n, total.asked) == (1, 2, 5)
    assert (total.of, total.unjudged, total.exempt) == (("01", "05"), ("02", "03", "04"), ("04",))


@pytest.mark.parametrize(
    ("words", "text", "counted"),
    [
        ("{lor.psr|of cases}", "Two of the three cases we could judge", ("01", "02")),
        ("{lor.psr:other|of cases}", "One of the three cases we could judge", ("03",)),
        ("{lor.psr|n cases}", "The three cases we could judge", ("01", "02", "03")),
        ("{lor.psr|any cases}", "Any of the three cases we could judge", ("01", "02", "03")),
        ("{lor.psr|count cases}", "Two cases", ("01", "02")),
        ("{lor.psr|other cases}", "The other case", ("03",)),
        ("{lor.psr|total cases}", "Five cases", ("01", "02", "03", "04", "05")),
        ("{lor.psr|unknown cases}", "One further case", ("04",)),
        ("{lor.psr|exempt cases}", "One further case", ("05",)),
    ],
)
def test_the_number_that_the_words_state_has_its_cases(
    criteria: Criteria, words: str, text: str, counted: tuple[str, ...]
) -> None:
    made = report(criteria, ["sufficient", "sufficient", "insufficient", "not-known", "not-applicable"])
    edited = Narrative(paragraphs={"1.2": EditedParagraph(text=words)})
    document = report_on(Inspection("Example", criteria.id, criteria.hash), made.findings, edited).document
    (figure,) = next(p for p in document.paragraphs() if p.id == "1.2").figures
    assert (figure.text, figure.counted, figure.counted_cases) == (text, len(counted), counted)


def test_where_all_the_others_need_no_judgement_the_words_say_so(criteria: Criteria) -> None:
    made = report(criteria, ["sufficient", "insufficient", "not-applicable"])
    assert "one of the two cases to which this applied" in {f.text.lower() for f in figures(made, "lor.psr")}


def test_json_tells_the_shape_of_the_words_and_every_number_with_its_cases(criteria: Criteria) -> None:
    made = report(criteria, ["sufficient", "sufficient", "insufficient", "not-known"])
    blocks = json.loads(render_json(made))["blocks"]
    runs = next(b["runs"] for b in blocks if b.get("id") == "1.2")
    assert runs[1] == {
        "text": "four cases",
        "figure": "lor.psr",
        "form": "total",
        "counted": 4,
        "k": 2,
        "n": 3,
        "asked": 4,
        "counted_cases": ["01", "02", "03", "04"],
        "cases": ["01", "02"],
        "of": ["01", "02", "03"],
        "asked_cases": ["01", "02", "03", "04"],
    }


def test_the_linked_map_tells_the_number_stated_the_judged_and_the_population(criteria: Criteria) -> None:
    made = report(criteria, ["sufficient", "sufficient", "insufficient", "not-known"])
    place = next(
        i
        for i, (_, f) in enumerate(made.document.figures(), 1)
        if f.form == "total" and f.measure == "lor.psr"
    )
    row = render_claim_map(made).decode().partition(f'<tr id="f-{place}">')[2].partition("</tr>")[0]
    assert re.findall("<td[^>]*>([^<]*)", row) == [
        "1.2", "pre-sentence report", "4", "01 02 03 04", "2 of 3", "01 02", "03", "4", "04",
    ]  # fmt: skip


def test_while_cases_are_unanswered_the_words_say_so_far(criteria: Criteria) -> None:
    made = report(criteria, ["sufficient", "insufficient", "not-known", None])
    assert "one of the two cases judged so far" in {f.text.lower() for f in figures(made, "lor.psr")}
