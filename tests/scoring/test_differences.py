"""How far two markers agree: what is a unit, what is none, and what must change nothing."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from sqs_core.records.case import Answer, CaseRecord
from sqs_core.scoring.confidence import why_not_rated
from sqs_core.scoring.differences import PairAgreement, compare_markings, measure_agreement
from sqs_core.scoring.intervals import boundaries_within, wilson
from sqs_core.scoring.synthetic import synthetic_records
from sqs_core.storage.library import load_criteria

CRITERIA = load_criteria("sqs-2012", plugins=False)
unhurried = settings(max_examples=40)
Pair = tuple[CaseRecord, CaseRecord]
shares = st.fractions(0, 1, max_denominator=100)


def pairs(seed: int, n: int) -> list[Pair]:
    """``n`` pairs of markings of the same facts, each by chance."""
    records = list(synthetic_records(CRITERIA, 2 * n, seed, practice=False))
    return [
        (one, evolve(other, case=one.case, facts=one.facts)) for one, other in list(pairwise(records))[::2]
    ]


def figures(found: PairAgreement) -> object:
    return found.questions, found.themes, found.whole


some = st.builds(pairs, st.integers(0, 10_000), st.integers(1, 8))


@unhurried
@given(some)
def test_swapping_the_two_markers_changes_no_figure(marked: list[Pair]) -> None:
    swapped = [(second, first) for first, second in marked]
    assert figures(measure_agreement(CRITERIA, swapped)) == figures(measure_agreement(CRITERIA, marked))


@unhurried
@given(some, st.randoms(use_true_random=False))
def test_the_order_of_the_cases_changes_no_figure(marked: list[Pair], chance: random.Random) -> None:
    shuffled = list(marked)
    chance.shuffle(shuffled)
    assert figures(measure_agreement(CRITERIA, shuffled)) == figures(measure_agreement(CRITERIA, marked))


@unhurried
@given(some)
def test_the_units_of_the_themes_are_those_of_all_questions(marked: list[Pair]) -> None:
    found = measure_agreement(CRITERIA, marked)
    assert sum(m.raw.units for m in found.questions.values()) == found.whole.raw.units
    assert sum(m.raw.units for m in found.themes.values()) == found.whole.raw.units


@unhurried
@given(some)
def test_units_not_agreed_are_the_differences_of_outcome_where_both_answered(marked: list[Pair]) -> None:
    whole = measure_agreement(CRITERIA, marked).whole.raw
    unlike = [
        d
        for first, second in marked
        for d in compare_markings(CRITERIA, first, second)
        if d.kind == "outcome" and d.first and d.second and d.asked_first and d.asked_second
        if "not-known" not in (d.first, d.second)
    ]
    assert whole.units - (whole.value or 0) * whole.units == len(unlike)


@unhurried
@given(some)
def test_a_record_does_not_differ_from_itself(marked: list[Pair]) -> None:
    assert all(compare_markings(CRITERIA, first, first) == () for first, _ in marked)


def test_not_applicable_is_an_answer_and_not_known_is_none() -> None:
    (first,) = synthetic_records(CRITERIA, 1, 1)
    first = first.answering("lor.assess", Answer("sufficient"))
    said_inapplicable = first.answering("lor.assess", Answer("not-applicable"))
    did_not_know = first.answering("lor.assess", Answer("not-known"))
    assert measure_agreement(CRITERIA, [(first, said_inapplicable)]).questions["lor.assess"].raw.value == 0
    unknown = measure_agreement(CRITERIA, [(first, did_not_know)])
    assert unknown.questions["lor.assess"].raw.value is None
    assert unknown.asked_of_one["lor.assess"] == 1


def test_no_pairs_is_undefined_everywhere_and_says_why() -> None:
    nothing_asked = load_criteria("hmip-youth-2025", plugins=False).of("children")
    assert measure_agreement(nothing_asked, []).whole.raw.value is None
    found = measure_agreement(CRITERIA, [])
    assert {m.raw.value for m in found.questions.values()} == {None}
    assert found.whole.raw.why == "undefined: no unit was rated by two people"


@unhurried
@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), st.lists(shares))
def test_a_rating_is_withheld_exactly_when_a_boundary_lies_within_the_range(
    count: tuple[int, int], boundaries: list[object]
) -> None:
    interval = wilson(*count)
    assert interval is not None
    within = boundaries_within(interval, boundaries)  # type: ignore[arg-type]
    assert bool(why_not_rated(*count, boundaries)) == bool(within)  # type: ignore[arg-type]


def test_nothing_judged_is_never_rated() -> None:
    assert why_not_rated(0, 0, []) == "nothing was judged"


def test_points_are_compared_and_counted_apart_from_how_they_were_judged() -> None:
    audit, asked = load_criteria("social-care-audit", plugins=False), "assess.quality"
    (record,) = synthetic_records(audit, 1, 3)
    first = record.answering(asked, Answer("good", prompts={"sources": "yes", "daily-life": "no"}))
    second = record.answering(asked, Answer("good", prompts={"sources": "yes", "fathers": "yes"}))
    assert compare_markings(audit, first, second) == (), "what one alone weighed is nothing to settle"
    second = second.answering(asked, Answer("good", prompts={"sources": "yes", "daily-life": "yes"}))
    assert [(d.item, d.kind, d.first, d.second) for d in compare_markings(audit, first, second)] == [
        (asked, "points", "good", "good")
    ]
    found = measure_agreement(audit, [(first, second)])
    assert (found.whole.raw.value, found.points[asked].raw.value) == (1, Fraction(1, 2))
    assert found.points[asked].raw.units == 2
