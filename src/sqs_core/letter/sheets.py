"""The board and the case grid as plain tables, for whoever writes spreadsheets of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from attrs import evolve, frozen

from sqs_core.criteria import Question
from sqs_core.criteria.questions import RECORDED
from sqs_core.letter.report import Report
from sqs_core.scoring.fact_counts import FactCount
from sqs_core.scoring.states import State
from sqs_core.scoring.tally import Tally

SheetCell = str | int
# The widest column, and what is still legible on A4 lying down, in letters.
MOST_LETTERS, LETTERS_ACROSS = 60, 260
NOT_FOR_PUBLICATION = "Names single cases by their reference: not for publication."
_UNJUDGED = (State.NOT_APPLICABLE, State.NOT_ASKED, State.NOT_KNOWN, State.UNANSWERED, State.PARKED)


@frozen
class Sheet:
    """One table with one header row; every row has as many cells, a number where it counts.

    The first ``names`` columns say what a row is of, and are printed on every page.  ``warning``
    is to be printed above every page, "" for none.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    names: int = 1
    warning: str = ""

    def letters(self, column: int) -> int:
        """How wide ``column`` is best, in letters: its head may be wrapped, its longest cell up to 60."""
        head = self.head[column]
        # A third of the head to a line, with room for the button that filters.
        fitting = max(*map(len, head.replace("-", "- ").split()), len(head) // 3) + 2
        return max(
            fitting, min(max((len(str(row[column])) for row in self.rows), default=0) + 1, MOST_LETTERS)
        )

    def counts(self, column: int) -> bool:
        """Whether ``column`` holds nothing but numbers, and they stand under each other at the right."""
        return all(isinstance(row[column], int) for row in self.rows)

    def pages_across(self) -> int:
        """How many sheets of A4 lying down it takes side by side to be printed large enough to read."""
        return -(-sum(map(self.letters, range(len(self.head)))) // LETTERS_ACROSS)


def lines(row: Iterable[SheetCell], letters: Iterable[int]) -> int:
    """Return how many lines high ``row`` is in columns as wide as ``letters``, its longest cell wrapped."""
    cells = zip(map(str, row), letters, strict=True)
    return max((len(wrap(cell, width - 1)) for cell, width in cells if len(cell) >= width), default=1)


def board_sheets(report: Report) -> tuple[Sheet, ...]:
    """Sheets "Board" (case questions), "Reasons", "Staff" (another population) and "About"."""
    criteria, whole = report.criteria, report.findings
    themes = {t.id: f"{t.label} {t.title}" for t in criteria.themes}
    outcomes = [o.id for o in criteria.outcomes if o.judges]
    subsets = report.findings.subsets
    head = [
        "Theme",
        "Question",
        "Id",
        "Good enough",
        "Of those judged",
        *outcomes,
        *(state.value for state in _UNJUDGED),
    ]
    head += [f"{criteria.subset(name).text}: {part}" for name in subsets for part in ("good enough", "of")]
    rows: list[tuple[SheetCell, ...]] = []
    reasons: list[tuple[SheetCell, ...]] = []
    values: list[tuple[SheetCell, ...]] = []
    for question in criteria.questions:
        tally = whole.tally(question.id)
        if tally.value:
            values += _value_rows(question, tally, tally.value)
            continue
        row: list[SheetCell] = [themes[question.theme], str(question.short), question.id, tally.k, tally.n]
        row += [len(tally.outcomes.get(outcome, ())) for outcome in outcomes]
        row += [len(tally.unjudged[state]) for state in _UNJUDGED]
        for board in subsets.values():
            row += [board.tally(question.id).k, board.tally(question.id).n]
        rows.append(tuple(row))
        words = {r.id: str(r.text) for r in criteria.reasons_of(question)}
        reasons += [(question.id, words[r], r, len(cases)) for r, cases in tally.reasons.items()]
    asked = [(q, whole.interviews[q.id]) for q in criteria.interview_questions]
    staff = tuple((str(q.short), q.id, tally.k, tally.n) for q, tally in asked)
    return _marked(
        report,
        Sheet("Board", tuple(head), tuple(rows), names=2),
        Sheet("Reasons", ("Question", "Reason", "Id", "Cases"), tuple(reasons)),
        *((Sheet("Values", ("Question", "Id", "What", "Number", "Of"), tuple(values)),) if values else ()),
        Sheet("Staff", ("Question", "Id", "Yes", "Of those who gave views"), staff),
        Sheet("About", ("What", "Value"), _about(report)),
    )


def _value_rows(question: Question, tally: Tally, value: FactCount) -> Iterator[tuple[SheetCell, ...]]:
    """Yield in how many cases a value is recorded, of those asked; then the choices, or the numbers."""
    named = (str(question.short), question.id)
    yield (*named, "recorded", len(tally.recorded), len(tally.asked))
    for choice in question.choices:
        yield (*named, str(choice.text), len(value.choices[choice.id]), len(tally.recorded))
    if value.median is not None:
        middle = int(value.median) if value.median == int(value.median) else f"{value.median:g}"
        found = (("median", middle), ("lowest", min(value.numbers)), ("highest", max(value.numbers)))
        yield from ((*named, what, number, "") for what, number in found)


def _marked(report: Report, *sheets: Sheet) -> tuple[Sheet, ...]:
    """Return ``sheets`` with the marks of ``report`` above every page."""
    marks = (*map(str, report.marks),)
    return tuple(evolve(sheet, warning="  ".join(filter(None, (*marks, sheet.warning)))) for sheet in sheets)


def grid_sheets(report: Report) -> tuple[Sheet, ...]:
    """Sheets "Cases" (one row a case, one column a question) and "Key"."""
    criteria, whole = report.criteria, report.findings
    columns = [whole.tally(question.id).by_case for question in criteria.questions]
    rows = tuple((case, *(column[case] for column in columns)) for case in whole.cases)
    key = [("Question", q.id, str(q.text)) for q in criteria.questions]
    key += [("Answer", o.id, str(o.text)) for o in criteria.outcomes]
    if any(not question.is_judged for question in criteria.questions):
        key.append(("Answer", RECORDED.id, "answered with a value"))
    key += [("Answer", word, word.replace("-", " ")) for word in ("not-asked", "unanswered", "parked")]
    return _marked(
        report,
        Sheet("Cases", ("Case", *(q.id for q in criteria.questions)), rows, warning=NOT_FOR_PUBLICATION),
        Sheet("Key", ("Kind", "Id", "Meaning"), tuple(key)),
    )


def _about(report: Report) -> tuple[tuple[SheetCell, ...], ...]:
    whole = report.findings
    days = [day.isoformat() for day in (report.first_day, report.last_day) if day]
    return (
        ("Service", report.service),
        ("Days", " to ".join(days)),
        ("Cases", len(whole.cases)),
        ("Staff interviewed", len(whole.people)),
        ("Staff who gave views", len(whole.gave_views)),
        ("Criteria", f"{report.criteria.title} ({report.criteria.source})"),
        ("Good enough", "cases judged sufficient, among those judged one way or the other"),
    )
