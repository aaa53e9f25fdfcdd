"""The board as text fits the window it is read in."""

from __future__ import annotations

import sys
from pathlib import Path

import pexpect
import pytest

from conftest import CHECKOUT, EXAMPLE, Run
from sqs_core.cli.board_text import board_text
from sqs_core.scoring.findings import count_findings
from sqs_core.storage.folder import open_inspection
from systems import terminals


def lines(width: int) -> list[str]:
    """The example's board in a window of ``width``."""
    folder = open_inspection(EXAMPLE)
    records, _ = folder.cases()
    interviews, _ = folder.interviews()
    summary = count_findings(folder.criteria, records, interviews)
    subsets = summary.subsets
    return board_text(folder, summary, subsets, width=width).split("\n")


@pytest.mark.parametrize("width", [60, 80, 100, 120, 300])
def test_no_line_is_wider_than_the_window(width: int) -> None:
    assert max(map(len, lines(width))) <= width


def test_each_line_tells_the_count_the_range_and_the_groups_and_under_it_what_fell_short() -> None:
    at = next(place for place, line in enumerate(lines(80)) if line.startswith("  risk of harm plan  "))
    assert lines(80)[at : at + 3] == [
        "  risk of harm plan               7  10 ███████▒▒▒       40–89   3/4   4/6   5/5",
        "      07 08 09  (victims' issues not looked at enough 2, no risk management plan",
        "        1, not clear what is to be done 1)",
    ]


def test_in_a_very_wide_window_it_is_one_line_a_question() -> None:
    row = next(line for line in lines(300) if line.startswith("  risk of harm plan  "))
    assert row.split()[4:9] == ["7", "10", "███████▒▒▒", "3/4", "4/6"]
    assert row.endswith("not clear what is to be done 1)")


def test_where_stdout_is_no_terminal_it_is_80_columns(sqs: Run) -> None:
    done = sqs("summary", EXAMPLE)
    assert max(map(len, done.stdout.split("\n"))) == 80


@terminals
def test_on_a_terminal_it_is_as_wide_as_that(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sqs_core.cli", "summary", str(EXAMPLE)]
    env = {"PYTHONPATH": f"{CHECKOUT / 'src'}:{CHECKOUT / 'criteria'}", "PATH": "/usr/bin", "LANG": "C.UTF-8"}
    text = pexpect.run(" ".join(command), env=env, dimensions=(24, 300), cwd=str(tmp_path)).decode()
    assert max(map(len, text.split("\r\n"))) > 130
