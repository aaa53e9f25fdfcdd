"""What is chosen where two folders differ: by name, kept while it is not written, and the reason given."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import frozen

from sqs_core.criteria import Criteria
from sqs_core.errors import HeldError
from sqs_core.storage import beside
from sqs_core.storage.durable import content_hash
from sqs_core.storage.entering import case_of
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.merging import Gathered, Plan, planned
from sqs_core.storage.patches import TEXT
from sqs_core.storage.three_way import WHOLE, Decide, Difference, Side
from sqs_core.storage.undecided import Choices
from sqs_core.text import clean, one_line

SIDES: Mapping[str, Side] = {"ours": "ours", "theirs": "theirs"}


def label(record: str) -> str:
    """A record as it is named after --take: "07", "interviews/A", "letter", "inspection"."""
    return record.removeprefix("cases/").removesuffix(".toml")


def place_of(difference: Difference) -> str:
    """A difference as it is named after --take: "07:answers.roh.plan.outcome"."""
    return f"{label(difference.record)}:{'.'.join(difference.field)}"


def between(difference: Difference) -> str:
    """By what a choice is known to be about this difference: a choice between other things is none."""
    said = json.dumps([difference.ours, difference.theirs], default=str, sort_keys=True)
    return content_hash(said.encode())[:23]


def needs_why(difference: Difference) -> bool:
    """Whether two inspectors judged one question otherwise: whose judgement counts wants a reason."""
    sides = (difference.ours, difference.theirs)
    if difference.field[0] != "answers" or difference.field[-1] != "outcome":
        return False
    outcomes = [side.get("outcome") if isinstance(side, dict) else None for side in sides]
    return None not in outcomes and outcomes[0] != outcomes[1]


def words_of(difference: Difference, value: Any) -> str:
    """One side of ``difference`` in words; "–" where it has nothing."""
    if difference.field == WHOLE:
        return "no such record" if value is None else "a record"
    if isinstance(value, dict) and set(value) == {"outcome", "reasons"}:
        parts = (str(value["outcome"] or "–"), *(value["reasons"] or ()))
        return ", ".join(parts)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "–" if value is None else str(value)


@frozen
class Met:
    """A difference as it was met, and the side chosen for it; None while none was."""

    difference: Difference
    side: Side | None


def considered(found: Gathered, choices: Choices) -> tuple[Plan, tuple[Met, ...]]:
    """The merge as ``choices`` have it, and every difference, decided or not.

    A choice made between other things than what differs now does not count.
    """
    met: list[Met] = []

    def decide(difference: Difference) -> Side | None:
        choice = choices.choice(place_of(difference))
        side = SIDES.get(choice.taken) if choice.between == between(difference) else None
        met.append(Met(difference, side))
        return side

    plan = planned(found, decide)
    return plan, tuple(met)


def deciding(choices: Mapping[str, Side]) -> Decide:
    """The nearest choice for a difference: of its field, of its record, of all (""); else None."""

    def decide(difference: Difference) -> Side | None:
        places = (place_of(difference), label(difference.record), "")
        return next((choices[place] for place in places if place in choices), None)

    return decide


def without_why(met: tuple[Met, ...], choices: Choices) -> Iterator[Difference]:
    """The differences decided that :func:`needs_why`, and have none."""
    for one in met:
        if one.side and needs_why(one.difference) and not choices.choice(place_of(one.difference)).why:
            yield one.difference


def refuse_without_why(met: tuple[Met, ...], choices: Choices) -> None:
    """HeldError where a judgement was put over another without saying why."""
    if found := [place_of(difference) for difference in without_why(met, choices)]:
        raise HeldError(f"say why first: {', '.join(found[:3])}; nothing was written")


def enter_reasons(folder: InspectionFolder, met: tuple[Met, ...], choices: Choices) -> None:
    """Enter, once the merge is written, why each difference was decided so; the words can be purged."""
    for one in met:
        place = place_of(one.difference)
        why = clean(choices.choice(place).why, "the reason").strip()
        if one.side and why:
            case = case_of(one.difference.record)
            new = {"decided": place, "side": one.side, "why": {TEXT: 0}}
            new["texts"] = beside.keep(folder.path, case, [why])
            folder.journal.note("decide", case=case, new=new)


def named(criteria: Criteria, difference: Difference) -> str:
    """Where ``difference`` is, for people: "07  risk of harm plan, evidence"."""
    record, field = label(difference.record), difference.field
    if field == WHOLE:
        return f"{record}  the whole record"
    if field[0] == "answers" and len(field) == 3:
        question = criteria.question(field[1]).short if criteria.has_question(field[1]) else field[1]
        part = {"outcome": "judgement"}.get(field[2], field[2])
        return f"{record}  {question}, {part}"
    if field[0] == "facts" and criteria.has_fact(field[-1]):
        return f"{record}  {criteria.fact(field[-1]).text}"
    return f"{record}  {one_line(' '.join(field).replace('_', ' '), 60)}"
