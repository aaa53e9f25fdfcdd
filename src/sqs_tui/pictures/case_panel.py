"""The case under the cursor of the grid, question by question."""

from __future__ import annotations

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.model import Question
from sqs_core.records import CaseRecord
from sqs_core.scoring.states import APPLYING, State
from sqs_tui.paint.lines import EMPTY, Line, line, short, wrapped
from sqs_tui.paint.words import number
from sqs_tui.pictures.words import order_of, outcome_word, question_mark
from sqs_tui.standings import Standing


@frozen
class Row:
    """One case of the grid."""

    record: CaseRecord
    standing: Standing


def case_panel(criteria: Criteria, row: Row, width: int, height: int, *, time: str = "") -> list[Line]:
    """The panel; a theme in which nothing is answered yet takes one line, the others one a question.

    Under a question that is not good enough stand its reasons.  Where there is no room for that, a
    theme that is good enough throughout takes one line too, and then the reasons go.
    """
    head, tail = _head(criteria, row, width, time), _tail(criteria, row, width)
    room = height - len(head) - len(tail) - 1
    body: list[Line] = []
    for reasons, whole in ((True, True), (True, False), (False, False)):
        body = _questions(criteria, row, width, reasons=reasons, whole=whole)
        if len(body) <= room:
            break
    else:
        body = [*body[: max(0, room - 1)], line(("  … Enter opens the case", "dim"))]
    return [*head, *body, *([EMPTY] * (room - len(body))), EMPTY, *tail]


def _head(criteria: Criteria, row: Row, width: int, time: str) -> list[Line]:
    record, standing = row.record, row.standing
    who = " with ".join(part for part in (record.inspector, record.case_manager) if part)
    parts = [part for part in (who, f"{standing.done} of {standing.asked} answered") if part]
    rows = [
        line((f"Case {record.case}  ", "title"), "  ".join(p for p in (order_of(record), time) if p)),
        line((short(" · ".join(parts), width), "dim")),
    ]
    facts = "; ".join(str(criteria.fact(f).text) for f, v in record.facts.items() if v is True)
    told = wrapped(facts, width) if facts else []
    if len(told) > 2:
        told = [told[0], short(f"{told[1]} {told[2]}", width)]
    return [*rows, *(line((words, "dim")) for words in told), EMPTY]


def _tail(criteria: Criteria, row: Row, width: int) -> list[Line]:
    answers = row.record.answers.values()
    flags = len(row.record.to_come_back_to)
    strengths, learning = sum(bool(a.strength) for a in answers), sum(bool(a.learning) for a in answers)
    counts = f"⚑ {flags}  + {number(strengths, 'strength')}  t {number(learning, 'learning', 'learning')}"
    following = next((q for q, s in row.standing.states.items() if s is State.UNANSWERED), "")
    if row.record.blank:
        words = "Enter its facts come first"
    elif following:
        words = f"Enter next: {criteria.question(following).short}"
    else:
        words = "Enter its answers"
    return [line((short(counts, width), "dim")), line((short(words, width), "here", "key:enter"))]


def _questions(criteria: Criteria, row: Row, width: int, *, reasons: bool, whole: bool) -> list[Line]:
    rows: list[Line] = []
    states = row.standing.states
    for theme in criteria.themes:
        asked = [q for q in criteria.theme_questions(theme.id) if states[q.id] is not State.NOT_ASKED]
        applying = [q for q in asked if states[q.id] in APPLYING]
        begun = any(q.id in row.record.answers for q in asked)
        title = f"{theme.label} {theme.title}"
        if not begun:
            words = f"{len(applying)} to do" if applying else "not asked"
            rows.append(line((f"{short(title, width - 10):<{width - 10}} ", "title"), (words, "dim")))
            continue
        marks = {question_mark(criteria, row.record, q, states[q.id]) for q in asked}
        if not whole and len(marks) == 1 and (only := next(iter(marks)))[1] == "yes":
            words = f"{len(asked)} {outcome_word(criteria, row.record, asked[0], states[asked[0].id])}"
            rows.append(line((f"{short(title, width - 10):<{width - 10}} ", "title"), (words, only[1])))
            continue
        rows.append(line((short(title, width), "title")))
        for question in asked:
            rows += _question(criteria, row, question, width, reasons=reasons)
    return rows


def _question(criteria: Criteria, row: Row, question: Question, width: int, *, reasons: bool) -> list[Line]:
    record, state = row.record, row.standing.states[question.id]
    mark, style = question_mark(criteria, record, question, state)
    word = outcome_word(criteria, record, question, state)
    name = f" {short(str(question.short), width - 10):<{width - 10}} "
    rows = [line(("  " + mark, style), name, (word, style))]
    answer = record.answer(question.id)
    texts = {r.id: str(r.text) for r in criteria.reasons_of(question)}
    told = answer.later or "; ".join(texts.get(reason, reason) for reason in answer.reasons)
    if reasons and told and state is not State.PARKED:
        rows.append(line(("    " + short(told, width - 4), "dim")))
    return rows
