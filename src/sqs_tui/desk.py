"""The desk: the records being worked on, the sessions over them, and the one writer.

It belongs to the UI thread.  Whatever it knows of rules it asks of the core.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqs_core.records import CaseRecord, Interview, Narrative, Session
from sqs_tui.papers import Papers
from sqs_tui.saver import Job, Key, Saver
from sqs_tui.snapshot import Snapshot

if TYPE_CHECKING:
    from sqs_core.storage.changes import RecordKey
    from sqs_core.storage.moderation.pending_decisions import DecisionKind, PendingChoices

    Kept = CaseRecord | Interview | Narrative | PendingChoices


class Desk(Papers):
    """What is being worked on, and changed.  Every change goes through :meth:`keep`, which has it saved."""

    @classmethod
    def opened(cls, snapshot: Snapshot, saver: Saver, rescue: Path) -> Desk:
        """The desk with everything of ``snapshot`` on it."""
        saver.hashes.update(snapshot.hashes)
        criteria = snapshot.folder.criteria
        return cls(
            folder=snapshot.folder,
            saver=saver,
            rescue=rescue,
            sessions={case: Session(criteria, record) for case, record in snapshot.cases.items()},
            interviews=dict(snapshot.interviews),
            narrative=snapshot.narrative,
            problems=snapshot.problems,
            second=snapshot.second,
            sealed=snapshot.sealed,
            changes=snapshot.changes,
        )

    def keep(self, session: Session) -> None:
        """Remember ``session`` as the work on its case, and have its record saved if it changed."""
        record = session.record
        before = self.sessions.get(record.case)
        self.sessions[record.case] = session
        if before is not None and before.record == record:
            return
        self._changed(record.case)
        self._save(self.key("case", record.case), record, lambda expect: self._written(record, expect))

    def _written(self, record: CaseRecord, expect: str) -> str:
        from sqs_core.storage.blinding import check_not_blinded

        if not self.second:
            check_not_blinded(self.folder.path, record.case)  # the draw may be a moment old
        return self.folder.save_case(record, expect=expect)

    def add_case(self, case: str) -> None:
        """Put a blank case on the desk and have it saved; UsageError for an id that cannot be one."""
        from sqs_core.errors import UsageError
        from sqs_core.storage.atomic import ABSENT
        from sqs_core.text import CASE_ID_RULE, valid_case_id

        if self.second:
            raise UsageError("cases are drawn for a second marking: 'sqs second draw' draws them")
        if not valid_case_id(case):
            raise UsageError(CASE_ID_RULE)
        if case in self.sessions or case in self.folder.case_ids():
            raise UsageError(f"there is a case {case} already; choose another reference")
        self.saver.hashes[self.key("case", case)] = ABSENT
        self.keep(Session(self.criteria, self.folder.new_case(case)))
        self._in_order()

    def keep_interview(self, interview: Interview) -> None:
        """Remember an interview and have it saved."""
        from sqs_core.storage.atomic import ABSENT

        folder = self.folder
        key = self.key("interview", interview.person)
        self.saver.hashes.setdefault(key, ABSENT)
        self.interviews[interview.person] = interview
        self.version += 1
        self._save(key, interview, lambda expect: folder.save_interview(interview, expect=expect))

    def keep_narrative(self, narrative: Narrative) -> None:
        """Remember the author's own text of the letter and have it saved."""
        if self.second:
            raise self.no_letter()
        folder = self.folder
        self.narrative = narrative
        self.version += 1
        key = self.key("letter", "")
        self._save(key, narrative, lambda expect: folder.save_narrative(narrative, expect=expect))

    def keep_choices(self, kind: DecisionKind, name: str, choices: PendingChoices) -> None:
        """Have choices saved that are not written yet: of a moderation, an override or a merge."""
        from sqs_core.storage.moderation.pending_decisions import save_choices

        path = self.folder.path
        self.choices[kind, name] = choices
        key = self.key(kind, name)
        self._save(key, choices, lambda expect: save_choices(path, kind, name, choices, expect=expect))

    def take_choices(self, kind: DecisionKind, name: str, *, again: bool = False) -> PendingChoices:
        """The choices kept under ``name``: those on the desk, else (or ``again``) those on the disk."""
        from sqs_core.storage.moderation.pending_decisions import read_choices

        if again or (kind, name) not in self.choices:
            stored = read_choices(self.folder.path, kind, name)
            self.saver.forget(self.key(kind, name), stored.hash)
            self.choices[kind, name] = stored.record
        return self.choices[kind, name]

    def read_again(self, case: str) -> None:
        """Take the version on disk; what was not saved stays in the rescue copy only."""
        from sqs_core.storage.audit.undo import open_session

        session, hash_ = open_session(self.folder, case)
        self.saver.forget(self.key("case", case), hash_)
        self.sessions[case] = session
        self._changed(case)

    def _changed(self, case: str) -> None:
        self.version += 1
        self._own_changes[case] += 1

    def changed_elsewhere(
        self, named: RecordKey, record: CaseRecord | Interview | Narrative, hash_: str
    ) -> None:
        """Take up a record as somebody else saved it; what could be undone of it is found anew."""
        kind, name = named
        self.saver.forget(self.key(kind, name), hash_)
        self._changed(name if kind == "case" else "")
        if isinstance(record, Narrative):
            self.narrative = record
        elif isinstance(record, Interview):
            self.interviews = dict(sorted({**self.interviews, name: record}.items()))
        else:
            self.sessions[name] = Session(self.criteria, record)
            self.recovered.discard(name)
            self.pasts.discard(name)
            self._in_order()

    def merge_elsewhere(
        self, named: RecordKey, theirs: CaseRecord | Interview | Narrative, hash_: str
    ) -> tuple[str, str]:
        """Put what could not be saved of a record together with what somebody else saved, and save that.

        Returns:
            What both changed, where theirs stands, and where ours is kept; "" twice where nothing was.
        """
        from sqs_core.criteria.vocabulary import question_numbers
        from sqs_core.storage.merge.concurrent import merged_with
        from sqs_core.storage.rescue import remove_copy

        kind, name = named
        key = self.key(kind, name)
        copy = self.saver.copy_of(key)
        ours: Any = self.narrative if kind == "letter" else self.interviews.get(name)
        if kind == "case":
            ours = self.sessions[name].record
        made, conflicts = merged_with(self.folder, ours, self.saver.hashes[key], theirs)
        if conflicts:
            copy = self._rescued(key, ours, copy)
        elif copy:
            remove_copy(Path(copy))
        self.changed_elsewhere(named, theirs, hash_)
        if isinstance(made, CaseRecord):
            self.keep(Session(self.criteria, made))
        elif made != theirs:
            (self.keep_interview if kind == "interview" else self.keep_narrative)(made)
        numbers = question_numbers(self.criteria)
        both = ", ".join(dict.fromkeys(numbers.get(c.field[-1], c.field[-1]) for c in conflicts))
        return both, copy if both else ""

    def _in_order(self) -> None:
        from sqs_core.storage.layout import natural_order

        self.sessions = dict(sorted(self.sessions.items(), key=lambda item: natural_order(item[0])))

    def shut(self, case: str) -> None:
        """Put ``case`` away: its first marking is shut while it is marked a second time.

        What was typed and not saved yet goes to the rescue copy; it is not written any more.
        """
        session = self.sessions.pop(case)
        key = self.key("case", case)
        if self.saver.pending(key):
            self._rescued(key, session.record, self.saver.copy_of(key))
        self.saver.forget(key, "")
        self._standings.forget(case)
        self.recovered.discard(case)
        self.pasts.discard(case)
        self.version += 1
        self.shut_at, self.findings = self.version, None

    def unseal(self, case: str) -> None:
        """Take ``case`` up again: its second marking is finished."""
        self.read_again(case)
        self._in_order()

    def _save(self, key: Key, record: Kept, save: Callable[[str], str]) -> None:
        self.saver.put(key, Job(save, lambda over: self._rescued(key, record, over)), wake=False)
        self.started()

    def _rescued(self, key: Key, record: Kept, over: str) -> str:
        from sqs_tui.rescue import rescued

        return rescued(self.rescue, key, record, self.criteria, over, self.saver.hashes.get(key, ""))
