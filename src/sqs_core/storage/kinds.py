"""What takes plain data for each kind of value that is no class of ours: strict, and in a few words.

Nothing is guessed: "no" is not false, 12 is not "12".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

from sqs_core.criteria.conditions import OPERATORS, AllOf, AnyOf, Condition, Test, Value
from sqs_core.criteria.text import Text
from sqs_core.records.case import FactValue

Key = str | int
Fault = tuple[tuple[Key, ...], str]
"""The keys that lead to what is wrong, and the words for it."""
Taker = Callable[[Any], Any]
"""Gives the value that plain data stands for; NotAsExpectedError where it stands for none."""


class NotAsExpectedError(ValueError):
    """Plain data that stands for no value of the kind expected: every fault in it.

    The words of a fault never repeat what was found.
    """

    def __init__(self, words: str = "", faults: Iterable[Fault] = ()) -> None:
        self.faults: tuple[Fault, ...] = (((), words),) if words else tuple(faults)
        super().__init__(words)

    def under(self, key: Key) -> Iterator[Fault]:
        """The same faults, told from what holds the data at ``key``."""
        return (((key, *keys), words) for keys, words in self.faults)


def _strict(kind: type, words: str) -> Taker:
    def take(value: Any) -> Any:
        # `type is`, not isinstance: a bool is an int, and a datetime is a date.
        if type(value) is not kind:
            raise NotAsExpectedError(f"expected {words}, found {_kind(value)}")
        return value

    return take


def _kind(value: object) -> str:
    names = {str: "words", bool: "true or false", int: "a whole number", float: "a number"}
    names |= {dict: "a table", list: "a list", date: "a date", datetime: "a date and time"}
    return names.get(type(value), "something else")


def _fraction(value: Any) -> Fraction:
    try:
        return Fraction(value) if type(value) in (str, int) else Fraction("not")
    except (ValueError, ZeroDivisionError):
        raise NotAsExpectedError('expected a fraction in quotes, such as "3/4"') from None


def _text(value: Any) -> Text:
    if isinstance(value, str):
        return Text.plain(value.strip("\n"))
    if isinstance(value, dict) and value and all(isinstance(words, str) for words in value.values()):
        return Text({tag: words.strip("\n") for tag, words in value.items()})
    raise NotAsExpectedError('expected words in quotes, or a table of them by language such as { en = "…" }')


def _fact_value(value: Any) -> FactValue:
    if type(value) in (bool, str, date):
        return value  # type: ignore[no-any-return]
    raise NotAsExpectedError(f"expected true, false, words or a date, found {_kind(value)}")


def _condition(value: Any) -> Condition:
    """``{ fact = "custody", "=" = true }``, ``{ answer = "roh.plan", in = [...] }``, ``{ all = [...] }``."""
    if not isinstance(value, dict):
        raise NotAsExpectedError('expected a condition such as { fact = "custody", "=" = true }')
    for key, kind in (("all", AllOf), ("any", AnyOf)):
        if key in value:
            if len(value) > 1 or not isinstance(value[key], list):
                raise NotAsExpectedError(f"'{key}' takes a list of conditions, and nothing beside it")
            return kind(tuple(_condition(part) for part in value[key]))
    sources = [s for s in ("fact", "answer") if s in value]
    operators = [o for o in OPERATORS if o in value]
    if len(sources) != 1 or len(operators) != 1 or len(value) != 2:
        raise NotAsExpectedError(
            "a condition names one fact or answer and one of "
            + ", ".join(OPERATORS)
            + ' such as { fact = "custody", "=" = true }'
        )
    source, operator = sources[0], operators[0]
    if not isinstance(value[source], str):
        raise NotAsExpectedError(f"'{source}' takes a name in quotes")
    return Test(source, value[source], operator, _operand(operator, value[operator]))  # type: ignore[arg-type]


def _operand(operator: str, operand: Any) -> Value | tuple[Value, ...]:
    if operator == "in":
        if not isinstance(operand, list):
            raise NotAsExpectedError("'in' takes a list of values")
        return tuple(_fact_value(part) for part in operand)
    if operator == "exists" and type(operand) is not bool:
        raise NotAsExpectedError("'exists' takes true or false")
    return _fact_value(operand)


KINDS: Final[Mapping[Any, Taker]] = {
    str: _strict(str, "words in quotes"),
    int: _strict(int, "a whole number"),
    bool: _strict(bool, "true or false"),
    date: _strict(date, "a date such as 2012-11-26"),
    Fraction: _fraction,
    Text: _text,
    FactValue: _fact_value,
    Condition: _condition,
}
