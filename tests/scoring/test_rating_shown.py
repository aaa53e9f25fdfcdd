"""What of a rating is shown: only what the sample decides, with what it rests on."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
from attrs import evolve

from rollups import BANDS, PARTS, SUM, WORST, T, bands, cases, rated, version
from sqs_core.cli.summary import ratings_text
from sqs_core.criteria import RatingBand, Rollup
from sqs_core.exports.board import rating_data
from sqs_core.scoring.findings import count_findings
from sqs_core.scoring.intervals import boundaries_within, wilson
from sqs_core.scoring.ratings import compute_ratings

LIMITS = [band.at_least for band in BANDS if band.at_least is not None]


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ("y" * 3 + "n" * 2, "not rated, because the range 23.1–88.2% does not decide 50%, 65%, 80%"),
        (
            "y" * 9 + "n" * 5,
            "not rated, because the range 38.8–83.7% does not decide 50%, 65%, 80%",
        ),
        (
            "y" * 11 + "n" * 9,
            "between Inadequate and Good, because the range 34.2–74.2% does not decide 50%, 65%",
        ),
        ("y" * 20, "Outstanding"),
        ("n" * 20, "Inadequate"),
    ],
)
def test_no_rating_is_shown_that_the_sample_does_not_decide(answers: str, shown: str) -> None:
    (rating,) = rated((bands(),), q1=answers)
    assert rating.shown == shown


def test_random_counts_are_rated_only_where_no_boundary_lies_in_the_range() -> None:
    chance = random.Random(1)
    for _ in range(300):
        n = chance.randint(3, 90)
        k = chance.randint(0, n)
        (rating,) = rated((bands(),), q1="y" * k + "n" * (n - k))
        interval = wilson(k, n)
        assert interval is not None
        assert (rating.verdict == "rated") == (not boundaries_within(interval, LIMITS))


def test_where_all_that_could_be_drawn_was_judged_the_count_decides() -> None:
    criteria = version(bands())
    summary = count_findings(criteria, cases(q1="y" * 9 + "n" * 5))
    known = [compute_ratings(criteria, summary, frame=frame)[0].shown for frame in (14, 17, None)]
    assert known[0] == "Requires improvement"
    assert known[1].startswith("between Requires improvement and Good, because")
    assert known[2].startswith("not rated, because")


def test_a_frame_does_not_help_where_not_every_case_was_judged() -> None:
    criteria = version(bands())
    summary = count_findings(criteria, cases(q1="y" * 9 + "n" * 5 + "k"))
    assert compute_ratings(criteria, summary, frame=15)[0].verdict == "not-rated"


def test_worst_of_lies_between_the_lowest_and_the_highest_its_parts_can_be() -> None:
    ratings = rated((*PARTS, WORST), q1="y" * 40, q2="y" * 14 + "n" * 10)
    assert ratings[-1].shown == "between Inadequate and Good, because b is not decided"
    assert rating_data(ratings[-1])["between"] == ["inadequate", "good"]


def test_worst_of_is_decided_by_a_part_that_nothing_can_be_below() -> None:
    assert rated((*PARTS, WORST), q1="n" * 20, q2="yyynn")[-1].shown == "Inadequate"


def test_a_sum_is_rated_where_its_points_stay_in_one_band_whatever_the_parts_are() -> None:
    high = evolve(SUM, bands=(RatingBand("low", T("Low"), 0), RatingBand("high", T("High"), 1, Fraction(3))))
    sure = rated((*PARTS, high), q1="y" * 40, q2="y" * 18 + "n" * 2)[-1]
    unsure = rated((*PARTS, SUM), q1="y" * 40, q2="y" * 14 + "n" * 10)[-1]
    assert (sure.shown, unsure.verdict) == ("High", "not-rated")


def test_a_mean_of_shares_says_that_it_is_one() -> None:
    mean = evolve(bands(), of=("q1", "q2"), denominator="questions", weights={"q1": 9})
    (rating,) = rated((mean,), q1="yy" + "k" * 18, q2="kk" + "n" * 20)
    assert rating.rests_on == "a weighted share of 9/10; 2 of 22 judgements"
    assert "(a weighted share of 9/10; 2 of 22 judgements)" in ratings_text((rating,))


def test_a_judgement_that_weighs_much_makes_the_range_wider() -> None:
    mean = evolve(bands(), of=("q1", "q2"), denominator="questions", weights={"q1": 9})
    (heavy,) = rated((mean,), q1="y" * 4 + "k" * 40, q2="kkkk" + "y" * 40)
    (even,) = rated(
        (evolve(mean, denominator="answers", weights={}),), q1="y" * 4 + "k" * 40, q2="kkkk" + "y" * 40
    )
    assert (heavy.verdict, even.shown) == ("between", "Outstanding")


def test_the_next_rating_of_a_worst_of_is_one_it_can_come_to() -> None:
    two = (RatingBand("poor", T("Poor"), 0), RatingBand("fine", T("Fine"), 3, Fraction(1, 2)))
    four = (
        RatingBand("a", T("A"), 0),
        RatingBand("b", T("B"), 1, Fraction(1, 4)),
        RatingBand("c", T("C"), 2, Fraction(1, 2)),
        RatingBand("d", T("D"), 3, Fraction(3, 4)),
    )
    parts = (evolve(PARTS[0], bands=two), evolve(PARTS[1], bands=four))
    rating = rated((*parts, WORST), q1="y" * 4 + "n" * 6, q2="y" * 6 + "n" * 4)[-1]
    assert rating.next is not None
    # q1 can only go from Poor to Fine; then q2 is the lowest, and stands at C already.
    assert rating.next.sentence == "one more sufficient case would make it C: q1 4/10 → 5/10"


def test_stars_are_drawn_only_for_a_rating_that_is_given() -> None:
    stars = evolve(bands(), model="stars")
    told = [ratings_text(tuple(rated((stars,), q1=answers))) for answers in ("y" * 40, "y" * 11 + "n" * 9)]
    assert ("★★★ Outstanding (40 of 40)" in told[0], "★" in told[1]) == (True, False)


def test_too_few_and_nothing_judged_are_told_as_before() -> None:
    few, none = (rated((bands(),), q1=answers)[0] for answers in ("yy", "xx"))
    assert (few.shown, none.shown) == (
        "not rated, because only 2 cases were judged and it takes 3",
        "no score, because nothing it looks at was judged in any case",
    )


def test_a_roll_up_without_a_rating_is_shown_so() -> None:
    (rating,) = rated((Rollup("r", T("R"), "none"),), q1="y")
    assert (rating.verdict, rating.shown) == ("none", "this version gives no rating here")
