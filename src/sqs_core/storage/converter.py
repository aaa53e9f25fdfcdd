"""Convert parsed TOML to our values and back: strictly, reporting every fault at once.

Nothing is guessed: "no" is not false, 12 is not "12".  A fault names the place in the file and the kind of
value expected, never the value itself, which may be a note.  The annotations of a class are the rules.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Any, Final, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from attrs import NOTHING, Factory, fields, has

from sqs_core.criteria.conditions import Condition, FactValue, parse_condition
from sqs_core.errors import Locator, Problem, RecordError, did_you_mean
from sqs_core.storage.safe_read import Keys
from sqs_core.text import Text

T = TypeVar("T")
Structure = Callable[[Any], Any]
"""Takes plain data and gives the value that it stands for; NotAsExpectedError where it stands for none."""


def structured(
    data: Mapping[str, Any],
    cls: type[T],
    place: Locator,
    name_of: Callable[[Keys], str] = lambda keys: ".".join(map(str, keys)),
) -> T:
    """Return ``data`` as a ``cls``; RecordError with every problem where they are none.

    ``place`` gives "file:12" for the keys that lead somewhere, ``name_of`` what they are called.
    """
    kind: Any = cls
    try:
        value: T = _structure(kind)(data)
    except NotAsExpectedError as error:
        problems = [_problem(keys, words, place, name_of) for keys, words in error.faults]
    else:
        return value
    raise RecordError(*problems)  # here, so that nothing of what was read is kept by it


def unstructured(value: object) -> dict[str, Any]:
    """Return an attrs value as plain data for TOML: absent and default values are left out."""
    if as_written := getattr(value, "as_written", None):
        value = as_written()
    kind: Any = type(value)
    parts = ((name, getattr(value, name), default) for name, default in _defaults(kind))
    return {name: _plain(part) for name, part, default in parts if part != default}


@cache
def _defaults(cls: Any) -> tuple[tuple[str, object], ...]:
    """Return the name of each field of ``cls`` with its default; nothing where it is no class of attrs."""
    if not has(cls):
        return ()
    return tuple(
        (field.name, field.default.factory() if isinstance(field.default, Factory) else field.default)  # type: ignore[arg-type]
        for field in fields(cls)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    kind: Any = type(value)
    return unstructured(value) if _defaults(kind) else value


def _problem(keys: Keys, words: str, place: Locator, name_of: Callable[[Keys], str]) -> Problem:
    name = name_of(keys)
    if words == _UNQUOTED:
        quoted = f'[{keys[0]}."{".".join(str(key) for key in keys[1:])}"]'
        return Problem(
            place(keys), f"{name}: a name with a dot in it needs quotes", f"write {quoted}", "R010"
        )
    what, _, remedy = words.partition("; ")
    return Problem(place(keys), f"{name}: {what}" if name else what, remedy, "R010")


class NotAsExpectedError(ValueError):
    """Plain data that stands for no value of the kind expected.

    ``faults`` are all that is wrong: the keys that lead to each, and words that never repeat what was found.
    """

    def __init__(self, words: str = "", faults: Iterable[tuple[Keys, str]] = ()) -> None:
        self.faults: tuple[tuple[Keys, str], ...] = (((), words),) if words else tuple(faults)
        super().__init__(words)

    def under(self, key: str | int) -> list[tuple[Keys, str]]:
        """Return the same faults with ``key`` before their paths."""
        return [((key, *keys), words) for keys, words in self.faults]


# ---------------------------------------------------------------- by the annotation

_UNQUOTED: Final = "unquoted"


@cache
def _structure(kind: Any) -> Structure:
    """Return what takes data for ``kind``: a class of ours, or whatever a field of one is annotated with."""
    if kind in _VALUES:
        return _VALUES[kind]
    if written := getattr(kind, "written_as", None):
        convert_written = _structure(written)
        return lambda value: convert_written(value).record()
    if has(kind):
        return _class_of(kind)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _one_of(parts)
    if origin in (Union, UnionType) and NoneType in parts:
        convert = _structure(reduce(or_, (part for part in parts if part is not NoneType)))
        return lambda value: None if value is None else convert(value)
    if origin in (Union, UnionType) and parts[0] is str:
        words, table = map(_structure, parts)
        return lambda value: table(value) if isinstance(value, dict) else words(value)
    if origin is tuple:
        return _list_of(_structure(parts[0]), None if parts[-1] is ... else len(parts))
    if origin is Mapping:
        known = {field.name for field in fields(parts[1])} if has(parts[1]) else set()
        return _table_of(_structure(parts[1]), known)
    raise TypeError(f"nothing takes {kind!r}")


def _class_of(cls: Any) -> Structure:
    hints = get_type_hints(cls)
    parts = {field.name: _structure(hints[field.name]) for field in fields(cls)}
    needed = {field.name for field in fields(cls) if field.default is NOTHING}

    def convert(value: Any) -> Any:
        made: dict[str, Any] = {}
        wrong: dict[str, list[tuple[Keys, str]]] = {}
        for name, part in _a_table(value).items():
            if name in parts:
                try:
                    made[name] = parts[name](part)
                except NotAsExpectedError as error:
                    wrong[name] = error.under(name)
        for name in needed.difference(value):
            wrong[name] = [((name,), f"'{name}' is missing; add it")]
        if wrong or not value.keys() <= parts.keys():
            faults = [fault for name in parts for fault in wrong.get(name, ())]
            raise NotAsExpectedError(faults=[*faults, *_unknown(value, parts)])
        return cls(**made)

    return convert


def _unknown(value: Iterable[str], known: Iterable[str]) -> Iterator[tuple[Keys, str]]:
    if extra := sorted(set(value).difference(known)):
        keys = f"unknown key{'s' if len(extra) > 1 else ''} {', '.join(extra)}"
        yield (), f"{keys}; {did_you_mean(extra[0], known)}"


def _list_of(convert: Structure, length: int | None) -> Structure:
    def convert_all(value: Any) -> Any:
        if not isinstance(value, list) or length not in (None, len(value)):
            raise NotAsExpectedError(f"expected a list{f' of {length}' if length else ''}")
        return tuple(_each(convert, enumerate(value)))

    return convert_all


def _table_of(convert: Structure, known: set[str]) -> Structure:
    """Return what takes a table of names; ``known`` are the keys of tables within, where there are any."""

    def convert_all(value: Any) -> Any:
        table = _a_table(value)
        try:
            return dict(zip(table, _each(convert, table.items()), strict=True))
        except NotAsExpectedError:
            if unquoted := [(keys, _UNQUOTED) for keys in _without_quotes(table, known)]:
                raise NotAsExpectedError(faults=unquoted) from None
            raise

    return convert_all


def _without_quotes(table: Mapping[str, Any], known: set[str]) -> Iterator[Keys]:
    """Yield the names that were written as ``[answers.roh.plan]``, which is a table in a table."""
    for name, inner in table.items():
        tables = inner.items() if isinstance(inner, dict) else ()
        for key, part in tables:
            if not isinstance(part, dict) or key in known:
                continue
            if known.intersection(part):
                yield name, key
            else:
                yield from ((name, *keys) for keys in _without_quotes({key: part}, known))


def _each(convert: Structure, parts: Iterable[tuple[str | int, Any]]) -> list[Any]:
    made: list[Any] = []
    faults: list[tuple[Keys, str]] = []
    for key, part in parts:
        try:
            made.append(convert(part))
        except NotAsExpectedError as error:
            faults += error.under(key)
    if faults:
        raise NotAsExpectedError(faults=faults)
    return made


def _a_table(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise NotAsExpectedError("expected a table")


def _one_of(words: tuple[str, ...]) -> Structure:
    known = tuple(filter(None, words))

    def convert(value: Any) -> Any:
        if value not in words:
            typed = value if isinstance(value, str) else ""
            raise NotAsExpectedError(f"not one of the words allowed here; {did_you_mean(typed, known)}")
        return value

    return convert


# ---------------------------------------------------------------- single values


def _strict(kind: type, words: str) -> Structure:
    def convert(value: Any) -> Any:
        # `type is`, not isinstance: a bool is an int, and a datetime is a date.
        if type(value) is not kind:
            raise NotAsExpectedError(f"expected {words}, found {_kind_of(value)}")
        return value

    return convert


def _kind_of(value: object) -> str:
    names = {str: "words", bool: "true or false", int: "a whole number", float: "a number"}
    names |= {dict: "a table", list: "a list", date: "a date", datetime: "a date and time"}
    return names.get(type(value), "something else")


def _fraction(value: Any) -> Fraction:
    if type(value) in (str, int):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            pass
    raise NotAsExpectedError('expected a fraction in quotes, such as "3/4"')


def _text(value: Any) -> Text:
    if isinstance(value, str):
        return Text.plain(value.strip("\n"))
    if isinstance(value, dict) and value and all(isinstance(words, str) for words in value.values()):
        return Text({tag: words.strip("\n") for tag, words in value.items()})
    raise NotAsExpectedError('expected words in quotes, or a table of them by language such as { en = "…" }')


def _fact_value(value: Any) -> FactValue:
    if type(value) in (bool, str, int, date):
        return value  # type: ignore[no-any-return]
    if type(value) is list and all(type(part) is str for part in value):
        return tuple(value)
    what = "expected true, false, words, a whole number, a date or a list of words"
    raise NotAsExpectedError(f"{what}, found {_kind_of(value)}")


def _condition(value: Any) -> Condition:
    try:
        return parse_condition(value)
    except ValueError as error:
        raise NotAsExpectedError(str(error)) from None


_VALUES: Final[Mapping[Any, Structure]] = {
    str: _strict(str, "words in quotes"),
    int: _strict(int, "a whole number"),
    bool: _strict(bool, "true or false"),
    date: _strict(date, "a date such as 2012-11-26"),
    Fraction: _fraction,
    Text: _text,
    FactValue: _fact_value,
    Condition: _condition,
}
