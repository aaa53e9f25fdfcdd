"""Merge two versions of a record and the one both came from, field by field, as plain data.

Equal values stay, a change on one side is taken, and different changes on both sides are a difference for
a person to decide.  Nothing is decided by time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from attrs import frozen

from sqs_core.storage.audit.history_versions import KeyPath, RecordData

Side = Literal["ours", "theirs"]
WHOLE: KeyPath = ("*",)
"""The field that stands for the whole record: there on one side, gone on the other."""


@frozen
class TakenField:
    """A field changed on one side, or decided: ``side`` is whose version stands."""

    record: str
    field: KeyPath
    side: Side
    decided: bool = False


@frozen
class FieldDifference:
    """A field that both sides changed; None is where a side has nothing."""

    record: str
    field: KeyPath
    base: Any
    ours: Any
    theirs: Any


Decide = Callable[[FieldDifference], Side | None]


@frozen
class MergedRecord:
    """One record merged: what it says (None: there is none), what was taken, what is to decide.

    While there are differences, ``table`` has our side of them.
    """

    table: RecordData | None
    taken: tuple[TakenField, ...] = ()
    differences: tuple[FieldDifference, ...] = ()


def merge(
    name: str,
    base: RecordData | None,
    ours: RecordData | None,
    theirs: RecordData | None,
    decide: Decide,
    *,
    whole: bool = False,
) -> MergedRecord:
    """Return the record ``name`` merged; ``base`` None is where nothing is known of a common one.

    ``whole`` is for a record that is one side's or the other's, and never made of both.
    """
    if ours is None and theirs is None:
        return MergedRecord(None)
    if theirs is None:
        return MergedRecord(ours)  # a merge takes nothing away
    if ours is None:
        if base is None:
            return MergedRecord(theirs, (TakenField(name, WHOLE, "theirs"),))
        if theirs == base:
            return MergedRecord(None)
        return _whole(FieldDifference(name, WHOLE, base, None, theirs), decide)
    if whole and ours != theirs:
        if theirs == base:
            return MergedRecord(ours)
        if ours == base:
            return MergedRecord(theirs, (TakenField(name, WHOLE, "theirs"),))
        return _whole(FieldDifference(name, WHOLE, base, ours, theirs), decide)
    return _by_field(name, _fields(base or {}), _fields(ours), _fields(theirs), decide)


def _whole(difference: FieldDifference, decide: Decide) -> MergedRecord:
    side = decide(difference)
    if side is None:
        return MergedRecord(difference.ours, (), (difference,))
    table = difference.theirs if side == "theirs" else difference.ours
    return MergedRecord(table, (TakenField(difference.record, WHOLE, side, decided=True),))


def _by_field(
    name: str,
    base: Mapping[KeyPath, Any],
    ours: Mapping[KeyPath, Any],
    theirs: Mapping[KeyPath, Any],
    decide: Decide,
) -> MergedRecord:
    made: dict[KeyPath, Any] = {}
    taken: list[TakenField] = []
    differences: list[FieldDifference] = []
    for keys in dict.fromkeys((*ours, *theirs)):
        before, mine, yours = base.get(keys), ours.get(keys), theirs.get(keys)
        stands: Any = mine
        if mine != yours:
            both = FieldDifference(name, keys, before, mine, yours)
            if keys in _LISTS and (joined := _joined(_LISTS[keys], before, mine, yours)) is not None:
                stands = joined
                taken.append(TakenField(name, keys, "theirs"))
            elif before in (mine, yours) and not _finished_unseen(keys, base, ours, theirs):
                side: Side = "ours" if yours == before else "theirs"
                stands = mine if side == "ours" else yours
                if side == "theirs":
                    taken.append(TakenField(name, keys, side))
            elif (chosen := decide(both)) is not None:
                stands = mine if chosen == "ours" else yours
                taken.append(TakenField(name, keys, chosen, decided=True))
            else:
                differences.append(both)
        if stands is not None:
            made[keys] = stands
    return MergedRecord(_table(made), tuple(taken), tuple(differences))


def _finished_unseen(
    keys: KeyPath, base: Mapping[KeyPath, Any], ours: Mapping[KeyPath, Any], theirs: Mapping[KeyPath, Any]
) -> bool:
    """Return whether one side finished the case while the other went on with it."""
    if keys != ("status",) or base.get(keys) == "finished":
        return False
    finisher, other = (ours, theirs) if ours.get(keys) == "finished" else (theirs, ours)
    return any(other.get(k) not in (base.get(k), finisher.get(k)) for k in {*other, *base} if k != keys)


_LISTS: Mapping[KeyPath, Callable[[Any], set[str]]] = {
    ("overrides",): lambda override: {override["question"]},
    ("second_draws",): lambda draw: set(draw["drawn"]),
}
"""Lists that only grow, and what an item of each is about."""


def _joined(about: Callable[[Any], set[str]], base: Any, ours: Any, theirs: Any) -> list[Any] | None:
    """Return what both sides added about different things, in the order of its times, if it has any."""
    known, mine, yours = (list(part or []) for part in (base, ours, theirs))
    if mine[: len(known)] != known or yours[: len(known)] != known:
        return None
    added, more = mine[len(known) :], [o for o in yours[len(known) :] if o not in mine]
    if set().union(*map(about, added)) & set().union(*map(about, more)):
        return None
    return [*known, *sorted((*added, *more), key=lambda o: str(o.get("time", "")))] if more else None


def _fields(table: Mapping[str, Any]) -> dict[KeyPath, Any]:
    """Return every value by its path.

    An outcome comes with its value or reasons, and a decision about a second marking whole: the parts mean
    nothing without each other.
    """
    found = dict(_leaves(table, ()))
    judged = {keys[:2] for keys in found if len(keys) == 3 and keys[2] in ("outcome", "reasons", "value")}
    for keys in (keys for keys in judged if keys[0] == "answers"):
        outcome, reasons, value = (found.pop((*keys, part), None) for part in ("outcome", "reasons", "value"))
        found[(*keys, "outcome")] = {"outcome": outcome, "reasons": reasons} | (
            {} if value is None else {"value": value}
        )
    for place in {keys[:2] for keys in found if len(keys) == 3 and keys[2] == "taken"}:
        parts = [keys for keys in found if keys[:2] == place]
        found[(*place, "decision")] = {keys[2]: found.pop(keys) for keys in parts}
    return found


def _leaves(table: Mapping[str, Any], keys: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*keys, key))
        else:
            yield (*keys, key), value


def _table(fields: Mapping[KeyPath, Any]) -> RecordData:
    made: RecordData = {}
    for keys, value in fields.items():
        place = made
        for key in keys[:-1]:
            place = place.setdefault(key, {})
        if isinstance(value, dict):  # an outcome with its reasons, or a decision
            place |= {key: part for key, part in value.items() if part is not None}
        else:
            place[keys[-1]] = value
    return made
