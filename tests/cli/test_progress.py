"""Long work shows how far it is, where somebody watches, and nothing of it elsewhere."""

from __future__ import annotations

import io
import os
import sys

import pytest

from sqs_core.cli import progress
from sqs_core.cli.progress import progress_bar


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_a_bar_is_drawn_on_a_terminal_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.openpty()
    monkeypatch.setattr(progress, "APPEARS_AFTER", 0)
    monkeypatch.setenv("TERM", "xterm")
    drawn = ""
    with os.fdopen(writing, "w") as terminal:
        monkeypatch.setattr(sys, "stderr", terminal)
        with progress_bar("reading") as on_progress:
            on_progress(2, 3)
        print("after the bar", file=terminal, flush=True)
        while "after the bar" not in drawn:  # a terminal hands on a part of what was written at a time
            drawn += os.read(reading, 10_000).decode()
    os.close(reading)
    drawn = drawn.partition("after the bar")[0]
    assert "reading" in drawn
    assert "2/3" in drawn
    assert drawn.endswith("\x1b[2K")  # the line is cleared again


def test_nothing_is_drawn_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "APPEARS_AFTER", 0)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with progress_bar("reading") as on_progress:
        on_progress(2, 3)
    assert sys.stderr.getvalue() == ""  # type: ignore[attr-defined]
