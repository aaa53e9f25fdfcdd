"""The social care audit: its figures are those that a recount of the record files by hand comes to."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import tomli
from attrs import evolve

from sqs_core import Criteria, Inspection, report_on
from sqs_core.claims.check import check_letter
from sqs_core.cli import main
from sqs_core.documents.plain_text import read_text
from sqs_core.plugins.shipped import shipped_criteria
from sqs_core.renderers.text import as_text
from sqs_core.scoring.findings import Findings, count_findings
from sqs_core.scoring.ratings import compute_ratings
from sqs_core.scoring.synthetic import synthetic_population
from sqs_core.storage.create import new_inspection
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.record_files import encode
from sqs_tui.board_figures import (
    counts,
    fact_lines,
    fact_rows,
    rating_lines,
    rating_rows,
    shown_facts,
    shown_ratings,
)

FILE = next(file for file in shipped_criteria() if file.stem == "social-care-audit")
GRADES = ("poor", "weak", "good", "strong")
GOOD = {"good", "strong", "on-time", "no-concern"}
FALLS_SHORT = {"poor", "weak", "late", "concern"}
THEMES = {
    "assess": ("decide.timely", "assess.timely", "assess.quality"),
    "work": ("child.voice", "visits", "agencies"),
    "oversight": ("supervision", "record"),
}
WEIGHTS = {"assess": 2, "work": 3, "oversight": 1, "child.voice": 2}
WHEN = {"visits": "visits_due", "agencies": "others_involved", "plan.timely": "review_due"}
GRADED = ("assess.quality", "child.voice", "visits", "agencies", "supervision", "record")


@pytest.fixture(scope="module")
def criteria() -> Criteria:
    """The version."""
    return read_criteria(FILE.read_bytes(), FILE.name)


def in_time(record: dict[str, Any], start: str, end: str, most: int, closed: set[date] | None) -> str:
    """What the dates of a record say; working days where it is told on which days nobody works."""
    first, last = (record.get("facts", {}).get(name) for name in (start, end))
    if first is None or last is None or last < first:
        return "cannot-be-told"
    days = [first + timedelta(days=i + 1) for i in range((last - first).days)]
    taken = len(days) if closed is None else sum(d.isoweekday() < 6 and d not in closed for d in days)
    return "on-time" if taken <= most else "late"


def recount(records: list[dict[str, Any]], question: str) -> Counter[str]:
    """How many records were given each outcome, of those the question is asked of."""
    return Counter(
        record["answers"][question]["outcome"]
        for record in records
        if question in record["answers"] and record["facts"].get(WHEN.get(question, ""), True)
    )


def share(counts: Counter[str]) -> Fraction | None:
    n = sum(counts[name] for name in GOOD | FALLS_SHORT)
    return Fraction(sum(counts[name] for name in GOOD), n) if n else None


def band(value: Fraction) -> int:
    """How many of the limits of 50, 65 and 85 in a hundred are reached."""
    return sum(value * 100 >= limit for limit in (50, 65, 85))


def test_the_figures_of_100_inspections_are_those_of_a_recount_by_hand(criteria: Criteria) -> None:
    children, plans = criteria.of("children"), criteria.of("plans")
    closed = set(tomli.loads(FILE.read_text("utf-8"))["holidays"])
    limited = late = untold = 0
    for seed in range(100):
        size = 3 + seed % 2
        of_children = list(synthetic_population(children, size, seed, practice=False))
        of_plans = list(synthetic_population(plans, size, seed, practice=False))
        cases = [tomli.loads(encode(record, children).decode()) for record in of_children]
        parts = [tomli.loads(encode(record, plans).decode()) for record in of_plans]
        others = {"plans": count_findings(plans, of_plans)}
        found = count_findings(children, of_children, others=others)
        # -------------------------------------------------------- what is computed in each record
        for case in cases:
            told = {name: answer["outcome"] for name, answer in case["answers"].items()}
            assert told["decide.timely"] == in_time(case, "referred", "decided", 1, closed)
            assert told["assess.timely"] == in_time(case, "referred", "assessed", 45, closed)
            grades = [GRADES.index(told[q]) for q in GRADED if told.get(q) in GRADES]
            assert told["case.grade"] == GRADES[min(grades)]
        for part in parts:
            if part["facts"]["review_due"]:
                told = {name: answer["outcome"] for name, answer in part["answers"].items()}
                assert told["plan.timely"] == in_time(part, "plan_agreed", "plan_reviewed", 90, None)
        # -------------------------------------------------------- k of n, and each grade
        counts = {q.id: recount(cases, q.id) for q in children.questions}
        counts |= {q.id: recount(parts, q.id) for q in plans.questions}
        for name, tally in found.of_all.tallies.items():
            given = {outcome: len(of) for outcome, of in tally.outcomes.items() if of}
            assert given == {o: n for o, n in counts[name].items() if o in GOOD | FALLS_SHORT}
            assert tally.share == share(counts[name])
        late += counts["assess.timely"]["late"]
        untold += counts["plan.timely"]["cannot-be-told"]
        # -------------------------------------------------------- ratings
        value = weight = Fraction(0)
        for theme, questions in THEMES.items():
            judged = {q: part for q in questions if (part := share(counts[q])) is not None}
            of_theme = sum(WEIGHTS.get(q, 1) * part for q, part in judged.items())
            value += WEIGHTS[theme] * Fraction(of_theme) / sum(WEIGHTS.get(q, 1) for q in judged)
            weight += WEIGHTS[theme]
        practice = band(value / weight)
        if counts["safe"]["concern"]:
            limited += practice > 1
            practice = min(practice, 1)
        quality, timely = share(counts["plan.quality"]), share(counts["plan.timely"])
        assert quality is not None
        planned = quality if timely is None else (2 * quality + timely) / 3
        rated = compute_ratings(found.of_all.criteria, found.of_all)
        ratings = {rating.rollup.id: rating for rating in rated}
        assert ratings["practice"].value == value / weight
        assert ratings["plans-rated"].value == planned
        assert [r.band.id if r.band else "" for r in map(ratings.__getitem__, ("practice", "overall"))] == [
            GRADES[practice],
            GRADES[min(practice, band(planned))],
        ]
    assert (limited, late, untold) == (63, 67, 6)  # so that each of them is tried


@pytest.fixture(scope="module")
def found(criteria: Criteria) -> Findings:
    """Ten cases and their plans."""
    parts = {
        name: count_findings(
            criteria.of(name), synthetic_population(criteria.of(name), 10, 4, practice=False)
        )
        for name in ("children", "plans")
    }
    return evolve(parts["children"], others={"plans": parts["plans"]})


@pytest.fixture
def inspection(criteria: Criteria) -> Inspection:
    """The audit that they are of."""
    return Inspection("Anytown", criteria.id, criteria.hash)


def test_the_letter_says_the_ratings_and_its_check_knows_another_one(
    found: Findings, inspection: Inspection
) -> None:
    letter = as_text(report_on(inspection, found).document)
    said = "The rating of safety is: concern. The rating of practice in children's cases is: weak."
    assert said in " ".join(letter.split())
    claims = check_letter(inspection, found, read_text(letter).passages).claims
    assert {claim.status for claim in claims} == {"holds"}
    changed = letter.replace("cases is: weak", "cases is: strong")
    again = check_letter(inspection, found, read_text(changed).passages).claims
    assert [(c.figure, c.quote, c.words, c.why) for c in again if c.status != "holds"] == [
        ("rating.practice", "strong", "weak", "the records come to “weak”")
    ]


def test_the_board_of_the_screens_tells_grades_and_ratings_and_what_they_rest_on(
    found: Findings, inspection: Inspection
) -> None:
    ratings = shown_ratings(found, inspection)
    assert [line.words.plain.strip() for line in rating_lines(ratings, 76)] == [
        "Ratings",
        "Safety                          concern",
        "Practice in children's cases    weak",
        "The audit as a whole            weak",
    ]
    rows = rating_rows(ratings["rating:practice"], 78)
    assert " ".join(row.plain.strip() for row in rows) == (
        "Practice in children's cases: weak It rests on a weighted share of 85.1%; 60 of 70 judgements; "
        "limited to weak, because safety is concern."
    )
    assert (
        counts(found.criteria, found.tally("child.voice")) == "strong 5, good 2, weak 1, poor 1, 1 not known"
    )
    facts = shown_facts(found)
    told = [" ".join(line.words.plain.split()) for line in fact_lines(facts, 76)]
    assert told[:2] == ["Facts", "Visits in the last 12 weeks median 48, from 2 to 75"]
    assert [" ".join(row.plain.split()) for row in fact_rows(facts["fact:agencies_seen"], 60, wide=True)] == [
        "Agencies in the record: recorded in 10",
        "school or nursery 4 of 10",
        "health 4 of 10",
        "police 2 of 10",
        "housing 8 of 10",
    ]


def test_the_summary_tells_the_rating_of_the_whole_beside_those_of_one_population(
    criteria: Criteria, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    inspection = Inspection(
        "Anytown", criteria.id, "", first_day=date(2026, 11, 23), last_day=date(2026, 11, 25)
    )
    folder = new_inspection(tmp_path / "audit", inspection, criteria, cases=0, kept=FILE.read_bytes())
    for name in ("children", "plans"):
        within = folder.population(name)
        for record in synthetic_population(within.criteria, 4, 4, practice=False):
            within.add_case(evolve(record, criteria_hash=folder.criteria.hash))
    told = []
    for options in ((), ("--population", "plans")):
        main(["summary", str(folder.path), "--json", *options])
        data = json.loads(capsys.readouterr().out)
        told.append([[rating["id"] for rating in data.get(key, ())] for key in ("rollups", "across")])
    assert told == [[["safety", "practice"], ["overall"]], [["plans-rated"], []]]
