"""The board: k of n, drawn as blocks that are cases, and what is behind the line with the mark."""

from __future__ import annotations

from collections.abc import Sequence

from sqs_core.criteria import Criteria
from sqs_core.scoring.findings import Findings
from sqs_core.scoring.intervals import wilson
from sqs_core.scoring.tally import Tally
from sqs_tui.paint.lines import EMPTY, Line, Part, Span, beside, fit, line, rule, short
from sqs_tui.pictures.board_panel import Behind, board_panel, counted, folded, whole_items
from sqs_tui.pictures.edges import tabs

PANEL = 38
"""Cells of the panel at the right of a wide board."""
TAKEN = "aswxjkhbBGYZquU"
"""Letters that mean something on every board; no group of cases gets them."""


def weakest_first(summary: Findings, questions: Sequence[str]) -> list[str]:
    """``questions`` by the share judged sufficient, those that nobody judged last."""
    share = {q: summary.tally(q).share for q in questions}
    return sorted(questions, key=lambda q: (share[q] is None, share[q] or 0))


def board_picture(
    findings: Findings,
    summary: Findings,
    subset: str,
    order: Sequence[str],
    cursor: int,
    behind: Behind,
    inside: int | None,
    width: int,
    height: int,
    *,
    themed: bool,
) -> list[Line]:
    """The picture.  ``inside`` is the place of the mark among the cases behind the line, or None."""
    criteria = findings.criteria
    side = width >= 110
    head = [tabs("Board", width, _filter(criteria, findings, subset, wide=side)), rule(width)]
    room = width - PANEL - 2 if side else width
    note = "  * 95 % Wilson range if these were a random sample; each block is one case"
    if width < 80:
        note = "  * 95 % range, if a random sample; a block is a case"
    foot: list[Line] = [line((short(note, room), "dim"))]
    if not side:
        foot = [rule(width), *_detail(criteria, findings, behind, inside, width - 3), *foot]
    titles = _titles(room - side)
    space = height - len(head) - 1 - len(foot)
    rows, at = _rows(criteria, summary, order, cursor, room - side, themed=themed)
    shift = max(0, min(max(0, at - space + 2), len(rows) - space))
    shown = rows[shift : shift + space]
    shown += [EMPTY] * (space - len(shown))
    if side:
        panel = board_panel(criteria, findings, behind, inside, PANEL, height - len(head))
        left = [titles, *shown, *foot]
        return [*head, *beside([(left, room - 1), (panel, PANEL)], gap="│ ", height=height - len(head))]
    return [*head, titles, *shown, *foot]


def subset_keys(names: Sequence[str]) -> list[str]:
    """A letter for each of the groups called ``names``: the first of its own that is free; "" if none is."""
    found: list[str] = []
    for name in names:
        found.append(next((c for c in name if c.isalpha() and c not in (*TAKEN, *found)), ""))
    return found


def _filter(criteria: Criteria, findings: Findings, subset: str, *, wide: bool) -> str:
    if not wide:
        words = criteria.subset(subset).text if subset else "all"
        return f"Tab shows: {words}, {len((findings.subsets[subset] if subset else findings).cases)}"
    parts = ["a [all]" if not subset else "a all"]
    for known, key in zip(criteria.subsets, subset_keys([s.id for s in criteria.subsets]), strict=True):
        name = f"{known.text} {len(findings.subsets[known.id].cases)}"
        parts.append(f"{key} [{name}]" if known.id == subset else f"{key} {name}")
    return "  ".join(parts)


def _titles(width: int) -> Line:
    name = max(22, min(40, width - 46))
    return line((" " * (name + 3) + " enough  of" + " " * max(1, width - name - 21) + "range*", "dim"))


def _rows(
    criteria: Criteria, summary: Findings, order: Sequence[str], cursor: int, width: int, *, themed: bool
) -> tuple[list[Line], int]:
    rows: list[Line] = []
    at = 0
    theme = ""
    for place, name in enumerate(order):
        question = criteria.question(name)
        if themed and question.theme != theme:
            theme = question.theme
            title = next(t for t in criteria.themes if t.id == theme)
            rows.append(line((f"  {title.label} {title.title}", "title")))
        if place == cursor:
            at = len(rows)
        rows.append(_row(str(question.short), summary.tally(name), place, place == cursor, width))
    return rows, at


def _row(name: str, tally: Tally, place: int, here: bool, width: int) -> Line:
    label = max(22, min(40, width - 46))
    room = max(8, width - label - 26)
    full, rest = _blocks(tally, room)
    interval = wilson(tally.k, tally.n)
    range_ = f"{interval.low * 100:.0f}–{interval.high * 100:.0f}%" if interval else "no case"
    parts: list[Part] = [
        (" ▶ " if here else "   ", "here"),
        (fit(name, label), "here" if here else ""),
        (f"  {tally.k:>4}  {tally.n:>3}  ", "bold" if here else ""),
        ("█" * full, "bar"),
        ("▒" * rest, "dim"),
        " " * (room - full - rest),
        (f"{range_:>9}", "dim"),
    ]
    return line(*parts, wish=f"row:{place}")


def _blocks(tally: Tally, room: int) -> tuple[int, int]:
    """One block a case where there is room; else as many as there is room for, in proportion."""
    if tally.n <= room:
        return tally.k, tally.n - tally.k
    full = round(room * tally.k / tally.n)
    return full, room - full


def _detail(
    criteria: Criteria, findings: Findings, behind: Behind, inside: int | None, width: int
) -> list[Line]:
    """Four lines under a narrow board."""
    tally = behind.tally
    question = criteria.question(tally.question)
    cases: list[Part] = [("  not good enough: " if tally.other_cases else "  enough: ", "dim")]
    for place, case in enumerate(behind.cases):
        here = place == inside
        bad = case in tally.other_cases
        if place == len(tally.other_cases) and place:
            cases.append(("  enough: ", "dim"))
        style = "here" if here else "no" if bad else "dim"
        cases.append((f"{'▶' if here else ' '}{case} ", style, f"case:{place}"))
    texts = {r.id: str(r.text) for r in criteria.reasons_of(question)}
    found = sorted(tally.reasons.items(), key=lambda item: -len(item[1]))
    why = [f"{texts.get(reason, reason)} {len(c)}" for reason, c in found]
    subsets = []
    for subset in criteria.subsets:
        count = findings.count(tally.question, subset=subset.id)
        if count.n:
            subsets.append(f"{subset.text} {count.k} of {count.n}")
    words = [f"letter: “{behind.words}”"] if behind.words else []
    return [
        line((short(f"  {question.short}: {counted(tally)}", width), "title")),
        _around(cases, width, inside) if behind.cases else line(("  no case was judged", "dim")),
        line(whole_items("  why: ", why, width, ", ") if why else ""),
        line((whole_items("  ", [*words, *subsets], width), "dim")),
    ]


def _around(cases: Sequence[Part], width: int, inside: int | None) -> Line:
    """One row of the cases: that with the mark is in view, however many there are."""
    rows = folded(cases, width)
    if len(rows) == 1:
        return rows[0]
    at = next((i for i, row in enumerate(rows) if any(s.style == "here" for s in row)), 0)
    return (*rows[at], Span("…", "dim")) if at < len(rows) - 1 else rows[at]
