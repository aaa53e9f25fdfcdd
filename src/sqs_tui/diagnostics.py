"""Whether this computer can save and render: looked into off the UI thread; and the page that tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from textual.content import Content

from sqs_core.errors import SqsError
from sqs_core.plugins import load_plugins
from sqs_core.storage.diagnostics import formats, needed, saving
from sqs_core.storage.folder import open_inspection
from sqs_tui.recent import read_recent
from sqs_tui.styles import DIM, GOOD, TITLE, WARN, beside, fitted, text


def diagnose(state: Path) -> tuple[tuple[str, str], ...]:
    """Return whether this computer can save and render, and what the inspection last open needs, in words."""
    needs: tuple[str, ...] = ()
    last = read_recent(state).recent[:1]
    with suppress(SqsError):  # an inspection that cannot be opened says so when it is
        needs = open_inspection(last[0].path).inspection.needs if last else ()
    marks = {"ok": "✓", "!": "!", "x": "!"}
    return tuple((marks[found.mark], found.what) for found in (*saving(state), *formats(), *needed(needs)))


def computer_page(
    found: Sequence[tuple[str, str]], kept: Sequence[tuple[str, str]], width: int
) -> list[Content]:
    """Return what was found out about this computer, what is installed, and where things are kept."""
    rows = []
    for mark, words in found:
        rows += beside(Content.styled(f"{mark} ", GOOD if mark == "✓" else WARN), words, width)
    registry = load_plugins()
    rows += [Content.empty(), Content.styled("Letters, boards and other reports", TITLE)]
    for offer in registry.renderers:
        lead = fitted(f"  {offer.name}", 15) + fitted(offer.value.suffix, 13)
        rows += beside(lead, offer.value.description, width, DIM)
    rows += [Content.empty(), Content.styled("Criteria", TITLE)]
    rows += [fitted(f"  {offer.name}", 26) + text(offer.distribution, DIM) for offer in registry.criteria]
    rows += [Content.empty(), Content.styled("Kept on this computer", TITLE)]
    return [*rows, *(fitted(f"  {what}", 26) + text(where, DIM) for what, where in kept)]
