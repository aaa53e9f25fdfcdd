"""What changed between two versions of a record, as data: what to set to go on, and to go back.

A patch is a nested table that holds only what differs; None takes a key away (as in JSON
Merge Patch, RFC 7396).  Lists are changed as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from sqs_core.criteria import Criteria

RecordData = dict[str, Any]
KeyPath = tuple[str, ...]
IsPlain = Callable[[KeyPath], bool]

PLAIN: Final = frozenset(
    ("format", "case", "person", "criteria", "criteria_hash", "status", "inspector", "case_manager", "role")
)
"""Keys of a record whose words are ids or initials, never somebody's own text."""

TEXT, DATE = "$text", "$date"


def difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[RecordData, RecordData]:
    """The patch that leads from ``new`` back to ``old``, and the one from ``old`` to ``new``."""
    back: RecordData = {}
    on: RecordData = {}
    for key in (*old, *(key for key in new if key not in old)):
        before, after = old.get(key), new.get(key)
        if type(before) is type(after) and before == after:
            continue
        if isinstance(before, dict) and isinstance(after, dict):
            back[key], on[key] = difference(before, after)
        else:
            back[key], on[key] = before, after
    return back, on


def patched(table: Mapping[str, Any], patch: Mapping[str, Any]) -> RecordData:
    """``table`` after ``patch``; a table left empty goes too, as records leave those out."""
    made = dict(table)
    for key, value in patch.items():
        if isinstance(value, dict) and isinstance(made.get(key), dict):
            value = patched(made[key], value)
        if value is None or value == {}:
            made.pop(key, None)
        else:
            made[key] = value
    return made


def plain_in(criteria: Criteria) -> IsPlain:
    """Which words of a record under ``criteria`` are ids or initials: the rest is somebody's text."""
    choices = {fact.id for fact in criteria.facts if fact.kind == "choice"}

    def plain(keys: KeyPath) -> bool:
        match keys:
            case [key]:
                return key in PLAIN
            case ["facts", fact]:
                return fact in choices
            case ["answers", _]:
                return True  # of an interview: an outcome
            case ["answers", _, part]:
                return part in ("outcome", "reasons")
        return False

    return plain


def packed(value: Any, plain: IsPlain, texts: list[Any], keys: KeyPath = ()) -> Any:
    """``value`` as JSON holds it, with everything that is not ``plain`` moved to ``texts``."""
    if isinstance(value, dict):
        return {key: packed(part, plain, texts, (*keys, key)) for key, part in value.items()}
    if isinstance(value, date):
        return {DATE: value.isoformat()}
    if not value or isinstance(value, bool | int) or plain(keys):
        return value
    texts.append(_json(value))
    return {TEXT: len(texts) - 1}


def unpacked(value: Any, texts: list[Any] | None) -> Any:
    """The reverse of :func:`packed`; LookupError where a text is wanted and is gone."""
    if isinstance(value, list):
        return [unpacked(part, texts) for part in value]
    if not isinstance(value, dict):
        return value
    if set(value) == {DATE} and isinstance(value[DATE], str):
        return date.fromisoformat(value[DATE])
    if set(value) == {TEXT} and isinstance(value[TEXT], int):
        if texts is None:
            raise LookupError("the text was taken away")
        return unpacked(texts[value[TEXT]], None)
    return {key: unpacked(part, texts) for key, part in value.items()}


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_json(part) for part in value]
    return {DATE: value.isoformat()} if isinstance(value, date) else value
