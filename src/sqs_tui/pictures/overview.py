"""The whole inspection as one grid: case by question, and what is left underneath."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.records import CaseRecord
from sqs_core.scoring.states import State
from sqs_tui.paint.lines import EMPTY, Line, Part, Span, beside, cut, line, rule, short, width_of, wrapped
from sqs_tui.paint.words import number
from sqs_tui.pictures.words import case_mark, order_of, outcome_word, question_mark
from sqs_tui.standings import Standing

VIEWS = ("Cases", "Board", "Interviews", "Letter", "Check")


@frozen
class Row:
    """One case of the grid."""

    record: CaseRecord
    standing: Standing


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


def tabs(active: str, width: int, right: str = "") -> Line:
    """The five views, the one in view in brackets; each can be pointed at."""
    parts: list[Part] = [" "]
    for place, name in enumerate(VIEWS, 1):
        shown = f"[{name}]" if name == active else name
        parts += [
            (shown, "here" if name == active else "dim", f"key:{place}"),
            "   " if width >= 100 else "  ",
        ]
    left = line(*parts)
    if width_of(left) + len(right) > width - 1:
        right = ""
    return (*cut(left, width - len(right) - 1), Span(right + " ", "dim"))


def grid(
    criteria: Criteria,
    rows: Sequence[Row],
    sums: Sums,
    cursor: int,
    top: int,
    width: int,
    height: int,
    shut: Sequence[str] = (),
) -> list[Line]:
    """The picture: as many of ``rows`` as fit from ``top`` on, and the two sums under them.

    ``shut`` are cases that are being marked a second time: they stand under the others.
    """
    side = width >= 110 and bool(rows)
    room = width - 39 if side else width
    later = f"{sums.later} to come back to" if width >= 70 else f"⚑ {sums.later}"
    right = later if sums.later else ""
    head = [tabs("Cases", width, right), rule(width)]
    narrow = room < 72
    foot = _sums(criteria, sums, room, narrow)
    space = height - len(head) - 1 - len(foot)
    listed = [_head(criteria, narrow)]
    if not rows and not shut:
        listed.append(line("   No cases yet.  ", ("a", "title", "key:a"), " adds one."))
    for place in range(top, min(len(rows), top + space)):
        listed.append(_row(criteria, rows[place], place, place == cursor, narrow))
    for case in shut[: space + 1 - len(listed)]:
        listed.append(line((f"   ×  {short(case, 5):<5} shut: being marked a second time, blind", "flag")))
    while len(listed) < space + 1:
        listed.append(EMPTY)
    body = [*listed, *foot]
    if side:
        panel = case_panel(criteria, rows[cursor], 38, height - len(head))
        body = beside([(body, room - 1), (panel, 38)], gap="│ ", height=height - len(head))
    return [*head, *body]


def rows_shown(criteria: Criteria, count: int, height: int) -> int:
    """How many cases fit into a picture of this height."""
    return max(1, height - 3 - 4)


def _marks(criteria: Criteria, row: Row) -> list[Span]:
    spans: list[Span] = []
    for place, theme in enumerate(criteria.themes):
        if place:
            spans.append(Span("│", "dim"))  # a blank is a question not asked, so it cannot part themes
        for question in criteria.theme_questions(theme.id):
            state = row.standing.states[question.id]
            spans.append(Span(*question_mark(criteria, row.record, question, state)))
    return spans


def _head(criteria: Criteria, narrow: bool) -> Line:
    groups = " ".join(t.label.ljust(len(criteria.theme_questions(t.id))) for t in criteria.themes)
    return line(
        (("      Case  " if narrow else "      Case  Order    Mgr  Insp ") + groups + "  ⚑  Done", "dim")
    )


def _row(criteria: Criteria, row: Row, place: int, here: bool, narrow: bool) -> Line:
    record, standing = row.record, row.standing
    flags = len(record.to_come_back_to)
    mark, style = case_mark(record, standing)
    wish = f"row:{place}"
    parts: list[Part] = [
        (" ▶ " if here else "   ", "here"),
        (mark, style),
        (f"  {short(record.case, 5):<5} ", "here" if here else ""),
    ]
    if not narrow:
        parts.append(f"{short(order_of(record), 8):<8} {short(record.case_manager, 4):<4} ")
        parts.append(f"{short(record.inspector, 4) or '–':<4} ")
    parts += _marks(criteria, row)
    parts.append((f"  {flags or '–'}", "flag" if flags else "dim"))
    parts.append(f"  {standing.done:>2}/{standing.asked}")
    return line(*parts, wish=wish)


def _sums(criteria: Criteria, sums: Sums, width: int, narrow: bool) -> list[Line]:
    lead = 12 if narrow else 31
    return [
        rule(width),
        _sum(criteria, "to answer" if narrow else "still to answer, cases", sums.left, lead),
        _sum(criteria, "not enough" if narrow else "not good enough so far, cases", sums.poor, lead),
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


def case_panel(criteria: Criteria, row: Row, width: int, height: int) -> list[Line]:
    """The case under the cursor, question by question."""
    record, standing = row.record, row.standing
    true = [criteria.fact(f).text for f, v in record.facts.items() if v is True]
    who = " with ".join(part for part in (record.inspector, record.case_manager) if part)
    panel: list[Line] = [line((f"Case {record.case}  ", "title"), order_of(record))]
    panel.append(line((f"{who} · " if who else "", "dim"), f"{standing.done} of {standing.asked} answered"))
    facts = "; ".join(str(t) for t in true)
    panel += [line((row_, "dim")) for row_ in wrapped(facts, width)[:3]] if facts else []
    panel.append(EMPTY)
    for theme in criteria.themes:
        panel.append(line((short(f"{theme.label} {theme.title}", width), "title")))
        for question in criteria.theme_questions(theme.id):
            state = standing.states[question.id]
            if state is State.NOT_ASKED:
                continue
            mark, style = question_mark(criteria, record, question, state)
            word = outcome_word(criteria, record, question, state)
            panel.append(
                line(
                    ("  " + mark, style),
                    f" {short(str(question.short), width - 10):<{width - 10}} ",
                    (word, style),
                )
            )
    panel = panel[: height - 2]
    strengths = sum(bool(a.strength) for a in record.answers.values())
    learning = sum(bool(a.learning) for a in record.answers.values())
    words = f"+ {number(strengths, 'strength')}   t {number(learning, 'learning point')}"
    panel.append(line((words, "dim")))
    return panel
