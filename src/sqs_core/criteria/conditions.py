"""When a question applies: comparisons over facts and other answers, as data.

The meaning is that of FHIR's ``enableWhen`` (https://hl7.org/fhir/questionnaire.html):
``=`` holds when there is a value and it equals; ``!=`` holds when no value equals, so also
when there is none; ``exists`` asks whether there is a value.  ``in`` is ``=`` against any of
a list.  Of a fact that takes several choices ``=`` holds when that one is ticked.  What is itself not
asked counts as having no value.  There is no expression language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from attrs import frozen

FactValue = bool | str | int | date | tuple[str, ...]
"""What a fact can hold; a tuple are the choices ticked of a fact that takes several."""
ValueSource = Literal["fact", "answer", "linked"]
Operator = Literal["=", "!=", "in", "exists"]
OPERATORS: tuple[Operator, ...] = ("=", "!=", "in", "exists")
Lookup = Callable[[ValueSource, str], FactValue | None]
EXAMPLE = '{ fact = "custody", "=" = true }'


@frozen
class Comparison:
    """One comparison of a fact's value, or of another question's outcome.

    Where its source is "linked", they are those of the record that the fact ``link`` names.
    """

    source: ValueSource
    name: str
    operator: Operator
    value: FactValue | tuple[FactValue, ...]
    link: str = ""

    @property
    def looked_up(self) -> str:
        """What is looked up by its source: "custody", or "custody of child" of a linked record."""
        return f"{self.name} of {self.link}" if self.link else self.name

    def holds(self, look_up: Lookup) -> bool:
        """Return whether the comparison holds; ``look_up`` gives None for "no value"."""
        found = look_up(self.source, self.looked_up)
        if self.operator == "exists":
            return (found is not None) == self.value
        held = found if isinstance(found, tuple) else () if found is None else (found,)
        if self.operator == "in":
            return isinstance(self.value, tuple) and any(value in self.value for value in held)
        equal = self.value in held
        return equal if self.operator == "=" else not equal

    def comparisons(self) -> Iterator[Comparison]:
        """Yield every comparison in this condition."""
        yield self

    def __str__(self) -> str:
        if self.operator == "exists":
            return f"{self.looked_up} is {'known' if self.value else 'not known'}"
        values = self.value if isinstance(self.value, tuple) else (self.value,)
        words = " or ".join("yes" if v is True else "no" if v is False else str(v) for v in values)
        return f"{self.looked_up} is {'not ' if self.operator == '!=' else ''}{words}"


@frozen
class _Several:
    """Several conditions in one."""

    parts: tuple[Condition, ...]

    def comparisons(self) -> Iterator[Comparison]:
        """Yield every comparison in this condition."""
        for part in self.parts:
            yield from part.comparisons()


@frozen
class AllOf(_Several):
    """Holds when each part does; nothing to hold is true."""

    def holds(self, look_up: Lookup) -> bool:
        """Return whether every part holds."""
        return all(part.holds(look_up) for part in self.parts)

    def __str__(self) -> str:
        return f"({' and '.join(map(str, self.parts))})"


@frozen
class AnyOf(_Several):
    """Holds when at least one part does."""

    def holds(self, look_up: Lookup) -> bool:
        """Return whether some part holds."""
        return any(part.holds(look_up) for part in self.parts)

    def __str__(self) -> str:
        return f"({' or '.join(map(str, self.parts))})"


Condition = Comparison | AllOf | AnyOf


def describe_condition(condition: Condition | None) -> str:
    """Return the condition in words: "when custody is yes"; "always" where there is none."""
    return f"when {condition}" if condition is not None else "always"


def parse_condition(table: Any) -> Condition:
    """Return the condition that a table of a criteria file says.

    ``{ fact = "custody", "=" = true }``, ``{ answer = "roh.plan", in = [...] }``, ``{ all = [...] }``;
    ``{ link = "child", fact = "custody", "=" = true }`` of the record that the fact ``child`` names.

    Raises:
        ValueError: the table is no condition; the sentence says what would be one.
    """
    if not isinstance(table, dict):
        raise ValueError(f"expected a condition such as {EXAMPLE}")
    for key, kind in (("all", AllOf), ("any", AnyOf)):
        if key in table:
            if len(table) > 1 or not isinstance(table[key], list):
                raise ValueError(f"'{key}' takes a list of conditions, and nothing beside it")
            return kind(tuple(parse_condition(part) for part in table[key]))
    sources: list[ValueSource] = [source for source in ("fact", "answer") if source in table]
    operators = [operator for operator in OPERATORS if operator in table]
    link = table.get("link", "")
    if len(sources) != 1 or len(operators) != 1 or len(table) != 2 + ("link" in table):
        known = ", ".join(OPERATORS)
        raise ValueError(f"a condition names one fact or answer and one of {known} such as {EXAMPLE}")
    source, operator = sources[0], operators[0]
    if not isinstance(table[source], str):
        raise ValueError(f"'{source}' takes a name in quotes")
    if "link" in table and not (isinstance(link, str) and link):
        raise ValueError("'link' takes the name of a fact in quotes")
    operand = _operand(operator, table[operator])
    return Comparison("linked" if link else source, table[source], operator, operand, link)


def _operand(operator: Operator, operand: Any) -> FactValue | tuple[FactValue, ...]:
    if operator == "in":
        if not isinstance(operand, list):
            raise ValueError("'in' takes a list of values")
        return tuple(_value(part) for part in operand)
    if operator == "exists" and type(operand) is not bool:
        raise ValueError("'exists' takes true or false")
    return _value(operand)


def _value(value: Any) -> FactValue:
    # `type() in`, not isinstance: a bool is an int, and a datetime is a date.
    if type(value) not in (bool, str, int, date):
        raise ValueError("a condition compares with true, false, words in quotes, a whole number or a date")
    return value  # type: ignore[no-any-return]


def sources_first(conditions: Mapping[str, Condition | None]) -> tuple[str, ...]:
    """Return the questions in ``conditions``, each after those whose answers its condition asks for.

    Walked without recursion, so that a chain may be as long as the version.  In a circle, which
    the linter refuses, the order is that of the version.
    """
    order: dict[str, None] = {}
    for start in conditions:
        walk, on_path = [start], {start}
        while walk:
            name = walk[-1]
            condition = conditions[name]
            found = condition.comparisons() if condition else iter(())
            waits = (comparison.name for comparison in found if comparison.source == "answer")
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
