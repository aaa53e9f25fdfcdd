"""Count what staff said by role, and only where nobody could be recognised from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqs_core.criteria import Criteria
from sqs_core.criteria.questions import GAVE_VIEWS, ROLE
from sqs_core.records.case import CaseRecord

LEAST = 5
"""People; the answers of fewer are reported only together with the others'.

The rule of thumb of the Office for National Statistics for tables about people leaves out cells
under 3 to 10; five leaves room for those who know who was interviewed.
"""


def count_by_role(
    criteria: Criteria, interviews: Iterable[CaseRecord], question: str
) -> Mapping[str, tuple[int, int]]:
    """Return how many said yes, of how many who answered, for each role; nothing where a role has too few.

    If only one role were left out, it could be worked out from the total; then nothing is split at all.
    """
    outcomes = criteria.staff.outcomes
    good = {o.id for o in outcomes if o.counts == "sufficient"}
    judged = {o.id for o in outcomes if o.judges}
    found: dict[str, tuple[int, int]] = {}
    for person in interviews:
        answer = person.judged(question)
        if person.facts.get(GAVE_VIEWS) is not False and answer in judged:
            role = str(person.facts.get(ROLE, ""))
            k, n = found.get(role, (0, 0))
            found[role] = (k + (answer in good), n + 1)
    if len(found) < 2 or any(n < LEAST for _, n in found.values()):
        return {}
    return found
