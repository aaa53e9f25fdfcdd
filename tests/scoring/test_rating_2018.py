"""A synthetic inspection of twenty cases under the scored version of 2018."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from sqs_core.records import Answer, CaseRecord
from sqs_core.scoring.findings import count_findings
from sqs_core.scoring.ratings import Rating, compute_ratings
from sqs_core.storage.library import load_criteria


def inspection_of_2018(short: Mapping[str, int]) -> list[CaseRecord]:
    """Twelve court cases and eight out of court, all sufficient but the first ``short`` of each question."""
    criteria = load_criteria("yjs-2018", plugins=False)
    records = []
    left = dict(short)
    for i in range(20):
        court = i < 12
        facts = {"disposal": "court" if court else "out-of-court", "review_due": True}
        facts |= {"safety_child": True, "safety_others": True}
        answers = {}
        for question in criteria.questions:
            if question.id.startswith("court.") != court:
                continue
            fell_short = left.get(question.id, 0) > 0
            left[question.id] = left.get(question.id, 0) - fell_short
            answers[question.id] = Answer("insufficient" if fell_short else "sufficient")
        records.append(CaseRecord(f"{i + 1:02}", criteria.id, criteria.hash, facts=facts, answers=answers))
    return records


ORGANISATION = {f"standard.1.{i}": "good" for i in range(1, 5)}


def ratings_of_2018(short: Mapping[str, int], given: Mapping[str, str]) -> dict[str, Rating]:
    criteria = load_criteria("yjs-2018", plugins=False)
    summary = count_findings(criteria, inspection_of_2018(short))
    return {rating.rollup.id: rating for rating in compute_ratings(criteria, summary, given)}


def test_twenty_cases_of_2018_are_rated_by_bands_worst_of_and_sum() -> None:
    short = {"court.plan.child": 5, "court.plan.others": 3, "ooc.deliver.child": 4}
    found = ratings_of_2018(short, ORGANISATION)
    assert found["key.court.plan.child"].words == "Requires improvement"  # 7 of 12
    assert found["standard.2.2"].words == "Requires improvement"
    assert found["standard.2.2"].held_by == ("key.court.plan.child",)
    assert found["standard.3.3"].words == "Requires improvement"  # 4 of 8
    # 4 × 2 given, 3 + 1 + 3 + 3 for court orders, 3 + 3 + 1 + 3 out of court.
    assert (found["overall"].value, found["overall"].words) == (Fraction(28), "Good")


def test_twenty_cases_of_2018_say_that_one_more_sufficient_case_would_do() -> None:
    found = ratings_of_2018({"court.plan.child": 5}, ORGANISATION)
    ahead = found["standard.2.2"].next
    assert ahead is not None
    assert ahead.sentence == "one more sufficient case would make it Good: court.plan.child 7/12 → 8/12"


def test_without_the_inspectors_own_ratings_2018_has_no_overall_rating() -> None:
    overall = ratings_of_2018({}, {})["overall"]
    assert overall.status == "not-rated"
    assert "standard.1.1, standard.1.2, standard.1.3, standard.1.4 are not rated" in overall.why
