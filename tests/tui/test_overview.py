"""The grid: time and pace, sorting, the case under the cursor, adding a case, tables for analysts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from attrs import evolve
from tests.tui.conftest import LOOK
from textual.content import Content

from sqs_core.criteria import Criteria
from sqs_core.scoring.pace import Pace, TimeSpent
from sqs_core.storage.audit.journal import Actor
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.create import new_inspection
from sqs_core.storage.examples import example_source
from sqs_core.storage.folder import open_inspection
from sqs_tui.pace import Clock
from sqs_tui.screens.overview import _pace_rows

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def worked(folder_path: Path, case: str, who: str, minutes: int, *, most: int = 99) -> None:
    """Answer ``case`` as the example does, at equal steps that take ``minutes``; at most so many answers."""
    source = open_inspection(example_source()).case(case).record
    answers = list(source.answers.items())[:most]
    folder = open_inspection(folder_path)
    session, known = open_session(folder, case)
    session = session.attending(inspector=who)
    for name, value in source.facts.items():
        session = session.setting(name, value)
    record = session.record
    for step in range(len(answers) + 1):
        at = NOON + timedelta(minutes=minutes * step / len(answers))
        actor = Actor(who, partial(datetime.fromisoformat, at.isoformat()))
        known = evolve(folder, actor=actor).save_case(record, expect=known)
        if step < len(answers):
            record = evolve(record, answers=dict([*record.answers.items(), answers[step]]))


def day(homes: Path) -> Path:
    """Three cases: one done in 46 minutes, one begun, one that nobody has looked at."""
    source = open_inspection(example_source())
    inspection = evolve(source.inspection, first_day=NOON.date(), last_day=NOON.date())
    target = homes / "day"
    new_inspection(str(target), inspection, source.criteria, cases=3)
    worked(target, "01", "CN", 46)
    worked(target, "02", "PA", 20, most=6)
    return target


def test_the_grid_tells_the_minutes_that_the_history_shows(homes: Path, play: Any) -> None:
    rows = play(day(homes)).rows
    assert rows[3].endswith("M    ⚑   Done  Time")
    assert [row[-11:].split() for row in rows[4:7]] == [["24/24", "46m"], ["6/24", "20m"], ["0/12", "–"]]


def test_the_wide_grid_tells_the_pace_and_who_has_what_left(homes: Path, play: Any) -> None:
    text = play(day(homes), "Down", size=(120, 40)).text
    assert "█ 1    2 left" in text
    assert "At 46 minutes a case" in text
    told = " ".join(" ".join(row[:80] for row in text.split("\n")).split())
    assert "PA has 1 left. 1 with no inspector yet." in told
    assert "Case 02  YRO 18m  20 min" in text


def test_who_does_not_want_the_time_shown_does_not_see_it(homes: Path, play: Any) -> None:
    folder = day(homes)
    config = homes / "config" / "sqs"
    config.mkdir(parents=True)
    (config / "config.toml").write_text("timer = false\n")
    played = play(folder, size=(120, 40))
    assert "Time" not in played.text
    assert "minutes a case" not in played.text
    assert "46" not in played.text


def test_the_settings_hide_the_time(homes: Path, play: Any) -> None:
    play(day(homes), "^P", "theme page", "Enter", *("Down",) * 4, "Space")
    assert (homes / "config" / "sqs" / "config.toml").read_text() == "timer = false\n"


def test_no_shared_view_tells_the_time(homes: Path, play: Any) -> None:
    played = play(day(homes), "Enter", "Z", size=(120, 40))
    assert "min" not in played.text


def clock(**known: Any) -> Clock:
    pace = {"minutes": 58, "timed": 3, "days": {}, "undated": 0, "left": {"CN": 3, "PA": 2}, "ends": None}
    return Clock(NOON, Pace(**{**pace, **known}), {"01": TimeSpent(60, NOON)}, date(2026, 11, 22))


def said(rows: list[Content]) -> str:
    return " ".join(" ".join(row.plain for row in rows).split())


def test_the_pace_says_when_the_last_case_ends_while_that_is_today(criteria: Criteria) -> None:
    known = clock(ends=NOON + timedelta(hours=4, minutes=50), days={NOON.date(): 4})
    told = said(_pace_rows(criteria, known, 200))
    assert told == (
        "day 2 ████ 4 5 left ! At 58 minutes a case the last one ends 16:50. CN has 3, PA has 2 left. "
        "Time counts from change to change; a pause of more than 15 minutes is left out."
    )


def test_beyond_the_day_the_pace_tells_hours_of_work(criteria: Criteria) -> None:
    told = said(_pace_rows(criteria, clock(ends=NOON + timedelta(hours=9)), 200))
    assert "At 58 minutes a case 9 hours of work are left." in told


def test_s_sorts_by_what_is_left_and_by_inspector(homes: Path, play: Any) -> None:
    folder = day(homes)

    looks = play(folder, LOOK, "s", LOOK, "s", LOOK).looks
    assert [[row[6:8] for row in seen.rows[4:7]] for seen in looks] == [
        ["01", "02", "03"],
        ["02", "03", "01"],
        ["01", "02", "03"],
    ]


def test_a_adds_a_case_and_the_cursor_is_on_it(example: Path, play: Any) -> None:
    played = play(example, "a", "Enter")
    assert any(row.startswith(" ▶ ○  15 ") for row in played.rows)
    assert open_inspection(example).case_ids()[-1] == "15"


def test_x_writes_the_tables_that_the_command_line_writes(
    example: Path, tmp_path: Path, play: Any, capsys: Any
) -> None:
    from sqs_core.cli import main

    here, there = tmp_path / "here", tmp_path / "there"
    played = play(example, "X", "^U", str(here), "Enter")
    assert main(["export", str(example), "--to", str(there)]) == 0
    assert "written to" in played.rows[0]
    written = {path.name: path.read_bytes() for path in here.iterdir()}
    assert written == {path.name: path.read_bytes() for path in there.iterdir()}
    assert "answers.csv" in written


def test_the_panel_tells_reasons_where_there_is_room(homes: Path, play: Any) -> None:
    target = day(homes)
    worked(target, "03", "CN", 20)
    text = play(target, "Down", "Down", size=(120, 40)).text
    assert "Enter its answers" in text
    assert "⚑ 0  + 1 strength" in text
