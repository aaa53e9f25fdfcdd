"""Every screen as text, at three sizes, kept in ``screens/`` to be read.

``SQS_DRAW=1 pytest tests/tui/test_screens.py`` writes them anew; look at the difference before
committing it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Staged
from twice import gone_apart, marked_twice

KEPT = Path(__file__).parent / "screens"
SIZES = ((60, 18), (80, 24), (120, 40))
EVERY = 1 if os.environ.get("SQS_EVERY_SCREEN") or os.environ.get("SQS_DRAW") else 3
"""Of how many kept screens one is compared."""
AT_ROH_PLAN = ("at:07 roh.plan",)
REPORT = """paste:Pre-sentence report. Made-up text, for trying the screens.

The young person has two earlier convictions. He was seen at home and at the office.
Page 1 of 2
He and his former partner have a child. She has told police that she is afraid
of him when he has been drinking.

The victim liaison officer was not asked. She is afraid of him still.
Page 2 of 2
"""
READING = (*AT_ROH_PLAN, "v", REPORT, "Enter", "/", "afraid of him", "Enter")
SCREENS: dict[str, tuple[str, ...]] = {
    "overview": ("Down",) * 6,
    "facts": (*("Down",) * 6, "f", *("Down",) * 6),
    "question": AT_ROH_PLAN,
    "evidence": (*AT_ROH_PLAN, "e"),
    "text": READING,
    "text-moved": (*READING, "V"),
    "text-none": (*AT_ROH_PLAN, "v"),
    "jump": (*AT_ROH_PLAN, "^O"),
    "shared": (*AT_ROH_PLAN, "Z"),
    "review": (*AT_ROH_PLAN, "Back", "l", "ask for the review", "Enter", "F"),
    "board": ("2", *("Down",) * 8),
    "letter": ("4", *("]",) * 8),
    "paragraph": ("4", *("]",) * 8, "E"),
    "interviews": ("3", "Right", "Right", "Down"),
    "check": ("5",),
    "commands": ("^P", "case"),
    "go-to": ("G", "victim"),
    "take-away": (*AT_ROH_PLAN, "p"),
    "help": ("?",),
}

BOXES = ("jump", "commands", "go-to", "help")
"""Boxes over a screen, which are drawn at each size from the start."""
WRITTEN = ("e", "the log has it", "Esc")
AT_MODERATION = ("m", "Down", "Right", *WRITTEN)
AT_OVERRIDE = ("at:02 roh.plan", "M", "n", "e", "no victim named", "Esc", "A", "lead", "Enter")
AT_MERGE = ("^P", "inspection.merge", "Enter", "Enter")
STAGED: dict[str, tuple[Callable[[Path], object], tuple[str, ...]]] = {
    "moderation": (marked_twice, AT_MODERATION),
    "moderation-why": (marked_twice, (*AT_MODERATION, "e")),
    "moderation-reasons": (marked_twice, (*AT_MODERATION, "Down", "=", "N")),
    "moderation-effect": (marked_twice, (*AT_MODERATION, "W")),
    "override": (lambda path: None, AT_OVERRIDE),
    "merge-folders": (gone_apart, AT_MERGE[:-1]),
    "merge": (gone_apart, (*AT_MERGE, "Enter", "Right")),
    "merge-effect": (gone_apart, (*AT_MERGE, ">", *WRITTEN, "Down", *WRITTEN, "W")),
}


def held(name: str, text: str) -> None:
    """Compare ``text`` with the file kept under ``name``; write it where SQS_DRAW is set."""
    file = KEPT / f"{name}.txt"
    if os.environ.get("SQS_DRAW"):
        file.write_text(text + "\n", encoding="utf-8")
    assert text + "\n" == file.read_text(encoding="utf-8"), f"{file.name} differs; SQS_DRAW=1 writes it anew"


@pytest.mark.parametrize("name", list(SCREENS)[::EVERY])
def test_a_screen_reads_as_it_is_kept_at_three_sizes_and_mounts_at_most_sixty_widgets(
    name: str, example: Path, play: Any
) -> None:
    if name in BOXES:
        each = [play(example, *SCREENS[name], size=size) for size in SIZES]
        sizes = {f"{w}x{h}": played.text for (w, h), played in zip(SIZES, each, strict=True)}
    else:
        each = [play(example, *SCREENS[name], also=SIZES)]
        sizes = each[0].sizes
    for size, text in sizes.items():
        held(f"{name}-{size}", text)
    assert [len(text.split("\n")) for text in sizes.values()] == [18, 24, 40]
    assert all(1 < played.widgets <= 60 for played in each), "few widgets are mounted, which makes it quick"


def test_the_second_screen_reads_as_it_is_kept_at_three_sizes(example: Path) -> None:
    from sqs_core.storage.folder import open_inspection
    from sqs_core.storage.watch import Following, Watch
    from sqs_tui.second_screen import SecondScreenApp

    following = Following(Watch(open_inspection(example), "07"), question="roh.plan")
    following.poll()

    async def drawn(size: tuple[int, int]) -> str:
        app = SecondScreenApp(following)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            strips = app.screen._compositor.render_strips()
            return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)

    for width, height in SIZES:
        held(f"view-{width}x{height}", asyncio.run(drawn((width, height))))


@pytest.mark.parametrize("name", list(STAGED)[::EVERY])
def test_a_screen_to_choose_on_reads_as_it_is_kept_at_three_sizes(
    name: str, staged: Staged, tmp_path: Path, play: Any
) -> None:
    stage, keys = STAGED[name]
    example = staged(stage, tmp_path)
    for size, text in play(example, *keys, also=SIZES).sizes.items():
        held(f"{name}-{size}", text)


@pytest.mark.parametrize("name", ["moderation", "merge"])
def test_a_screen_to_choose_on_can_be_drawn_in_ascii_alone(
    name: str, staged: Staged, tmp_path: Path, play: Any
) -> None:
    stage, keys = STAGED[name]
    played = play(staged(stage, tmp_path), *keys, ascii_marks=True)
    assert played.text.isascii()
    held(f"{name}-ascii", played.text)


@pytest.mark.parametrize("name", ["overview", "question", "text", "jump", "board"])
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
