"""Count what is recorded about cases besides judgements: choices as k of n, numbers by median and range.

Facts and questions answered with a value are counted in the same way, never among the judgements.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from attrs import frozen

from sqs_core.criteria import Fact
from sqs_core.criteria.conditions import FactValue

OF_CHOICES = frozenset({"boolean", "choice", "several"})
COUNTED = OF_CHOICES | {"number"}
"""The kinds of facts that are counted; dates and free text are recorded only."""


@frozen
class FactCount:
    """The count of one fact, among the cases in which it is recorded.

    ``recorded`` are those cases.  ``choices`` are the cases of each choice ("yes" and "no" of a fact that
    is either); of a fact that takes several a case can be among more than one, or none.  ``numbers`` are
    those of a number, in the order of ``recorded``.
    """

    fact: Fact
    recorded: tuple[str, ...]
    choices: Mapping[str, tuple[str, ...]]
    numbers: tuple[int, ...] = ()

    @property
    def median(self) -> float | None:
        """The median: halfway between the middle two of an even count; None when nothing is recorded.

        https://docs.python.org/3/library/statistics.html#statistics.median
        """
        return median(self.numbers) if self.numbers else None

    @property
    def by_case(self) -> dict[str, str]:
        """The value of each case as it may be shown: a number, or choices; of others that it is recorded."""
        if self.numbers:
            return dict(zip(self.recorded, map(str, self.numbers), strict=True))
        if self.fact.kind not in OF_CHOICES:
            return dict.fromkeys(self.recorded, "recorded")
        chosen = {
            case: [name for name, cases in self.choices.items() if case in cases] for case in self.recorded
        }
        return {case: ", ".join(names) or "none of them" for case, names in chosen.items()}

    @property
    def words(self) -> str:
        """How it came out: "median 30, from 5 to 90" or "police 3 of 8, school 5 of 8"."""
        if not self.recorded:
            return "not recorded"
        if self.numbers:
            return f"median {self.median:g}, from {min(self.numbers)} to {max(self.numbers)}"
        if self.fact.kind not in OF_CHOICES:
            return ""
        named = {choice.id: str(choice.text) for choice in self.fact.choices}
        n = len(self.recorded)
        return ", ".join(
            f"{named.get(name, name)} {len(cases)} of {n}" for name, cases in self.choices.items()
        )


class FactCounter:
    """Counts facts case by case."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = [fact for fact in facts if fact.kind in COUNTED]
        self._values: dict[str, list[tuple[str, FactValue]]] = {fact.id: [] for fact in self._facts}

    def add(self, case: str, facts: Mapping[str, FactValue]) -> None:
        """Count what ``facts`` say of ``case``."""
        for name, values in self._values.items():
            if name in facts:
                values.append((case, facts[name]))

    def counts(self) -> dict[str, FactCount]:
        """Return the count of each fact, in the version's order."""
        return {fact.id: count_values(fact, self._values[fact.id]) for fact in self._facts}


def count_values(fact: Fact, values: Sequence[tuple[str, FactValue]]) -> FactCount:
    """Return how ``fact`` came out, of its value in each case in which it is recorded."""
    recorded = tuple(case for case, _ in values)
    if fact.kind == "number":
        return FactCount(fact, recorded, {}, tuple(value for _, value in values if isinstance(value, int)))
    if fact.kind not in OF_CHOICES:
        return FactCount(fact, recorded, {})
    choices: dict[str, list[str]] = {choice.id: [] for choice in fact.choices} or {"yes": [], "no": []}
    for case, value in values:
        said = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
        for name in said if isinstance(said, tuple) else (str(said),):
            choices[name].append(case)
    return FactCount(fact, recorded, {name: tuple(cases) for name, cases in choices.items()})
