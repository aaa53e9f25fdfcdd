"""After the letter, in plain mode: actions followed up, and the comparison with the screening before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

from conftest import EXAMPLE


def test_actions_and_the_screening_before_are_words_too(
    sqs: Callable[..., CompletedProcess[str]], tmp_path: Path
) -> None:
    for name in ("before", "now"):
        shutil.copytree(EXAMPLE, tmp_path / name)
    typed = (
        "actions add ii: Train the team",
        "actions 1 started Half trained",
        "actions",
        "compare before",
        "quit",
    )
    said = sqs("screen", "now", "--plain", typed=typed, cwd=tmp_path).stdout
    for words in (
        "Added as action 1.", "Action 1: started.", "1 action, 0 overdue.", "started: Half trained",
        "Take care: the days of fieldwork overlap", "cannot be told at these sizes; the shares are the same",
    ):  # fmt: skip
        assert words in said
