"""The desk: the records being worked on, the sessions over them, and the one writer.

It belongs to the UI thread.  Whatever it knows of rules it asks of the core.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import define, field

from sqs_core.criteria import Criteria
from sqs_core.errors import Problem, SqsError
from sqs_core.records import CaseRecord, Inspection, Interview, Narrative, Session
from sqs_tui.others import OtherCases, Others
from sqs_tui.saver import Job, Key, Saver
from sqs_tui.snapshot import Snapshot
from sqs_tui.standings import Standing, Standings
from sqs_tui.texts import OpenText
from sqs_tui.times import Times

if TYPE_CHECKING:
    from sqs_core.letter.report import Report
    from sqs_core.scoring.findings import Findings
    from sqs_core.storage.changes import Changes, Named
    from sqs_core.storage.folder import InspectionFolder
    from sqs_core.storage.undecided import Choices, Kind


@define(eq=False)
class Desk:
    """What is being worked on.  Every change goes through :meth:`keep`, which has it saved."""

    folder: InspectionFolder
    saver: Saver
    rescue: Path
    sessions: dict[str, Session]
    interviews: dict[str, Interview]
    narrative: Narrative
    problems: tuple[Problem, ...] = ()
    started: Callable[[], None] = lambda: None
    version: int = 0
    practice: bool = False
    second: bool = False
    sealed: tuple[str, ...] = ()
    shut_at: int = 0
    findings: Findings | None = None
    counted: int = -1
    times: Times = field(factory=Times)
    recovered: set[str] = field(factory=set)
    pasts: set[str] = field(factory=set)
    texts: dict[str, OpenText] = field(factory=dict, repr=False)
    choices: dict[tuple[Kind, str], Choices] = field(factory=dict)
    changes: Changes | None = None
    _complete: tuple[int, int] = (-1, 0)
    path: str = field(init=False)
    _standings: Standings = field(init=False)
    _others: OtherCases = field(init=False)
    _own_changes: Counter[str] = field(factory=Counter)

    def __attrs_post_init__(self) -> None:
        self.path = str(self.folder.path.resolve())
        self._standings = Standings(self.criteria)
        self._others = OtherCases(self.criteria, self._standings)

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
        """By what the writer knows a record."""
        if self.second and kind == "case":
            kind = "second"  # the two markings of a case are two records
        return (self.path, kind, name)

    def record(self, case: str) -> CaseRecord:
        """The record of ``case`` as it is now, saved or not."""
        return self.sessions[case].record

    def standing(self, case: str) -> Standing:
        """How far ``case`` is; worked out once for each version of its record."""
        return self._standings.of(self.record(case))

    def others(self, question: str, case: str) -> Others:
        """How ``question`` came out in all cases but ``case``; those that are shut are in none of it."""
        version = self.version - self._own_changes[case]
        records = (session.record for session in self.sessions.values())
        return self._others.of(question, case, version, records)

    def complete(self) -> int:
        """How many cases have every answer that applies; counted once for each change."""
        if self._complete[0] != self.version:
            done = sum(s.done == s.asked for s in map(self.standing, self.sessions))
            self._complete = self.version, done
        return self._complete[1]

    def keep(self, session: Session) -> None:
        """Remember ``session`` as the work on its case, and have its record saved if it changed."""
        record = session.record
        before = self.sessions.get(record.case)
        self.sessions[record.case] = session
        if before is not None and before.record == record:
            return
        self._changed(record.case)
        key = self.key("case", record.case)
        self._save(
            key,
            Job(lambda expect: self._written(record, expect), lambda over: self._rescued(key, record, over)),
        )

    def _written(self, record: CaseRecord, expect: str) -> str:
        from sqs_core.storage.seals import refuse_sealed

        if not self.second:
            refuse_sealed(self.folder.path, record.case)  # the draw may be a moment old
        return self.folder.save_case(record, expect=expect)

    def add_case(self, case: str) -> None:
        """Put a blank case on the desk and have it saved; UsageError for an id that cannot be one."""
        from sqs_core.errors import UsageError
        from sqs_core.storage.durable import ABSENT
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
        from sqs_core.storage.durable import ABSENT

        folder = self.folder
        key = self.key("interview", interview.person)
        self.saver.hashes.setdefault(key, ABSENT)
        self.interviews[interview.person] = interview
        self.version += 1
        self._save(
            key,
            Job(
                lambda expect: folder.save_interview(interview, expect=expect),
                lambda over: self._rescued(key, interview, over),
            ),
        )

    def keep_narrative(self, narrative: Narrative) -> None:
        """Remember the author's own text of the letter and have it saved."""
        if self.second:
            raise self._no_letter()
        folder = self.folder
        key = self.key("letter", "")
        self.narrative = narrative
        self.version += 1
        self._save(
            key,
            Job(
                lambda expect: folder.save_narrative(narrative, expect=expect),
                lambda over: self._rescued(key, narrative, over),
            ),
        )

    def keep_choices(self, kind: Kind, name: str, choices: Choices) -> None:
        """Have choices saved that are not written yet: of a moderation, an override or a merge."""
        from sqs_core.storage.undecided import save_choices

        path = self.folder.path
        key = self.key(kind, name)
        self.choices[kind, name] = choices
        self._save(
            key,
            Job(
                lambda expect: save_choices(path, kind, name, choices, expect=expect),
                lambda over: self._rescued(key, choices, over),
            ),
        )

    def take_choices(self, kind: Kind, name: str, *, again: bool = False) -> Choices:
        """The choices kept under ``name``: those on the desk, else (or ``again``) those on the disk."""
        from sqs_core.storage.undecided import read_choices

        if again or (kind, name) not in self.choices:
            stored = read_choices(self.folder.path, kind, name)
            self.saver.forget(self.key(kind, name), stored.hash)
            self.choices[kind, name] = stored.record
        return self.choices[kind, name]

    def read_again(self, case: str) -> None:
        """Take the version on disk; what was not saved stays in the rescue copy only."""
        session, hash_ = self.folder.session(case)
        self.saver.forget(self.key("case", case), hash_)
        self.sessions[case] = session
        self._changed(case)

    def _changed(self, case: str) -> None:
        self.version += 1
        self._own_changes[case] += 1

    def changed_elsewhere(self, named: Named, record: CaseRecord | Interview | Narrative, hash_: str) -> None:
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

    def _in_order(self) -> None:
        from sqs_core.storage.listing import natural_order

        self.sessions = dict(sorted(self.sessions.items(), key=lambda item: natural_order(item[0])))

    @staticmethod
    def _no_letter() -> SqsError:
        from sqs_core.storage.seals import SealedError

        return SealedError("there is no letter on second markings; it is written from what counts")

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

    def count(self) -> Findings:
        """Count everything on the desk; callable from a worker, as it only reads values."""
        from sqs_core.scoring.findings import find

        records = [session.record for session in tuple(self.sessions.values())]
        return find(self.criteria, records, tuple(self.interviews.values()))

    def report(self, findings: Findings, *, letter: bool = True) -> Report:
        """The report as it stands with ``findings``; without the ``letter`` enough of it for a board."""
        from sqs_core.letter.report import report_on
        from sqs_core.storage.seals import SealedError, seal_problem

        if self.second:
            raise self._no_letter()
        if self.sealed:
            raise SealedError(*map(seal_problem, self.sealed))
        return report_on(self.inspection, findings, self.narrative, letter=letter)

    def later(self) -> list[tuple[str, str, str]]:
        """Case, question and line of everything that is to be come back to."""
        return [
            (case, question, self.record(case).answer(question).later or "")
            for case in self.cases
            for question in self.record(case).to_come_back_to
        ]

    def _save(self, key: Key, job: Job) -> None:
        self.saver.put(key, job, wake=False)
        self.started()

    def _rescued(self, key: Key, record: CaseRecord | Interview | Narrative | Choices, over: str) -> str:
        from sqs_tui.rescue import rescued

        return rescued(self.rescue, key, record, self.criteria, over)
