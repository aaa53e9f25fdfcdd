"""Render an answer over many inspections for a terminal: tables, and strips from 0 to 100%."""

from __future__ import annotations

from itertools import chain
from textwrap import fill

from sqs_core.exports.programme_view import ProgrammeView, ShownCount
from sqs_core.text import capitalised, counted, table
from sqs_core.workflow.programme import ProgrammeAnswer

STRIP, LEAST_STRIP = 41, 21


def answer_text(answer: ProgrammeAnswer, *, width: int) -> str:
    """Return the view for a terminal: a table; a trend and a funnel have a strip from 0 to 100% too."""
    view = answer.view
    head = "PRACTICE CASES, not findings\n" if answer.practice else ""
    of = f"({view.criteria}, {counted(answer.inspections, 'inspection')})"
    title = fill(f"{capitalised(view.title)} {of}", width)
    body = _grid(view, width) if view.kind == "heatmap" else _list(view, width)
    return "\n\n".join([f"{head}{title}", body, *(fill(note, width) for note in view.notes)])


def _grid(view: ProgrammeView, width: int) -> str:
    """Return the view by two columns as tables under each other, each as wide as fits."""
    rows, quarters = view.keys(0), view.keys(1)
    names = [view.name_of(0, row) for row in rows]
    cells = {
        column: [_percent(view.cells.get((row, column), ShownCount())) for row in rows] for column in quarters
    }
    heads = [view.name_of(1, key) for key in quarters]
    widest = max(map(len, [*heads, *chain.from_iterable(cells.values())]))
    room = max(1, (width - max(map(len, names))) // (2 + widest))
    parts = []
    for first in range(0, len(quarters), room):
        shown = quarters[first : first + room]
        lines = [("", *(view.name_of(1, key) for key in shown))]
        lines += [(name, *(cells[key][place] for key in shown)) for place, name in enumerate(names)]
        parts.append(table(lines, right=range(1, len(shown) + 1)))
    return "\n\n".join(parts)


def _percent(one: ShownCount) -> str:
    return f"{one} {100 * one.share:3.0f}%" if one.share is not None else str(one)


def _list(view: ProgrammeView, width: int) -> str:
    rows = [
        (*(view.name_of(column, key) for column, key in enumerate(keys)), _percent(one))
        for keys, one in view.cells.items()
    ]
    if view.kind not in ("trend", "funnel"):
        return table(rows)
    standings = [one.standing or "" for one in view.cells.values()]
    columns = [*zip(*rows, strict=True), standings]
    room = width - sum(max(map(len, column)) + 2 for column in columns)
    strips = [strip(one, max(LEAST_STRIP, min(STRIP, room))) for one in view.cells.values()]
    return table((*row, *rest) for row, *rest in zip(rows, strips, standings, strict=True))


def strip(one: ShownCount, width: int = STRIP) -> str:
    """Return a line from 0 to 100%: = within the inner limits, - the outer, the count as o, or X beyond."""
    if one.share is None:
        return ""
    cells = ["."] * width

    def at(k: int) -> int:
        return round(k / one.n * (width - 1))

    if one.limits is not None:
        for limits, mark in ((one.limits.outer, "-"), (one.limits.inner, "=")):
            for place in range(at(limits.low), at(limits.high) + 1):
                cells[place] = mark
    cells[at(one.k)] = "o" if one.standing in (None, "within") else "X"
    return "".join(cells)
