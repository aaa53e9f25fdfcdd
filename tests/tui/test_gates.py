"""What makes the screens quick, held without a clock: widgets mounted, bytes painted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import LOOK

import sqs_criteria
from emulator import Terminal
from sqs_core.plugins import load_plugins
from sqs_core.storage.folder import open_inspection
from sqs_core.storage.library import load_criteria
from sqs_core.storage.synthetic import write_synthetic

WIDE: dict[str, Any] = {"width": 120, "height": 40, "environment": {"COLORTERM": ""}}
"""A terminal which asks for no colours but the 256."""


def test_an_answer_and_its_saved_mark_paint_500_bytes_and_the_next_question_8_kib(example: Path) -> None:
    def outcome() -> str | None:
        return open_inspection(example).case("14").record.answers["lor.plan"].outcome

    with Terminal("tui", str(example), **WIDE) as terminal:
        terminal.shows("not good enough so far")
        terminal.press("G14 lor.plan\r", "● y")
        answers, following = [], []
        for key, wanted in zip("nyny", ("insufficient", "sufficient") * 2, strict=True):
            terminal.still()
            before = len(terminal.painted)
            terminal.press(key, f"● {key}")
            terminal.until(lambda wanted=wanted: outcome() == wanted, "the answer on the disk")
            terminal.still()
            answers.append(len(terminal.painted) - before)
        for _ in range(10):
            before, screen = len(terminal.painted), terminal.text
            terminal.press("]")
            terminal.changes(screen)
            terminal.still(0.1)
            following.append(len(terminal.painted) - before)
        terminal.press("q")
        assert terminal.ended() == 0
    assert 0 < min(answers) <= 500  # where the disk is slow, row 1 says so as well
    assert 0 < max(following) <= 8192


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


def mounted(place: Path, number: int, play: Any) -> list[int]:
    """How many widgets question, review, facts and board have on a case under a version of ``number`` questions."""
    rows = (f'{{ id = "q{n}", theme = "t", short = "q{n}", text = "Q {n}?" }}' for n in range(number))
    versions = place / f"versions-{number}"
    versions.mkdir()
    (versions / "many.toml").write_text(VERSION.format(questions=", ".join(rows)))
    sqs_criteria.__path__ = [str(versions)]
    folder = place / f"many-{number}"
    write_synthetic(folder, load_criteria("many"), 2, 1)
    keys = ("Enter", LOOK, "Esc", "F", LOOK, "Esc", "f", LOOK, "Esc", "2", LOOK)
    return [seen.widgets for seen in play(folder, *keys, size=(120, 40)).looks]


def test_the_number_of_questions_does_not_change_the_number_of_widgets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, play: Any
) -> None:
    load_plugins()  # what there is is found once for all tests, and not among these versions
    monkeypatch.setattr(sqs_criteria, "__path__", sqs_criteria.__path__)
    few = mounted(tmp_path, 1, play)
    assert mounted(tmp_path, 500, play) == few
    assert max(few) <= 60
