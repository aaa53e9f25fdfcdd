"""Before a case is done: what to put right, what to think about, what was answered."""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.cli.plain.shell import Room, Shell
from sqs_core.text import counted, whole_number
from sqs_core.workflow.navigation import CASES
from sqs_core.workflow.review import Review, answers_at_a_glance, review_of


class ReviewRoom(Room):
    """List what is left to put right, each with a number that goes there."""

    fits = "the number of a line"

    @property
    def review(self) -> Review:
        """The case as it is now."""
        return review_of(self.criteria, self.record, second=self.workspace.second)

    def arrive(self) -> None:
        """Say the review."""
        self.say_all(review_sentences(self.shell, self.review))

    def prompt(self) -> str:
        """Ask where to go."""
        where = "a number goes there, " if self.review.gaps else ""
        return f"Review ({where}Enter for the {self.criteria.many}):"

    def enter(self) -> None:
        """Back to the cases."""
        self.go(CASES)

    def typed(self, line: str) -> bool:
        """Go to the gap of that number."""
        gaps = self.review.gaps
        place = whole_number(line) or 0
        if not 1 <= place <= len(gaps):
            return False
        self.go(gaps[place - 1].location)
        return True


def review_sentences(shell: Shell, review: Review) -> Iterator[str]:
    """Yield the review in words."""
    criteria = shell.criteria
    yield f"{criteria.heading(review.case)}. Review. {criteria.in_its_words(review.summary)}"
    for place, gap in enumerate(review.gaps, 1):
        if place == len(review.stops) + 1:
            yield f"{counted(len(review.advice), 'thing')} to think about:"
        yield f"{place}. {gap}"
    yield from answer_sentences(shell)
    manager = criteria.in_its_words("For the case manager")
    strengths = counted(review.strengths, "strength")
    yield f"{manager}: {review.learning} to take away, {strengths}."
    if not shell.workspace.shared:
        yield f"To discuss at moderation: {', '.join(review.discuss) or 'none'}."


def answer_sentences(shell: Shell) -> Iterator[str]:
    """Yield every question that applies with its answer, a line for each section."""
    for theme, answers in answers_at_a_glance(shell.criteria, shell.record):
        words = "; ".join(" ".join(answer) for answer in answers)
        yield f"Section {theme.label}, {theme.title}: {words or 'nothing applies'}."
