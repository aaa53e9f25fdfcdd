"""Ratings: bands, stars, worst-of, sums and given ones; never one out of nothing."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from rollups import PARTS, SUM, WORST, T, bands, cases, rated, version
from sqs_core.criteria import Rollup
from sqs_core.criteria.ratings import RatingLimit
from sqs_core.errors import UsageError
from sqs_core.scoring.findings import count_findings
from sqs_core.scoring.ratings import compute_ratings

GIVEN = evolve(bands(), model="given", of=())


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ("n" * 20, "inadequate"),
        ("y" * 9 + "n" * 11, "inadequate"),
        ("y" * 10 + "n" * 10, "requires"),
        ("y" * 12 + "n" * 8, "requires"),
        ("y" * 13 + "n" * 7, "good"),
        ("y" * 16 + "n" * 4, "outstanding"),
    ],
)
def test_a_boundary_belongs_to_the_rating_above_it(answers: str, expected: str) -> None:
    (rating,) = rated((bands(),), q1=answers)
    assert rating.band is not None
    assert rating.band.id == expected


def test_a_share_is_not_rounded_up_to_a_boundary() -> None:
    (rating,) = rated((bands(),), q1="y" * 11 + "n" * 6)  # 64.7 in a hundred
    assert (rating.words, rating.value) == ("Requires improvement", Fraction(11, 17))


def test_a_version_that_rounds_to_whole_per_cents_rounds_a_half_upwards() -> None:
    whole = evolve(bands(), rounding="whole")
    assert [
        rated((whole,), q1="y" * k + "n" * (n - k))[0].words for k, n in ((11, 17), (9, 14), (129, 200))
    ] == [
        "Good",  # 64.7
        "Requires improvement",  # 64.3
        "Good",  # 64.5
    ]
    (rating,) = rated((whole,), q1="y" * 10 + "n" * 7)
    assert rating.next is not None
    assert rating.next.sentence == "one more sufficient case would make it Good: q1 10/17 → 11/17"


LIMITED = evolve(
    bands(id="both"),
    of=("q1", "q2"),
    denominator="answers",
    limits=(RatingLimit("alone", "inadequate", "requires"),),
)
ALONE = bands("q2", id="alone")


@pytest.mark.parametrize(
    ("q2", "words", "rests_on"),
    [
        ("y" * 40, "Outstanding", "80 of 80"),
        (
            "n" * 20,
            "Requires improvement",
            "40 of 60; limited to Requires improvement, because alone is Inadequate",
        ),
        ("n" * 40, "Requires improvement", "40 of 80"),
        ("y" * 2, "not rated, because alone, which can limit it, is not rated", "42 of 42"),
        ("x" * 40, "Outstanding", "40 of 40"),
    ],
)
def test_a_judgement_limits_a_rating_whatever_the_rest_is(q2: str, words: str, rests_on: str) -> None:
    both, _ = rated((LIMITED, ALONE), q1="y" * 40, q2=q2)
    assert (both.words, both.rests_on) == (words, rests_on)


def test_where_it_is_not_decided_whether_a_judgement_limits_the_rating_is_not_either() -> None:
    both, _ = rated((LIMITED, ALONE), q1="y" * 400, q2="y" * 19 + "n" * 21)
    assert both.shown == "between Requires improvement and Outstanding, because alone is not decided"


def test_the_way_to_the_next_rating_is_told_in_cases() -> None:
    (rating,) = rated((bands(),), q1="y" * 9 + "n" * 5)
    assert rating.next is not None
    assert rating.next.sentence == "one more sufficient case would make it Good: q1 9/14 → 10/14"


def test_the_way_can_be_several_cases_long() -> None:
    (rating,) = rated((bands(),), q1="y" * 13 + "n" * 7)
    assert rating.next is not None
    assert rating.next.sentence == "3 more sufficient cases would make it Outstanding: q1 13/20 → 16/20"


def test_nothing_is_above_the_highest_rating() -> None:
    (rating,) = rated((bands(),), q1="y" * 20)
    assert (rating.next, rating.spare) == (None, 4)


@pytest.mark.parametrize("answers", ["xxxx", "kkkk", "----"])
def test_where_nothing_applies_there_is_no_score_neither_nought_nor_a_pass(answers: str) -> None:
    (rating,) = rated((bands(),), q1=answers)
    assert (rating.status, rating.band, rating.value) == ("no-score", None, None)
    assert rating.why == "no score, because nothing it looks at was judged in any case"


def test_not_known_and_unanswered_are_not_counted_as_insufficient() -> None:
    (rating,) = rated((bands(),), q1="yyykk--x")
    assert (rating.k, rating.n, rating.words) == (3, 3, "Outstanding")


def test_too_few_cases_are_not_rated_and_it_says_how_many_it_takes() -> None:
    (rating,) = rated((bands(),), q1="yy")
    assert (rating.status, rating.why) == (
        "not-rated",
        "not rated, because only 2 cases were judged and it takes 3",
    )


# ------------------------------------------------------------ XCCDF's flat and default scoring


def test_flat_scoring_pools_every_answer() -> None:
    flat = bands(of="q1", denominator="answers")
    (rating,) = rated((evolve(flat, of=("q1", "q2")),), q1="yyyy", q2="yn")
    assert (rating.k, rating.n, rating.value) == (5, 6, Fraction(5, 6))


def test_flat_scoring_weighs_each_answer_by_its_question() -> None:
    flat = evolve(bands(), of=("q1", "q2"), denominator="answers", weights={"q2": 3})
    (rating,) = rated((flat,), q1="yyyy", q2="nn")
    assert rating.value == Fraction(4, 4 + 6)


def test_default_scoring_is_the_mean_of_the_questions_whatever_their_cases() -> None:
    mean = evolve(bands(), of=("q1", "q2"), denominator="questions")
    (rating,) = rated((mean,), q1="yyyy", q2="nn")
    assert rating.value == Fraction(1, 2)


def test_default_scoring_weighs_the_questions() -> None:
    mean = evolve(bands(), of=("q1", "q2"), denominator="questions", weights={"q1": 3})
    (rating,) = rated((mean,), q1="yyyy", q2="nn")
    assert rating.value == Fraction(3, 4)


def test_a_question_that_applies_to_no_case_weighs_nothing() -> None:
    mean = evolve(bands(), of=("q1", "q2"), denominator="questions")
    (rating,) = rated((mean,), q1="yyyn", q2="xxxx")
    assert rating.value == Fraction(3, 4)


def test_a_weight_of_nought_takes_a_question_out() -> None:
    flat = evolve(bands(), of=("q1", "q2"), denominator="answers", weights={"q2": 0})
    (rating,) = rated((flat,), q1="yyyy", q2="nnnn")
    assert rating.words == "Outstanding"


@given(
    st.text("yn", min_size=3, max_size=9),
    st.text("yn", min_size=3, max_size=9),
    st.integers(1, 5),
    st.booleans(),
)
def test_the_way_to_the_next_rating_leads_there_and_is_the_shortest(
    one: str, two: str, weight: int, flat: bool
) -> None:
    rollup = evolve(
        bands(), of=("q1", "q2"), denominator="answers" if flat else "questions", weights={"q2": weight}
    )
    (rating,) = rated((rollup,), q1=one, q2=two)
    assert rating.band is not None
    score = rating.band.score

    def score_with(more: Mapping[str, int]) -> int:
        answers = {q: a.replace("n", "y", more.get(q, 0)) for q, a in (("q1", one), ("q2", two))}
        (again,) = rated((rollup,), None, **answers)
        assert again.band is not None
        return again.band.score

    if rating.next is None:
        assert score == 3
        return
    steps = {name: step.more for name, step in rating.next.steps.items()}
    assert score_with(steps) >= rating.next.band.score > score
    fewer = rating.next.cases - 1
    splits = [{"q1": i, "q2": fewer - i} for i in range(fewer + 1)]
    possible = [s for s in splits if s["q1"] <= one.count("n") and s["q2"] <= two.count("n")]
    assert all(score_with(split) < rating.next.band.score for split in possible)


# ------------------------------------------------------------ worst-of, sums, stars, given


def test_worst_of_takes_the_lowest_and_names_what_holds_it_back() -> None:
    rating = rated((*PARTS, WORST), q1="y" * 10, q2="y" * 6 + "n" * 4)[-1]
    assert (rating.words, rating.held_by) == ("Requires improvement", ("b",))
    assert rating.next is not None
    assert rating.next.sentence == "one more sufficient case would make it Good: q2 6/10 → 7/10"


def test_worst_of_needs_every_part_that_is_lowest_to_rise() -> None:
    rating = rated((*PARTS, WORST), q1="y" * 6 + "n" * 4, q2="y" * 5 + "n" * 5)[-1]
    assert rating.next is not None
    assert rating.next.sentence == (
        "3 more sufficient cases would make it Good: q1 6/10 → 7/10, q2 5/10 → 7/10"
    )


def test_worst_of_is_not_rated_while_a_part_is_not() -> None:
    rating = rated((*PARTS, WORST), q1="yyyy", q2="xx")[-1]
    assert (rating.status, rating.why) == (
        "not-rated",
        "not rated, because it takes all of its parts and b is not rated",
    )


def test_worst_of_may_say_how_many_parts_are_enough() -> None:
    rating = rated((*PARTS, evolve(WORST, fewest_parts=1)), q1="yyyy", q2="xx")[-1]
    assert rating.words == "Outstanding"


def test_worst_of_parts_without_a_score_has_no_score() -> None:
    rating = rated((*PARTS, WORST), q1="xx", q2="xx")[-1]
    assert (rating.status, rating.why) == ("no-score", "no score, because none of its parts has one")


def test_a_sum_adds_points_and_finds_the_cheapest_way_up() -> None:
    rating = rated((*PARTS, SUM), q1="y" * 10 + "n" * 10, q2="y" * 15 + "n" * 5)[-1]
    assert (rating.words, rating.value) == ("Low", Fraction(3))
    assert rating.next is not None
    # One point from q2 (15 to 16) and one from q1 (10 to 13): four cases; q1 alone would need six.
    assert {name: step.more for name, step in rating.next.steps.items()} == {"q2": 1, "q1": 3}


def test_a_sum_never_counts_a_part_that_is_not_rated_as_nought() -> None:
    rating = rated((*PARTS, SUM), q1="y" * 20, q2="x")[-1]
    assert (rating.status, rating.value) == ("not-rated", None)


def test_stars_are_bands_whose_score_is_the_number_of_stars() -> None:
    (rating,) = rated((bands(model="stars"),), q1="y" * 13 + "n" * 7)
    assert rating.band is not None
    assert (rating.status, rating.band.score) == ("rated", 2)


def test_a_given_rating_is_what_the_inspectors_recorded() -> None:
    (rating,) = rated((GIVEN,), {"r": "good"}, q1="y")
    assert rating.words == "Good"


def test_a_given_rating_that_is_not_recorded_is_no_rating() -> None:
    (rating,) = rated((GIVEN,), q1="y")
    assert rating.words == 'not rated, because no "r" is recorded under [ratings] in inspection.toml'


def test_a_given_rating_that_is_not_one_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="no rating 'goood' for 'r'; did you mean 'good'"):
        rated((GIVEN,), {"r": "goood"}, q1="y")


def test_no_roll_up_can_be_given_that_is_counted() -> None:
    with pytest.raises(UsageError, match="no rating 'r' to be given"):
        rated((bands(),), {"r": "good"}, q1="y")


def test_a_version_may_say_that_it_rates_nothing() -> None:
    (rating,) = rated((Rollup("r", T("R"), "none"),), q1="y")
    assert (rating.status, rating.why) == ("none", "this version gives no rating here")


def test_a_roll_up_that_leads_to_itself_is_refused_with_the_path() -> None:
    with pytest.raises(UsageError, match="w → x → w"):
        rated((evolve(WORST, of=("x",)), evolve(WORST, id="x", of=("w",))), q1="y")


def test_practice_cases_are_in_no_rating() -> None:
    criteria = version(bands())
    records = [evolve(r, practice=r.case != "00") for r in cases(q1="yyyyyy")]
    (rating,) = compute_ratings(criteria, count_findings(criteria, records))
    assert rating.cases == ("00",)


def test_records_of_another_version_are_not_counted_but_refused() -> None:
    criteria = version(bands())
    with pytest.raises(UsageError, match="case 00 was made under other, so it cannot be counted under v"):
        count_findings(criteria, [evolve(cases(q1="y")[0], criteria="other")])
