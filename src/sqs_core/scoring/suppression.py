"""Suppress small counts, so that nothing shown can identify a child, not even a total.

A figure with few children behind it is left out (primary suppression).  Where the whole is shown that it is
a part of, one part alone left out would be the whole less the others; so a second goes with it, and more
until at least ``least`` children stand behind what is left out of a whole (secondary suppression: Hundepool
and others (2012), Statistical Disclosure Control, chapter 4).  The part with the fewest children goes first.
Tables handed out together are looked at together: what one shows could give away what another leaves out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

LEAST = 5
"""The fewest children behind a figure that is shown."""

Suppressed = Literal["small", "total"]
"""Why a figure is left out: few children, or because a total would give another one away."""

Part = tuple[str, str]
Cell = frozenset[Part]
"""What a figure is of: each column that it is counted by, with the value; the empty one is of all."""


def suppressed_cells(
    children: Mapping[Cell, int], least: int = LEAST, *, within: Mapping[Part, Part] | None = None
) -> dict[Cell, Suppressed]:
    """Return the figures to leave out, each with why.

    A count of nobody is shown: there is no child in it to identify.

    Args:
        children: how many children are behind each figure shown, totals too.
        least: a figure has at least so many.
        within: what each value is a part of, such as a question of its theme.
    """
    found: dict[Cell, Suppressed] = {cell: "small" for cell, number in children.items() if 0 < number < least}
    lines = _lines(children, within or {})
    changed = bool(found)
    while changed:
        changed = False
        for (total, _), cells in lines.items():
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


def _lines(children: Mapping[Cell, int], within: Mapping[Part, Part]) -> dict[tuple[Cell, str], list[Cell]]:
    """Return, for each whole that is shown and each column that parts it, its parts."""
    found: dict[tuple[Cell, str], list[Cell]] = {}
    for cell in children:
        for part in sorted(cell):
            rest = cell - {part}
            wholes = {rest: None} | ({rest | {within[part]}: None} if part in within else {})
            for whole in wholes:
                if whole in children:
                    found.setdefault((whole, part[0]), []).append(cell)
    return found
