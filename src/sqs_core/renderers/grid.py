"""The traffic-light grid: every case against every question, legible in black and white."""

from __future__ import annotations

from typing import NamedTuple

from sqs_core.criteria import Criteria, Question
from sqs_core.criteria.questions import PARKED_MARK, RECORDED
from sqs_core.letter.report import Report
from sqs_core.renderers.board import heading, source
from sqs_core.renderers.page import render_page
from sqs_core.scoring.states import State
from sqs_core.scoring.tally import Tally


class GridCell(NamedTuple):
    """A mark, what it means, and how the cell is shaded: yes, no, open or outside."""

    mark: str
    words: str
    shade: str


STATES = {
    State.NOT_APPLICABLE: GridCell("-", "not applicable", "outside"),
    State.NOT_ASKED: GridCell("·", "not asked: it does not apply", "outside"),
    State.NOT_KNOWN: GridCell("?", "not known", "open"),
    State.UNANSWERED: GridCell("○", "not answered yet", "open"),
    State.PARKED: GridCell(PARKED_MARK, "parked: answered, then stopped applying", "open"),
}

RECORDED_CELL = GridCell(RECORDED.mark, "recorded: a value, and no judgement", "outside")

# More questions than this are too wide for a sheet of A4 held upright.
_UPRIGHT = 26


def render_grid(report: Report) -> bytes:
    """Return the grid as one page: a character and a shade for each of the states, and the key."""
    criteria = report.criteria
    whole = report.findings
    questions = [q for theme in criteria.themes for q in criteria.theme_questions(theme.id)]
    columns = [cells_of(criteria, q, whole.tally(q.id)) for q in questions]
    themes = [
        {"label": theme.label, "title": str(theme.title), "questions": many}
        for theme in criteria.themes
        if (many := len(criteria.theme_questions(theme.id)))
    ]
    return render_page(
        "grid.html",
        report,
        language="en-GB",
        heading=heading(report),
        sheet="across" if len(questions) > _UPRIGHT else "upright",
        themes=themes,
        questions=questions,
        rows=[(case, [column[case] for column in columns]) for case in whole.cases],
        tallies=[whole.tally(q.id) for q in questions],
        key=_marks(criteria),
        source=source(report),
    )


def cells_of(criteria: Criteria, question: Question, tally: Tally) -> dict[str, GridCell]:
    """Return for each counted case the mark, the words for it, and "yes", "no", "open" or "outside"."""
    cells: dict[str, GridCell] = {}
    for name, cases in tally.outcomes.items():
        outcome = criteria.outcome_of(question, name)
        kind = "yes" if name in tally.sufficient else "no"
        cells |= dict.fromkeys(cases, GridCell(outcome.mark, str(outcome.text), kind))
    cells |= dict.fromkeys(tally.recorded, RECORDED_CELL)
    for state, cases in tally.unjudged.items():
        cells |= dict.fromkeys(cases, STATES[state])
    return cells


def _marks(criteria: Criteria) -> list[GridCell]:
    judged = [o for o in criteria.outcomes if o.judges]
    marks = [GridCell(o.mark, str(o.text), "yes" if o.counts == "sufficient" else "no") for o in judged]
    valued = any(not question.is_judged for question in criteria.questions)
    return [*marks, *([RECORDED_CELL] if valued else []), *STATES.values()]
