"""When a question applies: comparisons over facts and other answers, as data.

The meaning is that of FHIR's ``enableWhen`` (https://hl7.org/fhir/questionnaire.html):
``=`` holds when there is a value and it equals; ``!=`` holds when no value equals, so also
when there is none; ``exists`` asks whether there is a value.  ``in`` is ``=`` against any of
a list.  What is itself not asked counts as having no value.  There is no expression language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Literal

from attrs import frozen

FactValue = bool | str | date
ValueSource = Literal["fact", "answer"]
Operator = Literal["=", "!=", "in", "exists"]
OPERATORS: tuple[Operator, ...] = ("=", "!=", "in", "exists")
Lookup = Callable[[ValueSource, str], FactValue | None]


@frozen
class Comparison:
    """One comparison of a fact's value, or of another question's outcome."""

    __test__ = False  # the name is the field's; pytest must not collect it

    source: ValueSource
    name: str
    operator: Operator
    value: FactValue | tuple[FactValue, ...]

    def holds(self, look_up: Lookup) -> bool:
        """Whether the comparison holds; ``look_up`` gives None for "no value"."""
        found = look_up(self.source, self.name)
        if self.operator == "exists":
            return (found is not None) == self.value
        if self.operator == "in":
            return isinstance(self.value, tuple) and found is not None and found in self.value
        equal = found is not None and found == self.value
        return equal if self.operator == "=" else not equal

    def tests(self) -> Iterator[Comparison]:
        """Every comparison in this condition."""
        yield self


@frozen
class AllOf:
    """Holds when each part does; nothing to hold is true."""

    parts: tuple[Condition, ...]

    def holds(self, look_up: Lookup) -> bool:
        """Whether every part holds."""
        return all(part.holds(look_up) for part in self.parts)

    def tests(self) -> Iterator[Comparison]:
        """Every comparison in this condition."""
        for part in self.parts:
            yield from part.tests()


@frozen
class AnyOf:
    """Holds when at least one part does."""

    parts: tuple[Condition, ...]

    def holds(self, look_up: Lookup) -> bool:
        """Whether some part holds."""
        return any(part.holds(look_up) for part in self.parts)

    def tests(self) -> Iterator[Comparison]:
        """Every comparison in this condition."""
        for part in self.parts:
            yield from part.tests()


Condition = Comparison | AllOf | AnyOf


def sources_first(conditions: Mapping[str, Condition | None]) -> tuple[str, ...]:
    """The questions in ``conditions``, each after those whose answers its condition asks for.

    Walked without recursion, so that a chain may be as long as the version.  In a circle, which
    the linter refuses, the order is that of the version.
    """
    order: dict[str, None] = {}
    for start in conditions:
        walk, on_path = [start], {start}
        while walk:
            name = walk[-1]
            condition = conditions[name]
            waits = (t.name for t in condition.tests() if t.source == "answer") if condition else iter(())
            following = next(
                (w for w in waits if w in conditions and w not in order and w not in on_path), None
            )
            if following is None or name in order:
                order[name] = None
                on_path.discard(walk.pop())
            else:
                walk.append(following)
                on_path.add(following)
    return tuple(order)
