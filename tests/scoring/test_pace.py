"""How long cases take, by the moments at which they were changed, and when the last one ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from sqs_core.scoring.pace import PAUSE, CaseWork, Moment, Pace, TimeSpent, estimate_pace, time_spent

NOON = datetime(2012, 11, 27, 12, 0, tzinfo=UTC)


def at(minutes: float, case: str = "07", who: str = "CN") -> Moment:
    return Moment(who, case, NOON + timedelta(minutes=minutes))


def work(case: str, who: str, done: int, asked: int = 20, minutes: int | None = None) -> CaseWork:
    spent = None if minutes is None else TimeSpent(minutes * 60, NOON)
    return CaseWork(case, who, Fraction(asked - done, asked), spent)


def test_time_runs_from_change_to_change_and_leaves_a_pause_out() -> None:
    assert time_spent([at(0), at(4), at(10), at(50), at(53)]) == {
        "07": TimeSpent(13 * 60, NOON + timedelta(minutes=53))
    }


def test_a_gap_in_which_the_same_person_changed_another_case_belongs_to_neither() -> None:
    spent = time_spent([at(0), at(3), at(8, "09"), at(10, "09"), at(12)])
    assert {case: s.seconds for case, s in spent.items()} == {"07": 180, "09": 120}


def test_two_people_at_once_are_each_timed_in_their_own_case() -> None:
    spent = time_spent([at(0), at(1, "09", "PA"), at(5), at(9, "09", "PA")])
    assert {case: s.minutes for case, s in spent.items()} == {"07": 5, "09": 8}


def test_one_change_alone_shows_no_time() -> None:
    assert time_spent([at(0)]) == {"07": TimeSpent(0, NOON)}


@given(st.lists(st.tuples(st.integers(0, 500), st.sampled_from(["07", "09"]), st.sampled_from("AB"))))
def test_no_person_is_ever_timed_for_more_than_went_by(told: list[tuple[int, str, str]]) -> None:
    moments = [at(minutes, case, who) for minutes, case, who in told]
    spent = time_spent(moments)
    went_by = {who: [m.at for m in moments if m.who == who] for who in "AB"}
    most = sum((max(t) - min(t)).total_seconds() for t in went_by.values() if t)
    assert sum(s.seconds for s in spent.values()) <= most
    assert set(spent) == {m.case for m in moments}
    assert PAUSE == 15


def test_the_pace_is_the_median_case_and_tells_who_has_what_left_and_when_it_ends() -> None:
    cases = [
        work("01", "CN", 20, minutes=56),
        work("02", "CN", 20, minutes=71),
        work("03", "PA", 20, minutes=58),
        work("04", "PA", 20),  # answered elsewhere: no change was seen
        work("07", "CN", 5, minutes=12),
        work("08", "CN", 0),
        work("09", "PA", 19, minutes=53),
    ]
    assert estimate_pace(cases, NOON) == Pace(
        minutes=58,
        timed=3,
        days={date(2012, 11, 27): 3},
        undated=1,
        left={"CN": 2, "PA": 1},
        ends=NOON + timedelta(minutes=102),  # 1.75 cases of 58 minutes, rounded to the even minute
    )


def test_a_case_without_an_inspector_goes_to_whoever_has_the_least_left() -> None:
    cases = [work("01", "CN", 20, minutes=60), work("02", "PA", 0), work("03", "", 0)]
    known = estimate_pace(cases, NOON)
    assert (known.left, known.ends) == ({"": 1, "PA": 1}, NOON + timedelta(minutes=60))


def test_without_a_complete_case_there_is_no_pace_and_no_end() -> None:
    known = estimate_pace([work("01", "CN", 3, minutes=9), work("02", "CN", 0)], NOON)
    assert known == Pace(None, 0, {}, 0, {"CN": 2}, None)


def test_a_day_is_one_by_the_clock_on_the_wall() -> None:
    east = timezone(timedelta(hours=13))
    known = estimate_pace([work("01", "CN", 20, minutes=60)], NOON.astimezone(east))
    assert known.days == {date(2012, 11, 28): 1}
