"""Clauses that repeat each other's words, told as one: "the plan or the review was late"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqs_core.criteria.letter_plan import Merging

WordList = list[str]


def merge_clauses(
    clauses: Sequence[str], rules: Merging, listed: Callable[[list[str], bool], str]
) -> list[str]:
    """Return ``clauses`` in their order, those that begin or end with the same words made one.

    "it did not plan ahead" and "it did not use the assessment" become "it did not plan ahead or use the
    assessment".  What became a list of its own comes last.

    Args:
        clauses: what is to be listed.
        rules: which words may be shared.
        listed: makes one list of what is left of the clauses; told whether what they share is negative.
    """
    left = [clause.split() for clause in clauses]
    short: list[str] = []
    long: list[str] = []
    while left:
        first = left.pop(0)
        beginning = max((_beginning(first, other, rules) for other in left), key=len, default=[])
        ending = max((_ending(first, other, rules) for other in left), key=len, default=[])
        if len(beginning) >= rules.least:
            size = len(beginning)
            alike = [first, *(c for c in left if c[:size] == beginning and _parts(c[size:], rules))]
            negative = any(word in rules.negations for word in beginning)
            rest = listed([" ".join(clause[size:]) for clause in alike], negative)
            (short if len(alike) < 3 else long).append(f"{' '.join(beginning)} {rest}")
        elif len(ending) >= rules.least:
            size = len(ending)
            alike = [first, *(c for c in left if c[-size:] == ending and len(c) > size)]
            rest = listed([" ".join(clause[:-size]) for clause in alike], False)
            comma = "," if len(alike) < 3 and "," in rest else ""
            (short if len(alike) < 3 else long).append(f"{rest}{comma} {' '.join(ending)}")
        else:
            alike = []
            short.append(" ".join(first))
        left = [clause for clause in left if clause not in alike]
    return [*short, *long]


def _beginning(one: WordList, other: WordList, rules: Merging) -> WordList:
    """Return what both begin with, less small words that go with what follows."""
    size = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), 0)
    while size and (one[size - 1] in rules.weak or not all(_parts(c[size:], rules) for c in (one, other))):
        size -= 1
    return one[:size]


def _ending(one: WordList, other: WordList, rules: Merging) -> WordList:
    """Return what both end with, from a verb on that is the same for one thing and for several."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    size = next((i for i, (a, b) in enumerate(pairs) if a != b), 0)
    while size and one[-size] not in rules.verbs:
        size -= 1
    return one[-size:] if size else []


def _parts(rest: WordList, rules: Merging) -> bool:
    """Return whether ``rest`` can stand without what comes before it."""
    return bool(rest) and rest[0] not in rules.stay
