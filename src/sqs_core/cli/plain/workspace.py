"""The open inspection in plain mode: the records being worked on, each saved before anyone hears of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from attrs import define, field

from sqs_core.cli.plain.line_io import LineIO
from sqs_core.cli.plain.saving import sentence, until_saved
from sqs_core.criteria import Criteria
from sqs_core.documents.folding import Span
from sqs_core.errors import HeldError, SqsError, UsageError
from sqs_core.letter.source_text import SourceText
from sqs_core.records.case import CaseRecord, Session
from sqs_core.records.inspection import Inspection
from sqs_core.records.narrative import Narrative
from sqs_core.state import at_home
from sqs_core.storage.atomic import StaleError
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.fsync import PerhapsSavedError
from sqs_core.storage.layout import kind_of_copy
from sqs_core.storage.merge.concurrent import ATTEMPTS, conflicts
from sqs_core.storage.moderation.second import SecondFolder, as_second, check_not_finished
from sqs_core.storage.rescue import RescueCopy
from sqs_core.workflow.answering import Step
from sqs_core.workflow.changes import changed_names
from sqs_core.workflow.letter_details import change_details


@define
class OpenCase:
    """A case as last read or saved: the session over it, and the hash of its file."""

    session: Session
    hash: str


@define
class TextBeside:
    """The text read beside a case, and the sentences that were found in it last."""

    source: SourceText = field(repr=False)
    found: tuple[Span, ...] = field(default=(), repr=False)


@define
class PlainWorkspace:
    """The inspection being worked on.  ``now`` is the clock; ``shared`` hides private notes."""

    folder: InspectionFolder
    io: LineIO
    now: Callable[[], datetime]
    shared: bool = False
    texts: dict[str, TextBeside] = field(factory=dict, repr=False)
    _cases: dict[str, OpenCase] = field(factory=dict)
    _copies: dict[tuple[str, str], RescueCopy] = field(factory=dict)

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
        """Return the number of a question, such as "2.3"."""
        return self.criteria.question_numbers[question]

    def turn_to(self, folder: InspectionFolder) -> None:
        """Work in ``folder`` from now on, that of another population; all of this one is saved."""
        self.folder = as_second(folder) if self.second else folder
        self.texts, self._cases, self._copies = {}, {}, {}

    # ------------------------------------------------------------ cases

    def session(self, case: str) -> Session:
        """Return the session over ``case``, read when it is first asked for."""
        if case not in self._cases:
            self.reread(case)
        return self._cases[case].session

    def record(self, case: str) -> CaseRecord:
        """Return the record of ``case`` as it is now."""
        return self.session(case).record

    def reread(self, case: str) -> None:
        """Read ``case`` from disk, with what the history can undo."""
        self._cases[case] = OpenCase(*open_session(self.folder, case))

    def refresh(self) -> None:
        """Forget cases that someone else has changed since, so that they are read again."""
        for case, opened in list(self._cases.items()):
            try:
                if self.folder.case(case).hash != opened.hash:
                    del self._cases[case]
            except SqsError:
                continue

    def make(self, case: str, step: Step) -> bool:
        """Make ``step`` in ``case``, save it, and tell of it; whether it was saved."""
        before = self.record(case)
        if not self.change(case, step.change, step.entered, step.words):
            return False
        first, *more = step.description(self.record(case), before).split("\n")
        self.io.say(" ".join((first, self.saved, *more)))
        return True

    def change(self, case: str, change: Callable[[Session], Session], entered: str, words: str = "") -> bool:
        """Change ``case`` and save it; whether it was saved.

        It goes on top of what somebody else saved meanwhile, unless both changed the same.  A change the
        criteria do not allow is told in words.  Where saving fails, what was ``entered`` (and the
        ``words`` themselves) are kept and offered until saved or let go.
        """
        self.session(case)
        made: list[CaseRecord] = []
        base: list[str] = []

        def save() -> None:
            opened = self._cases[case]
            try:
                if self.second:
                    check_not_finished(self.criteria, opened.session.record)
                session = change(opened.session)
            except HeldError as finished:  # not a failed save: trying again would not help
                raise UsageError(*finished.problems) from None
            if session.record == opened.session.record:
                return
            made[:] = [session.record]
            base[:] = [opened.hash]
            try:
                opened.hash = self.folder.save_case(session.record, expect=opened.hash)
            except PerhapsSavedError as failure:
                opened.hash = failure.new_hash
                raise
            opened.session = session

        def follow_theirs() -> bool:
            if self._conflict(case, made[0]):
                return False
            self._follow(case)
            return True

        kind = kind_of_copy(self.folder.room)
        follow = partial(self._follow, case)
        save_on_top = partial(_on_top, save, follow_theirs)
        return self._until_saved(save_on_top, follow, made, (kind, case), entered, words, base)

    def _conflict(self, case: str, ours: CaseRecord) -> bool:
        """Return whether somebody else changed the same in ``case`` as is changed in ``ours``; it is told."""
        before, theirs = self._cases[case].session.record, self.folder.case(case).record
        fields = {both.field for both in conflicts(self.folder.name_of(case), before, ours, theirs)}
        names = (self.number(k[1]) if k[0] == "answers" else k[-1].replace("_", " ") for k in fields)
        self._say_conflict(sorted(names))
        return bool(fields)

    def _until_saved(
        self,
        save: Callable[[], None],
        follow: Callable[[], object],
        made: list[CaseRecord] | list[Narrative],
        which: tuple[str, str],
        entered: str,
        words: str,
        base: Sequence[str] = (),
    ) -> bool:
        """Save as :func:`until_saved`, with a rescue copy of what is in ``made`` by then."""
        copy = self._copies.setdefault(which, RescueCopy(self.folder.path, self.criteria, *which))

        def rescue() -> str:
            where = copy.save(made[0], *base) if made else None
            return at_home(where) if where else ""

        try:
            return until_saved(self.io, save, follow, rescue, copy.remove, entered, words)
        except SqsError as refused:  # finished by somebody else meanwhile, perhaps: the words are kept
            where = rescue()
            self.io.say(sentence(refused) + (f" A copy is in {where}." if where else ""))
            return False

    def _follow(self, case: str) -> None:
        """Take up what someone else saved of ``case``, and say what it was."""
        opened = self._cases[case]
        session, now = open_session(self.folder, case)
        if now == opened.hash:
            return
        theirs = changed_names(self.criteria, opened.session.record, session.record)
        self._cases[case] = OpenCase(session, now)
        if theirs:
            heading = self.criteria.heading(case)
            self.io.say(f"{heading} was read again. Changed elsewhere: {', '.join(theirs)}.")

    def _say_conflict(self, names: Sequence[str]) -> None:
        if names:
            self.io.say(f"Somebody else changed the same: {', '.join(names)}.")
            self.io.say('"again" puts yours in its place, "drop" leaves theirs.')

    # ------------------------------------------------------------ the letter

    def change_details(self, change: Callable[[Inspection], Inspection], entered: str) -> bool:
        """As :meth:`change`, for the details in ``inspection.toml``; what others change meanwhile stays."""

        def save() -> None:
            self.folder = change_details(self.folder, change)

        return self._until_saved(save, lambda: None, [], ("inspection", ""), entered, "")

    def change_narrative(
        self, change: Callable[[Narrative], Narrative], entered: str, words: str = ""
    ) -> bool:
        """As :meth:`change`, for what the author writes into the letter."""
        stored = self.folder.narrative()
        made: list[Narrative] = []

        def save() -> None:
            made[:] = [change(stored.record)]
            self.folder.save_narrative(made[0], expect=stored.hash)

        def follow() -> bool:
            nonlocal stored
            stored = self.folder.narrative()
            return True  # ``change`` is made to what is there by then

        save_on_top = partial(_on_top, save, follow)
        return self._until_saved(save_on_top, follow, made, ("letter", ""), entered, words)


def _on_top(save: Callable[[], None], follow: Callable[[], bool]) -> None:
    """Save on top of what others save meanwhile: ``follow`` takes that up, or says that it cannot be.

    Raises:
        StaleError: both changed the same, or others save it again and again.
    """
    for _ in range(ATTEMPTS):
        try:
            return save()
        except StaleError as stale:
            if not follow():
                raise
            failure = stale
    raise failure
