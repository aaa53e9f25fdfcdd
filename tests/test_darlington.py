"""Every figure of the founding letter comes out of the example."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import script
from sqs_core.criteria import Criteria
from sqs_core.records.case import CaseRecord
from sqs_core.scoring.findings import Findings
from sqs_core.storage.check import check_inspection
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder


@pytest.fixture(scope="module")
def findings(example: InspectionFolder) -> Findings:
    return findings_of(example)


# paragraph of the letter, figure, k, n
FIGURES = [
    ("sample", "cases", 14, 14),
    ("1.1", "lor.assess", 12, 14),
    ("1.2", "lor.psr", 4, 5),
    ("1.2", "mgt.psr.check", 5, 5),
    ("1.3", "lor.assess.review", 11, 12),
    ("1.3", "lor.plan.review", 11, 12),
    ("1.4", "lor.plan", 14, 14),
    ("1.4", "lor.plan@custody", 4, 4),
    ("2.1", "roh.assess", 13, 14),
    ("2.1", "roh.assess@psr", 5, 5),
    ("2.1", "roh.assess.review", 12, 12),
    ("2.2", "roh.plan", 7, 10),
    ("2.2", "roh.plan@custody", 3, 4),
    ("2.3", "roh.plan.review", 8, 12),
    ("2.3", "roh.plan.review:other", 4, 12),
    ("2.4", "roh.victim:other", 3, 8),
    ("3.2", "vul.assess", 9, 14),
    ("3.2", "vul.assess@psr", 5, 5),
    ("3.2", "vul.assess:other", 5, 14),
    ("3.3", "vul.plan", 5, 13),
    ("3.3", "vul.plan:absent", 5, 13),
    ("3.3", "vul.plan:insufficient", 3, 13),
    ("3.3", "vul.plan:absent@custody", 1, 4),
    ("3.3", "vul.plan:insufficient@custody", 1, 4),
    ("3.4", "vul.assess.review", 11, 12),
    ("3.4", "vul.plan.review", 6, 12),
    ("4.2", "sen.engage", 14, 14),
    ("4.3", "sen.barriers.assess", 12, 14),
    ("4.3", "sen.barriers.assess:other@psr", 1, 5),
    ("4.3", "sen.barriers.plan:other", 1, 14),
    ("4.4", "sen.health.help", 10, 11),
    ("4.5", "sen.comply", 13, 14),
    ("staff", "interviews", 5, 6),
    ("staff", "staff.wanted", 5, 5),
    ("staff", "staff.training", 5, 5),
    ("staff", "staff.skills", 5, 5),
    ("staff", "staff.skills.used", 5, 5),
    ("staff", "staff.supervision", 5, 5),
    ("staff", "staff.watch", 4, 5),
    ("staff", "staff.guidance", 4, 5),
    ("staff", "staff.policy.roh", 4, 5),
    ("staff", "staff.policy.vul", 4, 5),
    ("staff", "staff.policy.engage", 5, 5),
    ("staff", "staff.policy.comply", 5, 5),
    ("management", "mgt.oversight.roh:other", 4, 14),
    ("management", "mgt.oversight.vul:other", 6, 14),
]


@pytest.mark.parametrize(("paragraph", "figure", "k", "n"), FIGURES)
def test_the_example_gives_every_figure_of_the_letter(
    findings: Findings, paragraph: str, figure: str, k: int, n: int
) -> None:
    measure, _, subset = figure.partition("@")
    measure, _, outcome = measure.partition(":")
    count = findings.count(measure, outcome, subset)
    assert (count.k, count.n) == (k, n)


def test_reviews_are_counted_over_twelve_cases_though_plans_are_over_ten(findings: Findings) -> None:
    assert findings.count("roh.plan").of != findings.count("roh.plan.review").of
    assert "12" in findings.count("roh.plan.review", "other").cases


def test_a_pre_sentence_report_can_fail_on_vulnerability_though_the_assessment_passed(
    findings: Findings,
) -> None:
    assert set(findings.count("lor.psr", "other").cases) <= set(findings.count("vul.assess").cases)


def test_the_example_has_nothing_to_put_right(example: InspectionFolder) -> None:
    assert check_inspection(example) == ((), ())


def test_the_example_is_what_its_script_writes(tmp_path: Path) -> None:
    module = script("examples/darlington.py")
    module.write(tmp_path / "again")
    shipped = {p.relative_to(module.FOLDER): p.read_bytes() for p in module.FOLDER.rglob("*.toml")}
    again = {p.relative_to(tmp_path / "again"): p.read_bytes() for p in (tmp_path / "again").rglob("*.toml")}
    assert again == shipped


def test_every_question_of_every_case_is_in_one_of_six_states(
    example: InspectionFolder, findings: Findings, criteria: Criteria
) -> None:
    records: tuple[CaseRecord, ...] = example.cases()[0]
    for tally in findings.tallies.values():
        assert tally.n + sum(map(len, tally.unjudged.values())) == len(records)
