"""The values of a criteria file as the text of cells, and the text of cells as values."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin

import tomli
import tomli_w
from attrs import has

from sqs_core.criteria.condition_text import write_condition
from sqs_core.criteria.conditions import Condition, parse_condition
from sqs_core.text import Text, iso_date

_NUMBER = re.compile(r"-?[0-9]+")
_QUOTED_AT_MOST = 40
_EXAMPLES: Final = {
    "timely": "start = referred, end = assessed, within = 15, days = working",
    "items": '[{ about = "plan.risk", clause = "the plan" }]',
    "next": '{ some = "…", none = "…" }',
    "again": '{ some = "…", none = "…" }',
    "when": '[{ about = "plan.risk:absent", count_at_least = 1 }]',
    "weights": "plan = 2, risk = 1",
    "grey_zone": "{ lowest = 40, highest = 60 }",
}
"""What can stand in the columns that hold more than words, a number or a list of names."""


# ---------------------------------------------------------------- to cells


def cell_text(value: Any, tag: str, kind: Any) -> str:
    """Return the text of a cell that holds ``value``, in the language ``tag`` where its ``kind`` is words."""
    if value is None:
        return ""
    if kind is Text:
        words = value.get(tag) if isinstance(value, dict) else None if tag else value
        return words or ""
    if is_condition(kind):
        return write_condition(parse_condition(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) and "," not in part for part in value):
        return ", ".join(value)
    if isinstance(value, dict) and all(type(part) is int for part in value.values()):
        return ", ".join(f"{name} = {part}" for name, part in value.items())
    return as_toml(value)


def is_condition(kind: Any) -> bool:
    """Return whether a column of this kind holds conditions."""
    return kind in (Condition, Condition | None)


def as_toml(value: Any) -> str:
    """Return ``value`` as it is written after an equals sign, in one line."""
    if isinstance(value, dict):
        return (
            "{ "
            + ", ".join(f"{dotted_key((name,))} = {as_toml(part)}" for name, part in value.items())
            + " }"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return tomli_w.dumps({"v": value}).removeprefix("v = ").rstrip("\n")


def is_plain(words: str) -> bool:
    """Return whether ``words`` can stand in a cell as they are, and read back as words."""
    looks = words[:1] in ('"', "'", "[", "{") or _NUMBER.fullmatch(words) or words in ("true", "false")
    return bool(words) and words == words.strip() and not looks and iso_date(words) is None


def is_name(part: object) -> bool:
    """Return whether ``part`` can stand in a list of names without quotes."""
    return type(part) is date or (
        isinstance(part, str) and re.fullmatch(r"[A-Za-z][\w.-]*", part) is not None
    )


def dotted_key(keys: Sequence[str]) -> str:
    """Return ``keys`` joined by dots, as TOML writes them."""
    bare = re.compile(r"[A-Za-z0-9_-]+")
    return ".".join(key if bare.fullmatch(key) else as_toml(key) for key in keys)


# ---------------------------------------------------------------- from cells


class CellError(ValueError):
    """Words in a cell that cannot be taken: ``what`` is wrong with them, and the ``cure``."""

    def __init__(self, what: str, cure: str = "") -> None:
        super().__init__(what)
        self.what, self.cure = what, cure


def cell_value(words: str, kind: Any, name: str) -> Any:
    """Return what ``words`` in the column ``name`` are as a ``kind``; CellError where they are none."""
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        kind = next(part for part in parts if part is not NoneType)
        origin, parts = get_origin(kind), get_args(kind)
    if origin is Literal:
        return words.lower() if words.lower() in parts else words
    if kind is str:
        return words
    if kind is Fraction:
        if re.fullmatch(r"[0-9]+(\.[0-9]+)?|[0-9]+/[0-9]+", words):
            return int(words) if words.isdigit() else words
        if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,6})?\s?%", words):
            return str(Fraction(words.rstrip(" %")) / 100)
        cure = "format the cell as text, and write it as 3/4 or 75%"
        if iso_date(words):
            raise CellError("expected a fraction (the program made a date of it)", cure)
        raise _unfit("a fraction", words, cure)
    if kind is int:
        if _NUMBER.fullmatch(words) and len(words) < 10:
            return int(words)
        cure = "write a number of them, such as 3" if "%" in words else "write one such as 3"
        raise _unfit("a whole number", words, cure)
    if kind is bool:
        known = {"yes": True, "no": False, "true": True, "false": False}
        if words.lower() in known:
            return known[words.lower()]
        raise _unfit("yes or no", words, "write one of them")
    if kind is date:
        if day := iso_date(words):
            return day
        raise _unfit("a date", words, "write it as 2026-11-23")
    if origin is tuple and parts[-1] is ...:
        listed = [part.strip() for part in words.strip("[]").replace(";", ",").split(",") if part.strip()]
        if parts[0] is date:
            if odd := next((part for part in listed if not iso_date(part)), None):
                raise _unfit("dates", odd, "write them as 2026-12-25, 2026-12-28")
            return [iso_date(part) for part in listed]
        if parts[0] is str or get_origin(parts[0]) is Literal:
            return listed
    example = f"write it as {_EXAMPLES[name]}" if name in _EXAMPLES else "write it as in a criteria file"
    numbers = origin is not None and bool(parts) and parts[-1] is int
    if (numbers or has(kind)) and "=" in words and not words.startswith("{"):
        pairs = [[part.strip() for part in pair.split("=", 1)] for pair in words.replace(";", ",").split(",")]
        if any(len(pair) != 2 or (numbers and not _NUMBER.fullmatch(pair[1])) for pair in pairs):
            raise _unfit("names with numbers" if numbers else "names with their values", words, example)
        return {key: int(said) if _NUMBER.fullmatch(said) else said.strip('"') for key, said in pairs}
    try:
        return _toml(words)
    except ValueError:
        expected = "a list" if origin is tuple else "names with their values"
        raise _unfit(expected, words, example) from None


def _unfit(expected: str, words: str, cure: str) -> CellError:
    shown = words if len(words) <= _QUOTED_AT_MOST else f"{words[:_QUOTED_AT_MOST]}…"
    return CellError(f"expected {expected}, and '{shown}' stands here", cure)


def setting_value(words: str, kind: Any, name: str) -> Any:
    """Return the value of a key: a list of names, a date, a number, words, or as in a criteria file.

    CellError where ``words`` are none.
    """
    if not words:
        return None
    if words[:1] in ('"', "'", "[", "{") and kind != tuple[date, ...]:
        try:
            return _toml(words)
        except ValueError:
            raise CellError("this is not closed, or no list, table or quoted text") from None
    if kind == tuple[Text, ...]:
        return [words]
    if kind is not None and kind is not Text and kind is not str:
        return cell_value(words, kind, name)
    if kind is None and _NUMBER.fullmatch(words):
        return int(words)
    if kind is None and words in ("true", "false"):
        return words == "true"
    return words


def _toml(words: str) -> Any:
    try:
        value = tomli.loads(f"v = {words}")
    except (ValueError, RecursionError):
        raise ValueError("no TOML") from None
    if value.keys() != {"v"}:
        raise ValueError("more than one value")
    return value["v"]


def keys_named(name: str) -> tuple[str, ...]:
    """Return the keys of a dotted key; ValueError where ``name`` is none."""
    if "=" in name or "\n" in name or name.count(".") > 12:
        raise ValueError(name)
    try:
        table: Any = tomli.loads(f"{name} = 0")
    except (ValueError, RecursionError):
        raise ValueError(name) from None
    keys: list[str] = []
    while isinstance(table, dict):
        ((key, table),) = table.items()
        keys.append(key)
    return tuple(keys)
