"""From parsed TOML to our values and back: strict, and every fault named at once.

Nothing is guessed: "no" is not false, 12 is not "12".  A fault is told by the place in the file
and the kind of value expected, never by the value itself, which may be a note.

The annotations of a class are the rules.  What takes data for it is put together from them when the
class is first met; no code is written and compiled, which takes the time of hundreds of values.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cache, reduce
from operator import or_
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

from attrs import NOTHING, Factory, fields, has

from sqs_core.errors import Problem, did_you_mean
from sqs_core.storage.kinds import KINDS, Fault, Key, NotAsExpectedError, Taker

__all__ = ["Key", "structured", "unstructured"]

T = TypeVar("T")
_AS_THEY_ARE = frozenset({str, bool, int, date, NoneType})


def structured(
    data: Mapping[str, Any], cls: type[T], line: Callable[[list[Key]], str]
) -> tuple[T | None, tuple[Problem, ...]]:
    """``data`` as a ``cls``, or None and every problem; ``line`` gives "file:12" for a path."""
    kind: Any = cls
    try:
        return _taker(kind)(data), ()
    except NotAsExpectedError as error:
        return None, tuple(_problem(list(keys), words, line) for keys, words in error.faults)


def unstructured(value: object) -> dict[str, Any]:
    """An attrs value as plain data for TOML: absent and default values are left out."""
    made: dict[str, Any] = {}
    kind: Any = type(value)
    for name, usual in _usual(kind):
        part = getattr(value, name)
        if part != usual:
            made[name] = part if type(part) in _AS_THEY_ARE else _plain(part)
    return made


def _plain(value: Any) -> Any:
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    return unstructured(value) if has(type(value)) else value


@cache
def _usual(cls: Any) -> tuple[tuple[str, object], ...]:
    """Each field of ``cls``, and its value where none is given (``NOTHING`` where one must be)."""
    defaults = ((f.name, f.default) for f in fields(cls))
    return tuple((name, d.factory() if isinstance(d, Factory) else d) for name, d in defaults)  # type: ignore[arg-type]


def _problem(keys: list[Key], words: str, line: Callable[[list[Key]], str]) -> Problem:
    name = ".".join(str(key) for key in keys)
    what, _, remedy = words.partition("; ")
    return Problem(line(keys), f"{name}: {what}" if name else what, remedy, "R010")


@cache
def _taker(kind: Any) -> Taker:
    """What takes data for ``kind``: a class of ours, or whatever a field of one is annotated with."""
    if kind in KINDS:
        return KINDS[kind]
    if has(kind):
        return _class_of(kind)
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return _one_of(parts)
    if origin in (Union, UnionType) and NoneType in parts:
        return _or_none(_taker(reduce(or_, (part for part in parts if part is not NoneType))))
    if origin is tuple:
        return _list_of(_taker(parts[0]), None if parts[-1] is ... else len(parts))
    if origin is Mapping:
        return _table_of(_taker(parts[1]))
    raise TypeError(f"nothing takes {kind!r}")


def _class_of(cls: Any) -> Taker:
    takers = {field.name: _written(field.type, cls.__module__) for field in fields(cls)}
    needed = frozenset(field.name for field in fields(cls) if field.default is NOTHING)

    def take(value: Any) -> Any:
        made: dict[str, Any] = {}
        wrong: dict[str, Iterable[Fault]] = {}
        for name, part in _a_table(value).items():
            if name in takers:
                try:
                    made[name] = takers[name](part)
                except NotAsExpectedError as error:
                    wrong[name] = error.under(name)
        if len(made) < len(value) or not needed <= made.keys():
            for name in needed.difference(value):
                wrong[name] = (((name,), f"'{name}' is missing; add it"),)
            faults = [fault for name in takers for fault in wrong.get(name, ())]
            raise NotAsExpectedError(faults=[*faults, *_unknown(value, takers)])
        return cls(**made)

    return take


@cache
def _written(annotation: Any, module: str) -> Taker:
    """What takes data for a field annotated so in ``module``.

    ``typing.get_type_hints`` would evaluate each of a hundred ``str`` anew.
    """
    written = isinstance(annotation, str)
    return _taker(eval(annotation, vars(sys.modules[module])) if written else annotation)


def _unknown(value: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    if extra := sorted(set(value).difference(known)):
        keys = f"unknown key{'s' if len(extra) > 1 else ''} {', '.join(extra)}"
        yield (), f"{keys}; {did_you_mean(extra[0], known)}"


def _list_of(take: Taker, length: int | None) -> Taker:
    def take_all(value: Any) -> Any:
        if not isinstance(value, list) or length not in (None, len(value)):
            raise NotAsExpectedError(f"expected a list{f' of {length}' if length else ''}")
        return tuple(_each(take, enumerate(value)))

    return take_all


def _table_of(take: Taker) -> Taker:
    return lambda value: dict(zip(value, _each(take, _a_table(value).items()), strict=True))


def _each(take: Taker, parts: Iterable[tuple[Key, Any]]) -> list[Any]:
    made: list[Any] = []
    faults: list[Fault] = []
    for key, part in parts:
        try:
            made.append(take(part))
        except NotAsExpectedError as error:
            faults += error.under(key)
    if faults:
        raise NotAsExpectedError(faults=faults)
    return made


def _a_table(value: Any) -> dict[str, Any]:
    if isinstance(value, dict):
        return value
    raise NotAsExpectedError("expected a table")


def _or_none(take: Taker) -> Taker:
    return lambda value: None if value is None else take(value)


def _one_of(words: tuple[str, ...]) -> Taker:
    def take(value: Any) -> Any:
        if value not in words:
            raise NotAsExpectedError(f"not one of the words allowed here; known: {', '.join(words)}")
        return value

    return take
