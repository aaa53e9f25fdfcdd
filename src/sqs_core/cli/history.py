"""The change log: who changed what, when and why, old and new; and who opened or rendered it.

examples:
  sqs history leeds
  sqs history leeds 07 --json
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from attrs import evolve

from sqs_core.cli.arguments import takes_case, takes_folder, takes_json
from sqs_core.cli.console import echo, echo_err, echo_json, echo_problems
from sqs_core.errors import UsageError
from sqs_core.exports.data import pick
from sqs_core.records.case import NONE_OF_THEM
from sqs_core.storage.audit import history
from sqs_core.storage.audit.history import HistoryEntry
from sqs_core.storage.audit.history_versions import with_texts
from sqs_core.storage.blinding import blinded_cases
from sqs_core.storage.layout import INSPECTION, INTERVIEWS, populations_in
from sqs_core.text import one_line
from sqs_core.workflow.navigation import case_called


def add_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of ``sqs history``."""
    takes_folder(parser)
    takes_case(parser, optional=True, words="what was done to this case only")
    takes_json(parser)


def run(args: Namespace) -> int:
    """Print the history; exit 3 where a line cannot be read."""
    path, room = Path(args.dir), ""
    if path.name == INTERVIEWS and (path.parent / INSPECTION).exists():
        path, room = path.parent, f"{INTERVIEWS}/"  # theirs is in the history of the inspection
    if not (path / INSPECTION).exists() and not (path / history.NAME).exists():
        raise UsageError(f"no inspection in {path}")
    entries, problems = history.read(path)
    args.case = args.case and (case_called(args.case, _cases(entries)) or args.case)
    texts = history.read_texts(path, None if room else args.case)
    blinded = blinded_cases(path)
    purged = {case for entry in entries if entry.what == "purge" for case in entry.cases}
    chosen = [
        _open(with_texts(entry, texts, purged), blinded)
        for entry in entries
        if _about(entry, args.case, room)
    ]
    if args.json:
        fields = ("n", "time", "who", "what", "case", "question", "old", "new", "why", "hash")
        rows = [pick(entry, *fields) for entry in chosen]
        echo_json({"head": history.head(path), "entries": rows})
    else:
        for entry in chosen:
            echo("\n".join(_lines(entry)))
    echo_problems(problems)
    for name in populations_in(path):
        echo_err(f"population {name} has a history of its own: sqs history {args.dir} --population {name}")
    if not entries:
        echo_err("no history yet: it begins with the first change")
    return 3 if problems else 0


def _cases(entries: Iterable[HistoryEntry]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(case for entry in entries for case in (entry.case, *entry.cases) if case))


def _about(entry: HistoryEntry, case: str | None, room: str) -> bool:
    if room:
        names = (entry.about, *entry.cases)
        return f"{room}{case}" in names if case else any(name.startswith(room) for name in names)
    return case is None or case == entry.case or case in entry.cases


def _open(entry: HistoryEntry, blinded: tuple[str, ...]) -> HistoryEntry:
    """Return ``entry``; without what it says where it is about a case that is being marked a second time."""
    if entry.case not in blinded:
        return entry
    path = str(entry.new_table.get("path", ""))
    return evolve(entry, what="save", question="", old=None, new={"path": path}, why="")


def _lines(entry: HistoryEntry) -> Iterator[str]:
    path = str(entry.new_table.get("path", ""))
    second = "second" if path.startswith("second/") else ""
    record = f"case {entry.case}" if entry.case else path.removesuffix(".toml")
    about = " ".join(filter(None, (record, second, entry.question)))
    why = f"  ({entry.why})" if entry.why else ""
    yield f"{entry.n:>5}  {entry.time}  {entry.who:<8} {entry.what:<9} {about}{why}".rstrip()
    old = entry.old if isinstance(entry.old, dict) else {}
    new = entry.new_table
    if "path" not in new:
        if new:
            yield "       " + ", ".join(f"{key} {_word(value)}" for key, value in new.items())
        return
    if entry.what in _AS_A_WHOLE:
        yield f"       {_AS_A_WHOLE[entry.what]}"
        return
    before = old.get("set", {})
    for keys, value in _leaves(new.get("set", {})):
        if keys:  # of a blinded case nothing is told
            yield from (f"       {'.'.join(keys)}: {words}" for words in _changes(_at(before, keys), value))


_AS_A_WHOLE = {
    "found": "as it stood when its history begins",
    "drawn": "the first marking as it stood when the case was drawn for a second",
}


def _leaves(table: Any, keys: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(table, dict) and set(table) != {"$date"} and table:
        for key, value in table.items():
            yield from _leaves(value, (*keys, key))
    else:
        yield keys, table


def _changes(was: Any, value: Any) -> Iterator[str]:
    if not _tables(value) or not (was is None or _tables(was)):
        yield f"{_word(was)} → {_word(value)}"
        return
    before = was or []
    yield from (f"- {_fields(one)}" for one in before if one not in value)
    yield from (f"+ {_fields(one)}" for one in value if one not in before)


def _tables(value: Any) -> bool:
    """Whether it is a list of tables, such as the overrides of a case: what came and went is told of it."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _fields(table: dict[str, Any]) -> str:
    return "; ".join(f"{name} {_word(value)}" for name, value in table.items())


def _at(table: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if isinstance(table, str) and key == "outcome":
            return table  # an answer of an interview, where nothing but the outcome was recorded
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _word(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, dict) and set(value) == {"$date"}:
        return str(value["$date"])
    if isinstance(value, list) and all(isinstance(v, str) for v in value):
        return ", ".join(value) or NONE_OF_THEM
    if isinstance(value, bool):
        return "yes" if value else "no"
    return one_line(str(value), 80)
