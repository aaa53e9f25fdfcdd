"""One interview with a member of staff: a different population from cases."""

from __future__ import annotations

import re
from collections.abc import Mapping

from attrs import evolve, field, frozen

from sqs_core.errors import UsageError
from sqs_core.records.case import Parked
from sqs_core.text import one_line

_LETTER = "[A-Za-z]{1,2}[0-9]{0,3}"


def check_person_id(person: str) -> None:
    """Check that ``person`` is a letter, such as A or R2; UsageError for what could be a name."""
    if not re.fullmatch(_LETTER, person):
        raise UsageError(f"'{one_line(person, 40)}' could be a name; call people A, B, C …")


@frozen(repr=False)
class Interview:
    """What one interviewee said; ``person`` is a letter, never a name.

    ``role`` is a role of the version ("case-manager").  Someone interviewed who
    ``gave_views`` no is counted as interviewed only.  ``parked`` is what migrations from
    other versions found no place for; there the role is a fact called "role".

    >>> open_inspection("darlington-2012").interview("A").record
    <Interview A: case-manager, 11 answers>
    """

    person: str
    criteria: str
    criteria_hash: str
    role: str = ""
    gave_views: bool = True
    note: str = ""
    answers: Mapping[str, str] = field(factory=dict)
    parked: tuple[Parked, ...] = ()

    def __repr__(self) -> str:
        return f"<Interview {self.person}: {self.role or 'no role'}, {len(self.answers)} answers>"

    def answering(self, question: str, outcome: str | None) -> Interview:
        """Return this interview with ``outcome`` for ``question``; None takes the answer away."""
        answers = dict(self.answers)
        if outcome is None:
            answers.pop(question, None)
        else:
            answers[question] = outcome
        return evolve(self, answers=answers)
