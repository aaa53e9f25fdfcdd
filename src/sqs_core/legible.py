"""What a value looks like where a person or a test prints it."""

from __future__ import annotations

from typing import Any

from attrs import fields


class Legible:
    """A value that shows its fields, as attrs has it; the classes that a start loads stand on it.

    attrs makes no ``__repr__`` for a class that has its own.  Writing and compiling one would be a
    third of what a class costs, and a start makes some fifty of them.
    """

    __slots__ = ()

    def __init_subclass__(cls) -> None:
        cls.__repr__ = Legible.__repr__  # type: ignore[method-assign]

    def __repr__(self) -> str:
        cls: Any = type(self)
        told = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(cls) if field.repr)
        return f"{cls.__qualname__}({', '.join(told)})"
