"""What is shown of many inspections: counts by theme, question, quarter or service, small ones left out.

Whatever form it takes (a table, a heat map, bars, a trend, a funnel plot), it is counts by one or two
columns, and where they are set against all of them together, the limits within which chance would leave a
count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

from attrs import frozen

from sqs_core.exports.csv_file import csv_lines
from sqs_core.exports.programme_answers import UNDATED, Dimension, GroupCount, period_words, total_of
from sqs_core.exports.table import CellValue
from sqs_core.scoring.control_limits import LimitStanding, PointLimits, limits_in_total
from sqs_core.scoring.suppression import LEAST, Cell, Part, Suppressed, suppressed_cells

ViewKind = Literal["table", "bars", "heatmap", "trend", "funnel"]
VIEW_KINDS: tuple[ViewKind, ...] = ("table", "bars", "heatmap", "trend", "funnel")
CountBy = Callable[[Sequence[Dimension]], list[GroupCount]]
CellKeys = tuple[str, ...]
TOTAL = "total"
"""The key of all together."""
NAMES: Mapping[Dimension, str] = {
    "theme": "Theme",
    "question": "Question",
    "period": "Quarter",
    "service": "Service",
    "inspection": "Inspection",
}
WHY: Mapping[Suppressed, str] = {
    "small": "left out: few children",
    "total": "left out: it would give another figure away",
}


@frozen
class ShownCount:
    """A count as it may be shown: ``k`` of ``n`` judged sufficient, or why it is ``hidden``.

    ``limits`` are those of a point of a trend or a funnel plot.
    """

    k: int = 0
    n: int = 0
    hidden: Suppressed | None = None
    limits: PointLimits | None = None

    @property
    def share(self) -> float | None:
        """The share sufficient, from 0 to 1; None where it is hidden, or nothing was judged."""
        return self.k / self.n if self.n and not self.hidden else None

    @property
    def standing(self) -> LimitStanding | None:
        """Where the count stands to its limits; None where it has none."""
        return None if self.limits is None or self.hidden else self.limits.standing(self.k)

    def __str__(self) -> str:
        if self.hidden:
            return "…"
        return f"{self.k} of {self.n}" if self.n else "none"


@frozen
class ProgrammeView:
    """Counts by the columns ``by``; a total has the key "total".

    Args:
        kind: what form it takes.
        title: what it shows, in words.
        by: the columns its keys are of.
        cells: the counts, by keys, in the order in which they are shown.
        names: what each key is called, by column.
        criteria: the criteria version.
        question: the question, where it is of one.
        least: a figure has at least so many children behind it.
    """

    kind: ViewKind
    title: str
    by: tuple[Dimension, ...]
    cells: Mapping[CellKeys, ShownCount]
    names: Mapping[Dimension, Mapping[str, str]]
    criteria: str = ""
    question: str = ""
    least: int = LEAST

    def name_of(self, column: int, key: str) -> str:
        """Return what ``key`` of the column is called."""
        if key == TOTAL:
            return "All"
        of = self.by[column]
        return self.names.get(of, {}).get(key) or (period_words(key) if of == "period" else key)

    def keys(self, column: int, *, total: bool = True) -> list[str]:
        """Return the keys of the column, in order, the total last."""
        found = dict.fromkeys(keys[column] for keys in self.cells if keys[column] != TOTAL)
        has_total = total and any(keys[column] == TOTAL for keys in self.cells)
        return [*found, *([TOTAL] if has_total else [])]

    @property
    def points(self) -> dict[CellKeys, ShownCount]:
        """The counts without the totals."""
        return {keys: one for keys, one in self.cells.items() if TOTAL not in keys}

    @property
    def total(self) -> ShownCount | None:
        """The count of all together, where it is shown."""
        return self.cells.get((TOTAL,) * len(self.by))

    @property
    def hidden(self) -> dict[Suppressed, int]:
        """How many figures are left out, by why."""
        found = [one.hidden for one in self.cells.values() if one.hidden]
        return {why: found.count(why) for why in WHY if why in found}

    @property
    def notes(self) -> tuple[str, ...]:
        """How to read it: what was left out as too small, and what the limits are."""
        return tuple(self._notes())

    def _notes(self) -> Iterator[str]:
        if self.hidden:
            small, total = self.hidden.get("small", 0), self.hidden.get("total", 0)
            also = f" {total} more because a total would give it away." if total else ""
            yield (
                f"Left out, and shown as …: {small} with fewer than {self.least} children behind "
                f"{'it' if small == 1 else 'them'}.{also}"
            )
        if self.kind in ("trend", "funnel"):
            points = len(self.points)
            yield (
                "Limits are exact for the number of cases of each point, given all of them together. Where "
                "nothing differs, at most 5 in 100 points lie beyond the inner limits and 2 in 1,000 beyond "
                f"the outer: of these {points}, {points * 0.05:.1f} and {points * 0.002:.2f} on average."
            )


@frozen
class WantedView:
    """A view that is asked for: what form it takes, by which columns, and what it is called."""

    kind: ViewKind
    by: tuple[Dimension, ...]
    title: str


def programme_views(
    wanted: Sequence[WantedView],
    count: CountBy,
    *,
    names: Mapping[Dimension, Mapping[str, str]],
    within: Mapping[Part, Part],
    criteria: str,
    question: str = "",
    least: int = LEAST,
) -> list[ProgrammeView]:
    """Count what each view shows, and leave out what is too small, or would be known from another of them.

    ``count`` counts the answers by columns; ``names`` give the order of keys too, where they are named;
    ``within`` says of which theme a question is.
    """
    groups = [_groups(one, count, names) for one in wanted]
    children = {
        _cell(one.by, keys): group.children([one.by[place] for place in _kept(keys)], question)
        for one, found in zip(wanted, groups, strict=True)
        for keys, group in found.items()
    }
    hidden = suppressed_cells(children, least, within=within)
    views = []
    for one, found in zip(wanted, groups, strict=True):
        whole = (TOTAL,) * len(one.by)
        limited = one.kind in ("trend", "funnel") and _cell(one.by, whole) not in hidden
        total = found.get(whole) if limited else None
        cells: dict[CellKeys, ShownCount] = {}
        for keys, group in found.items():
            limits = None
            if total is not None and TOTAL not in keys and group.n:
                limits = limits_in_total(group.n, total.k, total.n)
            why = hidden.get(_cell(one.by, keys))
            cells[keys] = ShownCount(hidden=why) if why else ShownCount(group.k, group.n, None, limits)
        views.append(ProgrammeView(one.kind, one.title, one.by, cells, names, criteria, question, least))
    return views


def _groups(
    one: WantedView, count: CountBy, names: Mapping[Dimension, Mapping[str, str]]
) -> dict[CellKeys, GroupCount]:
    """Return the counts of a view by their keys, with its totals, in the order in which they are shown."""
    counted = sorted(count(one.by), key=lambda group: _place(one.by, names, group.keys))
    found = {group.keys: group for group in counted}
    if one.kind in ("heatmap", "trend", "funnel"):
        # The columns that a total keeps, the whole last.
        for kept in (*([(0,), (1,)] if len(one.by) == 2 else []), ()):
            for group in total_of(counted, kept):
                left = dict(zip(kept, group.keys, strict=True))
                found[tuple(left.get(place, TOTAL) for place in range(len(one.by)))] = group
    return found


def _kept(keys: CellKeys) -> list[int]:
    return [place for place, key in enumerate(keys) if key != TOTAL]


def _cell(by: Sequence[Dimension], keys: CellKeys) -> Cell:
    return frozenset((by[place], keys[place]) for place in _kept(keys))


def _place(
    by: Sequence[Dimension], names: Mapping[Dimension, Mapping[str, str]], keys: CellKeys
) -> tuple[tuple[int, bool, str], ...]:
    orders = {of: list(named) for of, named in names.items()}
    return tuple(
        (orders[of].index(key) if key in orders.get(of, ()) else -1, key == UNDATED, key)
        for of, key in zip(by, keys, strict=True)
    )


def view_data(view: ProgrammeView) -> dict[str, Any]:
    """Return the view as ``sqs programme show --json`` prints it."""
    return {
        "format": 1,
        "as": view.kind,
        "title": view.title,
        "criteria": view.criteria,
        "question": view.question or None,
        "by": [_COLUMNS.get(column, column) for column in view.by],
        "least": view.least,
        "rows": [_row(view, keys, one) for keys, one in view.cells.items()],
        "notes": list(view.notes),
    }


def _row(view: ProgrammeView, keys: CellKeys, one: ShownCount) -> dict[str, Any]:
    row: dict[str, Any] = {_COLUMNS.get(of, of): key for of, key in zip(view.by, keys, strict=True)}
    row |= {"k": None if one.hidden else one.k, "n": None if one.hidden else one.n, "suppressed": one.hidden}
    if view.kind in ("trend", "funnel"):
        limits = None if one.hidden else one.limits
        row["limits95"] = [limits.inner.low, limits.inner.high] if limits else None
        row["limits998"] = [limits.outer.low, limits.outer.high] if limits else None
        row["standing"] = one.standing
    return row


def view_csv(view: ProgrammeView) -> bytes:
    """Return a line a count, as CSV with a header; what is left out is blank, and says why."""
    limited = view.kind in ("trend", "funnel")
    head = [_COLUMNS.get(column, column) for column in view.by]
    rows: list[list[CellValue]] = []
    for keys, one in view.cells.items():
        row = _row(view, keys, one)
        cells = [*keys, row["k"], row["n"], row["suppressed"]]
        if limited:
            cells += [
                *(row["limits95"] or (None, None)),
                *(row["limits998"] or (None, None)),
                row["standing"],
            ]
        rows.append([None if cell is None else str(cell) for cell in cells])
    return b"".join(csv_lines([*head, "k", "n", "suppressed", *(_LIMITS if limited else ())], rows))


# What people call the columns that have another name in the data set.
_COLUMNS: Mapping[str, str] = {"period": "quarter"}
_LIMITS = ("low95", "high95", "low998", "high998", "standing")
