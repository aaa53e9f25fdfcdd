"""The page on this computer: what it can do, which formats and criteria are installed, what is kept where."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from sqs_core.plugins import load_plugins
from sqs_tui.styles import DIM, GOOD, TITLE, WARN, fitted, text


def computer_page(found: Sequence[tuple[str, str]], kept: Sequence[tuple[str, str]]) -> list[Content]:
    """Return what was found out about this computer, what is installed, and where things are kept."""
    rows = [Content.styled(f"{mark} ", GOOD if mark == "✓" else WARN) + text(words) for mark, words in found]
    registry = load_plugins()
    rows += [Content.empty(), Content.styled("Letters, boards and other reports", TITLE)]
    rows += [
        fitted(f"  {offer.name}", 15) + fitted(offer.value.suffix, 13) + text(offer.value.description, DIM)
        for offer in registry.renderers
    ]
    rows += [Content.empty(), Content.styled("Criteria", TITLE)]
    rows += [fitted(f"  {offer.name}", 26) + text(offer.distribution, DIM) for offer in registry.criteria]
    rows += [Content.empty(), Content.styled("Kept on this computer", TITLE)]
    return [*rows, *(fitted(f"  {what}", 26) + text(where, DIM) for what, where in kept)]
