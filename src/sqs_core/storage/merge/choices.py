"""Choose between two folders where they differ: by name, kept until it is written, with the reason."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqs_core.criteria import Criteria
from sqs_core.records.case import NONE_OF_THEM
from sqs_core.records.second_marking import value_in_words
from sqs_core.storage.atomic import content_hash
from sqs_core.storage.audit.history_versions import TEXT
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.layout import case_of
from sqs_core.storage.merge.plan import HIDDEN, MergeInputs, MergePlan, planned
from sqs_core.storage.merge.three_way import WHOLE, Decide, FieldDifference, Side
from sqs_core.storage.moderation.pending_decisions import PendingChoices
from sqs_core.text import clean, one_line

SIDES: Mapping[str, Side] = {"ours": "ours", "theirs": "theirs"}


def label(record: str) -> str:
    """Return the name of a record after --take: "07", "interviews/A", "letter", "inspection"."""
    return record.removeprefix("cases/").removesuffix(".toml")


def take_name(difference: FieldDifference) -> str:
    """Return the name of a difference after --take: "07:answers.roh.plan.outcome"."""
    field = "" if difference.field == WHOLE else f":{'.'.join(difference.field)}"
    return label(difference.record) + field


def between(difference: FieldDifference) -> str:
    """Return a fingerprint of this difference: a choice made between other values does not count."""
    said = json.dumps([difference.ours, difference.theirs], default=str, sort_keys=True)
    return content_hash(said.encode())[:23]


def needs_why(difference: FieldDifference) -> bool:
    """Return whether two inspectors judged a question differently: choosing between them needs a reason."""
    sides = (difference.ours, difference.theirs)
    if difference.field[0] != "answers" or difference.field[-1] != "outcome":
        return False
    given = [(side.get("outcome"), side.get("value")) for side in sides if isinstance(side, dict)]
    return len(given) == 2 and all(outcome for outcome, _ in given) and given[0] != given[1]


def side_words(criteria: Criteria, difference: FieldDifference, value: Any) -> str:
    """One side of ``difference`` for people, an outcome and its reasons in the words of the version."""
    if value == HIDDEN:
        return HIDDEN
    if difference.field == WHOLE:
        return "no such record" if value is None else "a record"
    if isinstance(value, dict) and {"outcome", "reasons"} <= set(value):
        question = criteria.question(difference.field[1])
        given = value["outcome"]
        outcome = str(criteria.outcome_of(question, given).text) if given else "no answer"
        if "value" in value:
            found = value["value"]
            outcome = value_in_words(question, tuple(found) if isinstance(found, list) else found)
        reasons = "; ".join(str(criteria.reason_of(question, r).text) for r in value["reasons"] or ())
        return outcome + (f": {reasons}" if reasons else "")
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or NONE_OF_THEM
    return "nothing recorded" if value is None else str(value)


def side_chosen(choices: PendingChoices, difference: FieldDifference) -> Side | None:
    """Return the side that ``choices`` take of ``difference``; None where none was chosen.

    A choice made between other values than those that differ now does not count.
    """
    choice = choices.choice(take_name(difference))
    return SIDES.get(choice.taken) if choice.between == between(difference) else None


def considered(found: MergeInputs, choices: PendingChoices) -> MergePlan:
    """Return the merge as ``choices`` have it; of a blinded case one side is chosen, unseen, for a record."""
    blinded = found.blinded

    def decide(difference: FieldDifference) -> Side | None:
        if case_of(difference.record) in blinded:
            difference = FieldDifference(difference.record, WHOLE, HIDDEN, HIDDEN, HIDDEN)
        return side_chosen(choices, difference)

    return planned(found, decide)


def equal_records(plan: MergePlan) -> int:
    """Return how many records are the same on every side."""
    ours = plan.ours.tables
    return sum(
        all(source.snapshot.tables.get(name) == table for source in plan.sources)
        for name, table in ours.items()
    )


def decider(choices: Mapping[str, Side]) -> Decide:
    """Return the nearest choice for a difference: of its field, of its record, of all (""); else None."""

    def decide(difference: FieldDifference) -> Side | None:
        places = (take_name(difference), label(difference.record), "")
        return next((choices[place] for place in places if place in choices), None)

    return decide


def unexplained(
    differences: Iterable[FieldDifference], choices: PendingChoices
) -> tuple[FieldDifference, ...]:
    """Return the differences decided that :func:`needs_why`, and have none."""
    return tuple(
        d
        for d in differences
        if needs_why(d) and side_chosen(choices, d) and not choices.choice(take_name(d)).why.strip()
    )


def enter_reasons(
    folder: InspectionFolder, differences: Iterable[FieldDifference], choices: PendingChoices
) -> None:
    """Enter why each difference was decided as it was, once the merge is written; the words can be purged."""
    for difference in differences:
        place, side = take_name(difference), side_chosen(choices, difference)
        why = clean(choices.choice(place).why, "the reason").strip()
        if side and why:
            case = case_of(difference.record)
            new = {"decided": place, "side": side, "why": {TEXT: 0}}
            folder.journal.note("decide", case=case, new=new, texts=[why])


def named(criteria: Criteria, difference: FieldDifference) -> str:
    """Return where ``difference`` is, for people: "07  risk of harm plan, evidence"."""
    record, field = label(difference.record), difference.field
    if field == WHOLE:
        return f"{record}  the whole record"
    if field[0] == "answers" and len(field) == 3:
        if not criteria.has_question(field[1]):
            return f"{record}  {field[1]}, {field[2]}"
        question = criteria.question(field[1])
        parts = {"outcome": "judgement" if question.is_judged else "answer"}
        if question.answer == "text":  # which is kept as a note
            parts["evidence"] = "answer"
        return f"{record}  {question.short}, {parts.get(field[2], field[2])}"
    if field[0] == "facts" and criteria.has_fact(field[-1]):
        return f"{record}  {criteria.fact(field[-1]).text}"
    return f"{record}  {one_line(' '.join(field).replace('_', ' '), 60)}"
