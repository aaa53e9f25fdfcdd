"""Every question of a case with its state; a click goes there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from textual import events
from textual.content import Content
from textual.message import Message

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import Question
from sqs_core.records import CaseRecord
from sqs_core.scoring.states import State
from sqs_core.text import counted
from sqs_core.workflow.progress import CaseProgress, PeerCases, sides_in_words
from sqs_tui.styles import (
    DIM,
    HERE,
    NO,
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

AIRY = 36
"""The height from which a blank row comes before each theme."""


class Outline(DrawnLines):
    """The case at a glance, with the current question."""

    @dataclass
    class Picked(Message):
        """A question was clicked."""

        question: str

    def __init__(self) -> None:
        super().__init__(id="outline")
        self._of: tuple[Criteria, CaseProgress, str] | None = None
        self._questions: list[str] = []

    def show_case(self, criteria: Criteria, progress: CaseProgress, question: str) -> None:
        """Show the case of ``progress``, with ``question`` marked."""
        self._of = criteria, progress, question
        self.draw()

    def draw(self) -> None:
        """Draw the rows in view."""
        width, height = self.content_size
        if self._of is None or not height:
            return
        criteria, progress, here = self._of
        record = progress.record
        entries: list[Question | Content] = [_head(criteria.heading(record.case), order_of(record), width)]
        at = 0
        for theme in criteria.themes:
            if height > AIRY:
                entries.append(Content.empty())
            entries.append(shortened(f" {theme.label} {theme.title}", width, TITLE))
            for asked in criteria.theme_questions(theme.id):
                if progress.states[asked.id] is not State.NOT_ASKED or asked.id == here:
                    at = len(entries) if asked.id == here else at
                    entries.append(asked)
        foot = _counts(record)
        room = height - len(foot)
        # By half a pane at a time, not by a row with each question: the eye finds its place again.
        step = max(1, room // 2)
        top = max(0, min(at // step * step - step // 2, len(entries) - room))
        shown = entries[top : top + room]
        self._questions = [entry.id if isinstance(entry, Question) else "" for entry in shown]
        rows = [
            _row(
                str(entry.short),
                *question_mark(criteria, record, entry, progress.states[entry.id]),
                outcome_word(criteria, record, entry, progress.states[entry.id]),
                width,
                here=entry.id == here,
            )
            if isinstance(entry, Question)
            else entry
            for entry in shown
        ]
        self.show([*rows, *[Content.empty()] * (room - len(rows)), *foot])

    def questions(self) -> list[tuple[int, str]]:
        """Return the rows in view that stand for a question, each with the question."""
        return [(row, question) for row, question in enumerate(self._questions) if question]

    def on_click(self, event: events.Click) -> None:
        """Go to the question that was clicked."""
        place = event.get_content_offset(self)
        if place is not None and place.y < len(self._questions) and self._questions[place.y]:
            self.post_message(self.Picked(self._questions[place.y]))


@lru_cache(maxsize=1024)
def _row(name: str, mark: str, style: str, word: str, width: int, *, here: bool) -> Content:
    return Content.assemble(
        (" ▶" if here else "  ", HERE),
        (f" {mark} ", style),
        fitted(name, width - 12, HERE if here else ""),
        (f" {word:>5}", style),
    )


def _counts(record: CaseRecord) -> list[Content]:
    answers = record.answers.values()
    strengths = sum(bool(answer.strength) for answer in answers)
    learning = sum(bool(answer.learning) for answer in answers)
    return [
        Content.empty(),
        Content.styled(f" ⚑ {len(record.to_come_back_to)} to come back to", DIM),
        Content.styled(f" + {counted(strengths, 'strength')}", DIM),
        Content.styled(f" t {counted(learning, 'learning point')}", DIM),
    ]


def _head(heading: str, about: str, width: int) -> Content:
    lead = text(f" {heading}  ", TITLE)
    return lead + shortened(about, max(0, width - lead.cell_length - 2), DIM)


MOST_NOTED = 4
"""The number of questions of the same theme whose evidence is shown, two rows each."""


class Neighbours(DrawnLines):
    """The pane at the right: guidance, other notes of the case, the question in other cases."""

    def __init__(self) -> None:
        super().__init__(id="neighbours")
        self._of: tuple[Criteria, CaseRecord, Question, PeerCases] | None = None

    def show_question(
        self, criteria: Criteria, record: CaseRecord, question: Question, peers: PeerCases
    ) -> None:
        """Show what stands beside ``question``."""
        self._of = criteria, record, question, peers
        self.draw()

    def draw(self) -> None:
        """Draw the rows in view."""
        width, height = self.content_size
        if self._of is None or not height:
            return
        criteria, record, question, peers = self._of
        guidance = " ".join(str(question.guidance).split()).removeprefix("Look for: ")
        rows = [Content.styled("g Look for", TITLE), *wrapped(guidance, width), Content.empty()]
        rows.append(text(f"also in this {criteria.one}", TITLE))
        noted = [
            (other, record.answer(other.id).evidence)
            for other in criteria.theme_questions(question.theme)
            if other.id != question.id and record.answer(other.id).evidence
        ]
        for other, words in noted[:MOST_NOTED]:
            rows.append(shortened(str(other.short), width, DIM))
            rows += [Content("  ") + row for row in wrapped(words, width - 2)[:2]]
        if not noted:
            rows.append(Content.styled("  no other evidence so far", DIM))
        rows += [Content.empty(), text(f"other {criteria.many}, same question", TITLE)]
        rows += self._peers(criteria, question, peers, width, height - len(rows) - 1)
        self.show([*rows[:height], *[Content.empty()] * (height - len(rows))])

    @staticmethod
    def _peers(
        criteria: Criteria, question: Question, peers: PeerCases, width: int, room: int
    ) -> list[Content]:
        if not question.is_judged:
            return [Content.styled(f"  {peers.recorded} answered so far", DIM)]
        good, poor = sides_in_words(criteria, question)
        texts = {reason.id: str(reason.text) for reason in criteria.reasons_of(question)}
        room = max(0, room)
        listed = peers.poor[: room if peers.number_poor <= room else max(0, room - 1)]
        rows = []
        for case, reasons in listed:
            why = ", ".join(texts.get(reason, reason) for reason in reasons)
            head = f"  {case} {poor:<4} "
            rows.append(Content.styled(head, NO) + shortened(why, max(0, width - len(head))))
        if left := peers.number_poor - len(listed):
            more = "more " if listed else ""
            rows.append(Content.styled(f"  {left} {more}{poor} so far", NO))
        return [*rows, Content.styled(f"  {peers.good} {good} so far", YES)]
