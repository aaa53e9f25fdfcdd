"""The facts of a case as a form: who screened it, and what decides which questions are asked.

>>> for field in case_form(criteria):                        # doctest: +SKIP
...     print(field.label, words_held(record, field), switched(criteria, record, field))
>>> value = value_called(field, "y")                         # None: not a value of this field
>>> after = setting(session, field.name, value)              # UsageError where it cannot be
>>> form_change(criteria, session.record, after.record).sentences(numbers)
('Adds 2.3.',)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal

from attrs import evolve, frozen

from sqs_core.criteria import Criteria
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.questions import INTERVIEWS, Fact
from sqs_core.errors import UsageError, did_you_mean
from sqs_core.records.case import CaseRecord, Session, parse_fact
from sqs_core.scoring.states import APPLYING, State, applying_questions, question_states
from sqs_core.text import capitalised

FieldKind = Literal["boolean", "choice", "number", "date", "text"]
YES_NO = (("yes", "yes"), ("no", "no"))
TICKS = (("yes", "ticked"), ("no", "not ticked"))
"""Of one of several choices: that another was ticked says nothing else of it than that it is not."""
TICKED = "--"
"""Between a fact that takes several choices and one of them, in the name of the line that ticks it."""


@frozen
class Field:
    """One line of the form: its name in a record, its label, a hint, and what can be chosen.

    ``choices`` holds pairs of value and words; empty where any words fit.  ``required`` says that
    a value can be changed but not taken away again.  A fact that takes several choices has a line for each:
    ``of`` is then the fact, and ``choice`` the one that the line ticks.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    of: str = ""
    choice: str = ""


HEADER = (
    Field("inspector", "Inspector", hint="initials"),
    Field("case_manager", "Case manager", hint="initials, never a name"),
    Field(
        "assessed_with_case_manager",
        "Assessed together with the case manager",
        "boolean",
        choices=YES_NO,
        required=True,
    ),
)
"""Who screened the case: lines that every version has."""
PEOPLE: Final = ("inspector", "case_manager")
"""The lines for somebody's initials."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_OF_THE_RECORD = frozenset(field.name for field in HEADER)


def case_form(criteria: Criteria) -> tuple[Field, ...]:
    """Return every line of the form: who screened it, then the facts in the version's order."""
    return (*_header(criteria), *(field for fact in criteria.facts for field in _fields(fact)))


def _fields(fact: Fact) -> Iterator[Field]:
    if fact.kind == "several":
        for choice in fact.choices:
            name, label = f"{fact.id}{TICKED}{choice.id}", f"{fact.text}: {choice.text}"
            yield Field(name, label, "boolean", str(fact.hint), TICKS, of=fact.id, choice=choice.id)
        return
    choices = YES_NO if fact.kind == "boolean" else tuple((c.id, str(c.text)) for c in fact.choices)
    yield Field(fact.id, str(fact.text), fact.kind, str(fact.hint), choices)


def _header(criteria: Criteria) -> tuple[Field, ...]:
    """Return the lines on who screened a record, with the name of who is seen for its population."""
    population = criteria.population
    if population is None:
        return HEADER
    inspector, manager, together = HEADER
    if population.id == INTERVIEWS:
        return ()
    if not criteria.seen:
        return (inspector,)
    seen = criteria.seen.removeprefix("the ")
    return (
        inspector,
        evolve(manager, label=capitalised(seen)),
        evolve(together, label=f"Assessed together with the {seen}"),
    )


def held(record: CaseRecord, field: Field) -> FactValue | None:
    """Return the value that ``record`` holds for ``field``; None where nothing is recorded."""
    value: FactValue | None
    value = getattr(record, field.name) if field.name in _OF_THE_RECORD else record.facts.get(field.name)
    if field.of:
        ticked = record.facts.get(field.of)
        value = field.choice in ticked if isinstance(ticked, tuple) else None
    return None if value == "" else value


def typed_as(record: CaseRecord, field: Field) -> str:
    """Return the value of ``field`` as it would be typed; "" where nothing is recorded."""
    value = held(record, field)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def words_held(record: CaseRecord, field: Field) -> str:
    """Return what ``field`` holds, in the words of its choices; "not recorded" where nothing."""
    value = typed_as(record, field)
    return dict(field.choices).get(value, value) or "not recorded"


def value_called(field: Field, typed: str) -> str | None:
    """Return the value meant by its number in the list, by its id or in words; "" takes it away.

    None where ``typed`` is none of the choices.  Where any words fit they are the value, "=" in
    front of them is dropped ("=none" is the word none).
    """
    if typed.lower() in ("none", "clear"):
        return ""
    if not field.choices:
        return typed.removeprefix("=").strip()
    for place, (name, words) in enumerate(field.choices, 1):
        if typed.lower() in (str(place), name.lower(), words.lower()):
            return name
        if field.kind == "boolean" and typed.lower() == name[0]:
            return name
    return None


def setting(session: Session, name: str, words: str) -> Session:
    """Return the session after the field ``name`` was given what ``words`` say; "" takes it away.

    Raises:
        UsageError: no such field, or its value cannot be read so.
    """
    criteria = session.criteria
    if name == "inspector":
        return session.attending(inspector=words.strip())
    if name == "case_manager":
        return session.attending(case_manager=words.strip())
    if name == "assessed_with_case_manager":
        meanings = {"yes": True, "true": True, "no": False, "false": False}
        if words.lower() not in meanings:
            raise UsageError(f"'{name}' is yes or no, not '{words}'")
        return session.attending(with_case_manager=meanings[words.lower()])
    if not criteria.has_fact(name) and TICKED in name:
        return _ticking(session, name, words)
    if not criteria.has_fact(name):
        known = [*(f.id for f in criteria.facts), *(field.name for field in HEADER)]
        raise UsageError(f"no fact '{name}' in {criteria.id}; {did_you_mean(name, known, most=20)}")
    return session.setting(name, parse_fact(criteria, name, words))


def _ticking(session: Session, name: str, words: str) -> Session:
    """Return the session after one choice of several was ticked ("yes") or not."""
    fact, _, choice = name.partition(TICKED)
    now = session.record.facts.get(fact)
    ticked = {choice: False} | dict.fromkeys(now if isinstance(now, tuple) else (), True)
    ticked[choice] = words.lower() in ("yes", "true")
    chosen = tuple(c.id for c in session.criteria.fact(fact).choices if ticked.get(c.id))
    # "Take away" leaves the others as they are; of none at all nothing is recorded any more.
    return session.setting(fact, chosen if chosen or words.strip() else None)


def setting_field(session: Session, field: Field, words: str) -> Session:
    """Return the session as :func:`setting`; what is refused is called by the label of the line."""
    try:
        return setting(session, field.name, words)
    except UsageError as error:
        whys = (problem.what.replace(f"fact '{field.name}'", field.label) for problem in error.problems)
        raise UsageError("; ".join(whys)) from None


def name_advice(field: Field, words: str) -> str:
    """Return advice where ``words`` in a line for somebody's initials look like a name; "" where they do not.

    It goes by their shape: a word of three letters and more that is not all capitals.
    """
    if field.name not in PEOPLE or not any(not word.isupper() for word in _WORD.findall(words)):
        return ""
    return f"{field.label}: this looks like a name; initials are enough, and a name would be in the records"


def advice_on_names(criteria: Criteria, pairs: Iterable[str]) -> tuple[str, ...]:
    """Return the advice of :func:`name_advice` on every NAME=VALUE."""
    typed = {name: words for name, _, words in (pair.partition("=") for pair in pairs)}
    advice = (name_advice(field, typed.get(field.name, "")) for field in _header(criteria))
    return tuple(filter(None, advice))


def setting_all(session: Session, pairs: Iterable[str]) -> Session:
    """Return the session after every NAME=VALUE; UsageError at the first that cannot be taken."""
    for pair in pairs:
        name, equals, words = pair.partition("=")
        if not equals:
            raise UsageError(f"'{pair}' is not NAME=VALUE, such as custody=yes")
        session = setting(session, name, words)
    return session


# ---------------------------------------------------------------- what a fact switches


@frozen
class Switched:
    """The questions that a fact adds to this case and leaves out of it, when it holds.

    ``on`` says whether it holds now.
    """

    adds: tuple[str, ...] = ()
    leaves_out: tuple[str, ...] = ()
    on: bool = False

    def words(self, names: Mapping[str, str]) -> str:
        """Return "would add 2.3; would leave out 1.5", by ``names`` of questions; "" where nothing."""
        would = "" if self.on else "would "
        sides = (("adds" if self.on else "add", self.adds),
                 ("leaves out" if self.on else "leave out", self.leaves_out))  # fmt: skip
        return "; ".join(
            f"{would}{does} {', '.join(names[q] for q in questions)}"
            for does, questions in sides
            if questions
        )


def switched(criteria: Criteria, record: CaseRecord, field: Field) -> Switched:
    """Return the questions that a yes-or-no fact adds to this case, and those it leaves out."""
    if field.kind != "boolean" or field.name in _OF_THE_RECORD:
        return Switched()
    if field.of:
        return Switched()
    yes, no = (applying_questions(criteria, record.noting(field.name, value)) for value in (True, False))
    return Switched(
        tuple(q for q in yes if q not in no),
        tuple(q for q in no if q not in yes),
        record.facts.get(field.name) is True,
    )


@frozen
class FormChange:
    """What a change of facts did: questions added, left out, and left out with their answers parked."""

    adds: tuple[str, ...]
    leaves_out: tuple[str, ...]
    parked: tuple[str, ...]

    def sentences(self, names: Mapping[str, str]) -> tuple[str, ...]:
        """Return "Adds 2.3." and the like, by ``names`` of questions."""
        parts = (
            ("Adds", self.adds),
            ("Leaves out", self.leaves_out),
            ("Kept, but no longer counted:", self.parked),
        )
        return tuple(f"{does} {', '.join(names[q] for q in found)}." for does, found in parts if found)


def form_change(criteria: Criteria, before: CaseRecord, after: CaseRecord) -> FormChange:
    """Return which questions apply ``after`` a change of facts and did not ``before``, and the reverse."""
    old, new = question_states(criteria, before), question_states(criteria, after)
    gone = tuple(q for q in new if old[q] in APPLYING and new[q] not in APPLYING)
    return FormChange(
        tuple(q for q in new if new[q] in APPLYING and old[q] not in APPLYING),
        gone,
        tuple(q for q in gone if new[q] is State.PARKED),
    )
