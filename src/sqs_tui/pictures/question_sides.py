"""What stands beside the question where there is room: the outline of the case, and its neighbours."""

from __future__ import annotations

from sqs_core.criteria.model import Question
from sqs_core.records import CaseRecord
from sqs_core.scoring.states import State
from sqs_tui.others import Others
from sqs_tui.paint.lines import EMPTY, Line, Part, line, short, wrapped
from sqs_tui.paint.words import number
from sqs_tui.pictures.sheet import Sheet
from sqs_tui.pictures.words import order_of, outcome_word, question_mark


def outline(sheet: Sheet, width: int, height: int) -> list[Line]:
    """Every question of the case with its state."""
    criteria, record = sheet.criteria, sheet.record
    by_theme: dict[str, list[Question]] = {theme.id: [] for theme in criteria.themes}
    for question in criteria.questions:
        if sheet.standing.states[question.id] is not State.NOT_ASKED or question.id == sheet.question.id:
            by_theme[question.theme].append(question)
    entries: list[Question | Line] = [
        line((f" Case {record.case}  ", "title"), (short(order_of(record), width - 12), "dim"))
    ]
    here = 0
    for theme in criteria.themes:
        if height > 36:
            entries.append(EMPTY)
        entries.append(line((short(f" {theme.label} {theme.title}", width), "title")))
        if theme.id == sheet.question.theme:
            here = len(entries) + by_theme[theme.id].index(sheet.question)
        entries += by_theme[theme.id]
    foot = _counts(record)
    room = height - len(foot)
    # By half a pane at a time, not by a row with each question: the eye finds its place again.
    step = max(1, room // 2)
    top = max(0, min(here // step * step - step // 2, len(entries) - room))
    # Only the rows in view are made: a version can have hundreds of questions.
    rows = [
        _outline_row(sheet, entry, width) if isinstance(entry, Question) else entry
        for entry in entries[top : top + room]
    ]
    return [*rows, *([EMPTY] * (room - len(rows))), *foot]


def _outline_row(sheet: Sheet, question: Question, width: int) -> Line:
    state = sheet.standing.states[question.id]
    at = question.id == sheet.question.id
    mark, style = question_mark(sheet.criteria, sheet.record, question, state)
    word = outcome_word(sheet.criteria, sheet.record, question, state)
    room = width - 12
    parts: list[Part] = [
        (" ▶" if at else "  ", "here"),
        (f" {mark} ", style),
        (f"{short(str(question.short), room):<{room}} ", "here" if at else ""),
        (f"{word:>5}", style),
    ]
    return line(*parts, wish=f"go:{question.id}")


def _counts(record: CaseRecord) -> list[Line]:
    answers = record.answers.values()
    strengths = len([a for a in answers if a.strength])
    learning = len([a for a in answers if a.learning])
    return [
        EMPTY,
        line((f" ⚑ {len(record.to_come_back_to)} to come back to", "dim")),
        line((f" + {number(strengths, 'strength')}", "dim")),
        line((f" t {number(learning, 'learning point')}", "dim")),
    ]


def neighbours(sheet: Sheet, others: Others, width: int, height: int) -> list[Line]:
    """All the guidance, what else was noted in this case, and the same question in other cases."""
    criteria, question = sheet.criteria, sheet.question
    rows: list[Line] = [line(("g Look for", "title"))]
    rows += [
        line(row)
        for row in wrapped(" ".join(str(question.guidance).split()).removeprefix("Look for: "), width)
    ]
    rows += [EMPTY, line(("also in this case", "title"))]
    noted = [
        (q, sheet.record.answer(q.id).evidence)
        for q in criteria.theme_questions(question.theme)
        if q.id != question.id and sheet.record.answer(q.id).evidence
    ]
    for q, text in noted[:4]:
        rows += [line((short(str(q.short), width), "dim"))]
        rows += [line(f"  {row}") for row in wrapped(text, width - 2)[:2]]
    if not noted:
        rows.append(line(("  no other evidence so far", "dim")))
    rows += [EMPTY, line(("other cases, same question", "title"))]
    texts = {r.id: str(r.text) for r in criteria.reasons_of(question)}
    room = max(0, height - len(rows) - 1)
    listed = others.poor[: room if others.number_poor <= room else max(0, room - 1)]
    for case, reasons in listed:
        why = ", ".join(texts.get(reason, reason) for reason in reasons)
        rows.append(line((f"  {case} no   ", "no"), short(why, width - 10)))
    if left := others.number_poor - len(listed):
        rows.append(line((f"  {left} more no so far" if listed else f"  {left} no so far", "no")))
    rows.append(line((f"  {others.good} yes so far", "yes")))
    return rows[:height]
