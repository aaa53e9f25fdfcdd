"""The traffic-light grid: every case against every question, legible in black and white."""

from __future__ import annotations

from markupsafe import Markup

from sqs_core.criteria import Criteria, Question
from sqs_core.letter.report import Report
from sqs_core.renderers.board import heading, source
from sqs_core.renderers.page import joined, page
from sqs_core.scoring.states import State
from sqs_core.scoring.tally import Tally

# Mark, what it means, and how the cell is shaded.
STATES = {
    State.NOT_APPLICABLE: ("-", "not applicable", "outside"),
    State.NOT_ASKED: ("·", "not asked: it does not apply", "outside"),
    State.NOT_KNOWN: ("?", "not known", "open"),
    State.UNANSWERED: ("○", "not answered yet", "open"),
    State.PARKED: ("p", "parked: answered, then stopped applying", "open"),
}
Cell = tuple[str, str, str]

# More questions than this are too wide for a sheet of A4 held upright.
_UPRIGHT = 26

_GRID = Markup("""<div class="{sheet}">
<h1>{title}</h1>
<p class="warning">This grid names single cases by their reference. It is not for publication.</p>
<div class="wide" role="region" aria-label="Cases and questions" tabindex="0">
<table>
<caption>Every case and every question</caption>
<thead>
<tr><td></td>{themes}</tr>
<tr><th scope="col">Case</th>{questions}</tr>
</thead>
<tbody>
{rows}
</tbody>
<tfoot>
<tr><th scope="row">Enough</th>{enough}</tr>
<tr><th scope="row">Of</th>{of}</tr>
</tfoot>
</table>
</div>
<h2>Key</h2>
<table class="key">
<caption>What the marks mean</caption>
<thead><tr><th scope="col">Mark</th><th scope="col">Meaning</th></tr></thead>
<tbody>
{key}
</tbody>
</table>
<p>The themes: {labels}.</p>
<p class="note">{source}</p>
</div>""")


def render_grid(report: Report) -> bytes:
    """The grid as one page: a character and a shade for each of the states, and the key."""
    criteria = report.criteria
    whole = report.findings
    questions = [q for theme in criteria.themes for q in criteria.theme_questions(theme.id)]
    columns = [cells_of(criteria, q, whole.tally(q.id)) for q in questions]
    counted = [(t, len(criteria.theme_questions(t.id))) for t in criteria.themes]
    shown = [(t, many) for t, many in counted if many]
    themes = [
        Markup(
            '<th scope="colgroup" colspan="{}" class="theme">{}<span class="hidden"> {}</span></th>'
        ).format(many, t.label, t.title)
        for t, many in shown
    ]
    rows = [
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            case, Markup("").join(_cell(column[case]) for column in columns)
        )
        for case in whole.cases
    ]
    tallies = [whole.tally(q.id) for q in questions]
    body = _GRID.format(
        sheet="across" if len(questions) > _UPRIGHT else "upright",
        title=heading(report),
        themes=Markup("").join(themes),
        questions=Markup("").join(
            Markup('<th scope="col" class="question"><span>{}</span></th>').format(q.short) for q in questions
        ),
        rows=joined(rows),
        enough=Markup("").join(Markup("<td>{}</td>").format(t.k if t.n else "–") for t in tallies),
        of=Markup("").join(Markup("<td>{}</td>").format(t.n) for t in tallies),
        key=joined([_key(cell) for cell in _marks(criteria)]),
        labels="; ".join(f"{t.label} {t.title}" for t, _ in shown),
        source=source(report),
    )
    return page(f"Grid of cases: {heading(report)}", body, style="grid")


def cells_of(criteria: Criteria, question: Question, tally: Tally) -> dict[str, Cell]:
    """For each counted case the mark, the words for it, and "yes", "no", "open" or "outside"."""
    cells: dict[str, Cell] = {}
    for name, cases in tally.outcomes.items():
        outcome = criteria.outcome_of(question, name)
        kind = "yes" if name in tally.sufficient else "no"
        cells |= dict.fromkeys(cases, (outcome.mark, str(outcome.text), kind))
    for state, cases in tally.unjudged.items():
        cells |= dict.fromkeys(cases, STATES[state])
    return cells


def _marks(criteria: Criteria) -> list[Cell]:
    judged = [o for o in criteria.outcomes if not o.counts.startswith("not-")]
    marks = [(o.mark, str(o.text), "yes" if o.counts == "sufficient" else "no") for o in judged]
    return [*marks, *STATES.values()]


def _cell(cell: Cell) -> Markup:
    mark, words, kind = cell
    return Markup(
        '<td class="{}"><span aria-hidden="true">{}</span><span class="hidden">{}</span></td>'
    ).format(kind, mark, words)


def _key(cell: Cell) -> Markup:
    mark, words, kind = cell
    return Markup('<tr><td class="{}">{}</td><th scope="row">{}</th></tr>').format(kind, mark, words)
