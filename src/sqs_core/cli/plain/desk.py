"""What lies on the desk: the records being worked on, each saved before anyone hears of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import define, field

from sqs_core.cli.plain.changes import differences
from sqs_core.cli.plain.numbers import numbers
from sqs_core.cli.plain.places import Place
from sqs_core.cli.plain.saving import sentence, until_saved
from sqs_core.cli.plain.talk import Talk
from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, SqsError, UsageError
from sqs_core.records.case import CaseRecord
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import Narrative
from sqs_core.records.session import Session
from sqs_core.storage.atomic import ABSENT, PerhapsSavedError
from sqs_core.storage.audit.undo import interview_undo_history, open_session
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.moderation.second import SecondFolder, check_not_finished

if TYPE_CHECKING:
    from sqs_core.cli.plain.reading import OpenText

Change = Callable[[Session], Session]


@define
class Open:
    """A case as last read or saved: the session over it, and the hash of its file."""

    session: Session
    hash: str


@define
class OpenInterview:
    """An interview as last read or saved, with what it was before (for "undo")."""

    record: Interview
    hash: str
    past: tuple[Interview, ...] = ()
    future: tuple[Interview, ...] = ()


@define
class Desk:
    """The inspection being worked on.  ``now`` is the clock; ``shared`` hides private notes.

    ``unclaimed`` is the last line that meant nothing at its prompt: "keep" can still use it.
    """

    folder: InspectionFolder
    talk: Talk
    now: Callable[[], datetime]
    shared: bool = False
    unclaimed: str = ""
    trail: list[Place] = field(factory=list)
    hinted: set[str] = field(factory=set)
    texts: dict[str, OpenText] = field(factory=dict, repr=False)
    _cases: dict[str, Open] = field(factory=dict)
    _interviews: dict[str, OpenInterview] = field(factory=dict)

    @property
    def criteria(self) -> Criteria:
        """The criteria version of the inspection."""
        return self.folder.criteria

    @property
    def second(self) -> bool:
        """Whether these are second markings, of which the first must not be seen."""
        return isinstance(self.folder, SecondFolder)

    @property
    def saved(self) -> str:
        """ "Saved 14:02:09.", by the clock as it is now."""
        return f"Saved {self.now():%H:%M:%S}."

    def number(self, question: str) -> str:
        """The number of a question, such as "2.3"."""
        return numbers(self.criteria)[question]

    # ------------------------------------------------------------ cases

    def session(self, case: str) -> Session:
        """The session over ``case``, read when it is first asked for."""
        if case not in self._cases:
            self.reread(case)
        return self._cases[case].session

    def record(self, case: str) -> CaseRecord:
        """The record of ``case`` as it is now."""
        return self.session(case).record

    def reread(self, case: str) -> None:
        """Read ``case`` from disk, with what the history can undo."""
        self._cases[case] = Open(*open_session(self.folder, case))

    def refresh(self) -> None:
        """Forget cases that someone else has changed since, so that they are read again."""
        for case, opened in list(self._cases.items()):
            try:
                if self.folder.case(case).hash != opened.hash:
                    del self._cases[case]
            except SqsError:
                continue

    def change(self, case: str, change: Change, what: str, words: str = "") -> bool:
        """Make ``change`` to ``case`` and save it; whether it was saved.

        A change the criteria do not allow is told in words.  Where saving fails, ``what`` was
        entered (and the ``words`` themselves) are kept and offered until saved or let go.
        """
        self.session(case)

        def save() -> None:
            opened = self._cases[case]
            try:
                if self.second:
                    check_not_finished(opened.session.record)
                session = change(opened.session)
            except HeldError as finished:  # not a failed save: trying again would not help
                raise UsageError(*finished.problems) from None
            if session.record == opened.session.record:
                return
            try:
                opened.hash = self.folder.save_case(session.record, expect=opened.hash)
            except PerhapsSavedError as failure:
                opened.hash = failure.new_hash
                raise
            opened.session = session

        return self._told(save, lambda: self._follow(case), what, words)

    def _told(self, save: Callable[[], None], follow: Callable[[], None], what: str, words: str) -> bool:
        try:
            return until_saved(self.talk, save, follow, what, words)
        except SqsError as refused:
            self.talk.say(sentence(refused))
            return False

    def _follow(self, case: str) -> None:
        """Take up what someone else saved of ``case``, and say what it was."""
        opened = self._cases[case]
        session, now = open_session(self.folder, case)
        if now == opened.hash:
            return
        theirs = differences(self.criteria, opened.session.record, session.record)
        self._cases[case] = Open(session, now)
        if theirs:
            self.talk.say(f"Case {case} was read again. Changed elsewhere: {', '.join(theirs)}.")

    # ------------------------------------------------------------ interviews

    def interview(self, person: str) -> OpenInterview:
        """The interview with ``person``; a blank one, not on disk yet, where there is none."""
        if person not in self._interviews:
            if person in self.folder.people():
                self._follow_person(person)
            else:
                blank = Interview(person, self.criteria.id, self.criteria.hash)
                self._interviews[person] = OpenInterview(blank, ABSENT)
        return self._interviews[person]

    def change_interview(
        self, person: str, change: Callable[[Interview], Interview], what: str, words: str = ""
    ) -> bool:
        """As :meth:`change`, for an interview."""
        self.interview(person)

        def save() -> None:
            opened = self._interviews[person]
            record = change(opened.record)
            if record == opened.record and opened.hash != ABSENT:
                return
            try:
                opened.hash = self.folder.save_interview(record, expect=opened.hash)
            except PerhapsSavedError as failure:
                opened.hash = failure.new_hash
                raise
            opened.past, opened.future = (*opened.past, opened.record), ()
            opened.record = record

        return self._told(save, lambda: self._follow_person(person), what, words)

    def _follow_person(self, person: str) -> None:
        stored = self.folder.interview(person)
        self._interviews[person] = OpenInterview(
            stored.record, stored.hash, *interview_undo_history(self.folder, stored)
        )

    # ------------------------------------------------------------ the letter

    def change_narrative(self, change: Callable[[Narrative], Narrative], what: str, words: str = "") -> bool:
        """As :meth:`change`, for what the author writes into the letter."""
        stored = self.folder.narrative()

        def save() -> None:
            self.folder.save_narrative(change(stored.record), expect=stored.hash)

        def follow() -> None:
            nonlocal stored
            stored = self.folder.narrative()

        return self._told(save, follow, what, words)
