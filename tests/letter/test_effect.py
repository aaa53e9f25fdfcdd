"""What a change would do, before it is made: counts and words, before and after."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from attrs import evolve

import populations
from sqs_core.letter.effect import CountChange, Effect, WordsChange, effect
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.override import Override
from sqs_core.scoring.findings import EarlierScreening
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.create import new_inspection
from sqs_core.storage.findings import findings_of
from sqs_core.storage.folder import InspectionFolder, open_inspection
from sqs_core.storage.library import find_criteria
from sqs_core.storage.merge.effects import basis, effect_of


def test_one_answer_otherwise_changes_its_counts_and_the_words_that_rest_on_them(
    example: InspectionFolder,
) -> None:
    now = basis(example)
    record = example.case("02").record
    other = record.answering("roh.plan", evolve(record.answer("roh.plan"), outcome="insufficient"))
    found = effect(now, now.replacing([other]))
    assert found.counts == (
        CountChange("roh.plan", "", (7, 10), (6, 10)),
        CountChange("roh.plan", "custody", (3, 4), (2, 4)),
        CountChange("roh.plan", "psr", (5, 5), (4, 5)),
    )
    assert [words.number for words in found.words] == ["2.2"]


def test_the_section_on_what_has_changed_since_the_screening_before_is_among_the_words(
    example: InspectionFolder,
) -> None:
    before = EarlierScreening(example.inspection, findings_of(example), frozenset({"roh.plan"}))
    now = evolve(basis(example), earlier=before)
    record = example.case("02").record
    other = record.answering("roh.plan", evolve(record.answer("roh.plan"), outcome="insufficient"))
    told = [words.after for words in effect(now, now.replacing([other])).words]
    assert [words for words in told if "7 of 10 then, 6 of 10 now" in words]


def test_nothing_changed_does_nothing(example: InspectionFolder) -> None:
    now = basis(example)
    assert effect(now, now.replacing([example.case("02").record])) == effect(now, now)
    assert effect(now, now).counts == ()
    assert effect(now, now).words == ()


def test_the_words_that_differ_are_told_from_those_that_stay() -> None:
    change = WordsChange("2.2", "done in seven of the ten cases", "done in only six of the ten cases")
    assert change.parts == (
        (("done in", False), ("seven", True), ("of the ten cases", False)),
        (("done in", False), ("only six", True), ("of the ten cases", False)),
    )
    assert change.first == ("seven of the ten", "only six of the ten")


def social_care(path: Path) -> InspectionFolder:
    """Four synthetic children, the first of whom is graded weak at worst, and a plan of that case."""
    criteria = find_criteria("social-care-audit")
    inspection = Inspection(
        "Anytown", criteria.id, "", first_day=date(2026, 11, 23), last_day=date(2026, 11, 25)
    )
    folder = new_inspection(path, inspection, criteria, cases=0)
    for record in synthetic_records(folder.criteria, 4, 1, practice=False):
        grades = {q: Answer("good") for q in folder.criteria.question("case.grade").lowest_of}
        answers = {**record.answers, **grades, "record": Answer("weak", ("old",))}
        dates = {"referred": date(2026, 9, 1), "decided": date(2026, 9, 2)}
        folder.add_case(evolve(record, answers=answers, facts={**record.facts, **dates}))
    plans = folder.population("plans")
    plan = plans.new_case("01-1").noting("review_due", True).noting("plan_agreed", date(2026, 3, 2))
    plans.add_case(plan.noting("plan_reviewed", date(2026, 4, 2)))
    return folder


def told_and_done(folder: InspectionFolder, record: CaseRecord) -> tuple[Effect, Effect]:
    """What was told before ``record`` was written, and what came of it."""
    told, before = effect_of(folder, record), basis(folder)
    folder.save_case(record, expect=folder.case(record.case).hash)
    return told, effect(before, basis(open_inspection(folder.path)))


def test_what_is_computed_from_a_changed_answer_or_fact_is_told_too(tmp_path: Path) -> None:
    folder = social_care(tmp_path / "care")
    record = folder.case("01").record
    told, done = told_and_done(
        folder,
        record.overriding(Override("record", "weak", "good", "seen again", "2026-11-24T10:00:00Z", "CN")),
    )
    assert told == done
    assert [c.measure for c in told.counts if not c.subset] == ["record", "case.grade"]
    told, done = told_and_done(folder, folder.case("02").record.noting("decided", date(2026, 9, 10)))
    assert told == done
    assert [c.measure for c in told.counts if not c.subset] == ["decide.timely"]
    assert [words.number for words in told.words if words.number] == ["1.1"]
    plans = folder.population("plans")
    told, done = told_and_done(plans, plans.case("01-1").record.noting("plan_reviewed", date(2026, 8, 2)))
    assert told == done
    assert told.counts == (CountChange("plan.timely", "", (1, 1), (0, 1)),)
    assert [words.number for words in told.words] == ["5.2"]


def test_what_is_asked_of_another_population_because_of_the_case_is_told_too(tmp_path: Path) -> None:
    folder = populations.made(tmp_path / "linked", populations.linked_text())
    populations.screened(folder)
    folder = open_inspection(folder.path)
    record = next(r for r in folder.cases()[0] if r.judged("plan.risk") == "insufficient")
    told, done = told_and_done(folder, record.answering("plan.risk", Answer("sufficient")))
    assert told == done
    assert "v.told" in [c.measure for c in told.counts]
