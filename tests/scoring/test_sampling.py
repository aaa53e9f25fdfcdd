"""Drawing a sample: the same on any computer, fair to every kind of case, honest about its size."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqs_core.scoring.sampling import (
    METHOD,
    FrameCase,
    SamplingFrame,
    Window,
    advice,
    advise,
    allocation,
    build_frame,
    draw_sample,
    eligible_window,
    lowest_ranked,
)

FORTY = tuple(FrameCase(f"Y{n:02}", None, ("DTO" if n % 4 == 0 else "RO",)) for n in range(40))
references = st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,6}", fullmatch=True)
listed = st.builds(FrameCase, references, st.none(), st.tuples(st.sampled_from(["RO", "YRO", "DTO"])))
frames = st.lists(listed, min_size=1, max_size=40, unique_by=lambda c: c.case).map(build_frame)
draws = frames.flatmap(lambda frame: st.tuples(st.just(frame), st.integers(1, len(frame.eligible))))
sizes = st.dictionaries(st.tuples(st.text(max_size=2)), st.integers(1, 50), min_size=1, max_size=8)


def test_a_draw_is_the_one_that_was_published_with_the_method() -> None:
    # Two of the ten detention orders, six of the thirty others; if this changes, so must METHOD.
    assert METHOD == "sqs-sample-1"
    assert draw_sample(build_frame(FORTY), 8, 7).drawn == (
        "Y00",
        "Y05",
        "Y09",
        "Y15",
        "Y27",
        "Y30",
        "Y31",
        "Y36",
    )


def test_a_case_ranks_by_the_hash_that_the_method_names() -> None:
    # printf 'sqs-sample-1\n7\nA' | sha256sum gives 5324a5…, for B 72b45f…, for C 368582….
    assert lowest_ranked(["A", "B", "C"], 7, 3) == ["C", "A", "B"]


@given(draws, st.integers(), st.randoms(use_true_random=False))
def test_the_order_of_the_list_changes_nothing(
    drawn: tuple[SamplingFrame, int], seed: int, chance: object
) -> None:
    frame, n = drawn
    shuffled = list(frame.eligible)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    again = build_frame(shuffled)
    assert (again.hash, draw_sample(again, n, seed)) == (frame.hash, draw_sample(frame, n, seed))


@given(draws, st.integers())
def test_as_many_as_asked_are_drawn_each_once_from_the_list(
    drawn: tuple[SamplingFrame, int], seed: int
) -> None:
    frame, n = drawn
    cases = draw_sample(frame, n, seed).drawn
    assert len(cases) == len(set(cases)) == n
    assert set(cases) <= {c.case for c in frame.eligible}


@given(draws, st.integers())
def test_every_kind_gets_its_share_to_within_one_case(drawn: tuple[SamplingFrame, int], seed: int) -> None:
    frame, n = drawn
    for got, of in draw_sample(frame, n, seed).strata.values():
        assert abs(got - Fraction(n * of, len(frame.eligible))) < 1


@given(sizes, st.data())
def test_no_kind_gets_more_places_than_it_has_cases(
    kinds: dict[tuple[str, ...], int], data: st.DataObject
) -> None:
    n = data.draw(st.integers(1, sum(kinds.values())))
    places = allocation(kinds, n)
    assert sum(places.values()) == n
    assert all(0 <= places[kind] <= size for kind, size in kinds.items())


@given(draws, st.integers())
def test_a_case_not_drawn_can_be_taken_off_its_list_without_changing_who_ranks_first(
    drawn: tuple[SamplingFrame, int], seed: int
) -> None:
    cases = [c.case for c in drawn[0].eligible]
    chosen = lowest_ranked(cases, seed, drawn[1])
    assert lowest_ranked(chosen, seed, drawn[1]) == chosen


def test_another_kind_or_date_makes_another_frame() -> None:
    plain = build_frame([FrameCase("A", date(2026, 9, 1), ("RO",))], by=["order_type"])
    others = [
        build_frame([FrameCase("A", date(2026, 9, 2), ("RO",))], by=["order_type"]),
        build_frame([FrameCase("A", date(2026, 9, 1), ("DTO",))], by=["order_type"]),
        build_frame([FrameCase("A", date(2026, 9, 1), ("RO",))], by=["custody"]),
    ]
    assert plain.hash not in {frame.hash for frame in others}


@pytest.mark.parametrize(
    ("fieldwork", "first", "last"),
    [
        (date(2012, 11, 26), date(2012, 8, 26), date(2012, 10, 15)),
        (date(2026, 5, 31), date(2026, 2, 28), date(2026, 4, 19)),
        (date(2026, 1, 12), date(2025, 10, 12), date(2025, 12, 1)),
    ],
)
def test_an_eligible_order_has_run_six_weeks_to_three_months(
    fieldwork: date, first: date, last: date
) -> None:
    assert eligible_window(fieldwork) == Window(first, last)


def test_both_ends_are_eligible_and_an_undated_case_is_not() -> None:
    window = Window(date(2026, 8, 23), date(2026, 10, 12))
    days = [date(2026, 8, 22), date(2026, 8, 23), date(2026, 10, 12), date(2026, 10, 13), None]
    frame = build_frame([FrameCase(str(n), day) for n, day in enumerate(days)], window)
    assert ([c.case for c in frame.eligible], frame.listed, frame.undated) == (["1", "2"], 5, 1)


@pytest.mark.parametrize("n", [0, -1, 41])
def test_a_size_that_cannot_be_drawn_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="cannot be drawn from 40"):
        draw_sample(build_frame(FORTY), n, 1)


def test_advice_tells_how_wide_the_range_would_be_at_each_size() -> None:
    told = {size.n: size.interval.percent for size in advice(36, 12)}
    assert told == {10: "26–74%", 12: "29–71%", 14: "31–69%", 20: "36–64%", 30: "43–57%", 36: "50–50%"}


@given(st.integers(8, 300).flatmap(lambda size: st.tuples(st.just(size), st.integers(4, size // 2))))
def test_twice_the_cases_are_never_less_sure(size: tuple[int, int]) -> None:
    population, half = size
    assert advise(population, 2 * half).width <= advise(population, half).width + 1e-9
