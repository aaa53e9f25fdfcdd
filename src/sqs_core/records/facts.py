"""What a fact of a case can be: its value checked, or read from what a person typed."""

from __future__ import annotations

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import FactValue
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.records.dates import parse_date


def check_fact(criteria: Criteria, name: str, value: FactValue) -> None:
    """Refuse, with UsageError, a value that is not of the kind the fact ``name`` has."""
    fact = criteria.fact(name)
    if fact.kind == "boolean" and not isinstance(value, bool):
        raise UsageError(f"fact '{name}' is true or false, not '{value}'")
    if fact.kind == "date" and (isinstance(value, str | bool)):
        raise UsageError(f"fact '{name}' is a date such as 2012-11-26, not '{value}'")
    if fact.kind in ("text", "choice") and not isinstance(value, str):
        raise UsageError(f"fact '{name}' is words, not '{value}'")
    if fact.kind == "choice":
        known = [c.id for c in fact.choices]
        if value not in known:
            raise UsageError(f"fact '{name}' has no choice '{value}'; {did_you_mean(str(value), known)}")


def parse_fact(criteria: Criteria, name: str, words: str) -> FactValue | None:
    """Return the value that ``words`` typed by a person give the fact ``name``.

    yes/no, true/false for a boolean; a day as people write it (``records.days.read_day``); a choice
    or words.  Nothing typed is None: the fact is taken away.  UsageError where the words cannot be
    read so.
    """
    fact = criteria.fact(name)
    words = words.strip()
    if not words:
        return None
    value: FactValue = words
    if fact.kind == "boolean":
        meanings = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
        if words.lower() not in meanings:
            raise UsageError(f"fact '{name}' is yes or no, not '{words}'")
        value = meanings[words.lower()]
    elif fact.kind == "date":
        day = parse_date(words)
        if day is None:
            raise UsageError(f"fact '{name}' is a date such as 2012-11-26 or 26/11/2012, not '{words}'")
        value = day
    check_fact(criteria, name, value)
    return value
