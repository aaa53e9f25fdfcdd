"""Which distributions have entry points in a group, with what ``importlib.metadata`` knows of them.

Loading that takes longer than reading all there is to read, so what installers lay down is read
here, by its rules; whatever is out of the ordinary on the path is left to it.  By names rather than
``Path`` values: making one for everything that is installed took four times as long as all the rest.
"""

# ruff: noqa: PTH112, PTH113, PTH118, PTH123, PTH208

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from functools import partial, reduce
from importlib import import_module
from importlib.machinery import PathFinder
from typing import NamedTuple


class Point(NamedTuple):
    """An entry point: who has it, its name, and how to load what it points to."""

    distribution: str
    version: str
    name: str
    load: Callable[[], object]


class _NotPlainError(Exception):
    """Something that only ``importlib.metadata`` can tell."""


def points(group: str) -> tuple[Point, ...]:
    """The entry points in ``group``; of a distribution that is there twice, those of the one found first."""
    try:
        found = list(_plain(group))
    except (_NotPlainError, OSError, ValueError):
        found = list(_asked(group))
    return tuple(sorted(found, key=lambda point: (point.distribution, point.name)))


def _asked(group: str) -> Iterator[Point]:
    from importlib.metadata import entry_points

    for point in entry_points(group=group):
        dist = point.dist
        yield Point(
            dist.name if dist else "an unknown distribution",
            dist.version if dist else "",
            point.name,
            point.load,
        )


def _plain(group: str) -> Iterator[Point]:
    if any(hasattr(finder, "find_distributions") and finder is not PathFinder for finder in sys.meta_path):
        raise _NotPlainError
    seen = set()
    for place in sys.path:
        place = place or os.curdir
        if os.path.isfile(place) or place.lower().endswith(".egg"):
            raise _NotPlainError
        for info in os.listdir(place) if os.path.isdir(place) else ():
            stem, dot, kind = info.rpartition(".")
            if kind.lower() not in ("dist-info", "egg-info"):
                continue
            name = re.sub("[-_.]+", "_", stem.partition("-")[0]).lower()
            if not (name and dot) or kind != kind.lower():
                raise _NotPlainError
            if name not in seen:
                seen.add(name)
                yield from _points_of(os.path.join(place, info), group)


def _points_of(info: str, group: str) -> Iterator[Point]:
    text = _read(info, "entry_points.txt")
    pairs = list(_pairs(text, group)) if group in text else []
    if not pairs:
        return
    head = (_read(info, "METADATA") or _read(info, "PKG-INFO")).partition("\n\n")[0]
    distribution = re.search(r"^Name: ([!-~]+)$", head, re.MULTILINE)
    version = re.search(r"^Version: ([!-~]+)$", head, re.MULTILINE)
    for name, value in pairs:
        target = re.fullmatch(r"(\w+(?:\.\w+)*)(?::(\w+(?:\.\w+)*))?", value)
        if not (distribution and version and target):
            raise _NotPlainError
        yield Point(distribution[1], version[1], name, partial(_loaded, target[1], target[2]))


def _pairs(text: str, group: str) -> Iterator[tuple[str, str]]:
    """The names and values that stand under the heading ``[group]``."""
    heading = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            heading = line.strip("[]")
        elif heading == group and line and not line.startswith("#"):
            name, _, value = line.partition("=")
            yield name.strip(), value.strip()


def _read(info: str, name: str) -> str:
    try:
        with open(os.path.join(info, name), encoding="utf-8") as file:
            return file.read()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
        return ""


def _loaded(module: str, attributes: str | None) -> object:
    found = import_module(module)
    return reduce(getattr, attributes.split("."), found) if attributes else found
