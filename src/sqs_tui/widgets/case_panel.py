"""Show the case under the cursor of the grid, question by question."""

from __future__ import annotations

from textual.content import Content

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import Question
from sqs_core.scoring.states import APPLYING, State
from sqs_core.text import counted
from sqs_core.workflow.navigation import next_open
from sqs_core.workflow.progress import CaseProgress
from sqs_tui.styles import (
    DIM,
    HERE,
    TITLE,
    YES,
    fitted,
    order_of,
    outcome_word,
    question_mark,
    shortened,
    text,
    wrapped,
)
from sqs_tui.widgets.lines import DrawnLines


class CasePanel(DrawnLines):
    """A case question by question; a theme without answers takes one line.

    Under a question that is not good enough stand its reasons.  Where there is no room for that, a theme
    that is good enough throughout takes one line too, and then the reasons go.
    """

    def __init__(self) -> None:
        super().__init__(id="case-panel")
        self._of: tuple[Criteria, CaseProgress, str, str] | None = None

    def show_case(self, criteria: Criteria, progress: CaseProgress, *, minutes: str, opens: str = "") -> None:
        """Show the case of ``progress``; ``minutes`` is the time seen in it, "" to leave it out.

        ``opens`` is the question that Enter opens, where it is another than the next one.
        """
        self._of = criteria, progress, minutes, opens
        self.draw()

    def clear(self) -> None:
        """Show no case."""
        self._of = None
        self.show([])

    def draw(self) -> None:
        """Draw the rows in view."""
        width, height = self.content_size
        if self._of is None or not height:
            return
        criteria, progress, minutes, opens = self._of
        head, tail = _head(criteria, progress, width, minutes), _tail(criteria, progress, width, opens)
        room = height - len(head) - len(tail) - 1
        body: list[Content] = []
        for reasons, whole in ((True, True), (True, False), (False, False)):
            body = _questions(criteria, progress, width, reasons=reasons, whole=whole)
            if len(body) <= room:
                break
        else:
            body = [*body[: max(0, room - 1)], Content.styled("  … Enter opens the case", DIM)]
        self.show([*head, *body, *[Content.empty()] * (room - len(body)), Content.empty(), *tail])


def _head(criteria: Criteria, progress: CaseProgress, width: int, minutes: str) -> list[Content]:
    record = progress.record
    who = " with ".join(part for part in (record.inspector, record.case_manager) if part)
    parts = [part for part in (who, progress.answered) if part]
    title = "  ".join(part for part in (order_of(record), minutes) if part)
    lead = text(f"{criteria.heading(record.case)}  ", TITLE)
    rows = [lead + shortened(title, width - lead.cell_length), shortened(" · ".join(parts), width, DIM)]
    facts = "; ".join(str(criteria.fact(f).text) for f, v in record.facts.items() if v is True)
    fact_rows = wrapped(facts, width, DIM) if facts else []
    if len(fact_rows) > 2:
        fact_rows = [fact_rows[0], shortened(f"{fact_rows[1].plain} {fact_rows[2].plain}", width, DIM)]
    return [*rows, *fact_rows, Content.empty()]


def _tail(criteria: Criteria, progress: CaseProgress, width: int, opens: str) -> list[Content]:
    record = progress.record
    answers = record.answers.values()
    strengths, learning = sum(bool(a.strength) for a in answers), sum(bool(a.learning) for a in answers)
    learned = counted(learning, "learning", "learning")
    counts = f"⚑ {progress.later}  + {counted(strengths, 'strength')}  t {learned}"
    following = next_open(criteria, record)
    if opens:
        words = f"Enter opens: {criteria.question(opens).short}"
    elif progress.facts_first:
        words = "Enter its facts come first"
    elif following:
        words = f"Enter next: {criteria.question(following).short}"
    else:
        words = "Enter its answers"
    return [shortened(counts, width, DIM), shortened(words, width, HERE)]


def _questions(
    criteria: Criteria, progress: CaseProgress, width: int, *, reasons: bool, whole: bool
) -> list[Content]:
    rows: list[Content] = []
    record, states = progress.record, progress.states
    for theme in criteria.themes:
        asked = [q for q in criteria.theme_questions(theme.id) if states[q.id] is not State.NOT_ASKED]
        applying = [q for q in asked if states[q.id] in APPLYING]
        title = f"{theme.label} {theme.title}"
        if not any(q.id in record.answers for q in asked):
            words = f"{len(applying)} to do" if applying else "not asked"
            rows.append(fitted(title, width - 10, TITLE) + Content.styled(f" {words}", DIM))
            continue
        marks = {question_mark(criteria, record, q, states[q.id]) for q in asked}
        if not whole and len(marks) == 1 and (only := next(iter(marks)))[1] == YES:
            words = f"{len(asked)} {outcome_word(criteria, record, asked[0], states[asked[0].id])}"
            rows.append(fitted(title, width - 10, TITLE) + Content.styled(f" {words}", only[1]))
            continue
        rows.append(shortened(title, width, TITLE))
        for question in asked:
            rows += _question(criteria, progress, question, width, reasons=reasons)
    return rows


def _question(
    criteria: Criteria, progress: CaseProgress, question: Question, width: int, *, reasons: bool
) -> list[Content]:
    record, state = progress.record, progress.states[question.id]
    mark, style = question_mark(criteria, record, question, state)
    word = outcome_word(criteria, record, question, state)
    name = fitted(f" {question.short}", width - 10) + Content(" ")
    rows = [Content.styled(f"  {mark}", style) + name + Content.styled(word, style)]
    answer = record.answer(question.id)
    texts = {r.id: str(r.text) for r in criteria.reasons_of(question)}
    why = answer.later or "; ".join(texts.get(reason, reason) for reason in answer.reasons)
    if reasons and why and state is not State.PARKED:
        rows.append(text("    ") + shortened(why, width - 4, DIM))
    return rows
