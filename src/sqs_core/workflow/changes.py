"""Name what differs between two versions of a case, without quoting a note.

For "undone: 2.3 evidence" and "changed elsewhere: 1.5 answer, fact custody".
"""

from __future__ import annotations

from collections.abc import Iterator

from sqs_core.criteria import Criteria
from sqs_core.records.case import CaseRecord

PARTS = {
    "outcome": "answer",
    "value": "value",
    "reasons": "reasons",
    "prompts": "points weighed",
    "evidence": "evidence",
    "said": "words of the case manager",
    "learning": "learning",
    "strength": "strength",
    "later": "mark to come back",
    "discuss": "mark to discuss",
}
OF_THE_RECORD = {
    "status": "status",
    "inspector": "inspector",
    "case_manager": "initials of the case manager",
    "assessed_with_case_manager": "assessed with the case manager",
}


def changed_names(criteria: Criteria, old: CaseRecord, new: CaseRecord) -> tuple[str, ...]:
    """Return such as "2.3 answer", "2.3 evidence", "fact custody", "inspector"."""
    return tuple(_changed(criteria, old, new))


def _changed(criteria: Criteria, old: CaseRecord, new: CaseRecord) -> Iterator[str]:
    for name, words in OF_THE_RECORD.items():
        if getattr(old, name) != getattr(new, name):
            yield criteria.in_its_words(words)
    for fact in criteria.facts:
        if old.facts.get(fact.id) != new.facts.get(fact.id):
            yield f"fact {fact.id}"
    for question, number in criteria.question_numbers.items():
        before, after = old.answer(question), new.answer(question)
        for part, words in PARTS.items():
            if getattr(before, part) != getattr(after, part):
                yield f"{number} {criteria.in_its_words(words)}"
