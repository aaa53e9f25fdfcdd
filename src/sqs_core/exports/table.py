"""The records as tables for analysts: every state told apart, outcome ids kept, no free text unasked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from attrs import evolve, frozen

from sqs_core.criteria import Choice, Criteria, Fact, InterviewQuestion, Outcome, Question
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.questions import RECORDED
from sqs_core.exports.variable_names import variable_names
from sqs_core.records.case import NONE_OF_THEM, NOTES, CaseRecord
from sqs_core.records.interview import Interview
from sqs_core.scoring.states import State, question_states

ColumnKind = Literal["text", "category", "boolean", "number", "date"]
CellValue = str | bool | int | date | None
YES, NO = "yes", "no"
ANSWERS = (
    (YES, "judged, and sufficient"),
    (NO, "judged, and not sufficient"),
    ("not-applicable", "answered that it does not apply"),
    ("not-known", "answered that it is not known"),
    ("not-asked", "the facts of the case say that it does not apply"),
    ("unanswered", "applies, but has no answer yet"),
    ("parked", "was answered, then stopped applying: not counted, its answer not given here"),
)
WRITTEN = (RECORDED.id, "answered with a value, which nobody judges")
STATUS = (("open", "work goes on"), ("finished", "finished and locked"))


@frozen
class Column:
    """One column: its name, what kind of values it holds, what it says, and each value it can have."""

    name: str
    kind: ColumnKind
    label: str
    values: tuple[tuple[str, str], ...] = ()


@frozen(repr=False)
class Table:
    """A table by name: its columns, and rows of as many values.  None is a value not recorded.

    >>> table = export(open_inspection("darlington-2012"))["cases"]
    >>> table.dicts[0]["case"], table.names[:2]
    ('01', ('case', 'status'))
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self.rows)} rows, {len(self.columns)} columns>"

    @property
    def names(self) -> tuple[str, ...]:
        """What the columns are called."""
        return tuple(column.name for column in self.columns)

    @property
    def dicts(self) -> list[dict[str, CellValue]]:
        """The rows as mappings from a column's name to its value: what makes a data frame."""
        return [dict(zip(self.names, row, strict=True)) for row in self.rows]

    @property
    def variables(self) -> tuple[str, ...]:
        """A name for each column that R, Stata and SPSS all take: see :func:`variable_names`."""
        return variable_names(self.names)


def export_tables(
    criteria: Criteria, records: Iterable[CaseRecord], interviews: Iterable[Interview], *, text: bool = False
) -> tuple[Table, ...]:
    """Return the tables of an export: answers (a row a case and question), cases, interviews, codebook.

    Practice records are left out.  ``text`` adds what people wrote and their initials: notes,
    facts that are free text, inspector and case manager.
    """
    kept = [record for record in records if not record.practice]
    cases = tuple(case_row(criteria, record, text=text) for record in kept)
    made = (
        _answers(criteria, kept, text),
        Table("cases", case_columns(criteria, text=text), cases),
        _interviews(criteria, interviews),
    )
    return (*made, codebook(made))


def codebook(described: Iterable[Table]) -> Table:
    """Return a row for every column of ``described``, and one for every value it can have."""
    columns = (
        Column("table", "category", "the file"),
        Column("column", "text", "the column of that file"),
        Column("variable", "text", "its name in R, Stata and SPSS, as the set-up files have it"),
        Column("kind", "category", "text, category, boolean (true, false), number or date (2012-11-26)"),
        Column("label", "text", "what the column says"),
        Column("value", "text", "a value it can have; blank on the row that describes the column"),
        Column("meaning", "text", "what that value means"),
    )
    rows: list[tuple[CellValue, ...]] = []
    for table in described:
        for name, column in zip(table.variables, table.columns, strict=True):
            row = (table.name, column.name, name, column.kind, column.label)
            rows.append((*row, None, None))
            rows += [(*row, *pair) for pair in column.values]
    return Table("codebook", columns, tuple(rows))


def answer_word(state: State, outcome: Outcome | None) -> str:
    """Return the word of :data:`ANSWERS` for a question in ``state`` with ``outcome``."""
    if state is State.ANSWERED:
        if outcome is RECORDED:
            return RECORDED.id
        return YES if outcome is not None and outcome.counts == "sufficient" else NO
    return state.value


CASE = Column("case", "text", "case reference; keep it as text, for 01 is not 1")


def _answers(criteria: Criteria, records: list[CaseRecord], text: bool) -> Table:
    values = any(not question.is_judged for question in criteria.questions)
    outcomes = {o.id: o for o in (*criteria.outcomes, *((RECORDED,) if values else ()))}
    columns = [
        CASE,
        Column("question", "category", "question id", _named(criteria.questions)),
        Column("theme", "category", "theme id", tuple((t.id, str(t.title)) for t in criteria.themes)),
        Column(
            "answer",
            "category",
            f"how it came out, in {'eight' if values else 'seven'} words",
            (*ANSWERS, WRITTEN) if values else ANSWERS,
        ),
        Column("outcome", "category", "the judgement as recorded", _named(outcomes.values())),
        Column("reasons", "text", "ids of the reasons ticked, with blanks between", _reasons(criteria)),
    ]
    weighs = any(question.prompts for question in criteria.questions)
    if weighs:
        label = "the points weighed, with blanks between: id=yes, id=no or id=not-applicable"
        columns.append(Column("prompts", "text", label, _prompts(criteria)))
    if values:
        label = "the number, the date, or the ids of the choices with blanks between, or none of them"
        columns.append(Column("value", "text", label))
    if text:
        columns += [Column(note, "text", f"free text: {note}") for note in (*NOTES, "later")]
    rows: list[tuple[CellValue, ...]] = []
    for record in records:
        for name, state in question_states(criteria, record).items():
            question = criteria.question(name)
            answer = record.answer(name)
            not_counted = state in (State.PARKED, State.NOT_ASKED)
            outcome = None if not_counted or answer.outcome is None else answer.outcome
            takes = {r.id for r in criteria.reasons_of(question, outcome)} if outcome else set()
            row: list[CellValue] = [
                record.case,
                name,
                question.theme,
                answer_word(state, outcomes.get(outcome or "")),
                outcome,
                " ".join(reason for reason in answer.reasons if reason in takes) or None,
            ]
            if weighs:
                row.append(" ".join(f"{p}={w}" for p, w in answer.prompts.items() if outcome) or None)
            if values:
                row.append(None if outcome is None else _value(answer.value))
            if text:
                row += [None if not_counted else getattr(answer, note) or None for note in (*NOTES, "later")]
            rows.append(tuple(row))
    return Table("answers", tuple(columns), tuple(rows))


def _value(value: FactValue | None) -> str | None:
    if isinstance(value, tuple):
        return " ".join(value) or NONE_OF_THEM
    return None if value is None else str(value)


def _named(values: Iterable[Outcome | Question | InterviewQuestion | Choice]) -> tuple[tuple[str, str], ...]:
    return tuple((value.id, str(value.text)) for value in values)


def _reasons(criteria: Criteria) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for question in criteria.questions:
        for reason in criteria.reasons_of(question):
            # One id can have its own wording under several questions.
            known = found.setdefault(reason.id, str(reason.text))
            if str(reason.text) not in known.split(" / "):
                found[reason.id] = f"{known} / {reason.text}"
    return tuple(found.items())


def _prompts(criteria: Criteria) -> tuple[tuple[str, str], ...]:
    return tuple((p.id, f"{q.short}: {p.text}") for q in criteria.questions for p in q.prompts)


def case_columns(criteria: Criteria, *, text: bool = False) -> tuple[Column, ...]:
    """Return the columns of a row a case: the case, its facts, and each question's outcome or state."""
    outcomes = _named(o for o in criteria.outcomes if o.judges)
    cells = (*outcomes, *ANSWERS[2:])
    columns = [
        CASE,
        Column("status", "category", "how far the case is", STATUS),
        Column("assessed_with_case_manager", "boolean", "assessed together with the case manager"),
    ]
    if text:
        columns += [Column(name, "text", f"initials: {name}") for name in ("inspector", "case_manager")]
    columns += [column for fact in _facts(criteria, text) for column in _fact_columns(fact)]
    for question in criteria.questions:
        if question.is_judged:
            columns.append(Column(question.id, "category", str(question.text), cells))
        else:
            states = (WRITTEN, *cells[len(outcomes) :])
            columns.append(Column(question.id, "category", str(question.text), states))
            columns += _value_columns(question)
    return tuple(columns)


def case_row(criteria: Criteria, record: CaseRecord, *, text: bool = False) -> tuple[CellValue, ...]:
    """Return the row of one case under :func:`case_columns`."""
    row: list[CellValue] = [record.case, record.status, record.assessed_with_case_manager]
    if text:
        row += [record.inspector or None, record.case_manager or None]
    row += [
        value for fact in _facts(criteria, text) for value in _fact_values(fact, record.facts.get(fact.id))
    ]
    for name, state in question_states(criteria, record).items():
        row.append(record.answer(name).outcome if state is State.ANSWERED else state.value)
        question = criteria.question(name)
        if question.answer not in ("judgement", "text"):
            value = record.answer(name).value if state is State.ANSWERED else None
            row += _fact_values(question.as_fact, value)
    return tuple(row)


def _value_columns(question: Question) -> Iterator[Column]:
    """Yield the columns of what a question is answered with, beside its own; a text is in none."""
    if question.answer == "several":
        yield from _fact_columns(question.as_fact)
    elif question.answer != "text":
        yield from (evolve(column, name=f"{column.name}.value") for column in _fact_columns(question.as_fact))


def _facts(criteria: Criteria, text: bool) -> list[Fact]:
    return [fact for fact in criteria.facts if text or fact.kind != "text"]


def _fact_columns(fact: Fact) -> Iterator[Column]:
    """Yield the column of a fact; one for each choice where it takes several."""
    if fact.kind == "several":
        for choice in fact.choices:
            yield Column(f"{fact.id}.{choice.id}", "boolean", f"{fact.text}: {choice.text}")
    else:
        kind = "category" if fact.kind == "choice" else fact.kind
        yield Column(fact.id, kind, str(fact.text), _named(fact.choices))


def _fact_values(fact: Fact, value: FactValue | None) -> Iterator[CellValue]:
    if fact.kind == "several":
        for choice in fact.choices:
            yield choice.id in value if isinstance(value, tuple) else None
    elif not isinstance(value, tuple):
        yield value


def _interviews(criteria: Criteria, people: Iterable[Interview]) -> Table:
    outcomes = {o.id: o for o in criteria.interview_outcomes}
    roles = criteria.letter.roles if criteria.letter else {}
    columns = (
        Column("person", "text", "interviewee, a letter: another population than cases"),
        Column("role", "category", "role", tuple((role, one) for role, (one, _) in roles.items())),
        Column("gave_views", "boolean", "gave views, rather than only being interviewed"),
        Column("question", "category", "interview question id", _named(criteria.interview_questions)),
        Column("answer", "category", "how it came out; not-asked of those who gave no views", ANSWERS),
        Column("outcome", "category", "as recorded", _named(criteria.interview_outcomes)),
    )
    rows: list[tuple[CellValue, ...]] = []
    for person in people:
        for question, state in question_states(criteria.staff, person).items():
            outcome = outcomes.get(person.judged(question) or "") if person.gave_views else None
            given = (question, answer_word(state, outcome), outcome.id if outcome else None)
            rows.append((person.case, person.role or None, person.gave_views, *given))
    return Table("interviews", columns, tuple(rows))
