"""What the screens remember between two runs: the inspections last open, and where one was in them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

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


class Memory(NamedTuple):
    """The inspections last open, the last one first."""

    recent: tuple[Recent, ...] = ()

    def seeing(self, seen: Recent) -> Memory:
        """The memory after ``seen`` was open."""
        others = [r for r in self.recent if r.path != seen.path]
        return Memory((seen, *others)[:MOST])

    def forgetting(self, path: str) -> Memory:
        """The memory without the inspection at ``path``."""
        return Memory(tuple(r for r in self.recent if r.path != path))

    def of(self, path: str) -> Recent | None:
        """What is remembered of the inspection at ``path``."""
        return next((r for r in self.recent if r.path == path), None)


def recall(folder: Path) -> Memory:
    """What ``folder`` remembers; nothing where it cannot be read, as it is a convenience only."""
    import json

    from sqs_core.errors import SqsError
    from sqs_core.storage.safe_read import read_bytes

    try:
        data: Any = json.loads(read_bytes(folder / "recent.json"))
        return Memory(tuple(_recent(entry) for entry in data["recent"]))
    except (SqsError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError):
        return Memory()


def _recent(entry: Mapping[str, Any]) -> Recent:
    place = entry.get("place", {})
    words = {k: str(place[k]) for k in ("case", "question", "note") if k in place}
    numbers = {k: int(place[k]) for k in ("row", "column") if k in place}
    return Recent(
        path=str(entry["path"]),
        service=str(entry["service"]),
        dates=str(entry.get("dates", "")),
        done=int(entry.get("done", 0)),
        total=int(entry.get("total", 0)),
        later=int(entry.get("later", 0)),
        when=str(entry.get("when", "")),
        place=Place(**words, **numbers),  # type: ignore[arg-type]
        next=str(entry.get("next", "")),
    )


def remember(folder: Path, memory: Memory) -> str:
    """Write ``memory`` down; gives the hash of the file.  NotSavedError where that fails."""
    import json

    from sqs_core.storage.atomic import ANY, write_durably

    entries = [{**seen._asdict(), "place": seen.place._asdict()} for seen in memory.recent]
    data = json.dumps({"format": 1, "recent": entries}, ensure_ascii=False, indent=1).encode()
    return write_durably(folder / "recent.json", data, expect=ANY)


def question_remembered(inspection: Path, case: str) -> str:
    """The question of ``case`` that the screens are on, or were last; "" where they were elsewhere."""
    from sqs_core.state import state_folder

    known = recall(state_folder()).of(str(inspection.resolve()))
    return known.place.question if known is not None and known.place.case == case else ""
