"""Whether what a command said of each record is so: what it called not saved is as it was, what it
called in place is there.

A command that changes several records may have saved one and not another: a sentence is judged by
the record that it names.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.faults.target import Records

_REFUSED = re.compile(r"^sqs: (?P<where>[^:\n]+): (?:[A-Z]\d{3} )?not saved\b", re.MULTILINE)
_STANDING = re.compile(r"in place: (?P<there>[^;\n]+); not yet: (?P<left>[^;\n]+)")
_ALL = "every record is in place"


def untrue(
    said: str, inspection: Path, store: Path, now: Records, before: Records, after: Records
) -> list[str]:
    """What ``said`` is wrong about; ``inspection`` is where its names start."""
    place = inspection.relative_to(store)
    changing = {n for n in after if n.endswith(".toml") and after[n] != before.get(n)}
    saved = {name for name in changing if now.get(name) == after[name]}
    wrong = []
    for found in _REFUSED.finditer(said):
        name = _name(found["where"], place, store)
        # Of the history it is said where a save was not begun: with one record, that is the one.
        meant = changing if name.endswith("history.jsonl") and len(changing) == 1 else {name}
        wrong += [f"{one}: said not to be saved, and is" for one in sorted(meant & saved)]
    for found in _STANDING.finditer(said):
        there, left = ({_name(n, place, store) for n in _listed(found[part])} for part in ("there", "left"))
        wrong += [f"{one}: said to be in place, and is not" for one in sorted((there & changing) - saved)]
        wrong += [f"{one}: said not to be there yet, and is" for one in sorted(left & saved)]
        if there | left != changing:
            wrong.append("what is in place and what is not are not all of what changes")
    if _ALL in said and saved != changing:
        wrong.append(f"{', '.join(sorted(changing - saved))}: said to be in place, and not there")
    return wrong


def _listed(words: str) -> list[str]:
    return [] if words == "none" else words.split(", ")


def _name(where: str, place: Path, store: Path) -> str:
    path = Path(where)
    return (path.relative_to(store) if path.is_relative_to(store) else place / path).as_posix()
