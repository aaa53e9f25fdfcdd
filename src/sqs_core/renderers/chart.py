"""A bar chart as SVG: one block is one case, so that a count can be read off by eye."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

# COUNT has room for "1000 of 1000" in bold; a label of more letters than LETTERS is drawn narrower.
ROW, LABEL, BAR, COUNT = 26, 270, 420, 112
MOST_BLOCKS, LETTERS = 40, 38
Bar = tuple[str, int, int]

_SVG = Markup(
    '<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-title {id}-desc">\n'
    '<title id="{id}-title">{title}</title>\n<desc id="{id}-desc">{description}</desc>\n{rows}\n</svg>'
)
_NARROWER = Markup(' textLength="{}" lengthAdjust="spacingAndGlyphs"')
_ROW = Markup(
    '<text x="{label}" y="{y}" text-anchor="end"{fitted}>{name}</text>{blocks}'
    '<text x="{end}" y="{y}" class="count">{count}</text>'
)


def chart(name: str, title: str, bars: Sequence[Bar]) -> Markup:
    """Bars of (label, k, n): k filled blocks and n - k open ones.

    Filled and open differ in shape as well as shade, so the chart can be read in black and
    white.  Where a row has more than 40, all become bars of proportional length.
    """
    most = max((n for _, _, n in bars), default=0)
    rows = [bar_row(ROW * place, bar, most) for place, bar in enumerate(bars)]
    description = "; ".join(f"{label}: {k} of {n}" if n else f"{label}: none judged" for label, k, n in bars)
    return _SVG.format(
        id=name,
        width=LABEL + BAR + COUNT,
        height=ROW * max(len(bars), 1),
        title=title,
        description=description or "Nothing was judged.",
        rows=Markup("\n").join(rows),
    )


def bar_row(top: int, bar: Bar, most: int) -> Markup:
    """The bar with its upper edge at ``top``: name, blocks, count; ``most`` blocks fill the row."""
    label, k, n = bar
    return _ROW.format(
        label=LABEL,
        y=top + 18,
        fitted=_NARROWER.format(LABEL - 8) if len(label) > LETTERS else "",
        name=label,
        blocks=blocks(LABEL + 10, top + 5, BAR, k, n, most),
        end=LABEL + 10 + BAR + 6,
        count=f"{k} of {n}" if n else "none",
    )


def blocks(left: float, top: float, width: float, k: int, n: int, most: int) -> Markup:
    """k filled blocks and n - k open ones, 16 high; ``most`` of them would be ``width`` wide."""
    step = width / max(most, 1)
    if most <= MOST_BLOCKS:
        parts = [_block(left + step * i, top, step - 2, "yes" if i < k else "no") for i in range(n)]
    else:
        parts = [_block(left, top, step * k - 1, "yes")] if k else []
        parts += [_block(left + step * k, top, step * (n - k) - 1, "no")] if n > k else []
    return Markup("").join(parts)


def explained(most: int) -> str:
    """How to read a chart in which the longest row counts ``most`` cases."""
    shown = "Each block is one case" if most <= MOST_BLOCKS else "A bar is as long as its cases are many"
    return (
        f"{shown}: filled where the work was good enough, open where it was not. "
        "Cases to which a question does not apply are not counted."
    )


def _block(x: float, y: float, width: float, kind: str) -> Markup:
    return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="16" class="{}"/>').format(
        x, y, max(width, 1), kind
    )
