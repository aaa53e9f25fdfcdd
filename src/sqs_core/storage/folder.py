"""The inspection folder: the only writer of records."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, Problem, RecordError, SqsError, UsageError, did_you_mean
from sqs_core.legible import Legible
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.storage.codec import decode, decode_case, decode_interview, encode, pin_problems
from sqs_core.storage.digest import ABSENT, content_hash
from sqs_core.storage.guard import MissingFileError, read_bytes
from sqs_core.storage.hand import Hand, whoever
from sqs_core.storage.library import load_criteria
from sqs_core.storage.seals import SEALED, SealedError, refuse_sealed
from sqs_core.storage.structure import unstructured
from sqs_core.storage.toml_lines import line_of
from sqs_core.text import CASE_ID_RULE, one_line, valid_case_id

if TYPE_CHECKING:  # what reading and saving a record can do without is loaded when it is asked for
    from sqs_core.letter.report import Report
    from sqs_core.records.narrative import Narrative
    from sqs_core.records.session import Session
    from sqs_core.scoring.findings import Findings
    from sqs_core.storage.journal import Journal

INSPECTION, LETTER = "inspection.toml", "letter.toml"
CASES, INTERVIEWS = "cases", "interviews"
T = TypeVar("T")


class Stored(NamedTuple, Generic[T]):
    """A record as read from disk, with the content hash of its file ("" where there is none)."""

    record: T
    hash: str


@frozen
class InspectionFolder(Legible):
    """An inspection on disk: its folder, what it is, the criteria it is pinned to, and who changes it.

    Every ``save_`` method enters the change in the history once it is durable; ``what`` is the
    word of the entry ("" finds one from what changed) and ``why`` the reason given.
    """

    path: Path
    inspection: Inspection
    criteria: Criteria
    hand: Hand = field(factory=whoever, eq=False)

    @property
    def journal(self) -> Journal:
        """The records as this hand changes them."""
        from sqs_core.storage.journal import Journal

        return Journal(self.path, self.criteria, self.hand)

    # ------------------------------------------------------------ cases

    def case_ids(self) -> tuple[str, ...]:
        """The case references, in the order people count: 2 before 10."""
        return self._ids(CASES)

    def name_of(self, case: str) -> str:
        """What the record of ``case`` is called in this folder and its history: "cases/07.toml"."""
        return f"{CASES}/{self._path(CASES, case).name}"

    def case(self, case: str) -> Stored[CaseRecord]:
        """The record of ``case``; UsageError names the known ones where there is none.

        SealedError while the case is being marked a second time, blind.
        """
        path = self._path(CASES, case)
        try:
            data = read_bytes(path)
        except MissingFileError:
            known = did_you_mean(case, self.case_ids())
            raise UsageError(f"no case '{case}' in {self.path}; {known}") from None
        refuse_sealed(self.path, case)
        record = decode_case(data, self.criteria, f"{CASES}/{path.name}")
        if record.case != case:
            raise RecordError(
                Problem(
                    f"{CASES}/{path.name}",
                    f"holds case '{record.case}'",
                    "rename the file, or mend the id",
                    "R032",
                )
            )
        return Stored(record, content_hash(data))

    def cases(self) -> tuple[tuple[CaseRecord, ...], tuple[Problem, ...]]:
        """Every case record that can be read, and the problems of those that cannot.

        A case that is being marked a second time, blind, is one of the latter (S101, advice).
        """
        records: list[CaseRecord] = []
        problems: list[Problem] = []
        for case in self.case_ids():
            try:
                records.append(self.case(case).record)
            except SqsError as error:
                problems += error.problems
        return tuple(records), tuple(problems)

    def add_case(self, record: CaseRecord) -> str:
        """Write a case that is not there yet; gives the hash of its file."""
        return self.save_case(record, expect=ABSENT)

    def save_case(self, record: CaseRecord, *, expect: str, what: str = "", why: str = "") -> str:
        """Make ``record`` durable and give its hash.

        HeldError where the file is no longer ``expect``; SealedError while the case is being
        marked a second time, blind.
        """
        name = self.name_of(record.case)
        refuse_sealed(self.path, record.case)
        return self.journal.save(
            name,
            encode(record, self.criteria),
            unstructured(record),
            expect=expect,
            check=lambda data: decode_case(data, self.criteria, name),
            what=what,
            why=why,
        )

    def session(self, case: str) -> tuple[Session, str]:
        """The session over ``case`` with what the history can undo and redo, and the hash of its file."""
        from sqs_core.storage.undo import session_of

        for needed in ("sqs_core.storage.journal", "tomli_w"):
            # What saving takes is loaded now: at the first save the disk may be failing already.
            import_module(needed)
        stored = self.case(case)
        return session_of(self, stored), stored.hash

    def new_case(self, case: str) -> CaseRecord:
        """A blank record pinned to this inspection's criteria; not written yet."""
        return CaseRecord(case=case, criteria=self.criteria.id, criteria_hash=self.criteria.hash)

    # ------------------------------------------------------------ the inspection

    def save_inspection(self, inspection: Inspection) -> InspectionFolder:
        """Make ``inspection`` durable and give the folder with it.

        HeldError where ``inspection.toml`` is no longer what this folder was opened with.
        """
        data = read_bytes(self.path / INSPECTION)
        if decode(data, Inspection, INSPECTION) != self.inspection:
            raise HeldError(f"{INSPECTION} has changed since it was read; look at it, then try again")
        self.journal.save(
            INSPECTION,
            encode(inspection),
            unstructured(inspection),
            expect=content_hash(data),
            check=lambda written: decode(written, Inspection, INSPECTION),
        )
        return evolve(self, inspection=inspection)

    # ------------------------------------------------------------ interviews

    def people(self) -> tuple[str, ...]:
        """The interviewees, by letter."""
        return self._ids(INTERVIEWS)

    def interview(self, person: str) -> Stored[Interview]:
        """The interview with ``person``; UsageError names the known ones where there is none."""
        path = self._path(INTERVIEWS, person)
        try:
            data = read_bytes(path)
        except MissingFileError:
            known = did_you_mean(person, self.people())
            raise UsageError(f"no interview '{person}' in {self.path}; {known}") from None
        return Stored(decode_interview(data, self.criteria, f"{INTERVIEWS}/{path.name}"), content_hash(data))

    def interviews(self) -> tuple[tuple[Interview, ...], tuple[Problem, ...]]:
        """Every interview that can be read, and the problems of those that cannot."""
        found: list[Interview] = []
        problems: list[Problem] = []
        for person in self.people():
            try:
                found.append(self.interview(person).record)
            except SqsError as error:
                problems += error.problems
        return tuple(found), tuple(problems)

    def save_interview(self, interview: Interview, *, expect: str, what: str = "", why: str = "") -> str:
        """Make ``interview`` durable and give its hash."""
        name = f"{INTERVIEWS}/{self._path(INTERVIEWS, interview.person).name}"
        return self.journal.save(
            name,
            encode(interview, self.criteria),
            unstructured(interview),
            expect=expect,
            check=lambda data: decode_interview(data, self.criteria, name),
            what=what,
            why=why,
        )

    # ------------------------------------------------------------ the letter

    def narrative(self) -> Stored[Narrative]:
        """What the author wrote for the letter; an empty narrative while there is none."""
        from sqs_core.records.narrative import Narrative

        try:
            data = read_bytes(self.path / LETTER)
        except MissingFileError:
            return Stored(Narrative(), ABSENT)
        return Stored(decode(data, Narrative, LETTER), content_hash(data))

    def save_narrative(self, narrative: Narrative, *, expect: str, what: str = "", why: str = "") -> str:
        """Make the author's text durable and give its hash."""
        return self.journal.save(
            LETTER,
            encode(narrative),
            unstructured(narrative),
            expect=expect,
            check=lambda data: decode(data, type(narrative), LETTER),
            what=what,
            why=why,
        )

    def findings(self) -> Findings:
        """The counts of all cases and interviews; RecordError where a record cannot be read.

        A figure that silently left out a broken record would be wrong, so there is none; nor is
        there one (SealedError) while a case is being marked a second time.
        """
        from sqs_core.scoring.findings import find

        records, problems = self.cases()
        if sealed := [p for p in problems if p.code == SEALED]:
            raise SealedError(*sealed)
        interviews, more = self.interviews()
        if problems or more:
            raise RecordError(*problems, *more)
        return find(self.criteria, records, interviews)

    def report(self, *, letter: bool = True) -> Report:
        """The letter composed from what the folder holds now, with its findings.

        ``letter`` false is for boards: it does without where the version plans no letter.
        """
        from sqs_core.letter.report import report_on
        from sqs_core.storage.replay import head_of_changes

        report = report_on(self.inspection, self.findings(), self.narrative().record, letter=letter)
        return evolve(report, history_head=head_of_changes(self.path))

    def check(self) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
        """What cannot be read, and every inconsistency in what can, each by file and line."""
        from sqs_core.plugins.needs import needs_advice
        from sqs_core.scoring.checks import inconsistencies

        broken: list[Problem] = []
        found: list[Problem] = []
        for case in self.case_ids():
            where = f"{CASES}/{case}.toml"
            try:
                text = read_bytes(self._path(CASES, case)).decode("utf-8-sig", "replace")
                record = self.case(case).record
            except SealedError as error:
                found += error.problems
                continue
            except SqsError as error:
                broken += error.problems
                continue
            found += inconsistencies(
                self.criteria,
                record,
                lambda keys, t=text, w=where: f"{w}:{line_of(t, keys)}",  # type: ignore[misc]
            )
        broken += self.interviews()[1]
        try:
            self.narrative()
        except SqsError as error:
            broken += error.problems
        if self.inspection.needs:
            text = read_bytes(self.path / INSPECTION).decode("utf-8-sig", "replace")
            found += needs_advice(self.inspection.needs, f"{INSPECTION}:{line_of(text, ['needs'])}")
        return tuple(broken), tuple(found)

    # ------------------------------------------------------------ paths

    def _path(self, kind: str, name: str) -> Path:
        if not valid_case_id(name):
            raise UsageError(f"'{one_line(name, 60)}' cannot be used: {CASE_ID_RULE}")
        return self.path / kind / f"{name}.toml"

    def _ids(self, kind: str) -> tuple[str, ...]:
        folder = self.path / kind
        if not folder.is_dir():
            return ()
        names = (p.stem for p in folder.iterdir() if p.suffix == ".toml" and not p.name.startswith("."))
        return tuple(sorted(names, key=natural_order))


def natural_order(name: str) -> tuple[tuple[int, int | str], ...]:
    """A sort key by which "2" comes before "10" and "09" beside "9"."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((0, int(part)) if part.isdigit() else (1, part.casefold()) for part in parts)


def open_inspection(path: str | Path, *, plugins: bool = True, hand: Hand | None = None) -> InspectionFolder:
    """The inspection in the folder ``path``, under the criteria version it is pinned to.

    ``hand`` is who changes it (None: whoever is at this machine).
    UsageError where there is no inspection there; RecordError where ``inspection.toml`` cannot
    be read or the criteria installed are not those it was made under.
    """
    folder = Path(path)
    try:
        data = read_bytes(folder / INSPECTION)
    except MissingFileError:
        ways = f"'sqs new {folder} …' makes one, 'sqs demo' an example"
        raise UsageError(f"no inspection in {folder}; {ways}") from None
    inspection = decode(data, Inspection, INSPECTION)
    criteria = load_criteria(inspection.criteria, plugins=plugins)
    text = data.decode("utf-8-sig")
    problems = pin_problems(criteria, inspection, lambda keys: f"{INSPECTION}:{line_of(text, keys)}")
    if problems:
        raise RecordError(*problems)
    return InspectionFolder(folder, inspection, criteria, hand or whoever())
