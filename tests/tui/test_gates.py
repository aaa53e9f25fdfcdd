"""What makes the screens quick, held without a clock: modules loaded, widgets mounted, bytes painted."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import pexpect
import pytest
from tests.tui.test_screens import SCREENS

import sqs_criteria
from sqs_core.storage.library import load_criteria
from sqs_core.storage.synthetic import write_synthetic

SQS = [sys.executable, "-m", "sqs_core.cli"]
WAITING = ("attr", "cattrs", "tomllib", "tomli", "tomli_w", "json", "hashlib", "importlib.metadata", "pluggy")
"""What reading a record takes, or saving one; the first frame waits for none of it."""
WATCHED = """
import sys
from textual.app import App
display = App._display
def first(self, screen, drawn):
    display(self, screen, drawn)
    if drawn is not None:
        App._display = display
        open({report!r}, "w").write("\\n".join(sorted(sys.modules)))
App._display = first
from sqs_core.cli import main
sys.exit(main(["tui", {folder!r}]))
"""


def in_a_terminal(*command: str) -> pexpect.spawn:
    """A program on a terminal of 120 by 40, which asks for no colours but the 256."""
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": ""}
    return pexpect.spawn(command[0], list(command[1:]), env=environment, dimensions=(40, 120), timeout=20)


def paint(child: pexpect.spawn, key: str = "", quiet: float = 0.6) -> bytes:
    """What is painted for ``key``, until nothing has come for ``quiet`` seconds."""
    child.send(key)
    found = b""
    while True:
        try:
            found += child.read_nonblocking(1 << 16, quiet)
        except pexpect.TIMEOUT:
            return found


def painted(child: pexpect.spawn, key: str = "") -> int:
    """The bytes painted for ``key``."""
    return len(paint(child, key))


def test_the_first_frame_waits_for_no_module_that_reads_or_saves(example: Path, tmp_path: Path) -> None:
    report = tmp_path / "modules.json"
    child = in_a_terminal(sys.executable, "-c", WATCHED.format(report=str(report), folder=str(example)))
    child.expect("reading the records")
    child.expect("not good enough so far")
    child.send("q")
    child.expect(pexpect.EOF)
    loaded = report.read_text().split()
    core = {name for name in loaded if name.startswith("sqs_core.") and not name.startswith("sqs_core.cli")}
    assert [name for name in loaded if name.split(".")[0] in WAITING or name in WAITING] == []
    assert core == {"sqs_core.errors", "sqs_core.state", "sqs_core.storage", "sqs_core.storage.listing"}


def test_an_answer_and_its_saved_mark_paint_500_bytes_and_the_next_question_8_kib(example: Path) -> None:
    child = in_a_terminal(*SQS, "tui", str(example))
    child.expect("not good enough so far")
    for keys in ("G", "14 lor.plan", "\r", "y"):
        painted(child, keys)
    answers = [painted(child, key) for key in "nyny"]
    following = [painted(child, key) for key in "]" * 10]
    child.send("q")
    child.expect(pexpect.EOF)
    assert 0 < min(answers) <= 500  # where the disk is slow, row 1 says so as well
    assert 0 < max(following) <= 8192


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@pytest.mark.parametrize("name", SCREENS)
def test_no_screen_mounts_more_than_sixty_widgets(
    name: str, size: tuple[int, int], example: Path, play: Any
) -> None:
    assert 1 < play(example, *SCREENS[name], size=size).widgets <= 60


VERSION = """
format = 1
id = "many"
title = "A generated version"
source = "generated"
languages = ["en"]
default_outcomes = ["yes", "no"]
outcomes = [
    {{ id = "yes", text = "yes", counts = "sufficient", key = "y", mark = "y" }},
    {{ id = "no", text = "no", counts = "insufficient", key = "n", mark = "n" }},
]
themes = [{{ id = "t", label = "1", title = "T" }}]
facts = [{{ id = "f", text = "A fact" }}]
questions = [{questions}]
"""


def mounted(place: Path, number: int, play: Any) -> dict[str, int]:
    """How many widgets each screen has on a case under a version of ``number`` questions."""
    rows = (f'{{ id = "q{n}", theme = "t", short = "q{n}", text = "Q {n}?" }}' for n in range(number))
    versions = place / f"versions-{number}"
    versions.mkdir()
    (versions / "many.toml").write_text(VERSION.format(questions=", ".join(rows)))
    sqs_criteria.__path__ = [str(versions)]
    folder = place / f"many-{number}"
    write_synthetic(folder, load_criteria("many"), 2, 1)
    ways = {"question": ("Enter",), "review": ("F",), "facts": ("f",), "board": ("b",)}
    return {name: play(folder, *keys, size=(120, 40)).widgets for name, keys in ways.items()}


def test_the_number_of_questions_does_not_change_the_number_of_widgets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, play: Any
) -> None:
    monkeypatch.setattr(sqs_criteria, "__path__", sqs_criteria.__path__)
    few = mounted(tmp_path, 1, play)
    assert mounted(tmp_path, 500, play) == few
    assert max(few.values()) <= 60
