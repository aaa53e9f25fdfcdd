"""The versions that ship: clean, honest about where they come from, and self-contained."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from sqs_core.claims.check import check_letter
from sqs_core.criteria import Criteria
from sqs_core.criteria.vocabulary import days_in_force, unmarked_texts, whose_words
from sqs_core.documents.plain_text import read_text
from sqs_core.letter.compose import HEADER_TEXTS, _header_texts, compose, wording_of
from sqs_core.records import CaseRecord, Inspection
from sqs_core.scoring.findings import count_findings
from sqs_core.storage.criteria_files import read_criteria
from sqs_core.storage.findings import checked_findings
from sqs_core.storage.library import load_criteria
from sqs_core.storage.lint_files import lint_criteria_file
from sqs_core.storage.synthetic import write_synthetic
from sqs_core.workflow.outputs import report_of

FOLDER = Path(__file__).parents[2] / "criteria" / "sqs_criteria"
SAID = {
    "sqs-2012": ("Good enough", "7 of 10 not good enough"),
    "yjs-2018": ("Sufficient", "7 of 10 not sufficient"),
    "social-care-audit": ("Good enough", "7 of 10 not good enough"),  # it has grades
}
SHIPPED = sorted(file.stem for file in FOLDER.glob("*.toml"))


def shipped(name: str) -> Criteria:
    return load_criteria(name, plugins=False)


def test_these_versions_ship() -> None:
    assert SHIPPED == [
        "fji-2014",
        "hmip-youth-2025",
        "local-audit",
        "social-care-audit",
        "sqs-2012",
        "yjs-2018",
        "yjs-2021",
    ]


@pytest.mark.parametrize("name", SHIPPED)
def test_a_version_that_ships_has_no_problem_and_needs_no_advice(name: str) -> None:
    assert lint_criteria_file(FOLDER / f"{name}.toml") == ()


@pytest.mark.parametrize("name", SHIPPED)
def test_every_text_of_a_version_that_ships_says_whose_words_it_is_in(name: str) -> None:
    criteria = shipped(name)
    assert unmarked_texts(criteria) == ()
    texts = (*criteria.themes, *criteria.questions, *criteria.interview_questions)
    assert all(text.place for text in texts if text.wording not in ("", "ours"))


def test_whose_words_they_are_and_the_last_day_in_force_change_nothing_of_what_is_asked() -> None:
    hashes = {name: shipped(name).hash for name in SHIPPED}
    bare = re.compile(r'(?m)^(wording|place|in_force_to) = .*\n|, wording = "paraphrase"')
    for file in FOLDER.glob("*.toml"):
        asked, _, letter = file.read_text("utf-8").partition("\n[letter]\n")
        unmarked = f"{bare.sub('', asked)}\n[letter]\n{letter}".encode()
        assert read_criteria(unmarked, file.name).hash == hashes[file.stem]
    assert hashes["sqs-2012"].startswith("sha256:c850894f971d")


def test_no_two_versions_of_the_youth_standards_are_in_force_on_one_day() -> None:
    assert [days_in_force(shipped(name)) for name in ("sqs-2012", "fji-2014", "yjs-2018", "yjs-2021")] == [
        "from 2012-11-01, last day not known",
        "from 2014-10-25, last day not known",
        "from 2018-05-01 to 2020-12-31",
        "",
    ]


@pytest.mark.parametrize("name", ["sqs-2012", "yjs-2018", "fji-2014"])
def test_a_reconstruction_says_so_where_its_source_is_shown(name: str) -> None:
    assert str(shipped(name).source).startswith("reconstructed from ")


def test_only_sqs_2012_gives_no_rating() -> None:
    assert {name: bool(shipped(name).rollups) for name in SHIPPED} == {
        "fji-2014": True,
        "hmip-youth-2025": True,
        "local-audit": True,
        "social-care-audit": True,
        "sqs-2012": False,
        "yjs-2018": True,
        "yjs-2021": True,
    }


def test_2018_has_the_bands_and_the_sums_of_twelve_standards() -> None:
    rollups = {r.id: r for r in shipped("yjs-2018").rollups}
    key = rollups["key.court.plan.child"]
    assert [(b.id, b.at_least) for b in key.bands] == [
        ("inadequate", None),
        ("requires-improvement", Fraction(1, 2)),
        ("good", Fraction(13, 20)),
        ("outstanding", Fraction(4, 5)),
    ]
    assert rollups["standard.2.2"].model == "worst"
    overall = rollups["overall"]
    assert (overall.model, len(overall.of)) == ("sum", 12)
    assert [b.at_least for b in overall.bands] == [None, 7, 19, 31]


def test_2021_has_thirteen_standards_of_which_resettlement_is_no_part_of_the_sum() -> None:
    criteria = shipped("yjs-2021")
    rollups = {r.id: r for r in criteria.rollups}
    standards = [name for name in rollups if name.startswith("standard.")]
    assert (len(standards), rollups["overall"].of) == (13, tuple(standards[:8] + standards[8:12]))
    given = [name for name in standards if rollups[name].model == "given"]
    assert given == [
        "standard.1.1",
        "standard.1.2",
        "standard.1.3",
        "standard.1.4",
        "standard.3.4",
        "standard.resettlement",
    ]
    weighed = [len(question.prompts) for question in criteria.questions if question.prompts]
    assert (len(weighed), sum(weighed)) == (9, 43)
    assert {p.wording for q in criteria.questions for p in q.prompts} == {"paraphrase"}
    assert {whose_words(criteria, q).partition(";")[0] for q in criteria.questions} == {
        "ours",
        "published structure",
    }
    assert all(str(question.place) for question in criteria.questions if question.prompts)


def test_three_stars_of_2014_begin_at_65_in_a_hundred() -> None:
    for rollup in shipped("fji-2014").rollups:
        (three,) = (band for band in rollup.bands if band.score == 3)
        assert (rollup.model, three.id, three.at_least) == ("stars", "satisfactory", Fraction(65, 100))


def test_the_local_audit_has_a_whole_letter_even_when_nothing_was_judged() -> None:
    criteria = shipped("local-audit")
    inspection = Inspection("A service", criteria.id, criteria.hash)
    cases = [CaseRecord("01", criteria.id, criteria.hash)]
    document = compose(inspection, count_findings(criteria, cases))
    numbers = [p.number for p in document.paragraphs() if p.number]
    assert numbers == ["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]
    assert "{" not in "".join(p.words for p in document.paragraphs())


def test_the_linter_knows_every_text_that_a_letter_can_fill(criteria: Criteria) -> None:
    assert criteria.letter
    wording = wording_of(criteria, "en")
    findings = count_findings(criteria, [])
    known, _ = _header_texts(
        Inspection("A service", criteria.id, ""), criteria, criteria.letter, findings, wording
    )
    assert tuple(known) == HEADER_TEXTS


@pytest.mark.parametrize("name", SHIPPED)
def test_every_claim_of_a_versions_own_letter_holds(name: str, tmp_path: Path) -> None:
    folder = write_synthetic(tmp_path / name, shipped(name), 9, seed=2)
    report = report_of(folder)
    text = "\n\n".join(f"{p.number} {p.words}".strip() for p in report.document.paragraphs())
    checked = check_letter(folder.inspection, checked_findings(folder)[0], read_text(text).passages)
    assert {claim.status for claim in checked.claims} == {"holds"}
    assert [number.quote for number in checked.unread] == []


def test_what_counts_as_sufficient_is_called_as_the_version_calls_it() -> None:
    said = {name: tuple(map(load_criteria(name).in_its_words, SAID["sqs-2012"])) for name in SAID}
    assert said == SAID
