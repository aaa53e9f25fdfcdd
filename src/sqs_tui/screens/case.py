"""What the screens of one case share: changing it through its session, undo and redo, its check."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from sqs_core.errors import SqsError
from sqs_core.records import CaseRecord, Session
from sqs_core.text import without_forbidden
from sqs_core.workflow.changes import changed_names
from sqs_core.workflow.navigation import Location
from sqs_core.workflow.progress import CaseProgress
from sqs_tui.screens.base import SqsScreen
from sqs_tui.undo_history import recover, recover_now


class NoteEditing:
    """The note that is being written: one step to undo, however long one types."""

    def __init__(self) -> None:
        self.question = self.note = ""
        self._before: Session | None = None

    def begin(self, session: Session, question: str, note: str) -> None:
        """Write ``note`` on ``question`` from now on; what was written before is a step of its own."""
        self.question, self.note, self._before = question, note, session

    def begin_again(self, session: Session) -> None:
        """Something else in the case was changed meanwhile: what is typed from now on is another step."""
        if self._before is not None:
            self._before = session

    def end(self) -> None:
        """Write nothing any more."""
        self.question = self.note = ""
        self._before = None

    def with_text(self, now: Session, typed: str) -> Session | None:
        """Return the session with what was ``typed``; None where the record says so already.

        Raises:
            SqsError: the note cannot be changed.
        """
        if self._before is None:
            return None
        text = without_forbidden(typed)[0]
        text = text if text.strip() else ""
        if getattr(now.record.answer(self.question), self.note) == text:
            return None
        return self._before.noting(self.question, self.note, text)


MOST_NAMED = 2
"""Changes that "taken back" names."""


class CaseScreen(SqsScreen):
    """A screen of one case: every change goes to the session, and from there to the disk."""

    of_case: ClassVar[bool] = True

    def __init__(self, case: str) -> None:
        super().__init__()
        self.case = case

    def on_mount(self) -> None:
        """Look for what can be undone of the runs before this one."""
        self.recover()

    def recover(self) -> None:
        """Find, off the UI thread, what can be undone of the runs before this one."""
        recover(self.app, self.workspace, self.case)

    @property
    def open(self) -> bool:
        """Whether the case can be worked on; not while it is shut for its second marking."""
        return self.app.workspace is not None and self.case in self.app.workspace.sessions

    def refresh_view(self) -> None:
        """Show everything; nothing where the case was shut while it was in view."""
        if self.open:
            super().refresh_view()

    def show_place(self) -> None:
        """Show row 1; nothing where the case was shut."""
        if self.open:
            super().show_place()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Return whether ``action`` can be done; nothing can on a case that was shut."""
        if not self.open and action not in ("back", "app.quit", "app.help"):
            return False
        return super().check_action(action, parameters)

    @property
    def session(self) -> Session:
        """The session over the case, as it is now."""
        return self.workspace.sessions[self.case]

    @property
    def record(self) -> CaseRecord:
        """The record of the case, as it is now."""
        return self.session.record

    @property
    def progress(self) -> CaseProgress:
        """How far the case is."""
        return self.workspace.progress(self.case)

    @property
    def finished(self) -> bool:
        """Whether the answers are locked."""
        return self.record.status == "finished"

    def change(self, how: Callable[[Session], Session]) -> bool:
        """Change the case and return whether anything changed; what the core refuses is told in row 1."""
        before = self.session
        try:
            self.workspace.save(how(before))
        except SqsError as error:
            self.app.show_error(error)
        self.refresh_view()
        return self.session.record != before.record

    def action_undo(self) -> None:
        """Take back the last change in this case."""
        self._step_in_time(
            Session.undoing, "nothing to undo in this case", "taken back: {}; U makes it again"
        )

    def action_redo(self) -> None:
        """Make it again."""
        self._step_in_time(Session.redoing, "nothing to redo in this case", "made again: {}; u takes it back")

    def _step_in_time(self, how: Callable[[Session], Session], nothing: str, done: str) -> None:
        recover_now(self.workspace, self.case)
        before = self.record
        if self.change(how):
            names = changed_names(self.workspace.criteria, before, self.record)
            more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
            self.app.show_message(done.format(", ".join(names[:MOST_NAMED]) + more))
        elif not self.finished:
            self.app.show_message(nothing)

    def action_again(self) -> None:
        """Take what is on the disk."""
        self.workspace.read_again(self.case)
        words = f"case {self.case} read from disk again; yours is in the rescue folder if it was refused"
        self.app.show_message(words)
        self.refresh_view()

    def action_takeaway(self) -> None:
        """Show the sheet for the case manager."""
        self.commit()
        self.go_to(Location("takeaway", self.case))

    def action_review(self) -> None:
        """Show what is to be put right before the case is finished."""
        self.commit()
        self.go_to(Location("review", self.case))

    def action_facts(self) -> None:
        """Show the facts of the case."""
        self.commit()
        self.go_to(Location("facts", self.case))
