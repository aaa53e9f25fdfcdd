"""What leaves by a key from the other screens: take-away sheets; and what this computer can do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sqs_core.cli import main


@pytest.mark.parametrize(("name", "more"), [("sheet.txt", ()), ("sheet.html", ("--html",))])
def test_the_take_away_sheet_is_that_of_the_command_line(
    name: str, more: tuple[str, ...], example: Path, tmp_path: Path, play: Any
) -> None:
    target, same = tmp_path / name, tmp_path / "same"
    played = play(example, "p", "X", "^A", "^K", str(target), "Enter")
    assert "written to" in played.rows[0]
    assert main(["takeaway", str(example), "01", *more, "-o", str(same)]) == 0
    assert target.read_bytes() == same.read_bytes()


def test_a_sheet_that_somebody_wrote_on_is_not_replaced_without_a_yes(
    example: Path, tmp_path: Path, play: Any
) -> None:
    target = tmp_path / "sheet.txt"
    target.write_text("and this we agreed on the way out")
    keys = ("p", "X", "^A", "^K", "mine.txt", "Enter", "X", "^A", "^K", str(target), "Enter")
    play(example, "Enter", first=keys)
    assert target.read_text() == "and this we agreed on the way out"
    assert (example / "mine.txt").exists(), "a name alone is beside the one that was proposed"


def test_d_tells_what_this_computer_can_do(play: Any) -> None:
    text = play(None, "F2", size=(120, 40)).text
    assert "✓ records can be written and locked" in text
    assert "board-svg    .svg" in text


def test_an_inspection_that_needs_what_is_not_installed_says_so_on_the_start_screen(
    example: Path, play: Any
) -> None:
    file = example / "inspection.toml"
    file.write_text(file.read_text().replace("format = 1\n", 'format = 1\nneeds = ["sqs-cymraeg"]\n', 1))
    play(example, "Enter")
    assert "this inspection needs sqs-cymraeg" in play(None).text
