"""A bar chart as SVG: one block is one case, so that a count can be read off by eye."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

ROW, LABEL, BAR, COUNT = 26, 270, 420, 76
MOST_BLOCKS = 40
Bar = tuple[str, int, int]

_SVG = Markup(
    '<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-labelledby="{id}-title {id}-desc">\n'
    '<title id="{id}-title">{title}</title>\n<desc id="{id}-desc">{description}</desc>\n{rows}\n</svg>'
)
_ROW = Markup(
    '<text x="{label}" y="{y}" text-anchor="end">{name}</text>{blocks}'
    '<text x="{end}" y="{y}" class="count">{count}</text>'
)


def chart(name: str, title: str, bars: Sequence[Bar]) -> Markup:
    """Bars of (label, k, n): k filled blocks and n - k open ones.

    Filled and open differ in shape as well as shade, so the chart can be read in black and
    white.  Above 40 cases the blocks become one bar of proportional length.
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
    step = BAR / max(most, 1)
    if n <= MOST_BLOCKS:
        parts = [_block(LABEL + 10 + step * i, top + 5, step - 2, "yes" if i < k else "no") for i in range(n)]
    else:
        parts = [_block(LABEL + 10, top + 5, step * k - 1, "yes")] if k else []
        parts += [_block(LABEL + 10 + step * k, top + 5, step * (n - k) - 1, "no")] if n > k else []
    return _ROW.format(
        label=LABEL,
        y=top + 18,
        name=label,
        blocks=Markup("").join(parts),
        end=LABEL + 10 + BAR + 6,
        count=f"{k} of {n}" if n else "none",
    )


def _block(x: float, y: float, width: float, kind: str) -> Markup:
    return Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="16" class="{}"/>').format(
        x, y, max(width, 1), kind
    )
