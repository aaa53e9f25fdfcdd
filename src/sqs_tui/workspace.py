"""The workspace: the open inspection, the sessions over its cases, and every change on its way to the disk.

It belongs to the UI thread.  Whatever it knows of rules it asks of the core.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, evolve, field

from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, NotSavedError, Problem, SqsError, UsageError
from sqs_core.records import CaseRecord, Inspection, Interview, Narrative, Session
from sqs_core.records.inspection import EarlierInspection
from sqs_core.scoring.findings import EarlierScreening, Findings, count_findings
from sqs_core.storage.atomic import ABSENT
from sqs_core.storage.audit.undo import open_session
from sqs_core.storage.blinding import BlindedError, check_not_blinded
from sqs_core.storage.changes import Changes, RecordKey
from sqs_core.storage.findings import earlier_screening, other_findings
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import kind_of_copy, natural_order
from sqs_core.storage.merge.concurrent import merged_with
from sqs_core.storage.moderation.pending_decisions import (
    DecisionKind,
    PendingChoices,
    read_choices,
    save_choices,
)
from sqs_core.storage.moderation.second import DRAWN, NO_LETTER
from sqs_core.storage.record_files import encode
from sqs_core.storage.rescue import copy_name, remove_copy, save_copy
from sqs_core.text import CASE_ID_RULE, valid_case_id
from sqs_core.workflow.letter_merge import Clash, clash_error, merge_letters
from sqs_core.workflow.navigation import to_come_back_to
from sqs_core.workflow.progress import CaseProgress, PeerCases, PeerCounts, ProgressOfCases
from sqs_tui.autosave import Autosave, Key, SaveJob
from sqs_tui.loading import Snapshot
from sqs_tui.pace import Times

if TYPE_CHECKING:
    from sqs_core.storage.merge.three_way import FieldDifference
    from sqs_tui.open_text import OpenText

Saveable = CaseRecord | Narrative | PendingChoices
PATIENCE = 5.0
"""Seconds that what was typed last has to reach the disk, before what is there is decided on."""


@define(eq=False)
class Workspace:
    """What is being worked on, as it is now, saved or not.  Every change goes through :meth:`save`.

    ``version`` counts the changes of any record; ``findings`` are those of ``counted``, one of the
    versions.  ``save_started`` is called when a record is on its way to the disk.
    """

    folder: InspectionFolder
    autosave: Autosave
    rescue: Path
    sessions: dict[str, Session]
    narrative: Narrative
    problems: tuple[Problem, ...] = ()
    second: bool = False
    blinded: tuple[str, ...] = ()
    changes: Changes | None = None
    practice: bool = False
    save_started: Callable[[], None] = lambda: None
    letter_merged: Callable[[Narrative, Narrative], None] = lambda saved, merged: None
    clashes: tuple[Clash, ...] = ()
    """What of the letter was changed here and elsewhere, and waits to be decided."""
    version: int = 0
    blinded_at: int = 0
    findings: Findings | None = None
    counted: int = -1
    uncounted: SqsError | None = None
    """Why another population could not be counted, and so there is no letter."""
    times: Times = field(factory=Times)
    recovered: set[str] = field(factory=set)
    histories: set[str] = field(factory=set)
    texts: dict[str, OpenText] = field(factory=dict, repr=False)
    written: list[Path] = field(factory=list)
    """The files that left the inspection since it was opened, the last one last."""
    unsent: dict[tuple[str, str], str] = field(factory=dict, repr=False)
    """What was typed into a line of the facts that refused it, by case and line."""
    choices: dict[tuple[DecisionKind, str], PendingChoices] = field(factory=dict)
    path: str = field(init=False)
    letter_base: Narrative = field(init=False)
    """The letter as it was last read or saved here: what others changed is told by it."""
    _progress: ProgressOfCases = field(init=False)
    _peers: PeerCounts = field(init=False)
    _complete: tuple[int, int] = (-1, 0)
    _own_changes: Counter[str] = field(factory=Counter)
    _earlier: tuple[EarlierInspection, EarlierScreening | Problem | None] | None = None

    def __attrs_post_init__(self) -> None:
        self.path = str(self.folder.path.resolve())
        self.letter_base = self.narrative
        self._progress = ProgressOfCases(self.criteria)
        self._peers = PeerCounts(self.criteria, self._progress)

    @classmethod
    def opened(cls, snapshot: Snapshot, autosave: Autosave, state: Path) -> Workspace:
        """Return the workspace with everything of ``snapshot`` in it; ``state`` has practice and copies."""
        autosave.hashes.update(snapshot.hashes)
        criteria = snapshot.folder.criteria
        return cls(
            folder=snapshot.folder,
            autosave=autosave,
            rescue=state / "rescue",
            sessions={case: Session(criteria, record) for case, record in snapshot.cases.items()},
            narrative=snapshot.narrative,
            problems=snapshot.problems,
            second=snapshot.second,
            blinded=snapshot.blinded,
            changes=snapshot.changes,
            practice=snapshot.folder.path.resolve() == (state / "practice").resolve(),
        )

    # ------------------------------------------------------------ what there is

    @property
    def criteria(self) -> Criteria:
        """The criteria version of this inspection."""
        return self.folder.criteria

    @property
    def inspection(self) -> Inspection:
        """The inspection itself."""
        return self.folder.inspection

    @property
    def cases(self) -> tuple[str, ...]:
        """The case references that can be worked on, in their order."""
        return tuple(self.sessions)

    def key(self, kind: str, name: str) -> Key:
        """Return the key by which the writer knows a record."""
        if kind == "case":  # the two markings of a case are two records
            kind = kind_of_copy(self.folder.room)
        return (self.path, kind, name)

    def heading(self, case: str) -> str:
        """Return what ``case`` is called at the head of a page: "Case 07", "Second marking of case 07"."""
        criteria = self.criteria
        return f"Second marking of {criteria.named(case)}" if self.second else criteria.heading(case)

    def record(self, case: str) -> CaseRecord:
        """Return the record of ``case`` as it is now, saved or not."""
        return self.sessions[case].record

    def records(self) -> tuple[CaseRecord, ...]:
        """Return every record as it is now."""
        return tuple(session.record for session in tuple(self.sessions.values()))

    def progress(self, case: str) -> CaseProgress:
        """Return how far ``case`` is; worked out once for each version of its record."""
        return self._progress.of(self.record(case))

    def peers(self, question: str, case: str) -> PeerCases:
        """Return how ``question`` came out in all cases but ``case``; blinded cases are left out."""
        version = self.version - self._own_changes[case]
        return self._peers.of(question, case, version, (s.record for s in self.sessions.values()))

    def complete(self) -> int:
        """Return how many cases have every answer that applies; counted once for each change."""
        if self._complete[0] != self.version:
            self._complete = self.version, sum(self.progress(case).complete for case in self.sessions)
        return self._complete[1]

    def later(self) -> list[tuple[str, str, str]]:
        """Return the case, the question and the line of why of everything that is marked to come back to."""
        return list(to_come_back_to(self.criteria, self.records()))

    def count(self) -> Findings:
        """Count everything; callable from a worker, as it reads values, and other populations as saved."""
        others: dict[str, Findings] = {}
        self.uncounted = None
        if not self.second:
            try:
                others = other_findings(self.folder)
            except SqsError as error:
                self.uncounted = error
        people: list[Interview] = []
        try:
            people = self.people() if self.folder.whole_is_here else []
        except SqsError as error:
            self.uncounted = error
        counted = count_findings(self.criteria, list(self.records()), people, others=others)
        return counted if self.second else evolve(counted, earlier=self._earlier_screening())

    def _earlier_screening(self) -> EarlierScreening | Problem | None:
        """Return the inspection before, read once: it is not worked on here."""
        named = self.inspection.earlier
        if self._earlier is None or self._earlier[0] != named:
            self._earlier = named, earlier_screening(self.folder)
        return self._earlier[1]

    def people(self) -> list[Interview]:
        """Return the interviews as they were saved: beside cases they are another population."""
        return [self.folder.interview(person).record for person in self.folder.people()]

    @staticmethod
    def no_letter() -> SqsError:
        """Return the error that second markings have no letter: what its author wrote rests on the first."""
        return BlindedError(NO_LETTER)

    # ------------------------------------------------------------ before what is on the disk is decided on

    def check_saved(self, lead: str = "") -> None:
        """Wait until all is on the disk; NotSavedError, with ``lead``, where it is not in time."""
        if not self.autosave.flush(PATIENCE):
            raise NotSavedError(f"{lead}not everything is saved yet; try again when row 1 says it is")

    def check_saved_as_seen(self, case: str) -> None:
        """Refuse to decide on anything of ``case`` but what the person has on the screen.

        Raises:
            NotSavedError: what was typed last is not on the disk yet.
            HeldError: the record was changed outside this program.
        """
        named = self.criteria.named(case)
        self.check_saved(f"{named}: ")
        if self.folder.case(case).hash != self.autosave.hashes[self.key("case", case)]:
            raise HeldError(
                f"{named} was changed outside this program; read it from disk again (^P), then look"
            )

    # ------------------------------------------------------------ changes

    def save(self, session: Session) -> None:
        """Take ``session`` as the work on its case, and have its record saved if it changed."""
        record = session.record
        before = self.sessions.get(record.case)
        self.sessions[record.case] = session
        if before is None or before.record != record:
            self._changed(record.case)
            self._put(self.key("case", record.case), record, lambda expect: self._write(record, expect))

    def _write(self, record: CaseRecord, expect: str) -> str:
        if not self.second:
            check_not_blinded(self.folder.path, record.case)  # the draw may be a moment old
        return self.folder.save_case(record, expect=expect)

    def add_case(self, case: str) -> None:
        """Add a blank case and have it saved; UsageError for an id that cannot be one."""
        if self.second:
            raise UsageError(DRAWN)
        if not valid_case_id(case):
            raise UsageError(CASE_ID_RULE)
        if case in self.sessions or case in self.folder.case_ids():
            raise UsageError(f"{self.criteria.named(case)} is there already; choose another reference")
        self.autosave.hashes[self.key("case", case)] = ABSENT
        self.save(Session(self.criteria, self.folder.new_case(case)))
        self._sort()

    def save_narrative(self, narrative: Narrative) -> None:
        """Take the author's own text of the letter up and have it saved."""
        if self.second:
            raise self.no_letter()
        if not self.folder.whole_is_here:
            raise UsageError("the letter is of the whole inspection: key 4 goes there, and P to a population")
        self.narrative = narrative
        self.version += 1
        self._put(self.key("letter", ""), narrative, lambda _: self._write_narrative(narrative))

    def _write_narrative(self, narrative: Narrative) -> str:
        """Save it with what others wrote meanwhile, off the UI thread; one at a time.

        Raises:
            ClashError: both changed the same text; nothing is written.
        """
        base = self.letter_base
        there = self.folder.narrative()
        merged, clashes = merge_letters(base, narrative, there.record)
        if clashes:
            self.clashes = clashes
            raise clash_error(clashes)
        found = there.hash
        if merged != there.record:
            found = self.folder.save_narrative(merged, expect=there.hash)
        self.letter_base, self.clashes = narrative, ()
        if merged != narrative:
            self.letter_merged(narrative, merged)
        return found

    def take_letter(self, saved: Narrative, merged: Narrative) -> None:
        """Take up what others wrote, which was saved as ``merged`` with our version ``saved``."""
        self.narrative, _ = merge_letters(saved, self.narrative, merged)
        self.version += 1

    def settle(self, narrative: Narrative) -> None:
        """Save ``narrative``, in which every clash with the letter on the disk is decided."""
        self.letter_base, self.clashes = self.folder.narrative().record, ()
        self.save_narrative(narrative)

    def read_letter(self, folder: InspectionFolder) -> None:
        """Take up what the author wrote, and the details, as they are on the disk in ``folder`` now."""
        self.folder = folder
        stored = folder.narrative()
        self.autosave.forget(self.key("letter", ""), stored.hash)
        self.narrative = self.letter_base = stored.record
        self.clashes = ()
        self.version += 1

    def save_choices(self, kind: DecisionKind, name: str, choices: PendingChoices) -> None:
        """Have choices saved that are not carried out yet: of a moderation, an override or a merge."""
        path = self.folder.path
        self.choices[kind, name] = choices
        key = self.key(kind, name)
        self._put(key, choices, lambda expect: save_choices(path, kind, name, choices, expect=expect))

    def read_choices(self, kind: DecisionKind, name: str, *, again: bool = False) -> PendingChoices:
        """Return the choices kept under ``name``: those at hand, else (or ``again``) those on the disk."""
        if again or (kind, name) not in self.choices:
            stored = read_choices(self.folder.path, kind, name)
            self.autosave.forget(self.key(kind, name), stored.hash)
            self.choices[kind, name] = stored.record
        return self.choices[kind, name]

    def read_again(self, case: str) -> None:
        """Take the version on disk; what was not saved stays in the rescue copy only."""
        session, hash_ = open_session(self.folder, case)
        self.autosave.forget(self.key("case", case), hash_)
        self.sessions[case] = session
        self._changed(case)

    def apply_change(self, named: RecordKey, record: CaseRecord | Narrative, hash_: str) -> None:
        """Take up a record as somebody else saved it; what could be undone of it is found anew."""
        kind, name = named
        self.autosave.forget(self.key(kind, name), hash_)
        self._changed(name if kind == "case" else "")
        if isinstance(record, Narrative):
            self.narrative = self.letter_base = record
            self.clashes = ()
        else:
            self.sessions[name] = Session(self.criteria, record)
            self.recovered.discard(name)
            self.histories.discard(name)
            self._sort()

    def merge_external_change(self, named: RecordKey, theirs: CaseRecord, hash_: str) -> tuple[str, str]:
        """Put what could not be saved of a record together with what somebody else saved, and save that.

        Returns:
            What both changed, where theirs stands, and where ours is kept; "" twice where nothing was.
        """
        kind, name = named
        key = self.key(kind, name)
        copy = self.autosave.copy_of(key)
        ours = self.sessions[name].record
        made, conflicts = merged_with(self.folder, ours, self.autosave.hashes[key], theirs)
        if conflicts:
            copy = self._write_copy(key, ours, copy)
        elif copy:
            remove_copy(Path(copy))
        self.apply_change(named, theirs, hash_)
        self.save(Session(self.criteria, made))
        both = self.fields_named(conflicts)
        return both, copy if both else ""

    def fields_named(self, conflicts: Iterable[FieldDifference]) -> str:
        """Return what both changed, questions by their numbers: "2.1, custody"."""
        numbers = self.criteria.question_numbers
        return ", ".join(dict.fromkeys(numbers.get(c.field[-1], c.field[-1]) for c in conflicts))

    def blind(self, case: str) -> None:
        """Put ``case`` away: its first marking is blinded while it is marked a second time.

        What was typed and not saved yet goes to the rescue copy; it is not written any more.
        """
        session = self.sessions.pop(case)
        key = self.key("case", case)
        if self.autosave.pending(key):
            self._write_copy(key, session.record, self.autosave.copy_of(key))
        self.autosave.forget(key, "")
        self._progress.forget(case)
        self.recovered.discard(case)
        self.histories.discard(case)
        self.version += 1
        self.blinded_at, self.findings = self.version, None

    def unblind(self, case: str) -> None:
        """Take ``case`` up again: its second marking is finished."""
        self.read_again(case)
        self._sort()

    def _changed(self, case: str) -> None:
        self.version += 1
        self._own_changes[case] += 1

    def _sort(self) -> None:
        self.sessions = dict(sorted(self.sessions.items(), key=lambda item: natural_order(item[0])))

    def _write_copy(self, key: Key, record: Saveable, over: str) -> str:
        """Write ``record`` where the person finds it again, over an earlier copy; "" where that failed."""
        try:
            path = self.rescue / copy_name(Path(key[0]), *key[1:])
            return str(
                save_copy(path, encode(record, self.criteria), over, self.autosave.hashes.get(key, ""))
            )
        except SqsError:
            return ""

    def _put(self, key: Key, record: Saveable, save: Callable[[str], str]) -> None:
        job = SaveJob(save, lambda over: self._write_copy(key, record, over))
        self.autosave.put(key, job, wake=False)
        self.save_started()
