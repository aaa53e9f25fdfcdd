"""The inspections last open, and where one was in each: kept between two runs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sqs_core.errors import SqsError
from sqs_core.state import state_folder
from sqs_core.storage.atomic import ANY, write_durably
from sqs_core.storage.safe_read import read_bytes

MOST = 8


class Place(NamedTuple):
    """Where one was: the case, the question, the note being written and the cursor in it."""

    case: str = ""
    question: str = ""
    note: str = ""
    row: int = 0
    column: int = 0


class Recent(NamedTuple):
    """An inspection that was open; ``done`` of ``total`` cases had every answer.

    ``next`` is the short name of the question at ``place``.
    """

    path: str
    service: str
    dates: str = ""
    done: int = 0
    total: int = 0
    later: int = 0
    when: str = ""
    place: Place = Place()
    next: str = ""
    one: str = "case"
    """What one of its records is called."""
    population: str = ""
    """The population, where it is not the inspection itself."""


class RecentInspections(NamedTuple):
    """The inspections last open, the last one first."""

    recent: tuple[Recent, ...] = ()

    def adding(self, seen: Recent) -> RecentInspections:
        """Return the list after ``seen`` was open."""
        others = [r for r in self.recent if r.path != seen.path]
        return RecentInspections((seen, *others)[:MOST])

    def without(self, path: str) -> RecentInspections:
        """Return the list without the inspection at ``path``."""
        return RecentInspections(tuple(r for r in self.recent if r.path != path))

    def of(self, path: str) -> Recent | None:
        """Return the entry of the inspection at ``path``; None where it was never open."""
        return next((r for r in self.recent if r.path == path), None)


def read_recent(folder: Path) -> RecentInspections:
    """Return the list kept in ``folder``; an empty one where it cannot be read: it is a convenience."""
    try:
        data: Any = json.loads(read_bytes(folder / "recent.json"))
        return RecentInspections(tuple(_recent(entry) for entry in data["recent"]))
    except (SqsError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return RecentInspections()


def _recent(entry: Mapping[str, Any]) -> Recent:
    place = Place(**_values(Place, entry.get("place", {})))
    return Recent(**{**_values(Recent, entry), "place": place})


def _values(kind: Any, entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return what ``entry`` says of the fields of ``kind``, each value of the type it has by default."""
    types = {name: type(ships) for name, ships in kind._field_defaults.items()}
    return {name: types.get(name, str)(entry[name]) for name in kind._fields if name in entry}


def write_recent(folder: Path, recent: RecentInspections) -> str:
    """Write the list into ``folder`` and return the hash of the file; NotSavedError where that fails."""
    entries = [{**seen._asdict(), "place": seen.place._asdict()} for seen in recent.recent]
    data = json.dumps({"format": 1, "recent": entries}, ensure_ascii=False, indent=1).encode()
    return write_durably(folder / "recent.json", data, expect=ANY)


def last_question(inspection: Path, case: str) -> str:
    """Return the question of ``case`` that the screens are on, or were last; "" where they were elsewhere."""
    known = read_recent(state_folder()).of(str(inspection.resolve()))
    return known.place.question if known is not None and known.place.case == case else ""
