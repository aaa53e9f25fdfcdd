"""What reaches the terminal is what the screen holds, whatever was painted of it before, and can be read."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path
from typing import Any

from textual.color import Color
from textual.theme import BUILTIN_THEMES

from emulator import Terminal
from sqs_tui.theme import GROUNDS, OURS, READABLE, TEXTS, contrast, with_readable_text

KEYS = ("n", "1", "2", "y", "n", "3", "]", "y", "[", "x", "u", "d", "b")


def test_the_terminal_shows_what_the_screen_holds_after_many_small_changes(
    example: Path, tmp_path: Path, play: Any
) -> None:
    same = tmp_path / "same"
    shutil.copytree(example, same)
    expected = play(example, "G", "07 roh.plan", "Enter", *KEYS, size=(120, 40)).rows[1:]
    with Terminal("tui", str(same), width=120, height=40) as terminal:
        terminal.shows("not good enough so far")
        terminal.press("G", "type 07")
        terminal.press("07 roh.plan")
        terminal.press("\r", "7 yes so far")
        for key in KEYS:
            terminal.press(key)
        terminal.until(lambda: terminal.rows[1:] == expected, "the screen that the same keys led to")


def test_text_can_be_read_in_every_theme_that_can_be_chosen() -> None:
    poor = []
    for theme in (*map(with_readable_text, BUILTIN_THEMES.values()), *OURS.values()):
        shades = theme.to_color_system().generate() | theme.variables
        texts = () if theme.ansi else (*TEXTS, "foreground", "text-muted")
        for name, ground in product(texts, GROUNDS):
            if contrast(Color.parse(shades[name]), Color.parse(shades[ground])) < READABLE:
                poor.append((theme.name, name, ground))
    assert poor == []
