"""The facts of a case, and which questions each of them switches."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import evolve, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.model import Fact
from sqs_core.records import CaseRecord
from sqs_core.scoring.states import State, applying_questions
from sqs_tui.paint.lines import EMPTY, Line, Part, line, rule, short, wrapped
from sqs_tui.paint.words import number
from sqs_tui.pictures.words import day
from sqs_tui.standings import Standing

HEADER = (
    ("case_manager", "Case manager", "initials"),
    ("inspector", "Inspector", "initials"),
    ("assessed_with_case_manager", "Assessed together with the case manager", ""),
)


@frozen
class FactRow:
    """One line of the form.  ``kind`` is boolean, choice, date or text; ``effect`` says what it switches."""

    id: str
    label: str
    kind: str
    value: FactValue | None
    hint: str = ""
    shown: str = ""
    effect: str = ""
    briefly: str = ""
    """The effect by its number of questions, where the names have no room."""


def fact_rows(criteria: Criteria, record: CaseRecord) -> tuple[FactRow, ...]:
    """Every line of the form for ``record``."""
    rows: list[FactRow] = []
    for name, label, hint in HEADER:
        value = getattr(record, name)
        kind = "boolean" if hint == "" else "text"
        rows.append(FactRow(name, label, kind, value if value != "" else None, hint, str(value or "")))
    for fact in criteria.facts:
        value = record.facts.get(fact.id)
        more, fewer = _switched(criteria, record, fact) if fact.kind == "boolean" else ((), ())
        row = FactRow(fact.id, str(fact.text), fact.kind, value, str(fact.hint), _shown(fact, value))
        names = _effect(value is True, ", ".join(more), ", ".join(fewer))
        counts = _effect(value is True, *(number(len(s), "question") if s else "" for s in (more, fewer)))
        rows.append(evolve(row, effect=names, briefly=counts))
    return tuple(rows)


def _shown(fact: Fact, value: FactValue | None) -> str:
    if value is None:
        return ""
    if fact.kind == "choice":
        return next((str(c.text) for c in fact.choices if c.id == value), str(value))
    return str(value) if isinstance(value, str | bool) else day(value)


def _switched(criteria: Criteria, record: CaseRecord, fact: Fact) -> tuple[list[str], list[str]]:
    """The questions asked because of a fact, and those left out: the difference it makes to this case."""
    with_, without = (
        set(applying_questions(criteria, record.noting(fact.id, said))) for said in (True, False)
    )
    return _names(criteria, with_ - without), _names(criteria, without - with_)


def _effect(ticked: bool, more: str, fewer: str) -> str:
    """What a fact switches, in words; "" where it switches nothing."""
    would = "" if ticked else "would "
    told = [(("adds " if ticked else "add "), more), (("leaves out " if ticked else "leave out "), fewer)]
    return "; ".join(f"{would}{does}{what}" for does, what in told if what)


def _names(criteria: Criteria, questions: set[str]) -> list[str]:
    return [str(q.short) for q in criteria.questions if q.id in questions]


def facts_picture(
    criteria: Criteria,
    record: CaseRecord,
    standing: Standing,
    rows: Sequence[FactRow],
    cursor: int,
    width: int,
    height: int,
) -> tuple[list[Line], tuple[int, int]]:
    """The picture, and where the value of the row under the cursor stands (column and row)."""
    head: list[Line] = [rule(width)]
    foot = _foot(criteria, record, standing, rows[cursor], width)
    # Where every row has the room, what it switches stands beside it; else only for the row in view.
    label = 43 if width >= 70 else 30
    listed: list[Line] = []
    at = (label + 5, 0)
    space = height - len(head) - len(foot)
    top = max(0, min(cursor - space + 2, len(rows) - space)) if len(rows) > space else 0
    for place in range(top, min(len(rows), top + space)):
        if place == cursor:
            at = (label + 5, len(head) + len(listed))
        listed.append(_row(rows[place], place, place == cursor, label, width))
    while len(listed) < space:
        listed.append(EMPTY)
    return [*head, *listed, *foot], at


def _row(row: FactRow, place: int, here: bool, label: int, width: int) -> Line:
    parts: list[Part] = [(" ▶ " if here else "   ", "here")]
    parts.append((f"{short(row.label, label):<{label}}", "here" if here else ""))
    if row.kind == "boolean":
        mark = "[ ]  · " if row.value is None else "[x] yes" if row.value is True else "[ ] no "
        parts.append((f" {mark} ", "yes" if row.value is True else ""))
        room = width - label - 15
        if room > 12 and row.effect:
            parts.append((" " + short(row.effect if len(row.effect) < room else row.briefly, room), "dim"))
    elif row.shown:
        parts.append(f"  {short(row.shown, width - label - 7)}")
        if row.kind == "choice":
            parts.append((" ▾", "dim"))
    else:
        parts.append((f"  {short('(' + row.hint + ')' if row.hint else '–', width - label - 7)}", "dim"))
    return line(*parts, wish=f"row:{place}")


def _foot(criteria: Criteria, record: CaseRecord, standing: Standing, row: FactRow, width: int) -> list[Line]:
    parked = [str(q.short) for q in criteria.questions if standing.states[q.id] is State.PARKED]
    flags = len(record.to_come_back_to)
    apply = number(standing.asked, "question applies", "questions apply")
    words = f"  {apply} to this case: {standing.done} answered"
    words += f", {flags} to come back to." if flags else "."
    effect = f"  {row.label}: {row.effect}." if row.effect else ""
    told: list[Line] = [rule(width), line((words, "bold"))]
    told += [line((r, "dim")) for r in wrapped(effect, width - 1)[: 1 if parked else 2]]
    if parked:
        note = f"  ! Parked, kept but not counted: {', '.join(parked)}."
        told += [line((r, "warn")) for r in wrapped(note, width - 1)[:1]]
    told = told[:4]
    return [*told, *([EMPTY] * (4 - len(told)))]
