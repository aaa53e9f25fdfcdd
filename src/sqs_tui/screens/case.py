"""What the screens of one case share: opening it where one was, and changing it through the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqs_core.errors import SqsError
from sqs_core.records import CaseRecord, Session
from sqs_core.scoring.states import APPLYING, State
from sqs_tui.memory import Place
from sqs_tui.pasts import recover, recover_now
from sqs_tui.screens.frame import Frame
from sqs_tui.standings import Standing

if TYPE_CHECKING:
    from sqs_tui.app import SqsApp


def open_case(app: SqsApp, case: str, question: str = "") -> None:
    """Open ``case``: at ``question``, else where one was, else at the next question, or at blank facts.

    One that was shut meanwhile, for its second marking, is not opened: row 1 says so.
    """
    from sqs_core.storage.blinding import BlindedError, blinded_problem
    from sqs_tui.screens.facts import FactsScreen
    from sqs_tui.screens.question import QuestionScreen

    desk = app.desk
    assert desk is not None
    app.look_for_seals()
    if case not in desk.sessions:
        app.warn(BlindedError(blinded_problem(case)))
        return
    record = desk.record(case)
    if record.blank and not question:
        app.push_screen(FactsScreen(case))
        return
    known = app.memory.of(desk.path)
    place = known.place if known and known.place.case == case and not question else Place()
    standing = desk.standing(case)
    if not desk.criteria.has_question(place.question):
        wanted = question or next_open(standing, "") or first_asked(standing)
        place = Place(case, wanted)
    app.push_screen(QuestionScreen(case, place))


def next_open(standing: Standing, after: str) -> str:
    """The next question after ``after`` that applies and is not answered, round to the first; "" if none."""
    names = list(standing.states)
    start = names.index(after) + 1 if after in standing.states else 0
    for name in (*names[start:], *names[:start]):
        if standing.states[name] is State.UNANSWERED and name != after:
            return name
    return ""


def first_asked(standing: Standing) -> str:
    """The first question that applies."""
    return next((q for q, s in standing.states.items() if s in APPLYING), next(iter(standing.states)))


def beside(standing: Standing, question: str, step: int) -> str:
    """The next or previous question in order that applies."""
    names = [q for q, s in standing.states.items() if s in APPLYING or q == question]
    return names[(names.index(question) + step) % len(names)] if question in names else question


class CaseFrame(Frame):
    """A screen of one case: every change goes to the session, and from there to the disk."""

    def __init__(self, case: str) -> None:
        super().__init__()
        self.case = case

    def on_mount(self) -> None:
        """Look for what can be undone of the runs before this one."""
        recover(self.sqs, self.case)

    def draw(self) -> None:
        """Draw everything; nothing where the case was shut while it was in view."""
        if self.case in self.desk.sessions:
            super().draw()

    def draw_header(self) -> None:
        """Draw row 1; nothing where the case was shut."""
        if self.case in self.desk.sessions:
            super().draw_header()

    def take(self, key: str) -> bool:
        """Run what ``key`` means; nothing where the case was shut and the screen is being left."""
        return self.case not in self.desk.sessions or super().take(key)

    @property
    def session(self) -> Session:
        """The session over the case, as it is now."""
        return self.desk.sessions[self.case]

    @property
    def record(self) -> CaseRecord:
        """The record of the case, as it is now."""
        return self.session.record

    def change(self, how: Callable[[Session], Session]) -> bool:
        """Change the case; what the core refuses is said in row 1.  Whether anything changed."""
        before = self.session
        try:
            self.desk.keep(how(before))
        except SqsError as error:
            self.sqs.warn(error)
        self.draw()
        return self.session.record != before.record

    def do_undo(self) -> None:
        """Take back the last change in this case."""
        recover_now(self.desk, self.case)
        if not self.change(Session.undoing):
            self.sqs.say("nothing to undo in this case")
        else:
            self.sqs.say("taken back; U makes it again")

    def do_redo(self) -> None:
        """Make it again."""
        recover_now(self.desk, self.case)
        if not self.change(Session.redoing):
            self.sqs.say("nothing to redo in this case")

    def do_again(self) -> None:
        """Take what is on the disk."""
        self.desk.read_again(self.case)
        self.sqs.say(
            f"case {self.case} read from disk again; yours is in the rescue folder if it was refused"
        )
        self.draw()

    def do_takeaway(self) -> None:
        """The sheet for the case manager."""
        from sqs_tui.screens.takeaway import TakeawayScreen

        self.commit()
        self.sqs.push_screen(TakeawayScreen(self.case))

    def do_review(self) -> None:
        """What is to be put right before the case is finished."""
        from sqs_tui.screens.review import ReviewScreen

        self.commit()
        self.sqs.push_screen(ReviewScreen(self.case))
