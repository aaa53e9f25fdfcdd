"""The inspection folder: the only writer of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError, PluginError, Problem, RecordError, SqsError, UsageError, did_you_mean
from sqs_core.letter.report import Report, report_on
from sqs_core.records.case import CaseRecord
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview
from sqs_core.records.narrative import Narrative
from sqs_core.scoring.findings import Findings, count_findings
from sqs_core.storage.actor import Actor, current_actor
from sqs_core.storage.audit.history_versions import head_of_changes
from sqs_core.storage.audit.journal import Journal
from sqs_core.storage.blinding import BLINDED, BlindedError, check_not_blinded
from sqs_core.storage.converter import unstructured
from sqs_core.storage.hashing import ABSENT, content_hash
from sqs_core.storage.layout import CASES, INSPECTION, INTERVIEWS, LETTER, alike, in_order
from sqs_core.storage.library import pinned_criteria
from sqs_core.storage.record_files import (
    Stored,
    check_same,
    decode,
    decode_case,
    decode_interview,
    encode,
    pin_problems,
)
from sqs_core.storage.safe_read import MissingFileError, read_bytes
from sqs_core.storage.toml_lines import places_in
from sqs_core.text import CASE_ID_RULE, one_line, valid_case_id

T = TypeVar("T")


@frozen
class InspectionFolder:
    """An inspection on disk: its folder, what it is, the criteria it is pinned to, and who changes it.

    Every ``save_`` method enters the change in the history once it is durable; ``what`` is the
    word of the entry ("" finds one from what changed) and ``why`` the reason given.
    """

    path: Path
    inspection: Inspection
    criteria: Criteria
    actor: Actor = field(factory=current_actor, eq=False)

    @property
    def journal(self) -> Journal:
        """The records as this actor changes them."""
        return Journal(self.path, self.criteria, self.actor)

    # ------------------------------------------------------------ cases

    def case_ids(self) -> tuple[str, ...]:
        """The case references, in the order people count: 2 before 10."""
        return self._ids(CASES)

    def name_of(self, case: str) -> str:
        """What the record of ``case`` is called in this folder and its history: "cases/07.toml"."""
        return f"{CASES}/{_valid(case)}.toml"

    def case(self, case: str) -> Stored[CaseRecord]:
        """The record of ``case``; UsageError names the known ones where there is none.

        BlindedError while the case is being marked a second time, blind.
        """
        path = self._path(CASES, case)
        try:
            data = read_bytes(path)
        except MissingFileError:
            raise self._unknown("case", case, self.case_ids()) from None
        check_not_blinded(self.path, case)
        record = decode_case(data, self.criteria, f"{CASES}/{path.name}")
        if record.case != case:
            if case not in (known := self.case_ids()):  # read by a name in other capitals
                raise self._unknown("case", case, known)
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
        return _each(self.case, self.case_ids())

    def add_case(self, record: CaseRecord) -> str:
        """Write a case that is not there yet; gives the hash of its file.

        UsageError where there is one of that name in other capitals.
        """
        if known := alike(record.case, self.case_ids()):
            what = f"there is a case '{known}' already, which on Windows and macOS is the same file"
            raise UsageError(f"{what} as '{record.case}'; choose another reference")
        return self.save_case(record, expect=ABSENT)

    def save_case(self, record: CaseRecord, *, expect: str, what: str = "", why: str = "") -> str:
        """Make ``record`` durable and give its hash.

        HeldError where the file is no longer ``expect``; BlindedError while the case is being
        marked a second time, blind.
        """
        name = self.name_of(record.case)
        check_not_blinded(self.path, record.case)
        return self._save(
            name,
            record,
            lambda data: check_same(decode_case(data, self.criteria, name), record),
            expect=expect,
            what=what,
            why=why,
        )

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
        self._save(
            INSPECTION,
            inspection,
            lambda data: check_same(decode(data, Inspection, INSPECTION), inspection),
            expect=content_hash(data),
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
            raise self._unknown("interview", person, self.people()) from None
        if person not in (known := self.people()):  # read by a name in other capitals
            raise self._unknown("interview", person, known)
        return Stored(decode_interview(data, self.criteria, f"{INTERVIEWS}/{path.name}"), content_hash(data))

    def interviews(self) -> tuple[tuple[Interview, ...], tuple[Problem, ...]]:
        """Every interview that can be read, and the problems of those that cannot."""
        return _each(self.interview, self.people())

    def save_interview(self, interview: Interview, *, expect: str, what: str = "", why: str = "") -> str:
        """Make ``interview`` durable and give its hash."""
        name = f"{INTERVIEWS}/{_valid(interview.person)}.toml"
        return self._save(
            name,
            interview,
            lambda data: check_same(decode_interview(data, self.criteria, name), interview),
            expect=expect,
            what=what,
            why=why,
        )

    # ------------------------------------------------------------ the letter

    def narrative(self) -> Stored[Narrative]:
        """What the author wrote for the letter; an empty narrative while there is none."""
        try:
            data = read_bytes(self.path / LETTER)
        except MissingFileError:
            return Stored(Narrative(), ABSENT)
        return Stored(decode(data, Narrative, LETTER), content_hash(data))

    def save_narrative(self, narrative: Narrative, *, expect: str, what: str = "", why: str = "") -> str:
        """Make the author's text durable and give its hash."""
        return self._save(
            LETTER,
            narrative,
            lambda data: check_same(decode(data, type(narrative), LETTER), narrative),
            expect=expect,
            what=what,
            why=why,
        )

    # ------------------------------------------------------------ figures

    def findings(self) -> Findings:
        """Count all cases and interviews; RecordError where a record cannot be read.

        A figure that silently left out a broken record would be wrong, so there is none; nor is
        there one (BlindedError) while a case is being marked a second time.
        """
        records, problems = self.cases()
        if blinded := [problem for problem in problems if problem.code == BLINDED]:
            raise BlindedError(*blinded)
        interviews, more = self.interviews()
        if problems or more:
            raise RecordError(*problems, *more)
        return count_findings(self.criteria, records, interviews)

    def report(self, *, letter: bool = True) -> Report:
        """Compose the letter from what the folder holds now, with its findings.

        ``letter`` false is for boards: it does without where the version plans no letter.
        """
        report = report_on(self.inspection, self.findings(), self.narrative().record, letter=letter)
        return evolve(report, history_head=head_of_changes(self.path))

    def _save(
        self,
        name: str,
        record: CaseRecord | Inspection | Interview | Narrative,
        check: Callable[[bytes], None],
        *,
        expect: str,
        what: str = "",
        why: str = "",
    ) -> str:
        data = encode(record, self.criteria, name)
        return self.journal.save(
            name, data, unstructured(record), expect=expect, check=check, what=what, why=why
        )

    # ------------------------------------------------------------ paths

    def _unknown(self, what: str, name: str, known: Iterable[str]) -> UsageError:
        return UsageError(f"no {what} '{name}' in {self.path}; {did_you_mean(name, known)}")

    def _path(self, kind: str, name: str) -> Path:
        return self.path / kind / f"{_valid(name)}.toml"

    def _ids(self, kind: str) -> tuple[str, ...]:
        folder = self.path / kind
        if not folder.is_dir():
            return ()
        return in_order(path.name for path in folder.iterdir())


def _each(
    read: Callable[[str], Stored[T]], names: Iterable[str]
) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
    found: list[T] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(read(name).record)
        except SqsError as error:
            problems += error.problems
    return tuple(found), tuple(problems)


def _valid(name: str) -> str:
    if not valid_case_id(name):
        raise UsageError(f"'{one_line(name, 60)}' cannot be used: {CASE_ID_RULE}")
    return name


def open_inspection(
    path: str | Path, *, plugins: bool = True, actor: Actor | None = None
) -> InspectionFolder:
    """The inspection in the folder ``path``, under the criteria version it is pinned to.

    ``hand`` is who changes it (None: whoever is at this machine).
    UsageError where there is no inspection there; RecordError where ``inspection.toml`` cannot
    be read or the criteria installed are not those it was made under; PluginError where no
    criteria of that name can be had.
    """
    folder = Path(path)
    try:
        data = read_bytes(folder / INSPECTION)
    except MissingFileError:
        ways = f"'sqs new {folder} …' makes one, 'sqs demo' an example"
        raise UsageError(f"no inspection in {folder}; {ways}") from None
    inspection = decode(data, Inspection, INSPECTION)
    place = places_in(data, INSPECTION)
    try:
        criteria = pinned_criteria(inspection.criteria, inspection.criteria_hash, plugins=plugins)
    except (UsageError, PluginError) as error:
        raise _without_criteria(inspection, place(["criteria"]), error) from error
    problems = pin_problems(criteria, inspection, place)
    if problems:
        raise RecordError(*problems)
    return InspectionFolder(folder, inspection, criteria, actor or current_actor())


def _without_criteria(inspection: Inspection, where: str, error: SqsError) -> PluginError:
    """Why an inspection cannot be opened, with what would give its criteria."""
    from sqs_core.plugins.needs import needs_sentence

    remedy = needs_sentence(inspection.needs) or f"install the plugin that offers '{inspection.criteria}'"
    return PluginError(*(Problem(where, str(problem), remedy, "R033") for problem in error.problems))
