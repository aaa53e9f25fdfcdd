"""What agreement figures do whatever the ratings: stay still, say "undefined" and why, warn when few."""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction
from itertools import permutations, product
from math import sqrt
from statistics import NormalDist, mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqs_core.scoring.agreement import gwet_ac1, krippendorff_alpha, measures, raw_agreement
from sqs_core.scoring.intervals import wilson

Rows = list[list[Hashable | None]]

ANSWERS = ("sufficient", "insufficient", "absent")
answers = st.sampled_from(ANSWERS)
pairs = st.lists(st.lists(answers, min_size=2, max_size=2), min_size=1, max_size=30)
tables = st.integers(2, 4).flatmap(
    lambda raters: st.lists(
        st.lists(st.none() | answers, min_size=raters, max_size=raters), min_size=1, max_size=20
    )
)
agreed = [["sufficient", "sufficient"]] * 5


def alpha_by_coincidences(rows: Rows) -> Fraction | None:
    """Krippendorff's own account: unlike coincidences observed over those expected."""
    coincidences = {pair: Fraction(0) for pair in product(ANSWERS, repeat=2)}
    for row in rows:
        ratings = [rating for rating in row if rating is not None]
        for one, other in permutations(ratings, 2):
            coincidences[one, other] += Fraction(1, len(ratings) - 1)  # type: ignore[index]
    totals = {a: sum((coincidences[a, b] for b in ANSWERS), Fraction(0)) for a in ANSWERS}
    observed = sum((weight for (a, b), weight in coincidences.items() if a != b), Fraction(0))
    expected = sum((totals[a] * totals[b] for a, b in permutations(ANSWERS, 2)), Fraction(0))
    return 1 - observed * (sum(totals.values()) - 1) / expected if expected else None


def ac1_by_two_shares(rows: list[list[str]]) -> Fraction:
    """Gwet's account for two raters: chance from the mean of the two raters' own shares."""
    n = len(rows)
    chance = Fraction(0)
    for answer in ANSWERS:
        share = Fraction(sum(row.count(answer) for row in rows), 2 * n)
        chance += share * (1 - share) / (len(ANSWERS) - 1)
    return (Fraction(sum(one == other for one, other in rows), n) - chance) / (1 - chance)


@given(tables, st.data())
def test_renaming_swapping_and_reordering_change_nothing(rows: Rows, data: st.DataObject) -> None:
    names = dict(zip(ANSWERS, data.draw(st.permutations([1, 2, 3])), strict=True))
    places = data.draw(st.permutations(range(len(rows[0]))))
    order = data.draw(st.permutations(range(len(rows))))
    shuffled = [[names.get(str(rows[unit][rater])) for rater in places] for unit in order]

    assert measures(shuffled) == measures(rows)


@given(tables)
def test_a_unit_nobody_rated_changes_nothing(rows: Rows) -> None:
    assert measures([*rows, [None, None], []]) == measures(rows)


@given(tables)
def test_raw_agreement_and_alpha_pass_over_what_was_rated_once(rows: Rows) -> None:
    more: Rows = [*rows, ["absent", None], [None, "sufficient"]]

    assert (raw_agreement(more), krippendorff_alpha(more)) == (raw_agreement(rows), krippendorff_alpha(rows))


@given(tables)
def test_alpha_is_what_counting_coincidences_gives(rows: Rows) -> None:
    assert krippendorff_alpha(rows).value == alpha_by_coincidences(rows)


@given(pairs)
def test_ac1_of_two_raters_is_what_their_shares_give(rows: list[list[str]]) -> None:
    assert gwet_ac1(rows, ANSWERS).value == ac1_by_two_shares(rows)


@given(pairs)
def test_an_interval_holds_its_figure_and_keeps_to_the_scale(rows: list[list[str]]) -> None:
    for found in measures(rows, ANSWERS):
        if found.interval is not None:
            assert found.value is not None
            assert -1 <= found.interval.low <= found.value <= found.interval.high <= 1


@given(st.lists(answers, min_size=1, max_size=20), st.integers(2, 4))
def test_full_agreement_is_1_or_undefined_and_never_less(given_: list[str], raters: int) -> None:
    values = {found.value for found in measures([[answer] * raters for answer in given_])}

    assert values <= {Fraction(1), None}


@given(pairs)
def test_more_answers_to_choose_from_leave_less_to_chance(rows: list[list[str]]) -> None:
    three, four = gwet_ac1(rows, ANSWERS).value, gwet_ac1(rows, [*ANSWERS, "not-known"]).value

    assert three is not None
    assert four is not None
    assert three <= four


@given(pairs)
def test_two_raters_have_the_wilson_interval_of_agreed_units(rows: list[list[str]]) -> None:
    assert raw_agreement(rows).interval == wilson(sum(one == other for one, other in rows), len(rows))


def test_three_raters_have_the_interval_of_a_mean() -> None:
    found = raw_agreement(["aaa", "aab", "abc", "bbb"] * 8).interval
    shares = [1, 1 / 3, 0, 1] * 8
    reach = NormalDist().inv_cdf(0.975) * stdev(shares) / sqrt(32)

    assert found is not None
    assert (found.low, found.high) == pytest.approx((mean(shares) - reach, mean(shares) + reach))


def test_alpha_is_undefined_where_all_gave_one_answer() -> None:
    found = krippendorff_alpha(agreed)

    assert (found.value, found.interval, found.units) == (None, None, 5)
    assert found.why == "undefined: all gave the same answer, so there is no chance to compare with"


def test_ac1_is_undefined_where_all_gave_one_answer_and_no_other_is_known() -> None:
    found = gwet_ac1(agreed)

    assert (found.value, found.interval) == (None, None)
    assert found.why == "undefined: one answer alone was used, and the answers possible were not named"


def test_ac1_is_1_without_an_interval_where_all_gave_one_of_the_known_answers() -> None:
    found = gwet_ac1(agreed * 6, ["sufficient", "insufficient"])

    assert (found.value, found.interval) == (Fraction(1), None)
    assert found.why == "no interval: the units do not differ, which says nothing of units not seen"


@pytest.mark.parametrize("rows", [[], [["a", None], [None, "b"]], [[None, None]]])
def test_nothing_rated_twice_leaves_every_figure_undefined(rows: Rows) -> None:
    assert {(f.value, f.interval, f.units, f.why) for f in measures(rows)} == {
        (None, None, 0, "undefined: no unit was rated by two people")
    }


@pytest.mark.parametrize(("twice", "once"), [(1, 0), (1, 29), (29, 0), (29, 30)])
def test_fewer_than_thirty_units_rated_twice_have_no_interval_however_many_were_rated_once(
    twice: int, once: int
) -> None:
    found = gwet_ac1([*[["a", "b"], ["a", "a"]] * (twice // 2), ["a", "b"], *[["a", None]] * once])

    assert (found.interval, found.units, found.why) == (None, twice, "no interval: it takes 30 units")


@pytest.mark.parametrize(("units", "few"), [(9, True), (10, False)])
def test_fewer_than_ten_units_are_few(units: int, few: bool) -> None:
    assert [found.few for found in measures([["a", "b"]] * units)] == [few] * 3


def test_raw_agreement_comes_first_and_every_figure_brings_its_interval_and_n() -> None:
    rows = ["yy"] * 7 + ["nn", "yn", "ny"]

    # AC1 and alpha of ten units as the Python package irrCAC 0.4.4 computes them.
    assert [str(found) for found in measures(rows)] == [
        "raw agreement 0.80, 0.49 to 0.94 (10 units)",
        "Gwet's AC1 0.71 (10 units)",
        "Krippendorff's alpha 0.41 (10 units)",
    ]
    # Of thirty: its standard errors, 0.12693 and 0.21073, times 1.96.
    assert [str(found) for found in measures(rows * 3)] == [
        "raw agreement 0.80, 0.63 to 0.90 (30 units)",
        "Gwet's AC1 0.71, 0.46 to 0.95 (30 units)",
        "Krippendorff's alpha 0.39, -0.03 to 0.80 (30 units)",
    ]


def test_an_undefined_figure_says_so() -> None:
    assert str(krippendorff_alpha(agreed)) == "Krippendorff's alpha undefined (5 units)"


def test_an_answer_that_was_not_possible_is_refused_naming_those_that_were() -> None:
    with pytest.raises(ValueError, match="no category 'maybe'; possible: 'insufficient', 'sufficient'"):
        gwet_ac1([["maybe", "sufficient"]], ["sufficient", "insufficient"])


def test_a_single_possible_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than two categories"):
        gwet_ac1(agreed, ["sufficient"])
