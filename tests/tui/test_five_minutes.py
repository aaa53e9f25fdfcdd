"""The first five minutes, key by key, in a real terminal: from an empty start screen to throwing practice away."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from emulator import Terminal

ENTER, ESC, LEFT, RIGHT, DOWN, COMMANDS = "\r", "\x1b", "\x1b[D", "\x1b[C", "\x1b[B", "\x10"


@pytest.fixture(params=[(80, 24), (120, 40)], ids=["80x24", "120x40"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return request.param


def test_the_first_five_minutes(homes: Path, size: tuple[int, int]) -> None:
    width, height = size
    with Terminal(width=width, height=height) as desk:
        # 0:20  An empty state with one obvious key.
        assert "▶ t  Try it" in desk.shows("Nothing here yet")
        desk.shows("✓ records can be written and locked")
        # 0:30  The facts are filled in; nothing is asked before the first answer.
        assert "Practice" in desk.press(ENTER, until="the facts of this practice case are filled in")
        desk.press(ENTER, until="Does the first assessment explain")
        # 0:45  Two keys are an answer.
        assert "0 of 24" in desk.shows("y yes, n no, then Enter")
        desk.press("y", until="✓ saved")
        # 1:15  A no, with its reason.
        desk.press(ENTER, until="Was the first assessment finished on time?")
        assert "1 of 24" in desk.rows[0]
        desk.press("n", until="tick why with 1–9")
        desk.press("1", until="1 [x] late")
        desk.press("2", until="2 [x] another reason")
        # 1:40  A sentence; the tip says that Esc keeps it.
        desk.press("e", until="Esc keeps it")
        desk.press("Three weeks late; nobody asked why", until="nobody asked why")
        # 2:00  Someone knocks, and the lid is shut.
        desk.shows("✓ saved")
        where = desk.cursor
        desk.child.kill(signal.SIGHUP)
        assert desk.ended() == 128 + signal.SIGHUP

    with Terminal(width=width, height=height) as desk:
        screen = desk.shows("Carry on")
        assert "next: case 01, first assessment on time" in screen
        desk.press(ENTER, until="▸e Evidence")
        desk.shows("Three weeks late; nobody asked why")
        desk.points_at(where)
        desk.press(" then.", until="asked why then.")
        # 2:40  To come back to, with why.
        desk.press(ESC, until="▸Judgement")
        desk.press("l", until="Come back later, because:")
        desk.press("ask for the November review", until="November review")
        desk.press(ESC, until="⚑ come back: ask for")
        # 3:00  The grid, the board, and the cases behind a line.
        assert "1 to come back to" in desk.press(ESC, until="[Cases]")
        assert "⚑" in next(row for row in desk.rows if "  01  " in row)
        assert "4    4  ████" in desk.press("b", until="[Board]")
        desk.press(DOWN, until="▶ first assessment on time")
        assert "03" in desk.press(ENTER, until="choose a case")
        # 3:40  The letter: a figure, the answer behind it changed, the figure changed.
        desk.press("4", until="{cases|total}")
        while "▸three of the four cases◂" not in (before := desk.text):
            desk.press(RIGHT)
            desk.changes(before)
        desk.press("G02 lor.assess.timely" + ENTER, until="Case 02")
        assert "▶ y" in desk.text
        desk.press("n", until="▶ n")
        desk.press(ESC, until="▸two of the four cases◂")
        # 4:20  The case manager's side.
        desk.press("1", until="[Cases]")
        desk.press(ENTER, until="▸Judgement")
        assert "Evidence" not in desk.press("Z", until="Shared view")
        desk.press("Z", until="▸Judgement")
        # 4:40  Both ways of finding the rest.
        desk.press("?", until="Help")
        desk.press(ESC, until="▸Judgement")
        desk.press(COMMANDS, until="Commands")
        desk.press(ESC, until="▸Judgement")
        # 5:00  Thrown away, and said.
        desk.press("q")
        assert desk.ended() == 0
    assert not (homes / "state" / "sqs" / "practice").exists()
    with Terminal(width=width, height=height) as desk:
        assert "Nothing here yet" in desk.shows("Carry on")
