"""Graded judgements: counted as "at least good" and as a distribution, told in board and letter, read back."""

from __future__ import annotations

from collections import Counter

import pytest
import tomli_w

from sqs_core import Criteria, Inspection, Report, report_on
from sqs_core.claims.check import check_letter
from sqs_core.documents.plain_text import read_text
from sqs_core.plugins.shipped import shipped_criteria
from sqs_core.renderers.board import judged_lines
from sqs_core.renderers.text import as_text
from sqs_core.scoring.findings import count_findings
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.first_letter import with_first_letter
from sqs_core.storage.lint_files import lint_without_claims
from sqs_core.storage.safe_read import parse_toml

GRADES = (
    ("outstanding", "outstanding", "sufficient", "o", 4),
    ("good", "good", "sufficient", "s", 3),
    ("requires", "in need of improvement", "insufficient", "n", 2),
    ("inadequate", "inadequate", "insufficient", "i", 1),
)


NUMBERED = (
    ("fully", "4 - fully met", "sufficient", "s", 4),
    ("mostly", "3 - mostly met", "sufficient", "o", 3),
    ("partly", "2 - partly met", "insufficient", "h", 2),
    ("unmet", "1 - not met", "insufficient", "u", 1),
)


def version(grades: tuple[tuple[str, str, str, str, int], ...] = GRADES) -> bytes:
    """The small local audit with its judgements graded, and a first letter."""
    file = next(file for file in shipped_criteria() if file.stem == "local-audit")
    text = file.read_text("utf-8").partition("\n[letter]\n")[0]
    head, _, rest = text.partition('[[outcomes]]\nid = "sufficient"')
    rest = rest[rest.index('[[outcomes]]\nid = "not-applicable"') :]
    named = ", ".join(f'"{name}"' for name, *_ in grades)
    head = head.replace('["sufficient", "insufficient", ', f"[{named}, ")
    made = "".join(
        f'[[outcomes]]\nid = "{name}"\ntext = "{words}"\ncounts = "{counts}"\nkey = "{key}"\nmark = "{key}"\n'
        f"grade = {grade}\n\n"
        for name, words, counts, key, grade in grades
    )
    data = (head + made + rest).encode()
    return with_first_letter(read_criteria(data, "local-audit.toml"), data)


def mixed(grades: tuple[tuple[str, str, str, str, int], ...], stem: str) -> bytes:
    """The version ``stem`` with every other question graded, the rest told as good enough, and a first letter."""
    file = next(file for file in shipped_criteria() if file.stem == stem)
    table = parse_toml(file.read_bytes(), file.name, end_mark=False)
    keys = ("id", "text", "counts", "key", "mark", "grade")
    table["outcomes"] += [dict(zip(keys, (*g[:4], g[3], g[4]), strict=True)) for g in grades]
    for question in table["questions"][::2]:
        question["outcomes"] = [g[0] for g in grades] or question.get("outcomes", [])
    table.pop("letter", None)
    data = tomli_w.dumps(table).encode()
    return with_first_letter(read_criteria(data, f"{stem}.toml"), data)


@pytest.fixture(scope="module")
def criteria() -> Criteria:
    """The graded version."""
    return read_criteria(version(), "local-audit.toml")


@pytest.fixture(scope="module")
def report(criteria: Criteria) -> Report:
    """Twenty made-up cases under it."""
    records = synthetic_records(criteria, 20, 4, practice=False)
    inspection = Inspection("Anytown Youth Justice Service", criteria.id, criteria.hash)
    return report_on(inspection, count_findings(criteria, records))


def test_a_grade_is_no_yes(criteria: Criteria) -> None:
    question = criteria.question("plan.needs")
    assert [(o.id, o.brief_word) for o in criteria.grades_of(question)] == [
        ("outstanding", "outsta"),
        ("good", "good"),
        ("requires", "in"),
        ("inadequate", "inadeq"),
    ]


def test_the_board_counts_at_least_good_and_tells_how_many_had_each_grade(
    criteria: Criteria, report: Report
) -> None:
    records = list(synthetic_records(criteria, 20, 4, practice=False))
    given = Counter(record.judged("assess.needs") for record in records)
    line = next(judged_lines(report))
    assert (line.k, line.n) == (given["outstanding"] + given["good"], sum(given[name] for name, *_ in GRADES))
    counts = [f"{words}\N{NO-BREAK SPACE}{given[name]}" for name, words, *_ in GRADES]
    assert line.why.split("; ")[:4] == counts


def test_a_negative_that_names_a_grade_is_read_as_the_plan_means_it() -> None:
    text = version().decode().replace("the grade was not at least good in", "it was not good or better in")
    criteria = read_criteria(text.encode(), "local-audit.toml")
    inspection = Inspection("Anytown Youth Justice Service", criteria.id, criteria.hash)
    denied = []
    for seed in range(12):
        made = report_on(
            inspection, count_findings(criteria, synthetic_records(criteria, 2, seed, practice=False))
        )
        claims = check_letter(inspection, made.findings, read_text(as_text(made.document)).passages).claims
        denied += [claim.status for claim in claims if claim.quote.startswith(("either", "the one"))]
    assert len(denied) > 5
    assert set(denied) == {"holds"}


def test_each_grade_told_in_the_letter_is_read_back_and_a_changed_number_is_not(
    criteria: Criteria, report: Report
) -> None:
    letter = as_text(report.document)
    inspection = Inspection("Anytown Youth Justice Service", criteria.id, criteria.hash)
    claims = check_letter(inspection, report.findings, read_text(letter).passages).claims
    graded = [
        c
        for c in claims
        if c.figure.partition("@")[0].partition("|")[0].rpartition(":")[2] in dict(g[:2] for g in GRADES)
    ]
    assert len(graded) > 12
    assert {claim.status for claim in graded} == {"holds"}
    said = next(c.quote for c in graded if f"was good in {c.quote}" in letter)
    other = "one of the two cases"
    changed = letter.replace(f"was good in {said}", f"was good in {other}", 1)
    again = check_letter(inspection, report.findings, read_text(changed).passages).claims
    assert [c.status for c in again if c.quote == other] == ["fails"]


@pytest.mark.parametrize(
    ("grades", "stem"),
    [(GRADES, "local-audit"), (NUMBERED, "local-audit"), (NUMBERED, "yjs-2018"), ((), "fji-2014")],
    ids=["a grade called good", "grades with numbers", "questions with one name", "a limit in the source"],
)
def test_every_claim_of_a_first_letter_holds(
    grades: tuple[tuple[str, str, str, str, int], ...], stem: str
) -> None:
    criteria = read_criteria(mixed(grades, stem), f"{stem}.toml")
    inspection = Inspection("Anytown Youth Justice Service", criteria.id, criteria.hash)
    found = report_on(
        inspection, count_findings(criteria, synthetic_records(criteria, 20, 1, practice=False))
    )
    told = check_letter(inspection, found.findings, read_text(as_text(found.document)).passages)
    assert {claim.status for claim in told.claims} == {"holds"}
    assert told.unread == ()


@pytest.mark.parametrize(
    "grades",
    [
        (*GRADES[:3], (*GRADES[3][:4], 0)),
        (*GRADES[:3], (*GRADES[3][:4], 2)),
        ((*GRADES[0][:4], 1), *GRADES[1:3], (*GRADES[3][:4], 4)),
    ],
    ids=["one without a grade", "two with one grade", "a better grade for what is not sufficient"],
)
def test_grades_that_are_no_order_are_told(grades: tuple[tuple[str, str, str, str, int], ...]) -> None:
    found = lint_without_claims(version(grades), "local-audit.toml")
    assert {problem.code for problem in found} == {"V113"}
