"""One interview with a member of staff: a record of another population than cases."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from attrs import evolve, field, fields_dict, frozen

from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.questions import GAVE_VIEWS, NOTE, ROLE
from sqs_core.errors import UsageError
from sqs_core.records.case import Answer, CaseRecord, CaseStatus, Parked
from sqs_core.records.override import Override
from sqs_core.text import one_line

_LETTER = "[A-Za-z]{1,2}[0-9]{0,3}"
_DEFAULTS: Mapping[str, FactValue] = {ROLE: "", GAVE_VIEWS: True, NOTE: ""}


def check_person_id(person: str) -> None:
    """Check that ``person`` is a letter, such as A or R2; UsageError for what could be a name."""
    if not re.fullmatch(_LETTER, person):
        raise UsageError(f"'{one_line(person, 40)}' could be a name; call people A, B, C …")


@frozen
class WrittenInterview:
    """An interview as its file has it: an answer is an outcome, and a table where more is recorded."""

    person: str
    criteria: str
    criteria_hash: str
    role: str = ""
    gave_views: bool = True
    note: str = ""
    status: CaseStatus = "open"
    inspector: str = ""
    case_manager: str = ""
    assessed_with_case_manager: bool | None = None
    practice: bool = False
    answers: Mapping[str, str | Answer] = field(factory=dict)
    parked: tuple[Parked, ...] = ()
    overrides: tuple[Override, ...] = ()

    def record(self) -> Interview:
        """Return the record that this is the file of."""
        facts: dict[str, FactValue] = {ROLE: self.role, GAVE_VIEWS: self.gave_views, NOTE: self.note}
        answers = {q: Answer(said) if isinstance(said, str) else said for q, said in self.answers.items()}
        facts = {name: value for name, value in facts.items() if value != ""}
        return Interview(self.person, facts=facts, answers=answers, **_shared(self))


@frozen(repr=False)
class Interview(CaseRecord):
    """What one interviewee said: a record under ``criteria.staff``, whose ``case`` is a letter, never a name.

    Its facts are the role, a role of the version ("case-manager"), whether views were given, and a note.

    >>> open_inspection("darlington-2012").interview("A").record
    <Interview A: case-manager, 11 answers>
    """

    written_as: ClassVar[type[WrittenInterview]] = WrittenInterview

    def __repr__(self) -> str:
        return f"<Interview {self.case}: {self.role or 'no role'}, {len(self.answers)} answers>"

    @property
    def person(self) -> str:
        """The letter of who was interviewed."""
        return self.case

    @property
    def role(self) -> str:
        """The role, by its id; "" where none is recorded."""
        return str(self.facts.get(ROLE, ""))

    @property
    def gave_views(self) -> bool:
        """Whether views were given; somebody who gave none is counted as interviewed only."""
        return self.facts.get(GAVE_VIEWS) is not False

    @property
    def note(self) -> str:
        """What was noted of the interview."""
        return str(self.facts.get(NOTE, ""))

    @property
    def blank(self) -> bool:
        """Whether nothing has been entered yet, beside the letter."""
        noted = any(value != _DEFAULTS.get(fact) for fact, value in self.facts.items())
        return not (noted or self.answers or self.parked or self.inspector or self.case_manager)

    def noting(self, fact: str, value: FactValue | None) -> Interview:
        """Return this interview with ``fact`` set to ``value``; what its file leaves out is not recorded."""
        value = _DEFAULTS.get(fact) if value is None else value
        return evolve(self, facts={**super().noting(fact, None if value == "" else value).facts})

    def as_written(self) -> WrittenInterview:
        """Return the interview as its file has it."""
        answers = {
            q: a.outcome if a.outcome and a == Answer(a.outcome) else a for q, a in self.answers.items()
        }
        own: dict[str, Any] = {"role": self.role, "gave_views": self.gave_views, "note": self.note}
        return WrittenInterview(self.case, answers=answers, **own, **_shared(self))


def _shared(interview: WrittenInterview | Interview) -> dict[str, Any]:
    """Return what an interview and its file have alike, by its name."""
    names = fields_dict(WrittenInterview).keys() & fields_dict(Interview).keys() - {"answers"}
    return {name: getattr(interview, name) for name in names}


def interview_with(
    person: str,
    criteria: str,
    criteria_hash: str,
    role: str = "",
    gave_views: bool = True,
    note: str = "",
    answers: Mapping[str, str] | None = None,
) -> Interview:
    """Return the interview with ``person``, by the outcome of each answer."""
    return WrittenInterview(
        person, criteria, criteria_hash, role, gave_views, note, answers=answers or {}
    ).record()
