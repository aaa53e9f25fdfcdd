"""The records on the desk as values, and what can be told from them: how far they are, what they count."""

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
from sqs_tui.saver import Key, Saver
from sqs_tui.standings import Standing, Standings
from sqs_tui.texts import OpenText
from sqs_tui.times import Times

if TYPE_CHECKING:
    from sqs_core.letter.report import Report
    from sqs_core.scoring.findings import Findings
    from sqs_core.storage.changes import Changes
    from sqs_core.storage.folder import InspectionFolder
    from sqs_core.storage.moderation.pending_decisions import DecisionKind, PendingChoices


@define(eq=False)
class Papers:
    """What is being worked on, as it is now, saved or not.  Nothing here changes a record."""

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
    choices: dict[tuple[DecisionKind, str], PendingChoices] = field(factory=dict)
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

    def count(self) -> Findings:
        """Count everything on the desk; callable from a worker, as it only reads values."""
        from sqs_core.scoring.findings import count_findings

        records = [session.record for session in tuple(self.sessions.values())]
        return count_findings(self.criteria, records, tuple(self.interviews.values()))

    def report(self, findings: Findings, *, letter: bool = True) -> Report:
        """The report as it stands with ``findings``; without the ``letter`` enough of it for a board."""
        from sqs_core.letter.report import report_on
        from sqs_core.storage.blinding import BlindedError, blinded_problem

        if self.second:
            raise self.no_letter()
        if self.sealed:
            raise BlindedError(*map(blinded_problem, self.sealed))
        return report_on(self.inspection, findings, self.narrative, letter=letter)

    @staticmethod
    def no_letter() -> SqsError:
        """That second markings have no letter: what its author wrote rests on the first."""
        from sqs_core.storage.blinding import BlindedError

        return BlindedError("there is no letter on second markings; it is written from what counts")

    def later(self) -> list[tuple[str, str, str]]:
        """Case, question and line of everything that is to be come back to."""
        return [
            (case, question, self.record(case).answer(question).later or "")
            for case in self.cases
            for question in self.record(case).to_come_back_to
        ]
