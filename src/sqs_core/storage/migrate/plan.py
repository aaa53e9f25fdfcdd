"""Work out a migration: what becomes of every record, and what to look at.  Nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import evolve, field, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.diff import CriteriaDiff, diff_criteria
from sqs_core.errors import HeldError, Problem, RecordError, UsageError
from sqs_core.records.case import CaseRecord
from sqs_core.records.computed import with_computed
from sqs_core.records.migration import (
    FATES,
    Fate,
    Migrated,
    migrate_record,
    unmovable_questions,
)
from sqs_core.records.migration_audit import audit_migration
from sqs_core.records.narrative import Narrative
from sqs_core.scoring.states import State, question_states
from sqs_core.storage.atomic import content_hash
from sqs_core.storage.blinding import is_blinded
from sqs_core.storage.folder import InspectionFolder, criteria_here
from sqs_core.storage.layout import (
    AGREED,
    CASES,
    INSPECTION,
    LETTER,
    SECOND,
    list_records,
)
from sqs_core.storage.linked import with_linked
from sqs_core.storage.record_files import Stored
from sqs_core.storage.safe_read import read_bytes


@frozen
class Migration:
    """A migration worked out and not yet done: every record by its file, and what to look at.

    ``notes`` are what a person should know though nothing is lost: edited paragraphs of the letter
    whose place the new version does not have, finished cases with questions still to answer.
    ``within`` are the migrations of the other populations, each in its own folder, and ``added`` those
    that only the new version has.
    """

    folder: InspectionFolder
    difference: CriteriaDiff
    records: Mapping[str, Migrated[CaseRecord]]
    hashes: Mapping[str, str]
    notes: tuple[Problem, ...]
    within: Mapping[str, Migration] = field(factory=dict)
    added: tuple[str, ...] = ()

    @property
    def parts(self) -> dict[str, Migration]:
        """The migration of each population, by what stands before the names of its records: "victims/"."""
        return {"": self, **{f"{name}/": part for name, part in self.within.items()}}

    @property
    def all_records(self) -> dict[str, Migrated[CaseRecord]]:
        """Every record of every population."""
        return {at + name: one for at, part in self.parts.items() for name, one in part.records.items()}

    @property
    def all_notes(self) -> tuple[Problem, ...]:
        """What to look at in every population."""
        found = (n._replace(where=at + n.where) for at, part in self.parts.items() for n in part.notes)
        return tuple(found)

    def counts(self) -> dict[Fate, int]:
        """Return how many answers, facts and roles had each fate, over all records."""
        total: Counter[Fate] = Counter()
        for migrated in self.all_records.values():
            total.update(migrated.counts())
        return {fate: total[fate] for fate in FATES}

    def reasons_parked(self) -> int:
        """Return the number of moved answers with a parked reason."""
        return sum(move.kind == "reason" for m in self.all_records.values() for move in m.moves)

    def unaccounted(self) -> list[str]:
        """Return what is missing or came from nowhere, record by record; empty where all is accounted for."""
        return [
            f"{at}{name}: {line}"
            for at, part in self.parts.items()
            for name, migrated in part.records.items()
            for line in audit_migration(migrated, part.difference)
        ]


def plan_migration(folder: InspectionFolder, new: Criteria) -> Migration:
    """Work out the migration of ``folder`` to ``new``; nothing is written.

    UsageError where it is under that version already; HeldError while a case is being marked a
    second time, blind, which a report on its first marking would end; RecordError with every
    problem where a record cannot be read: a migration leaves none behind.
    """
    old = folder.criteria.whole
    if not folder.whole_is_here:
        raise UsageError(f"an inspection is migrated as a whole: give {folder.whole.path}")
    if (old.id, old.hash) == (new.id, new.hash) and old == new:
        raise UsageError(f"{folder.path} is under {new.id} already")
    if old.id == new.id and old.hash != new.hash and old.status != "draft":
        what = f"is called {new.id}, as the version that {folder.path} is under, and asks something else"
        raise UsageError(f"the new version {what}; give it another id")
    asked = {population.id: criteria_here(new) for population in new.populations[:1]}
    asked |= {population.id: new.of(population.id) for population in new.populations[1:]}
    others = folder.populations[1:]
    if gone := [name for name in others if name not in list(asked)[1:]]:
        what = f"{new.id} has no population '{gone[0]}', and its records would have no place"
        raise UsageError(f"{what}; name it so there, or export them and begin anew with 'sqs new'")
    first = _plan(folder, criteria_here(new))
    within = {name: _plan(folder.population(name), asked[name]) for name in others}
    planned = {next(iter(asked), ""): first, **within}
    return evolve(
        _linked(first, planned),
        within={name: _linked(plan, planned) for name, plan in within.items()},
        added=tuple(name for name in list(asked)[1:] if name not in others),
    )


@frozen
class _MigratedRecords:
    """The records of a population as they will be, to look at from others."""

    criteria: Criteria
    records: tuple[CaseRecord, ...] = ()

    def case_ids(self) -> tuple[str, ...]:
        """Return their references."""
        return tuple(record.case for record in self.records)

    def cases(self) -> tuple[tuple[CaseRecord, ...], tuple[Problem, ...]]:
        """Return all of them: one that cannot be read is not migrated."""
        return self.records, ()


def _linked(plan: Migration, planned: Mapping[str, Migration]) -> Migration:
    """Return ``plan`` with what its conditions look at in the migrated records of the other populations.

    Only now is it known what is asked of a record, and so what is computed and what is left to answer.
    """

    def records_of(name: str) -> _MigratedRecords:
        if name not in planned:
            return _MigratedRecords(plan.difference.new.whole.of(name))
        cases = (one.record for at, one in planned[name].records.items() if at.startswith(CASES))
        return _MigratedRecords(planned[name].difference.new, tuple(cases))

    asked = with_linked(plan.difference.new, records_of, {})
    records = {
        name: evolve(one, record=with_computed(asked, one.record)) if name.startswith(CASES) else one
        for name, one in plan.records.items()
    }
    notes = (*plan.notes, *_unfinished(asked, records))
    return evolve(plan, difference=evolve(plan.difference, new=asked), records=records, notes=notes)


def _plan(folder: InspectionFolder, asked: Criteria) -> Migration:
    """Work out the migration of the records of one population, of which ``asked`` is asked from now on."""
    _check_no_open_second(folder.path)
    old = folder.criteria
    difference = diff_criteria(old, asked)
    cases, problems = folder.stored_cases()
    interviews, more = folder.stored_interviews()
    if problems or more:
        raise RecordError(*problems, *more)
    stored: dict[str, Stored[Any]] = {folder.name_of(one.record.case): one for one in cases}
    stored |= {folder.staff.name_of(one.record.case): one for one in interviews}
    found: dict[str, CaseRecord] = {name: one.record for name, one in stored.items()}
    hashes = {INSPECTION: content_hash(read_bytes(folder.path / INSPECTION))}
    hashes |= {name: one.hash for name, one in stored.items()}
    stay = unmovable_questions(found.values(), difference)
    records: dict[str, Migrated[CaseRecord]] = {
        where: migrate_record(record, difference, stay) for where, record in found.items()
    }
    narrative = folder.narrative().record
    notes = _notes(narrative, asked.whole, records, stay)
    for part in (SECOND, AGREED):
        if (folder.path / part).is_dir():
            what = (
                f"stays with the old inspection, under {old.id}: it belongs to the records it was made from"
            )
            notes.append(Problem(part, what, "read it there", advice=True))
    return Migration(folder, difference, records, hashes, tuple(notes))


def _check_no_open_second(folder: Path) -> None:
    """Raise HeldError where a second marking is open, or cannot be read and so may be."""
    for case in list_records(folder, SECOND).records:
        if is_blinded(folder, case):
            what = "is a second marking that is still open, and this would reveal what has to stay hidden"
            raise HeldError(Problem(f"{SECOND}/{case}.toml", what, "finish it, then migrate"))


def _notes(
    narrative: Narrative,
    new: Criteria,
    records: Mapping[str, Migrated[CaseRecord]],
    stay: Mapping[str, str],
) -> list[Problem]:
    notes: list[Problem] = []
    places = {paragraph.id for paragraph in new.letter.paragraphs} if new.letter else set()
    for name in narrative.paragraphs:
        if name not in places:
            what = f"{new.id} has no paragraph '{name}'; your text for it is kept, but not shown"
            notes.append(Problem(LETTER, what, "move it to another paragraph", advice=True))
    for improvement in narrative.improvements:
        for question in improvement.questions:
            if not new.has_question(question):
                what = f"an area for improvement rests on '{question}', which {new.id} does not ask"
                notes.append(Problem(LETTER, what, "name the questions it rests on now", advice=True))
    for name, why in stay.items():
        what = f"{why}, so every answer to {name} is parked: those that fit would not be a fair part"
        notes.append(Problem(CASES, what, "answer the new question anew", advice=True))
    reworded = sum(move.why.startswith("reworded") for m in records.values() for move in m.moves)
    if reworded:
        what = f"{reworded} answers now stand under a question with other wording"
        notes.append(Problem(CASES, what, "read them again before they are reported", advice=True))
    return notes


def _unfinished(asked: Criteria, records: Mapping[str, Migrated[CaseRecord]]) -> Iterator[Problem]:
    """Yield the finished records of which ``asked`` has questions that nobody has answered."""
    for name, migrated in records.items():
        record = migrated.record
        if record.status == "finished":
            here = asked if name.startswith(CASES) else asked.staff
            waiting = sum(state is State.UNANSWERED for state in question_states(here, record).values())
            if waiting:
                what = f"finished, but {waiting} questions of {asked.id} are not answered"
                yield Problem(name, what, "reopen it and answer them", advice=True)
