"""Many inspections as one web page: each view as a picture, with the table that says the same beside it.

The pictures are SVG in the page itself: shapes as well as shades tell what is what, each has a title and a
description, and nothing is loaded from anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil
from typing import Any, Literal

from attrs import frozen

from sqs_core.exports.programme_view import NAMES, WHY, ProgrammeView, ShownCount, ViewKind
from sqs_core.letter.report import page_mark
from sqs_core.renderers.chart import Chart, chart
from sqs_core.renderers.page import render_values
from sqs_core.scoring.control_limits import PointLimits, limits_in_total
from sqs_core.text import counted

LEFT, RIGHT, TOP, HEIGHT, WIDTH = 60, 20, 14, 300, 700
CELL_WIDTH, CELL_HEIGHT, ROW_LABEL = 104, 44, 260
MOST_STEPS = 240
TURNED, NARROWEST = 90, 24
"""The words of an axis nearer together than the first are turned; none are nearer than the second."""
DARKEST = 0.45
"""The opacity of a cell of 100%: darker, and the words in it could not be read in either scheme.

It falls with the square of the share: most shares are large ones, which would else look alike.
"""

MARKS = (
    "● within the limits, ◇ beyond the inner (95%), ■ beyond the outer (99.8%). "
    "The dashed line is all together"
)
LIMITS: Mapping[ViewKind, str] = {
    "trend": "a box holds the inner limits, the line through it the outer",
    "funnel": "the dotted lines are the inner limits, the solid ones the outer",
}
"""What a plot's lines are, for whoever looks at it."""

HEADINGS = {
    "table": "Counts",
    "bars": "By question",
    "heatmap": "Heat map",
    "trend": "Trend",
    "funnel": "Funnel plot",
}


@frozen
class PlotPoint:
    """A point of a plot: where it stands, its mark, what is written beside it, and its limits as heights."""

    x: float
    y: float
    mark: Literal["within", "inner", "outer"]
    label: str
    limits: tuple[float, float, float, float] | None = None


@frozen
class AxisTick:
    """A place on an axis, with its words; ``turned`` where they would run into each other."""

    at: float
    words: str
    turned: bool = False


@frozen
class Plot:
    """A trend or a funnel plot: points, the line of all together, limits as lines, and axes."""

    id: str
    title: str
    description: str
    points: tuple[PlotPoint, ...]
    centre: float
    inner: tuple[str, ...]
    outer: tuple[str, ...]
    across: tuple[AxisTick, ...]
    up: tuple[AxisTick, ...]
    across_title: str
    joined: str = ""
    width: int = LEFT + WIDTH + RIGHT
    height: int = TOP + HEIGHT + 76


@frozen
class HeatCell:
    """A cell of a heat map: its corner, how dark it is (0 to 1), and its words."""

    x: int
    y: int
    shade: float
    words: tuple[str, str]
    hidden: bool
    empty: bool


@frozen
class HeatMap:
    """A heat map: its cells, with the words of rows and columns."""

    id: str
    title: str
    description: str
    cells: tuple[HeatCell, ...]
    rows: tuple[AxisTick, ...]
    columns: tuple[AxisTick, ...]
    width: int
    height: int


@frozen
class ProgrammeSection:
    """A view on the page: its picture, its table as rows of cells, and how to read it."""

    id: str
    heading: str
    caption: str
    notes: tuple[str, ...]
    head: tuple[str, ...]
    labels: int
    rows: tuple[tuple[str, ...], ...]
    bars: Chart | None = None
    heatmap: HeatMap | None = None
    plot: Plot | None = None
    marks: str = ""

    @property
    def title(self) -> str:
        """The heading by itself, away from the caption of its table."""
        _, colon, _ = self.heading.partition(": ")
        return self.heading if colon else f"{self.heading}: {self.caption}"

    def lines(self) -> Iterator[str]:
        """Yield each row of the table as a line, for a document that has no tables."""
        crossed = self.heatmap is not None
        for row in self.rows:
            cells = zip(self.head[self.labels :], row[self.labels :], strict=True)
            parts = [
                f"{name} {words}"
                if crossed
                else words
                if words in WHY.values()
                else f"{name.lower()} {words}"
                for name, words in cells
                if words not in ("", "–")
            ]
            yield f"{', '.join(row[: self.labels])}: {', '.join(parts)}"


def programme_page(
    name: str,
    views: Sequence[ProgrammeView],
    *,
    inspections: int,
    left_out: Sequence[str],
    doubts: Sequence[str],
    practice: bool,
) -> bytes:
    """Return the views as one page, with what is not in them and what makes them doubtful."""
    return render_values(
        "programme.html",
        title=f"Programme: {name}",
        language="en-GB",
        marks=(page_mark("practice", "en"),) if practice else (),
        sections=[programme_section(f"v{place}", view) for place, view in enumerate(views, 1)],
        basis=f"{counted(inspections, 'inspection')} under {views[0].criteria}.",
        left_out=left_out,
        doubts=doubts,
    )


def programme_section(name: str, view: ProgrammeView) -> ProgrammeSection:
    """Return a view with its picture and its table; ``name`` tells it from the others of its page."""
    heading = HEADINGS[view.kind]
    if view.question:
        heading += f": {view.names['question'][view.question]}"
    caption = f"{view.title[0].upper()}{view.title[1:]}"
    head, rows, labels = _crossed(view) if view.kind == "heatmap" else _listed(view)
    bars = heatmap = plot = None
    if view.kind == "heatmap":
        heatmap = heat_map(name, view)
    elif view.kind in ("trend", "funnel"):
        plot = _plot(name, view)
    elif len(view.by) == 1:
        shown = [
            (view.name_of(0, keys[0]), one.k, one.n) for keys, one in view.points.items() if not one.hidden
        ]
        bars = chart(f"c-{name}", caption, shown)
    marks = f"{MARKS}; {LIMITS[view.kind]}." if plot else ""
    return ProgrammeSection(
        name, heading, caption, view.notes, head, labels, rows, bars, heatmap, plot, marks
    )


# ------------------------------------------------------------ tables


def _listed(view: ProgrammeView) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], int]:
    limited = view.kind in ("trend", "funnel")
    numbered = _numbers(view) if view.kind == "funnel" else {}
    head = [NAMES[column] for column in view.by] + ["Enough", "Of", "Share"]
    head += ["95% limits", "99.8% limits", "Standing"] if limited else []
    rows = []
    for keys, one in view.cells.items():
        labels = [view.name_of(column, key) for column, key in enumerate(keys)]
        if number := numbered.get(keys):
            labels[0] = f"{number}. {labels[0]}"
        cells = [WHY[one.hidden], "", ""] if one.hidden else [str(one.k), str(one.n), _percent(one)]
        if limited:
            limits = None if one.hidden else one.limits
            cells += [f"{low} to {high}" for low, high, _ in limits] if limits else ["–", "–"]
            cells.append(one.standing or "–")
        rows.append((*labels, *cells))
    return tuple(head), tuple(rows), len(view.by)


def _crossed(view: ProgrammeView) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], int]:
    columns = view.keys(1)
    head = (NAMES[view.by[0]], *(view.name_of(1, column) for column in columns))
    rows = tuple(
        (view.name_of(0, row), *(_words(view.cells.get((row, column), ShownCount())) for column in columns))
        for row in view.keys(0)
    )
    return head, rows, 1


def _percent(one: ShownCount) -> str:
    return "–" if one.share is None else f"{100 * one.share:.0f}%"


def _words(one: ShownCount) -> str:
    return WHY[one.hidden] if one.hidden else f"{one} ({_percent(one)})" if one.n else "none"


# ------------------------------------------------------------ the heat map


def heat_map(name: str, view: ProgrammeView) -> HeatMap:
    """Return a view by two columns as a heat map: the larger the share sufficient, the darker."""
    rows, columns = view.keys(0), view.keys(1)
    head = 40
    cells = tuple(
        _heat_cell(
            view.cells.get((row, column), ShownCount()), ROW_LABEL + CELL_WIDTH * x, head + CELL_HEIGHT * y
        )
        for y, row in enumerate(rows)
        for x, column in enumerate(columns)
    )
    description = "; ".join(
        f"{view.name_of(0, keys[0])}, {view.name_of(1, keys[1])}: {_words(one)}"
        for keys, one in view.cells.items()
    )
    return HeatMap(
        f"h-{name}",
        view.title,
        description or "Nothing was judged.",
        cells,
        tuple(AxisTick(head + CELL_HEIGHT * y + 27, view.name_of(0, row)) for y, row in enumerate(rows)),
        tuple(
            AxisTick(ROW_LABEL + CELL_WIDTH * x + CELL_WIDTH / 2, view.name_of(1, column))
            for x, column in enumerate(columns)
        ),
        ROW_LABEL + CELL_WIDTH * len(columns) + 4,
        head + CELL_HEIGHT * len(rows) + 4,
    )


def _heat_cell(one: ShownCount, x: int, y: int) -> HeatCell:
    words = ("left", "out") if one.hidden else (_percent(one), str(one)) if one.n else ("–", "none")
    return HeatCell(
        x, y, DARKEST * (one.share or 0) ** 2, words, bool(one.hidden), not one.n and not one.hidden
    )


# ------------------------------------------------------------ trend and funnel


def _y(share: float) -> float:
    return TOP + HEIGHT * (1 - share)


def _numbers(view: ProgrammeView) -> dict[tuple[str, ...], int]:
    return {keys: place for place, keys in enumerate(view.points, 1)}


def _plot(name: str, view: ProgrammeView) -> Plot:
    total = view.total or ShownCount()
    centre = _y(total.share or 0)
    up = tuple(AxisTick(_y(share / 100), f"{share}%") for share in range(0, 101, 20))
    description = "; ".join(
        f"{view.name_of(0, keys[0])}: {_words(one)}" + (f", {one.standing} limits" if one.standing else "")
        for keys, one in view.cells.items()
    )
    shared = {
        "id": f"p-{name}",
        "title": view.title,
        "description": description or "Nothing was judged.",
        "up": up,
    }
    if view.kind == "trend":
        return _trend(view, centre, shared)
    return _funnel(view, centre, total, shared)


def _trend(view: ProgrammeView, centre: float, shared: Mapping[str, Any]) -> Plot:
    points, ticks = [], []
    step = WIDTH / max(len(view.points), 1)
    every = ceil(NARROWEST / step)  # of many quarters only some are named
    for place, (keys, one) in enumerate(view.points.items()):
        x = LEFT + step * (place + 0.5)
        words = view.name_of(0, keys[0]) if place % every == 0 else ""
        ticks.append(AxisTick(x, words, turned=step < TURNED))
        if one.share is None:
            continue
        # Beside the point, as far as the next one, or at the end as far as the edge.
        room = min(step - 30, step / 2)
        label = next((words for words in (str(one), _percent(one)) if 6 * len(words) <= room), "")
        points.append(PlotPoint(x, _y(one.share), _mark(one), label, _heights(one.limits)))
    left_out = "; one without a point is left out" if len(points) < len(ticks) else ""
    joined = " ".join(f"{p.x:.1f},{p.y:.1f}" for p in points)
    return Plot(
        points=tuple(points),
        centre=centre,
        inner=(),
        outer=(),
        across=tuple(ticks),
        across_title=f"Quarter of the calendar year{left_out}",
        joined=joined,
        height=TOP + HEIGHT + (92 if step < TURNED else 76),
        **shared,
    )


def _funnel(view: ProgrammeView, centre: float, total: ShownCount, shared: Mapping[str, Any]) -> Plot:
    most = max((one.n for one in view.points.values() if not one.hidden), default=1)
    last = most * 1.05 + 1

    def x(n: float) -> float:
        return LEFT + WIDTH * n / last

    points = []
    for keys, number in _numbers(view).items():
        one = view.cells[keys]
        if one.share is not None:
            crowded = len(view.points) > 40 and one.standing == "within"
            points.append(PlotPoint(x(one.n), _y(one.share), _mark(one), "" if crowded else str(number)))
    inner, outer = _funnel_lines(total, min(most, total.n), x) if total.n else ((), ())
    every = max(1, round(last / 8))
    return Plot(
        points=tuple(points),
        centre=centre,
        inner=inner,
        outer=outer,
        across=tuple(AxisTick(x(n), str(n)) for n in range(0, int(last) + 1, every)),
        across_title="Cases judged; a number is that of the line in the table",
        **shared,
    )


def _funnel_lines(total: ShownCount, most: int, x: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the lower and upper line of the inner limits, and of the outer ones."""
    assert callable(x)
    sizes = sorted({*range(1, most + 1, max(1, most // MOST_STEPS)), most})
    lines: list[list[str]] = [[], [], [], []]
    for n in sizes:
        for line, share in zip(lines, _shares(limits_in_total(n, total.k, total.n)), strict=True):
            line.append(f"{x(n):.1f},{_y(share):.1f}")
    low, high, outer_low, outer_high = (" ".join(line) for line in lines)
    return (low, high), (outer_low, outer_high)


def _shares(limits: PointLimits) -> Iterator[float]:
    for pair in (limits.inner, limits.outer):
        yield from (pair.low / pair.n, pair.high / pair.n)


def _heights(limits: PointLimits | None) -> tuple[float, float, float, float] | None:
    if limits is None:
        return None
    low, high, outer_low, outer_high = (_y(share) for share in _shares(limits))
    return low, high, outer_low, outer_high


def _mark(one: ShownCount) -> Literal["within", "inner", "outer"]:
    return {"beyond 95%": "inner", "beyond 99.8%": "outer"}.get(one.standing or "", "within")  # type: ignore[return-value]
