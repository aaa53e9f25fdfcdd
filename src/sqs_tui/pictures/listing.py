"""The cases by their names, at the places where the grid has them: all that is known before they are read."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_tui.paint.lines import Line, Part, beside, line, rule, short
from sqs_tui.pictures.edges import tabs

WIDE, PANEL = 110, 38
"""From how many cells on a case has a panel beside the grid, and how many cells that takes."""
SUMS, PACE = 4, 6
"""Rows under the grid, and the most that the pace of the days takes of a wide window."""


def listing(names: Sequence[str], width: int, height: int) -> list[Line]:
    """As many of ``names`` as the grid will have room for, whatever is found in the records."""
    side = width >= WIDE and bool(names)
    head = [tabs("Cases", width), rule(width)]
    room = height - len(head) - 1 - SUMS - (PACE if width >= WIDE else 0)
    rows: list[Line] = [line((head_cells().rstrip(), "dim"))]
    rows += [line(*case_cells(name)) for name in names[: max(1, room)]]
    if side:
        rows = beside([(rows, width - PANEL - 2), ((), PANEL)], gap="│ ", height=height - len(head))
    return [*head, *rows]


def head_cells() -> str:
    """The head of the columns that every window has room for."""
    return "      Case  "


def case_cells(case: str, mark: tuple[str, str] = (" ", ""), *, here: bool = False) -> list[Part]:
    """What a row of the grid begins with: whether it has the cursor, the mark of the case, its name."""
    return [
        (" ▶ " if here else "   ", "here"),
        mark,
        (f"  {short(case, 5):<5} ", "here" if here else ""),
    ]
