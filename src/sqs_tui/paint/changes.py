"""How much of a row has to be painted again when another takes its place."""

from __future__ import annotations

from sqs_tui.paint.lines import Line, Span, width_of


def cells_changed(before: Line, after: Line) -> int:
    """How many cells from the left have to be painted so that ``before`` becomes ``after``.

    Both take the same width.  It is counted from the left because the framework paints a row from the
    left edge of its widget to the last cell that changed, wherever the first one is.
    """
    old, new = len(before), len(after)
    while old and new and _alike(before[old - 1], after[new - 1]):
        old, new = old - 1, new - 1
    was, was_styles = _spread(before[:old])
    now, now_styles = _spread(after[:new])
    width = width_of(after[:new])
    if not len(was) == len(now) == width:  # some character takes two cells, or none
        return width
    while width and was[width - 1] == now[width - 1] and was_styles[width - 1] == now_styles[width - 1]:
        width -= 1
    return width


def _alike(one: Span, other: Span) -> bool:
    return one.text == other.text and one.style == other.style


def _spread(row: Line) -> tuple[str, list[str]]:
    """The characters of a row, and the style of each."""
    styles: list[str] = []
    for span in row:
        styles += [span.style] * len(span.text)
    return "".join([span.text for span in row]), styles
