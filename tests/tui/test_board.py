"""The board: groups of cases, weakest first, the letter's words, and the file it is written to."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import LOOK
from textual import events

from sqs_core.cli import main
from sqs_core.storage.folder import open_inspection
from sqs_tui.app import SqsApp
from sqs_tui.screens.board import BoardScreen

TO_PLAN = ("2", *("Down",) * 8)


def counts_of_the_plan(played: Any) -> list[str]:
    """The k and the n on the line of the risk of harm plan, which has the mark."""
    row: str = next(row for row in played.rows if row.startswith(" ▶ 2.3 risk of harm plan"))
    return row.split()[6:8]


def test_a_key_shows_the_next_group_of_cases_and_after_the_last_every_case_again(
    example: Path, play: Any
) -> None:
    looks = play(example, *TO_PLAN, LOOK, *("|", LOOK) * 4).looks
    assert [*map(counts_of_the_plan, looks)] == [["7", "10"], ["3", "4"], ["4", "6"], ["5", "5"], ["7", "10"]]


@pytest.mark.parametrize(
    ("group", "counts", "size"),
    [
        ("in custody", ["3", "4"], (60, 18)),
        ("in the community", ["4", "6"], (120, 40)),
        ("with a PSR", ["5", "5"], (60, 18)),
    ],
)
def test_a_click_on_a_group_shows_its_cases_alone(
    example: Path, play: Any, group: str, counts: list[str], size: tuple[int, int]
) -> None:
    played = play(example, *TO_PLAN, f"click:{group}", size=size)
    assert counts_of_the_plan(played) == counts
    assert f"[{group} " in played.text


def test_arrows_choose_a_group_where_tab_went_to_the_groups(example: Path, play: Any) -> None:
    played = play(example, *TO_PLAN, "ShiftTab", "Right", "Right")
    assert counts_of_the_plan(played) == ["4", "6"]


def test_a_click_on_a_case_behind_a_line_opens_it_at_that_question(example: Path, play: Any) -> None:
    played = play(example, *TO_PLAN, "click: 08")
    assert "Case 08 · 2.3 Protecting the public" in played.rows[0]
    assert "planning to manage the risk of harm" in played.text


def test_s_puts_the_weakest_line_first(example: Path, play: Any) -> None:
    played = play(example, "2", "s", "6", "Esc")  # and what is left leads back to the board
    assert played.rows[5].startswith(" ▶ 3.2 vulnerability plan ")


def test_the_panel_tells_each_case_with_its_reasons_and_where_the_letter_says_it(
    example: Path, play: Any
) -> None:
    played = play(example, *TO_PLAN, "Enter", LOOK, "Right", size=(120, 40))
    assert "▶ 07  victims' issues" in played.looks[0].text, "the mark is on the first case at once"
    text = played.text
    assert "not good enough" in text
    assert "▶ 08  no risk management plan" in text
    assert "said in 2.2" in text
    assert "Enter opens case 08 here" in text


@pytest.mark.parametrize(
    ("keys", "then"),
    [
        (("down", "down"), " ▶ 1.3 pre-sentence report "),
        (("down", "down", "enter", "enter"), "Case 02"),
        (("escape",), "1 [Cases]"),
    ],
)
def test_a_key_that_moves_among_the_figures_waits_until_they_are_counted(
    example: Path, stage: Any, keys: tuple[str, ...], then: str
) -> None:
    async def go() -> tuple[str, str]:
        app = SqsApp(str(example))
        async with app.run_test(size=(80, 24)) as pilot:
            on = stage(app, pilot)
            await on.records_in()
            app.upkeep.counting = True  # as while many records are counted
            app.workspace.findings, app.workspace.counted = None, -1
            app.post_message(events.Key("2", "2"))
            while not isinstance(app.screen, BoardScreen) or app.busy:
                await asyncio.sleep(0.005)
            await on.wait()
            counting = on.text()
            for key in keys:
                app.post_message(events.Key(key, None))
            await on.wait()
            app.upkeep.counting = False
            app.count()
            await on.settled()
            await on.drawn()
            return counting, on.text()

    counting, text = asyncio.run(go())
    assert "Counting …" in counting
    assert then in text


def test_w_says_the_figure_another_way_in_the_letter(example: Path, play: Any) -> None:
    played = play(example, *TO_PLAN, "w")
    assert "the letter says “" in played.rows[0]
    wording = open_inspection(example).narrative().record.wording
    assert list(wording) == ["roh.plan"]
    assert wording["roh.plan"] == "words"


def written(play: Any, folder: Path, target: Path, *answers: str) -> Any:
    """Write the board to ``target``, and answer what is asked then."""
    return play(folder, *answers, first=("2", "X", "^A", "^K", str(target), "Enter"))


@pytest.mark.parametrize(
    ("name", "renderer"), [("board.html", "board-html"), ("board.svg", "board-svg"), ("b.md", "board")]
)
def test_x_writes_the_file_that_the_command_line_writes(
    name: str, renderer: str, example: Path, tmp_path: Path, play: Any
) -> None:
    played = written(play, example, tmp_path / name)
    assert "written to" in played.rows[0]
    assert main(["report", str(example), "-r", renderer, "-o", str(tmp_path / "same")]) == 0
    assert (tmp_path / name).read_bytes() == (tmp_path / "same").read_bytes()


def test_the_board_as_csv_is_that_of_the_summary(
    example: Path, tmp_path: Path, play: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    written(play, example, tmp_path / "board.csv")
    capsys.readouterr()
    assert main(["summary", str(example), "--csv"]) == 0
    assert (tmp_path / "board.csv").read_text() == capsys.readouterr().out


def test_a_file_that_somebody_edited_is_replaced_only_on_a_yes(
    example: Path, tmp_path: Path, play: Any
) -> None:
    target = tmp_path / "board.html"
    target.write_text("my own words")
    left = written(play, example, target, LOOK, "Enter")
    assert "board.html may have been edited. Replace it, yes or no:" in left.looks[0].text
    assert "nothing was written" in left.rows[0]
    assert target.read_text() == "my own words"
    written(play, example, target, "Back", "Back", "yes", "Enter")
    assert target.read_text().startswith("<!DOCTYPE html>")


def test_a_file_as_it_was_written_from_here_is_replaced_without_a_question(
    example: Path, tmp_path: Path, play: Any
) -> None:
    target = tmp_path / "board.html"
    written(play, example, target)
    before = target.read_bytes()
    play(example, "at:07 roh.plan", "y")
    played = written(play, example, target)
    assert "written to" in played.rows[0]
    assert target.read_bytes() != before


def test_a_name_that_says_no_format_is_refused_with_those_that_do(
    example: Path, tmp_path: Path, play: Any
) -> None:
    played = written(play, example, tmp_path / "board")
    assert "board files end in" in played.text
    assert ".html, .md, .svg" in played.text
    assert not (tmp_path / "board").exists()


def test_what_leaves_by_a_key_is_in_the_history(example: Path, tmp_path: Path, play: Any) -> None:
    play(
        example,
        "^G",
        "07 roh.plan",
        "Enter",
        "y",
        "Esc",
        "2",
        "X",
        "^A",
        "^K",
        str(tmp_path / "b.md"),
        "Enter",
    )
    assert '"what":"render"' in (example / "history.jsonl").read_text().splitlines()[-1]


def test_practice_cases_are_told_as_not_counted(homes: Path, play: Any) -> None:
    folder = homes / "training"
    assert main(["synth", str(folder), "--cases", "3"]) == 0
    assert "3 practice cases not counted" in play(folder, "2").text
