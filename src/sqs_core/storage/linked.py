"""Read what conditions look up in the records of other populations, when a population is opened."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from attrs import evolve

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.model import LinkedRecords, PopulationCriteria
from sqs_core.errors import Problem, SqsError
from sqs_core.records.case import CaseRecord
from sqs_core.records.computed import asked_questions


class Records(Protocol):
    """The records of a population: an :class:`~sqs_core.storage.folder.InspectionFolder`."""

    @property
    def criteria(self) -> Criteria:
        """What is asked of them."""

    def case_ids(self) -> tuple[str, ...]:
        """Return their references."""

    def cases(self) -> tuple[tuple[CaseRecord, ...], tuple[Problem, ...]]:
        """Return those that can be read, and the problems of the others."""


def with_linked(
    criteria: Criteria,
    folder_of: Callable[[str], Records],
    changed: Mapping[str, Iterable[CaseRecord]],
) -> Criteria:
    """Return ``criteria`` with what their conditions look at in linked records.

    ``folder_of`` opens a population by its name; ``changed`` are records that take the place of those in it.
    A record that cannot be read, or is being marked a second
    time, is there and nothing of it is known; of a population whose folder cannot be read, not even which
    records there are.
    """
    targets = dict.fromkeys(fact.links for fact in criteria.facts if fact.links)
    if not targets or not isinstance(criteria, PopulationCriteria):
        return criteria
    looked_at: dict[str, set[str]] = {target: set() for target in targets}
    for link, name in _looked_at(criteria):
        if criteria.has_fact(link) and criteria.fact(link).links in looked_at:
            looked_at[criteria.fact(link).links].add(name)
    found: dict[str, Mapping[str, Mapping[str, FactValue]]] = {}
    for target, names in looked_at.items():
        try:
            folder = folder_of(target)
            records: dict[str, dict[str, FactValue]] = {case: {} for case in folder.case_ids()}
            records |= {
                record.case: _values(folder.criteria, record, names)
                for record in ((*folder.cases()[0], *changed.get(target, ())) if names else ())
            }
        except SqsError:
            continue  # its own check tells of that
        found[target] = records
    linked: LinkedRecords = found
    return evolve(criteria, linked=linked)


def _looked_at(criteria: Criteria) -> Iterator[tuple[str, str]]:
    conditions = [q.when for q in criteria.questions if q.when] + [s.when for s in criteria.subsets]
    for condition in conditions:
        yield from ((t.link, t.name) for t in condition.comparisons() if t.source == "linked")


def _values(criteria: Criteria, record: CaseRecord, names: set[str]) -> dict[str, FactValue]:
    asked = asked_questions(criteria, record)
    values: dict[str, FactValue] = {name: record.facts[name] for name in names if name in record.facts}
    for name in names:
        if asked.get(name) and (outcome := record.looked_at(name)) is not None:
            values[name] = outcome
    return values
