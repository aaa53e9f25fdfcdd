"""From parsed TOML to our values and back: strict, and every fault named at once.

The converter never guesses: "no" is not false, 12 is not "12".  A fault is told by the place
in the file and the kind of value expected, never by the value itself, which may be a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from typing import Any, TypeVar, get_args

from attrs import fields, has, resolve_types
from cattrs import Converter
from cattrs.errors import ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn
from cattrs.v import transform_error

from sqs_core.criteria.conditions import OPERATORS, AllOf, AnyOf, Condition, Test, Value
from sqs_core.criteria.text import Text
from sqs_core.errors import Problem, did_you_mean
from sqs_core.records.case import Answer, CaseRecord, FactValue
from sqs_core.records.interview import Interview

T = TypeVar("T")
Key = str | int
IN_NUMBERS = frozenset({CaseRecord, Answer, Interview})
"""What there can be thousands of."""
_PATH = r"\.(\w+)|\['([^']*)'\]|\[(\d+)\]"


class NotAsExpectedError(ValueError):
    """A value of the wrong kind; the message never repeats the value."""


def structured(
    data: Mapping[str, Any], cls: type[T], line: Callable[[list[Key]], str]
) -> tuple[T | None, tuple[Problem, ...]]:
    """``data`` as a ``cls``, or None and every problem; ``line`` gives "file:12" for a path."""
    try:
        return converter().structure(data, cls), ()
    except Exception:
        # The same rules again by the converter that goes on after a fault: it takes twice as long
        # to make, and nearly every file is without one.
        pass
    try:
        return converter(all_faults=True).structure(data, cls), ()
    except Exception as error:
        faults = transform_error(error, format_exception=_words)
        return None, tuple(_problem(fault, line) for fault in faults)


def unstructured(value: object) -> dict[str, Any]:
    """An attrs value as plain data for TOML: absent and default values are left out."""
    data: dict[str, Any] = converter().unstructure(value)
    return data


def _problem(fault: str, line: Callable[[list[Key]], str]) -> Problem:
    words, _, path = fault.rpartition(" @ ")
    keys: list[Key] = [
        int(match[3]) if match[3] else match[1] or match[2]
        for match in re.finditer(_PATH, path.removeprefix("$"))
    ]
    name = ".".join(str(key) for key in keys)
    what, _, remedy = words.partition("; ")
    return Problem(line(keys), f"{name}: {what}" if name else what, remedy, "R010")


def _words(error: BaseException, expected: type | None) -> str:
    if isinstance(error, ForbiddenExtraKeysError):
        known = [f.name for f in fields(error.cl)] if has(error.cl) else []
        extra = sorted(error.extra_fields)
        return (
            f"unknown key{'s' if len(extra) > 1 else ''} {', '.join(extra)}; {did_you_mean(extra[0], known)}"
        )
    if isinstance(error, KeyError):
        return f"{error} is missing; add it"
    if isinstance(error, NotAsExpectedError):
        return str(error)
    choices = get_args(expected)
    if choices and all(isinstance(choice, str) for choice in choices):
        return f"not one of the words allowed here; known: {', '.join(choices)}"
    return "not the kind of value expected here"


@cache
def converter(*, all_faults: bool = False) -> Converter:
    """The converter, made when it is first needed; it stops at the first fault unless ``all_faults``."""
    conv = Converter(forbid_extra_keys=True, omit_if_default=True, detailed_validation=all_faults)
    for kind, words in ((str, "words in quotes"), (int, "a whole number"), (bool, "true or false")):
        conv.register_structure_hook(kind, _strict(kind, words))
    conv.register_structure_hook(date, _strict(date, "a date such as 2012-11-26"))
    conv.register_structure_hook(Fraction, _fraction)
    conv.register_structure_hook(Text, _text)
    conv.register_structure_hook(FactValue, _fact_value)
    conv.register_structure_hook(FactValue | None, _fact_value)
    conv.register_structure_hook(Condition, lambda value, _: _condition(value))
    conv.register_structure_hook(Condition | None, lambda value, _: _condition(value))
    conv.register_structure_hook_factory(has, lambda cls: _structure_class(cls, conv))
    conv.register_unstructure_hook_factory(
        has, lambda cls: make_dict_unstructure_fn(cls, conv, _cattrs_omit_if_default=True)
    )
    conv.register_unstructure_hook(date, lambda value: value)
    conv.register_unstructure_hook(tuple, lambda value: [conv.unstructure(v) for v in value])
    return conv


def _structure_class(cls: Any, conv: Converter) -> Callable[[Any, Any], Any]:
    structure: Callable[[Any, Any], Any]
    if conv.detailed_validation or cls in IN_NUMBERS:
        structure = make_dict_structure_fn(cls, conv, _cattrs_forbid_extra_keys=True)
    else:
        structure = _one_by_one(cls, conv)

    def hook(value: Any, kind: Any) -> Any:
        if not isinstance(value, dict):
            raise NotAsExpectedError("expected a table")
        return structure(value, kind)

    return hook


def _one_by_one(cls: Any, conv: Converter) -> Callable[[Any, Any], Any]:
    """cattrs' way through the fields without code written for the class.

    Such code halves the time of a value, and writing and compiling it takes that of hundreds:
    more than a criteria version or an inspection holds.
    """
    known = frozenset(field.name for field in fields(resolve_types(cls)))

    def structure(value: dict[str, Any], _: Any) -> Any:
        if not known.issuperset(value):
            raise ForbiddenExtraKeysError("", cls, set(value) - known)
        return conv.structure_attrs_fromdict(value, cls)

    return structure


def _strict(kind: type, words: str) -> Callable[[Any, Any], Any]:
    def hook(value: Any, _: Any) -> Any:
        # `type is`, not isinstance: a bool is an int, and a datetime is a date.
        if type(value) is not kind:
            raise NotAsExpectedError(f"expected {words}, found {_kind(value)}")
        return value

    return hook


def _kind(value: object) -> str:
    names = {str: "words", bool: "true or false", int: "a whole number", float: "a number"}
    names |= {dict: "a table", list: "a list", date: "a date", datetime: "a date and time"}
    return names.get(type(value), "something else")


def _fraction(value: Any, _: Any) -> Fraction:
    try:
        return Fraction(value) if type(value) in (str, int) else Fraction("not")
    except (ValueError, ZeroDivisionError):
        raise NotAsExpectedError('expected a fraction in quotes, such as "3/4"') from None


def _text(value: Any, _: Any) -> Text:
    if isinstance(value, str):
        return Text.plain(value.strip("\n"))
    if isinstance(value, dict) and value and all(isinstance(words, str) for words in value.values()):
        return Text({tag: words.strip("\n") for tag, words in value.items()})
    raise NotAsExpectedError('expected words in quotes, or a table of them by language such as { en = "…" }')


def _fact_value(value: Any, _: Any) -> FactValue:
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
        return tuple(_fact_value(part, None) for part in operand)
    if operator == "exists" and type(operand) is not bool:
        raise NotAsExpectedError("'exists' takes true or false")
    return _fact_value(operand, None)
