"""Every screen as text, at three sizes, kept in ``screens/`` to be read.

``SQS_DRAW=1 pytest tests/tui/test_screens.py`` writes them anew; look at the difference before
committing it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

KEPT = Path(__file__).parent / "screens"
SIZES = ((60, 18), (80, 24), (120, 40))
AT_ROH_PLAN = ("^G", "07 roh.plan", "Enter")
SCREENS: dict[str, tuple[str, ...]] = {
    "overview": ("Down",) * 6,
    "facts": (*("Down",) * 6, "f", *("Down",) * 6),
    "question": AT_ROH_PLAN,
    "evidence": (*AT_ROH_PLAN, "e"),
    "shared": (*AT_ROH_PLAN, "Z"),
    "review": (*AT_ROH_PLAN, "Back", "l", "ask for the review", "Enter", "F"),
    "board": ("b", *("Down",) * 8),
    "letter": ("4", *("]",) * 6),
    "interviews": ("3", "Right", "Right", "Down"),
    "check": ("5",),
    "commands": ("^P", "case"),
    "go-to": ("G", "victim"),
    "take-away": (*AT_ROH_PLAN, "p"),
    "help": ("?",),
}


def held(name: str, text: str) -> None:
    """Compare ``text`` with the file kept under ``name``; write it where SQS_DRAW is set."""
    file = KEPT / f"{name}.txt"
    if os.environ.get("SQS_DRAW"):
        file.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == file.read_text(encoding="utf-8"), f"{file.name} differs; SQS_DRAW=1 writes it anew"


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_reads_as_it_is_kept_at_three_sizes(name: str, example: Path, play: Any) -> None:
    played = play(example, *SCREENS[name], also=SIZES)
    for size, text in played.sizes.items():
        held(f"{name}-{size}", text)
    assert [len(text.split("\n")) for text in played.sizes.values()] == [18, 24, 40]


@pytest.mark.parametrize("name", ["overview", "question", "board"])
def test_a_screen_can_be_drawn_in_ascii_alone(name: str, example: Path, play: Any) -> None:
    played = play(example, *SCREENS[name], ascii_marks=True)
    assert played.text.isascii()
    held(f"{name}-ascii", played.text)


def test_the_first_screen_of_all_has_one_obvious_key(play: Any) -> None:
    held("start-80x24", play(None).text)


def test_a_window_that_is_too_small_says_the_size_it_needs(example: Path, play: Any) -> None:
    played = play(example, size=(52, 15))
    assert "needs 60×18, this window is 52×15" in played.text
    assert "your work is saved" in played.text
