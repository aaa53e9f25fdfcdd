"""What stands beside a question: guidance, other notes of the case, the question in other cases."""

from __future__ import annotations

from textual.content import Content

from sqs_core.criteria import Criteria
from sqs_core.criteria.model import Question
from sqs_core.records import CaseRecord
from sqs_tui.peer_cases import PeerCases
from sqs_tui.styles import DIM, NO, TITLE, YES, shortened, wrapped
from sqs_tui.widgets.lines import Lines

MOST_NOTED = 4
"""Questions of the same theme of which the evidence is shown, two rows each."""


class Neighbours(Lines):
    """The pane at the right of a question."""

    def __init__(self) -> None:
        super().__init__(id="neighbours")
        self._of: tuple[Criteria, CaseRecord, Question, PeerCases] | None = None

    def show_question(
        self, criteria: Criteria, record: CaseRecord, question: Question, peers: PeerCases
    ) -> None:
        """Show what stands beside ``question``."""
        self._of = criteria, record, question, peers
        self.draw()

    def on_resize(self) -> None:
        """Another part has room."""
        self.draw()

    def draw(self) -> None:
        """Draw the rows in view."""
        width, height = self.content_size
        if self._of is None or not height:
            return
        criteria, record, question, peers = self._of
        guidance = " ".join(str(question.guidance).split()).removeprefix("Look for: ")
        rows = [Content.styled("g Look for", TITLE), *wrapped(guidance, width), Content.empty()]
        rows.append(Content.styled("also in this case", TITLE))
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
        rows += [Content.empty(), Content.styled("other cases, same question", TITLE)]
        rows += self._peers(criteria, question, peers, width, height - len(rows) - 1)
        self.show([*rows[:height], *[Content.empty()] * (height - len(rows))])

    @staticmethod
    def _peers(
        criteria: Criteria, question: Question, peers: PeerCases, width: int, room: int
    ) -> list[Content]:
        texts = {reason.id: str(reason.text) for reason in criteria.reasons_of(question)}
        room = max(0, room)
        listed = peers.poor[: room if peers.number_poor <= room else max(0, room - 1)]
        rows = []
        for case, reasons in listed:
            why = ", ".join(texts.get(reason, reason) for reason in reasons)
            rows.append(Content.styled(f"  {case} no   ", NO) + shortened(why, width - 10))
        if left := peers.number_poor - len(listed):
            rows.append(Content.styled(f"  {left} more no so far" if listed else f"  {left} no so far", NO))
        return [*rows, Content.styled(f"  {peers.good} yes so far", YES)]
