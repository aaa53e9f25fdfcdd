"""Proving that a migration lost nothing, without trusting what it says it did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from attrs import evolve

from sqs_core.criteria.diff import CriteriaDiff
from sqs_core.records.case import Answer, CaseRecord
from sqs_core.records.computed import is_computed
from sqs_core.records.migration import Migrated, R


def audit_migration(migrated: Migrated[R], difference: CriteriaDiff) -> list[str]:
    """Return what is missing after a migration, and what came from nowhere.

    It trusts none of the moves: it looks for each thing, whole and equal, where it now stands or
    among what is parked, and takes it off; nothing may be missing and nothing left.
    """
    old, new = difference.old, difference.new
    asked = {n for c in (*difference.questions, *difference.interview_questions) for n in c.old}
    # What is computed in both is no thing recorded: it follows from what is.
    anew = {
        n
        for n in asked
        if is_computed(old, n) and any(is_computed(new, m) for m in difference.change_of(n).new)
    }
    before = _things(migrated.before, anew)
    after = _things(migrated.record, {q.id for q in new.computed})
    missing: list[str] = []
    for (criteria, kind, name), things in before.items():
        # Where it was comes first: only an answer that is not parked may have moved, and an equal
        # one that was parked under the new version may be back at that very place.
        places = [(criteria, kind, name)]
        if criteria == old.id:
            change = difference.change_of(name) if kind == "answer" and name in asked else None
            if change is None or change.kind in ("same", "reworded"):
                places.append((new.id, kind, change.new[0] if change else name))
        for thing, times in things.items():
            for _ in range(times):
                place = next((p for p in places if after.get(p, Counter())[thing]), None)
                if place is None:
                    missing.append(f"{kind} {name} is missing")
                else:
                    after[place][thing] -= 1
    extra = [f"{kind} {name} came from nowhere" for (_, kind, name), left in after.items() if left.total()]
    return missing + extra


def _things(
    record: CaseRecord, computed: Collection[str]
) -> dict[tuple[str, str, str], Counter[tuple[type, object]]]:
    """Return everything recorded, by the version it belongs to, its kind and name; values with their type.

    Of the questions that are ``computed`` it is all but the outcome.
    """
    found: dict[tuple[str, str, str], Counter[tuple[type, object]]] = {}

    def put(criteria: str, kind: str, name: str, value: object) -> None:
        # A reason or a point can be parked without its answer, so each is looked for by itself.
        parts = [value]
        if isinstance(value, Answer):
            rest = evolve(value, reasons=(), prompts={})
            apart = (*value.reasons, *value.prompts.items())
            parts = [*apart, *(() if rest.blank and apart else (rest,))]
        for part in parts:
            found.setdefault((criteria, kind, name), Counter())[type(part), part] += 1

    for name, answer in record.answers.items():
        if name in computed:
            answer = evolve(answer, outcome=None)
            if answer.blank:
                continue
        put(record.criteria, "answer", name, answer)
    for name, value in record.facts.items():
        put(record.criteria, "fact", name, value)
    for item in record.parked:
        kind = "answer" if item.question else "fact"
        put(item.criteria, kind, item.question or item.fact, item.answer or item.value)
    return found
