"""The first five minutes, key by key, in a real terminal: from an empty start screen to throwing practice away."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from emulator import Terminal

ENTER, ESC, LEFT, RIGHT, DOWN, COMMANDS = "\r", "\x1b", "\x1b[D", "\x1b[C", "\x1b[B", "\x10"


SIZES = [(80, 24), (120, 40)][: 2 if os.environ.get("SQS_EVERY_SCREEN") else 1]


@pytest.fixture(params=SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param


def chosen_figure(terminal: Terminal) -> str:
    """What is told of the figure in hand, its name and its count; "" while there is none."""
    rows = terminal.rows
    place = next((number for number, row in enumerate(rows) if "figure  " in row), None)
    if place is None:
        return ""
    column = rows[place].index("figure  ") + len("figure  ")
    return " ".join(row[column:].strip() for row in rows[place : place + 2])


def test_the_first_five_minutes(homes: Path, size: tuple[int, int]) -> None:
    width, height = size
    with Terminal(width=width, height=height) as terminal:
        # 0:20  An empty state with one obvious key.
        terminal.shows("Nothing here yet", "▶ t  Try it")
        terminal.shows("✓ records can be written and locked")
        # 0:30  The facts are filled in; nothing is asked before the first answer.
        terminal.press(ENTER, "the facts of this practice case are filled in", "Practice")
        terminal.press(ENTER, "Does the first assessment explain")
        # 0:45  Two keys are an answer.
        terminal.shows("y yes, n no, then Enter", "0 of 24")
        terminal.press("y", "✓ saved")
        # 1:15  A no, with its reason.
        terminal.press(ENTER, "Was the first assessment finished on time?", "1 of 24")
        terminal.press("n", "tick why with 1–9")
        terminal.press("1", "1 [x] late")
        terminal.press("2", "2 [x] another reason")
        # 1:40  A sentence; the tip says that Esc keeps it.
        terminal.press("e", "Esc keeps it")
        terminal.press("Three weeks late; nobody asked why", "nobody asked why")
        # 2:00  Someone knocks, and the lid is shut.
        terminal.shows("✓ saved")
        where = terminal.cursor
        terminal.child.kill(signal.SIGHUP)
        assert terminal.ended() == 128 + signal.SIGHUP

    with Terminal(width=width, height=height) as terminal:
        terminal.shows("Carry on", "next: case 01, first assessment on time")
        terminal.press(ENTER, "▸e Evidence")
        terminal.shows("Three weeks late; nobody asked why")
        terminal.points_at(where)
        terminal.press(" then.", "asked why then.")
        # 2:40  To come back to, with why.
        terminal.press(ESC, "▸Judgement")
        terminal.press("l", "Come back later, because:")
        terminal.press("ask for the November review", "November review")
        terminal.press(ESC, "⚑ come back: ask for")
        # 3:00  The grid, the board, and the cases behind a line.
        terminal.press(ESC, "[Cases]", "1 to come back to")
        assert "⚑" in next(row for row in terminal.rows if "  01  " in row)
        terminal.press("2", "[Board]", "4    4  ████")
        terminal.press(DOWN, "▶ 1.2 first assessment on time")
        terminal.press(ENTER, "choose a case", "03")
        # 3:40  The letter: a figure, the answer behind it changed, the figure changed.
        terminal.press("4", "cases screened")
        terminal.press(RIGHT * 2)
        terminal.until(lambda: "first assessment on time" in chosen_figure(terminal), "the figure in hand")
        terminal.shows("▸three of the four cases◂")
        terminal.press("G02 lor.assess.timely" + ENTER, "Case 02", "● y")
        terminal.press("n", "● n")
        terminal.press(ESC, "▸two of the four cases◂")
        # 4:20  The case manager's side.
        terminal.press("1", "[Cases]")
        terminal.press(ENTER, "▸Judgement")
        terminal.press("Z", "Shared view")
        terminal.until(lambda: "Evidence" not in terminal.text, "the view without what is private")
        terminal.press("Z", "▸Judgement")
        # 4:40  Both ways of finding the rest.
        terminal.press("?", "Help ▸")
        terminal.press(ESC)
        terminal.until(lambda: "Help ▸" not in terminal.text, "the help closed")
        terminal.press(COMMANDS, "type some letters")
        terminal.press(ESC)
        terminal.until(lambda: "type some letters" not in terminal.text, "the commands closed")
        # 5:00  Thrown away, and said.
        terminal.press("q")
        assert terminal.ended() == 0
    assert not (homes / "state" / "sqs" / "practice").exists()
    with Terminal(width=width, height=height) as terminal:
        terminal.shows("Carry on", "Nothing here yet")
