"""What every value has alike: how it is shown, compared and hashed."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any

from attrs import fields


class Lean:
    """An attrs value that shows, compares and hashes its fields as attrs would have it.

    The classes that a start loads stand on it.  attrs makes none of these methods for a class that
    has its own; writing and compiling them would be half of what a class costs, and a start makes
    some sixty of them.
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        for method in ("__repr__", "__eq__", "__hash__"):
            setattr(cls, method, Lean.__dict__[method])  # attrs looks for the class's own

    def __repr__(self) -> str:
        cls: Any = type(self)
        told = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(cls) if field.repr)
        return f"{cls.__qualname__}({', '.join(told)})"

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return _compared(self) == _compared(other)

    def __hash__(self) -> int:
        return hash((self.__class__, _compared(self)))


def _compared(value: Any) -> object:
    """The values of the fields by which ``value`` is the same as another."""
    return _comparing(value.__class__)(value)


@cache
def _comparing(cls: Any) -> Callable[[object], object]:
    return attrgetter(*(field.name for field in fields(cls) if field.eq))
