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


def chosen_figure(desk: Terminal) -> str:
    """What is told of the figure in hand, its name and its count; "" while there is none."""
    rows = desk.rows
    place = next((number for number, row in enumerate(rows) if "figure  " in row), None)
    if place is None:
        return ""
    column = rows[place].index("figure  ") + len("figure  ")
    return " ".join(row[column:].strip() for row in rows[place : place + 2])


def test_the_first_five_minutes(homes: Path, size: tuple[int, int]) -> None:
    width, height = size
    with Terminal(width=width, height=height) as desk:
        # 0:20  An empty state with one obvious key.
        desk.shows("Nothing here yet", "▶ t  Try it")
        desk.shows("✓ records can be written and locked")
        # 0:30  The facts are filled in; nothing is asked before the first answer.
        desk.press(ENTER, "the facts of this practice case are filled in", "Practice")
        desk.press(ENTER, "Does the first assessment explain")
        # 0:45  Two keys are an answer.
        desk.shows("y yes, n no, then Enter", "0 of 24")
        desk.press("y", "✓ saved")
        # 1:15  A no, with its reason.
        desk.press(ENTER, "Was the first assessment finished on time?", "1 of 24")
        desk.press("n", "tick why with 1–9")
        desk.press("1", "1 [x] late")
        desk.press("2", "2 [x] another reason")
        # 1:40  A sentence; the tip says that Esc keeps it.
        desk.press("e", "Esc keeps it")
        desk.press("Three weeks late; nobody asked why", "nobody asked why")
        # 2:00  Someone knocks, and the lid is shut.
        desk.shows("✓ saved")
        where = desk.cursor
        desk.child.kill(signal.SIGHUP)
        assert desk.ended() == 128 + signal.SIGHUP

    with Terminal(width=width, height=height) as desk:
        desk.shows("Carry on", "next: case 01, first assessment on time")
        desk.press(ENTER, "▸e Evidence")
        desk.shows("Three weeks late; nobody asked why")
        desk.points_at(where)
        desk.press(" then.", "asked why then.")
        # 2:40  To come back to, with why.
        desk.press(ESC, "▸Judgement")
        desk.press("l", "Come back later, because:")
        desk.press("ask for the November review", "November review")
        desk.press(ESC, "⚑ come back: ask for")
        # 3:00  The grid, the board, and the cases behind a line.
        desk.press(ESC, "[Cases]", "1 to come back to")
        assert "⚑" in next(row for row in desk.rows if "  01  " in row)
        desk.press("2", "[Board]", "4    4  ████")
        desk.press(DOWN, "▶ first assessment on time")
        desk.press(ENTER, "choose a case", "03")
        # 3:40  The letter: a figure, the answer behind it changed, the figure changed.
        desk.press("4", "cases screened")
        while "first assessment on time" not in (before := chosen_figure(desk)):
            desk.press(RIGHT)
            desk.until(lambda before=before: chosen_figure(desk) not in ("", before), "another figure")
        desk.shows("▸three of the four cases◂")
        desk.press("G02 lor.assess.timely" + ENTER, "Case 02", "▶ y")
        desk.press("n", "▶ n")
        desk.press(ESC, "▸two of the four cases◂")
        # 4:20  The case manager's side.
        desk.press("1", "[Cases]")
        desk.press(ENTER, "▸Judgement")
        desk.press("Z", "Shared view")
        desk.until(lambda: "Evidence" not in desk.text, "the view without what is private")
        desk.press("Z", "▸Judgement")
        # 4:40  Both ways of finding the rest.
        desk.press("?", "Help ▸")
        desk.press(ESC)
        desk.until(lambda: "Help ▸" not in desk.text, "the help closed")
        desk.press(COMMANDS, "type some letters")
        desk.press(ESC)
        desk.until(lambda: "type some letters" not in desk.text, "the commands closed")
        # 5:00  Thrown away, and said.
        desk.press("q")
        assert desk.ended() == 0
    assert not (homes / "state" / "sqs" / "practice").exists()
    with Terminal(width=width, height=height) as desk:
        desk.shows("Carry on", "Nothing here yet")
