"""Leaving out small counts of a table, so that no child is made known by it, not even by a total.

A cell with few children behind it is left out (primary suppression).  Where a row or a column has a total,
one cell alone left out would be the total less the others; so a second goes with it, and more until at least
``least`` children stand behind what a line leaves out (secondary suppression: Hundepool and others (2012),
Statistical Disclosure Control, chapter 4).  The cell with the fewest children goes first.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from typing import Literal

LEAST = 5
"""A figure has at least so many children behind it."""

TOTAL = "total"
"""The row, or the column, of the totals."""

Suppressed = Literal["small", "total"]
"""Why a cell is left out: few children, or because a total would give another one away."""

Grid = Mapping[tuple[Hashable, Hashable], int]
"""How many children are behind each cell, by row and column; of them :data:`TOTAL`."""


def suppressed_cells(children: Grid, least: int = LEAST) -> dict[tuple[Hashable, Hashable], Suppressed]:
    """Return the cells of a table to leave out, each with why.

    ``children`` has the totals too, where they are shown, in the row or column :data:`TOTAL`.  A cell with
    nobody behind it is shown: there is no child in it.
    """
    found: dict[tuple[Hashable, Hashable], Suppressed] = {
        cell: "small" for cell, number in children.items() if 0 < number < least
    }
    lines = list(_lines(children))
    changed = bool(found)
    while changed:
        changed = False
        for cells, total in lines:
            missing = [cell for cell in cells if cell in found]
            shown = [cell for cell in cells if cell not in found and children[cell]]
            alone = len(missing) == 1 or sum(children[cell] for cell in missing) < least
            if missing and alone and total not in found and shown:
                found[min(shown, key=children.__getitem__)] = "total"
                changed = True
            elif missing and total not in found and not shown and len(missing) == 1:
                found[total] = "total"  # the line has this one cell, and its total says the same
                changed = True
            elif not missing and total in found and shown:
                # The total is left out for another line's sake, and its parts would add up to it.
                found[min(shown, key=children.__getitem__)] = "total"
                changed = True
    return found


def _lines(children: Grid) -> Iterator[tuple[list[tuple[Hashable, Hashable]], tuple[Hashable, Hashable]]]:
    """Yield the cells of each row and column that has a total, with it."""
    rows = dict.fromkeys(row for row, _ in children)
    columns = dict.fromkeys(column for _, column in children)
    for row in rows:
        if (row, TOTAL) in children:
            yield [(row, c) for c in columns if c != TOTAL and (row, c) in children], (row, TOTAL)
    for column in columns:
        if (TOTAL, column) in children:
            yield [(r, column) for r in rows if r != TOTAL and (r, column) in children], (TOTAL, column)
