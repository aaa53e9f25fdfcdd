"""How much of a row has to be painted again when another takes its place."""

from __future__ import annotations

from sqs_tui.paint.lines import Line, Span, width_of

APART = 8
"""Cells alike between two changes from which on these are painted each for itself: a move costs as many."""


def cells_changed(before: Line, after: Line) -> list[tuple[int, int]]:
    """Which cells have to be painted so that ``before`` becomes ``after``: from, and up to, each time.

    Both take the same width.
    """
    start, alike = 0, 0
    for one, other in zip(before, after, strict=False):
        if not _alike(one, other):
            break
        start, alike = start + width_of((one,)), alike + 1
    old, new = len(before), len(after)
    while old > alike and new > alike and _alike(before[old - 1], after[new - 1]):
        old, new = old - 1, new - 1
    was, was_styles = _spread(before[alike:old])
    now, now_styles = _spread(after[alike:new])
    width = width_of(after[alike:new])
    if not len(was) == len(now) == width:  # some character takes two cells, or none
        return [(start, start + width)] if width else []
    found: list[tuple[int, int]] = []
    for x in range(width):
        same = was[x] == now[x] and (
            was_styles[x] == now_styles[x] or _blank(now[x], was_styles[x], now_styles[x])
        )
        if same:
            continue
        if found and start + x - found[-1][1] < APART:
            found[-1] = (found[-1][0], start + x + 1)
        else:
            found.append((start + x, start + x + 1))
    return found


def _blank(character: str, *styles: str) -> bool:
    """Whether no style shows: all have one background but the one that turns the colours round."""
    return character == " " and "pick" not in styles


def _alike(one: Span, other: Span) -> bool:
    return one.text == other.text and one.style == other.style


def _spread(row: Line) -> tuple[str, list[str]]:
    """The characters of a row, and the style of each."""
    styles: list[str] = []
    for span in row:
        styles += [span.style] * len(span.text)
    return "".join([span.text for span in row]), styles
