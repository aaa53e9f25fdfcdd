"""The whole inspection as one grid: case by question, and what is left underneath."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.scoring.states import State
from sqs_tui.paint.lines import EMPTY, Line, Span, beside, line, rule, short, width_of
from sqs_tui.pictures.case_panel import Row, case_panel
from sqs_tui.pictures.edges import tabs
from sqs_tui.pictures.listing import PANEL, case_cells, head_cells
from sqs_tui.pictures.pace import Clock, pace_lines
from sqs_tui.pictures.words import case_mark, order_of, question_mark


@frozen
class Sums:
    """Over all cases: how many still have to answer each question, and how many are not good enough."""

    left: Mapping[str, int]
    poor: Mapping[str, int]
    later: int


def sums_of(criteria: Criteria, rows: Iterable[Row]) -> Sums:
    """The sums over ``rows``: progress, not findings; those are the board's."""
    left: dict[str, int] = {q.id: 0 for q in criteria.questions}
    poor = dict(left)
    later = 0
    bad = {o.id for o in criteria.outcomes if o.counts == "insufficient"}
    for row in rows:
        later += len(row.record.to_come_back_to)
        for question, state in row.standing.states.items():
            if state is State.UNANSWERED:
                left[question] += 1
            elif state is State.ANSWERED and row.record.answer(question).outcome in bad:
                poor[question] += 1
    return Sums(left, poor, later)


def grid(
    criteria: Criteria,
    rows: Sequence[Row],
    sums: Sums,
    cursor: int,
    top: int,
    width: int,
    height: int,
    clock: Clock,
    shut: Sequence[str] = (),
) -> list[Line]:
    """The picture: as many of ``rows`` as fit from ``top`` on, and the two sums under them.

    ``shut`` are cases that are being marked a second time: they stand under the others.
    """
    side = width >= 110 and bool(rows)
    room = width - PANEL - 1 if side else width
    later = f"{sums.later} to come back to" if width >= 70 else f"⚑ {sums.later}"
    right = later if sums.later else ""
    head = [tabs("Cases", width, right), rule(width)]
    layout = Layout.for_width(criteria, room - side, timed=clock.shown)
    foot = _sums(criteria, sums, room - side, layout)
    if side and clock.shown:
        foot += [EMPTY, *pace_lines(clock, room - 1)]
    space = height - len(head) - 1 - len(foot)
    listed = [_head(criteria, layout)]
    if not rows and not shut:
        listed.append(line("   No cases yet.  ", ("a", "title", "key:a"), " adds one."))
    for place in range(top, min(len(rows), top + space)):
        listed.append(_row(criteria, rows[place], place, place == cursor, layout, clock))
    for case in shut[: space + 1 - len(listed)]:
        listed.append(line((f"   ×  {short(case, 5):<5} shut: being marked a second time, blind", "flag")))
    if side and height >= 30:  # the sums belong to the grid; what is empty is empty at the bottom
        listed += [EMPTY] * (1 if len(rows) + len(shut) < space else 0)
        body = [*listed, *foot]
    else:
        body = [*listed, *([EMPTY] * (space + 1 - len(listed))), *foot]
    if side:
        time = clock.minutes(rows[cursor].record.case) if clock.shown else "–"
        seen = f"{time.removesuffix('m')} min" if time != "–" else ""
        panel = case_panel(criteria, rows[cursor], PANEL, height - len(head), time=seen)
        body = beside([(body, room - 1), (panel, PANEL)], gap="│ ", height=height - len(head))
    return [*head, *body]


def rows_shown(width: int, height: int, clock: Clock) -> int:
    """How many cases fit into a picture of this size."""
    paced = 1 + len(pace_lines(clock, width - 40)) if width >= 110 and clock.shown else 0
    return max(1, height - 3 - 4 - paced)


@frozen
class Layout:
    """Which columns the width has room for, beside the case and its marks; the least needed goes first."""

    people: bool
    done: bool
    time: bool

    @classmethod
    def for_width(cls, criteria: Criteria, width: int, *, timed: bool) -> Layout:
        """The columns that fit into ``width`` with a mark for every question."""
        room = width - 12 - len(criteria.questions) - len(criteria.themes) + 1
        done = room >= _DONE
        people = done and room >= _DONE + _PEOPLE
        time = timed and done and room >= _DONE + _TIME + (_PEOPLE if people else 0)
        return cls(people, done, time)

    @property
    def lead(self) -> int:
        """Cells before the marks."""
        return 12 + (_PEOPLE if self.people else 0)


_PEOPLE, _DONE, _TIME = 19, 10, 6
"""Cells of order, case manager and inspector; of flags and answers; of the time."""


def _marks(criteria: Criteria, row: Row) -> list[Span]:
    spans: list[Span] = []
    for place, theme in enumerate(criteria.themes):
        if place:
            spans.append(Span("│", "dim"))  # a blank is a question not asked, so it cannot part themes
        for question in criteria.theme_questions(theme.id):
            state = row.standing.states[question.id]
            spans.append(Span(*question_mark(criteria, row.record, question, state)))
    return spans


def _head(criteria: Criteria, layout: Layout) -> Line:
    groups = " ".join(
        t.label[: len(criteria.theme_questions(t.id))].ljust(len(criteria.theme_questions(t.id)))
        for t in criteria.themes
    )
    words = head_cells() + ("Order    Mgr  Insp " if layout.people else "") + groups
    words += ("  ⚑   Done" if layout.done else "") + ("  Time" if layout.time else "")
    return line((words, "dim"))


def _row(criteria: Criteria, row: Row, place: int, here: bool, layout: Layout, clock: Clock) -> Line:
    record, standing = row.record, row.standing
    flags = len(record.to_come_back_to)
    mark, style = case_mark(record, standing)
    parts = case_cells(record.case, (mark, style), here=here)
    if layout.people:
        parts.append(f"{short(order_of(record), 8):<8} {short(record.case_manager, 4) or '–':<4} ")
        parts.append(f"{short(record.inspector, 4) or '–':<4} ")
    parts += _marks(criteria, row)
    if layout.done:
        parts.append((f"  {flags or '–'}", "flag" if flags else "dim"))
        parts.append(f"  {standing.done:>2}/{standing.asked:<2}")
    if layout.time:
        parts.append((f" {clock.minutes(record.case):>5}", "dim"))
    return line(*parts, wish=f"row:{place}")


def _sums(criteria: Criteria, sums: Sums, width: int, layout: Layout) -> list[Line]:
    wide = layout.people
    many = any(count > 9 for count in (*sums.left.values(), *sums.poor.values()))
    name = "not good enough, + over nine" if many else "not good enough so far, cases"
    return [
        rule(width),
        _sum(criteria, "still to answer, cases" if wide else "to answer", sums.left, layout.lead),
        _sum(criteria, name if wide else "not enough", sums.poor, layout.lead),
        line((_legend(criteria, width), "dim")),
    ]


def _sum(criteria: Criteria, name: str, sums: Mapping[str, int], lead: int) -> Line:
    # One character a question: beyond nine a plus, and the board has the figure.
    groups = (
        "".join(_digit(sums[q.id]) for q in criteria.theme_questions(theme.id)) for theme in criteria.themes
    )
    return line((f" {name}".ljust(lead), "dim"), " ".join(groups))


def _digit(count: int) -> str:
    return "·" if not count else str(count) if count < 10 else "+"


def _legend(criteria: Criteria, width: int) -> str:
    """What the marks mean, in whole items: the version's own come first where not all have the room."""
    texts = (
        str(o.text).replace(", good enough", "").replace(", not good enough", "") for o in criteria.outcomes
    )
    marks = [f"{o.mark} {text}" for o, text in zip(criteria.outcomes, texts, strict=True)]
    ours = ["⚑ later", ". open"]
    for items, gap in (([*ours, *marks], "  "), (marks, "  "), (marks, " ")):
        if width_of(line(legend := " " + gap.join(items))) <= width:
            return legend
    while len(marks) > 1 and width_of(line(" " + " ".join(marks))) > width:
        marks.pop()
    return " " + " ".join(marks)
