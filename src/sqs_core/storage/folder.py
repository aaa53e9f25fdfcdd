"""The inspection folder: the only writer of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import ClassVar, TypeVar

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import (
    HeldError,
    Locator,
    PluginError,
    Problem,
    RecordError,
    SqsError,
    UsageError,
    did_you_mean,
)
from sqs_core.plugins.needs import needs_sentence
from sqs_core.records.case import CaseRecord
from sqs_core.records.followed_action import FollowedActions
from sqs_core.records.inspection import Inspection
from sqs_core.records.interview import Interview, check_person_id, interview_with
from sqs_core.records.narrative import Narrative
from sqs_core.storage.atomic import ABSENT, content_hash
from sqs_core.storage.audit.journal import Actor, Journal, current_actor
from sqs_core.storage.audit.known_records import KnownRecords, known_records
from sqs_core.storage.blinding import check_not_blinded
from sqs_core.storage.integrity import (
    missing_from_draw,
    missing_record,
    missing_records,
    put_back,
)
from sqs_core.storage.layout import (
    ACTIONS,
    CASES,
    CRITERIA,
    INSPECTION,
    INTERVIEWS,
    LETTER,
    TOML,
    alike,
    check_stays_inside,
    checked_id,
    folder_inside,
    inside,
    list_records,
)
from sqs_core.storage.library import kept_criteria, pinned_criteria
from sqs_core.storage.linked import with_linked
from sqs_core.storage.record_files import (
    Stored,
    decode,
    misnamed,
    pin_problems,
)
from sqs_core.storage.safe_read import MissingFileError, places_in, read_bytes
from sqs_core.text import one_line, whole_number

T = TypeVar("T")
OnProgress = Callable[[int, int], object]
"""Called with the number of records done and the total; what it raises ends the work."""


def ignore_progress(done: int, total: int) -> None:
    """Ignore the progress."""


@frozen(repr=False)
class InspectionFolder:
    """An inspection on disk: its folder, what it is, the criteria it is pinned to, and who changes it.

    Every ``save_`` method enters the change in the history once it is durable; ``what`` is the
    word of the entry ("" finds one from what changed) and ``why`` the reason given.

    >>> folder = open_inspection("darlington-2012")
    >>> folder.case_ids()[:3], folder.people()[:3]
    (('01', '02', '03'), ('A', 'B', 'C'))
    >>> folder.case("07").record
    <CaseRecord 07: open, 22 answers, under sqs-2012>
    """

    room: ClassVar[str] = CASES
    """The folder of the records that are worked on."""

    path: Path
    inspection: Inspection
    criteria: Criteria
    actor: Actor = field(factory=current_actor, eq=False)

    def __repr__(self) -> str:
        return f"<InspectionFolder {self.path}: {self.inspection.service}, under {self.criteria.id}>"

    @property
    def journal(self) -> Journal:
        """The records as this actor changes them."""
        return Journal(self.path, self.criteria, self.actor)

    # ------------------------------------------------------------ populations

    @property
    def address(self) -> Path:
        """The path that opens this folder."""
        return self.path

    @property
    def whole(self) -> InspectionFolder:
        """The folder of the whole inspection: this one, but for that of a population within it."""
        return self

    @property
    def whole_is_here(self) -> bool:
        """Whether this is the folder of the whole inspection, where its letter is."""
        return self.room != INTERVIEWS and not self.inspection.population

    @property
    def populations(self) -> tuple[str, ...]:
        """The populations of the version, the first of which has its records in this folder; () for none."""
        return tuple(population.id for population in self.criteria.whole.populations)

    @property
    def other_populations(self) -> tuple[str, ...]:
        """The populations with folders of their own within this one."""
        return self.populations[1:] if self.whole_is_here else ()

    @property
    def own_population(self) -> str:
        """The population whose records are worked on here: "cases" where the version declares none."""
        population = self.criteria.population or self.criteria.all_populations[0]
        return population.id

    def population(self, name: str) -> InspectionFolder:
        """Return the folder of the population called ``name``, as an inspection of its own.

        UsageError where the version has none of that name; RecordError where its folder is not there,
        or holds something else.
        """
        known = [population.id for population in self.criteria.all_populations]
        if name not in known:
            ways = did_you_mean(name, known) if known[1:] else f"{self.criteria.id} has one population only"
            raise UsageError(f"no population '{name}' in {self.path}; {ways}")
        if name == INTERVIEWS:
            return self.whole.staff
        return self.whole if name == known[0] else self.whole._within(name)

    def _within(self, name: str, *, links: bool = True) -> InspectionFolder:
        where, path = f"{name}/{INSPECTION}", folder_inside(self.path, name)
        try:
            data = read_bytes(path / INSPECTION)
        except MissingFileError:
            what = f"the records of population '{name}' are not there"
            remedy = f"put the folder {name} back from a copy; 'sqs new' makes it with the inspection"
            raise RecordError(Problem(where, what, remedy, "R037")) from None
        inspection = decode(data, Inspection, where)
        place = places_in(data, where)
        if inspection.population != name:
            what = f"this is not the folder of population '{name}'"
            remedy = "put back the one that was made with this inspection"
            raise RecordError(Problem(place(["population"]), what, remedy, "R032"))
        version = self.criteria.whole
        if problems := pin_problems(version, inspection, place):
            raise RecordError(*problems)
        unlinked = PopulationFolder(path, inspection, version.of(name), self.actor)
        return unlinked.linking(self.whole) if links else unlinked

    def linking(
        self, whole: InspectionFolder, changed: Mapping[str, Iterable[CaseRecord]] | None = None
    ) -> InspectionFolder:
        """Return this folder with what its conditions look at in other populations of ``whole``.

        ``changed`` are records, by population, to be looked at in place of those on the disk.
        """
        first = self.populations[:1]

        def folder_of(name: str) -> InspectionFolder:
            if (name,) != first:
                return whole._within(name, links=False)
            return evolve(whole, criteria=criteria_here(whole.criteria.whole))

        criteria = with_linked(self.criteria, folder_of, changed or {})
        return self if criteria is self.criteria else evolve(self, criteria=criteria)

    # ------------------------------------------------------------ cases

    def case_ids(self) -> tuple[str, ...]:
        """Return the case references in natural order: 2 before 10."""
        return list_records(self.path, self.room).records

    def name_of(self, case: str) -> str:
        """Return what the record of ``case`` is called in this folder and its history: "cases/07.toml"."""
        return f"{self.room}/{checked_id(case)}{TOML}"

    def case(self, case: str) -> Stored[CaseRecord]:
        """Return the record of ``case``; UsageError names the known ones where there is none.

        BlindedError while the case is being marked a second time, blind.
        """
        name = self.name_of(case)
        try:
            data = read_bytes(inside(self.path, name))
        except MissingFileError:
            raise self._unknown(case) from None
        if self.room == CASES:
            check_not_blinded(self.path, case)
        record = decode(data, Interview if self.room == INTERVIEWS else CaseRecord, name, self.criteria)
        if record.case != case:
            if case not in self.case_ids():  # read by a name in other capitals, or a copy
                raise self._unknown(case)
            raise misnamed(self.path, name, record.case)
        return Stored(record, content_hash(data))

    def places(self, case: str) -> Locator:
        """Return what finds keys in the record of ``case``, which is read again once one is to be found."""
        name = self.name_of(case)
        finder = cache(lambda: places_in(read_bytes(inside(self.path, name)), name))
        return lambda keys: finder()(keys)

    def cases(self) -> tuple[tuple[CaseRecord, ...], tuple[Problem, ...]]:
        """Return every case record that can be read, and the problems of those that cannot.

        The latter include a case being marked a second time, blind (S101, advice), one that is missing though
        the history or the draw has it, and one replaced by an earlier version.
        """
        found, problems = self.stored_cases()
        return tuple(stored.record for stored in found), problems

    def stored_cases(
        self, known: KnownRecords | None = None, on_progress: OnProgress = ignore_progress
    ) -> tuple[tuple[Stored[CaseRecord], ...], tuple[Problem, ...]]:
        """Return as :meth:`cases`, each with the hash of its file; ``known`` is what the history knows."""
        problems: list[Problem] = []
        found = tuple(self.stream_cases(problems, known, on_progress))
        return found, tuple(problems)

    def stream_cases(
        self,
        problems: list[Problem],
        known: KnownRecords | None = None,
        on_progress: OnProgress = ignore_progress,
    ) -> Iterator[Stored[CaseRecord]]:
        """Yield each case as :meth:`stored_cases` returns it, without keeping any.

        Problems of the others are added to ``problems`` as they are found.
        """
        known = known or known_records(self.path)
        there = self.case_ids()
        for place, case in enumerate(there, 1):
            on_progress(place, len(there))
            try:
                stored = self.case(case)
            except SqsError as error:
                problems += error.problems
                continue
            if wrong := put_back(self.path, known, self.name_of(case), stored.hash):
                problems += wrong
            else:
                yield stored
        problems += missing_records(known, self.room, there)
        problems += missing_from_draw(known, self.inspection, self.room, there)

    def add_case(self, record: CaseRecord) -> str:
        """Write a new case and return the hash of its file.

        UsageError where a case has the same name in other capitals.
        """
        if known := alike(record.case, self.case_ids()):
            what = f"there is a case '{known}' already, which on Windows and macOS is the same file"
            raise UsageError(f"{what} as '{record.case}'; choose another reference")
        return self.save_case(record, expect=ABSENT)

    def save_case(self, record: CaseRecord, *, expect: str, what: str = "", why: str = "") -> str:
        """Save ``record`` durably and return its hash.

        HeldError where the file is no longer ``expect``; BlindedError while the case is being
        marked a second time, blind.
        """
        name = self.name_of(record.case)
        if self.room == CASES:
            check_not_blinded(self.path, record.case)
        return self.journal.save(name, record, expect=expect, what=what, why=why)

    def new_case(self, case: str) -> CaseRecord:
        """Return a blank record pinned to this inspection's criteria; not written yet."""
        return CaseRecord(case=case, criteria=self.criteria.id, criteria_hash=self.criteria.hash)

    # ------------------------------------------------------------ the inspection

    def next_part(self, near: str = "") -> str:
        """Return what the next part of the case that ``near`` is a part of would be called.

        Without one it is of the first case; "" where there is no case yet, or records are parts of none.
        """
        population = self.criteria.population
        if not (population and population.part_of):
            return ""
        wholes = self.whole.population(population.part_of).case_ids()
        of = population.whole_of(near) or (wholes[0] if wholes else "")
        there = [whole_number(case.rpartition("-")[2]) or 0 for case in self.case_ids()
                 if population.whole_of(case) == of]  # fmt: skip
        return f"{of}-{max(there, default=0) + 1}" if of else ""

    def save_inspection(self, inspection: Inspection) -> InspectionFolder:
        """Save ``inspection`` durably and return the folder with it.

        HeldError where ``inspection.toml`` is no longer what this folder was opened with.
        """
        data = read_bytes(self.path / INSPECTION)
        if decode(data, Inspection, INSPECTION) != self.inspection:
            raise HeldError(f"{INSPECTION} has changed since it was read; look at it, then try again")
        self.journal.save(INSPECTION, inspection, expect=content_hash(data))
        return evolve(self, inspection=inspection)

    # ------------------------------------------------------------ interviews

    @property
    def staff(self) -> StaffFolder:
        """The interviews of this inspection, as one of its populations."""
        return StaffFolder(self.path, self.inspection, self.criteria.staff, self.actor)

    def people(self) -> tuple[str, ...]:
        """Return the interviewees, by letter."""
        return self.staff.case_ids() if self._shows_interviews else ()

    def interview(self, person: str) -> Stored[Interview]:
        """Return the interview with ``person``; UsageError names the known ones where there is none."""
        return self.staff.case(person)

    def interviews(self) -> tuple[tuple[Interview, ...], tuple[Problem, ...]]:
        """Return each interview that can be read, and the problems of those that cannot, as :meth:`cases`."""
        found, problems = self.stored_interviews()
        return tuple(stored.record for stored in found), problems

    def stored_interviews(
        self, known: KnownRecords | None = None
    ) -> tuple[tuple[Stored[Interview], ...], tuple[Problem, ...]]:
        """Return as :meth:`interviews`, each with its hash; ``known`` is what the history knows."""
        if not self._shows_interviews:
            return (), ()
        return self.staff.stored_cases(known)  # type: ignore[return-value]

    @property
    def _shows_interviews(self) -> bool:
        """Whether interviews are seen from here: neither from a population nor from second markings."""
        return self.whole_is_here and self.room == CASES

    def save_interview(self, interview: Interview, *, expect: str) -> str:
        """Save ``interview`` durably and return its hash."""
        return self.staff.save_case(interview, expect=expect)

    # ------------------------------------------------------------ the letter

    def narrative(self, known: KnownRecords | None = None) -> Stored[Narrative]:
        """Return what the author wrote for the letter; an empty narrative while there is none.

        ``known`` is what the history knows, where it is read already.  RecordError too where it is gone
        though the history knows it, or an earlier version is in its place.
        """
        return self._beside(LETTER, Narrative, known)

    def save_narrative(self, narrative: Narrative, *, expect: str) -> str:
        """Save the author's text durably and return its hash."""
        self._check_whole()
        return self.journal.save(LETTER, narrative, expect=expect)

    # ------------------------------------------------------------ what became of it

    def actions(self, known: KnownRecords | None = None) -> Stored[FollowedActions]:
        """Return the actions that are followed up; none while there is no such file.

        ``known`` and RecordError as for :meth:`narrative`.
        """
        return self._beside(ACTIONS, FollowedActions, known)

    def save_actions(self, actions: FollowedActions, *, expect: str) -> str:
        """Save the actions durably and return their hash."""
        self._check_whole()
        return self.journal.save(ACTIONS, actions, expect=expect)

    def _beside(self, name: str, kind: type[T], known: KnownRecords | None) -> Stored[T]:
        """Return the one record ``name``; a blank one while there is none: a population never has it."""
        if not self.whole_is_here:
            return Stored(kind(), ABSENT)
        known = known or known_records(self.path)
        try:
            data = read_bytes(self.path / name)
        except MissingFileError:
            if name in known.hashes:
                raise RecordError(missing_record(name)) from None
            return Stored(kind(), ABSENT)
        now = content_hash(data)
        if wrong := put_back(self.path, known, name, now):
            raise RecordError(*wrong)
        return Stored(decode(data, kind, name), now)

    def no_letter(self) -> UsageError:
        """Return the refusal to write a letter on a population alone."""
        return UsageError(
            f"the letter is on the whole inspection, not on population '{self.own_population}' alone; "
            f"it is written from {self.address.parent}"
        )

    def _check_whole(self) -> None:
        """Raise UsageError for a population: the letter, and the actions after it, belong to the whole."""
        if not self.whole_is_here:
            raise self.no_letter()

    def _unknown(self, case: str) -> UsageError:
        what = "interview" if self.room == INTERVIEWS else "case"
        return UsageError(f"no {what} '{case}' in {self.path}; {did_you_mean(case, self.case_ids())}")


@frozen
class PopulationFolder(InspectionFolder):
    """The records of one population within an inspection, as an inspection of its own.

    It works as any inspection does, with a history of its own.  The letter, and the actions that follow it,
    belong to the :attr:`whole`.
    """

    @property
    def whole(self) -> InspectionFolder:
        """The folder of its inspection; UsageError where this one was taken out of it."""
        above = open_inspection(self.path.resolve().parent, actor=self.actor)
        if above.criteria.whole.hash != self.criteria.hash or above.inspection.population:
            raise UsageError(f"{self.path} is no longer in the folder of its inspection; put it back there")
        return above

    def new_case(self, case: str) -> CaseRecord:
        """Return a blank record; UsageError for a part of a case that is not there."""
        population = self.criteria.population
        if population and population.part_of:
            known = self.whole.population(population.part_of).case_ids()
            if (whole := population.whole_of(case)) not in known:
                of = case if case in known else known[0] if known else "07"
                raise UsageError(
                    f"'{case}' is no part of a case that is there: "
                    f"call {population.one} 1 of case {of} '{of}-1'"
                    + (f"; {did_you_mean(whole, known)}" if known and whole else "")
                )
        return super().new_case(case)


NOT_DRAWN = (
    "an interview is what one person said, and there is no file from which another could judge it again; "
    "whom to ask is agreed with the service, and each is added by a letter; "
    "a version that draws its staff, or marks them twice, declares them as a population"
)
"""Why there is neither a sample nor a second marking of interviews."""


@frozen
class StaffFolder(PopulationFolder):
    """The interviews with staff, as a population like any other.

    Their files, and the history of them, are in the folder of the inspection itself: ``interviews/A.toml``.
    They are not drawn, and what one person said is not marked a second time.
    """

    room: ClassVar[str] = INTERVIEWS

    @property
    def address(self) -> Path:
        """The path that opens this folder: that of the interviews."""
        return self.path / INTERVIEWS

    @property
    def whole(self) -> InspectionFolder:
        """The folder of its inspection."""
        return open_inspection(self.path, actor=self.actor)

    def people(self) -> tuple[str, ...]:
        """Return the interviewees, by letter."""
        return self.case_ids()

    def case(self, case: str) -> Stored[Interview]:
        """Return the interview with the person ``case``; UsageError names the known ones if there is none."""
        return super().case(case)  # type: ignore[return-value]

    def new_case(self, case: str) -> Interview:
        """Return a blank interview, of somebody who gave views; UsageError for what could be a name."""
        check_person_id(case)
        return interview_with(case, self.criteria.id, self.criteria.hash)

    def save_inspection(self, inspection: Inspection) -> InspectionFolder:
        """Raise UsageError: interviews are neither drawn nor marked a second time."""
        raise UsageError(NOT_DRAWN)


def open_inspection(
    path: str | Path, *, plugins: bool = True, actor: Actor | None = None
) -> InspectionFolder:
    """Return the inspection in the folder ``path``, under the criteria version it is pinned to.

    That is the copy it keeps, where it keeps one, else the version of that name here.
    ``actor`` is who changes it (None: whoever is at this machine).
    UsageError where there is no inspection there; RecordError where ``inspection.toml`` cannot
    be read or the criteria installed are not those it was made under; PluginError where no
    criteria of that name can be had.

    >>> open_inspection("darlington-2012")
    <InspectionFolder darlington-2012: Darlington Youth Offending Service, under sqs-2012>
    """
    folder = Path(path)
    check_stays_inside(folder)
    try:
        data = read_bytes(folder / INSPECTION)
    except MissingFileError:
        if folder.name == INTERVIEWS and (folder.parent / INSPECTION).exists():
            return open_inspection(folder.parent, plugins=plugins, actor=actor).staff
        ways = f"'sqs new {folder} …' makes one, 'sqs demo' an example"
        raise UsageError(f"no inspection in {folder}; {ways}") from None
    inspection = decode(data, Inspection, INSPECTION)
    place = places_in(data, INSPECTION)
    actor = actor or current_actor()
    kept = kept_criteria(folder)
    if kept is not None:
        _check_kept(kept, inspection)
        return _opened(folder, inspection, kept, actor, place)
    try:
        criteria = pinned_criteria(inspection.criteria, inspection.criteria_hash, plugins=plugins)
    except (UsageError, PluginError) as error:
        raise _without_criteria(inspection, place(["criteria"]), error) from error
    problems = pin_problems(criteria, inspection, place)
    if problems:
        raise RecordError(*problems)
    return _opened(folder, inspection, criteria, actor, place)


def _opened(
    folder: Path, inspection: Inspection, version: Criteria, actor: Actor, place: Locator
) -> InspectionFolder:
    """Return the folder of an inspection under ``version``, or that of a population within one."""
    if not inspection.population:
        whole = InspectionFolder(folder, inspection, criteria_here(version), actor)
        return whole.linking(whole)
    try:
        asked = version.of(inspection.population)
    except UsageError as error:
        raise RecordError(Problem(place(["population"]), str(error), code="R032")) from None
    found = PopulationFolder(folder, inspection, asked, actor)
    if not any(fact.links for fact in asked.facts):
        return found
    try:
        return found.linking(found.whole)
    except SqsError:
        return found  # taken out of its inspection: nothing is known of the records it links


def criteria_here(version: Criteria) -> Criteria:
    """Return what ``version`` asks of the records in the inspection's own folder: its first population."""
    return version.of(version.populations[0].id) if version.populations else version


def _check_kept(kept: Criteria, inspection: Inspection) -> None:
    """Raise RecordError where the copy of the criteria is not what the inspection was made under."""
    if (kept.id, kept.hash) == (inspection.criteria, inspection.criteria_hash):
        return
    what = "this is not what the inspection was made under: what it asks was changed, or it is another file"
    remedy = (
        "put the file back as it was, from a copy of the folder; whoever wants to ask something else gives "
        "the changed file another id, elsewhere, and migrates the inspection"
    )
    raise RecordError(Problem(CRITERIA, what, remedy, "R039"))


def _without_criteria(inspection: Inspection, where: str, error: SqsError) -> PluginError:
    """Return why an inspection cannot be opened, with what would give its criteria."""
    plugin = f"install the plugin that offers '{one_line(inspection.criteria, 60)}'"
    remedy = needs_sentence(inspection.needs) or f"{plugin}, or put {CRITERIA} back from a copy of the folder"
    return PluginError(*(Problem(where, str(problem), remedy, "R033") for problem in error.problems))
