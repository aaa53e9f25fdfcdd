"""A bar chart: one block is one case, so that a count can be read off by eye.  Templates draw it."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

# COUNT has room for "1000 of 1000" in bold; a label of more letters than LETTERS is drawn narrower.
ROW, LABEL, BAR, COUNT = 26, 270, 420, 112
MOST_BLOCKS, LETTERS = 40, 38
Bar = tuple[str, int, int]


@frozen
class Rectangle:
    """A block, or a bar: its corner and width, in pixels; ``kind`` is "yes" (filled) or "no" (open)."""

    x: float
    y: float
    width: float
    kind: str


@frozen
class BarRow:
    """A row of a chart: label, blocks and count, each where it stands; ``fitted`` is its width, or 0."""

    label: str
    count: str
    y: int
    fitted: int
    blocks: tuple[Rectangle, ...]
    label_at: int = LABEL
    count_at: int = LABEL + 10 + BAR + 6


@frozen
class Chart:
    """A chart with what it says in words; ``id`` tells it from the others of its page."""

    id: str
    title: str
    description: str
    rows: tuple[BarRow, ...]
    width: int = LABEL + BAR + COUNT

    @property
    def height(self) -> int:
        """Its height in pixels."""
        return ROW * max(len(self.rows), 1)


def chart(name: str, title: str, bars: Sequence[Bar]) -> Chart:
    """Return bars of (label, k, n): k filled blocks and n - k open ones.

    Where a row has more than 40, all become bars of proportional length.
    """
    most = max((n for _, _, n in bars), default=0)
    rows = tuple(bar_row(ROW * place, bar, most) for place, bar in enumerate(bars))
    return Chart(name, title, described(bars), rows)


def described(bars: Sequence[Bar]) -> str:
    """Return what the ``bars`` say, in words."""
    said = (f"{label}: {k} of {n}" if n else f"{label}: none judged" for label, k, n in bars)
    return "; ".join(said) or "Nothing was judged."


def bar_row(top: int, bar: Bar, most: int) -> BarRow:
    """Return the bar with its upper edge at ``top``; ``most`` blocks fill the row."""
    label, k, n = bar
    return BarRow(
        label=label,
        count=f"{k} of {n}" if n else "none",
        y=top + 18,
        fitted=LABEL - 8 if len(label) > LETTERS else 0,
        blocks=blocks(LABEL + 10, top + 5, BAR, k, n, most),
    )


def blocks(left: float, top: float, width: float, k: int, n: int, most: int) -> tuple[Rectangle, ...]:
    """Return k filled blocks and n - k open ones; ``most`` of them would be ``width`` wide."""
    step = width / max(most, 1)
    if most <= MOST_BLOCKS:
        places = [(left + step * i, step - 2, "yes" if i < k else "no") for i in range(n)]
    else:
        places = [(left, step * k - 1, "yes")] if k else []
        places += [(left + step * k, step * (n - k) - 1, "no")] if n > k else []
    return tuple(Rectangle(x, top, max(wide, 1), kind) for x, wide, kind in places)


def explained(most: int) -> str:
    """Return how to read a chart in which the longest row counts ``most`` cases."""
    shown = "Each block is one case" if most <= MOST_BLOCKS else "A bar is as long as its cases are many"
    return (
        f"{shown}: filled where the work was good enough, open where it was not. "
        "Cases to which a question does not apply are not counted."
    )
