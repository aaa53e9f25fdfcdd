"""Count one question: k of n, with the records behind each part."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final, get_args

from attrs import field, frozen

from sqs_core.criteria import Criteria, Outcome, Prompt, Question
from sqs_core.criteria.conditions import FactValue
from sqs_core.criteria.questions import Weight
from sqs_core.scoring.fact_counts import FactCount, count_values
from sqs_core.scoring.states import APPLYING, State

RecordIds = tuple[str, ...]
"""The records behind a count: case references, or the letters of people."""
NONE_WEIGHED: Final[Mapping[str, Weight]] = MappingProxyType({})


@frozen(repr=False)
class Tally:
    """The count of one question.

    ``outcomes`` maps each outcome that is a judgement to the cases given it; ``sufficient``
    names those of them that count as sufficient.  ``unjudged`` maps every other state to the
    cases in it.  The two together hold every counted case exactly once.  ``reasons`` maps
    each reason to the cases it was ticked in; a case can have several.  ``prompts`` maps each point
    to the cases judged in which it was weighed yes, no or not applicable.  For an interview
    question the "cases" are interviewees.

    Where the answer is a value and no judgement, none is judged: ``value`` is how the values came out, and
    ``unjudged`` the other cases.

    >>> tally = findings_of(open_inspection("darlington-2012")).tally("roh.plan")
    >>> tally, tally.share, tally.unjudged[State.NOT_ASKED]
    (<Tally roh.plan: 7 of 10>, Fraction(7, 10), ('11', '12', '13', '14'))
    """

    question: str
    theme: str
    outcomes: Mapping[str, RecordIds]
    sufficient: frozenset[str]
    unjudged: Mapping[State, RecordIds]
    reasons: Mapping[str, RecordIds] = field(factory=dict)
    prompts: Mapping[str, Mapping[Weight, RecordIds]] = field(factory=dict)
    value: FactCount | None = None

    def __repr__(self) -> str:
        return f"<Tally {self.question}: {self.k} of {self.n}>"

    @property
    def judged(self) -> RecordIds:
        """The cases judged one way or the other, in order of reference: the n of "k of n"."""
        return tuple(sorted(case for cases in self.outcomes.values() for case in cases))

    @property
    def asked(self) -> RecordIds:
        """The cases the question is asked of, judged or not: its condition holds in them."""
        unjudged = (case for state, cases in self.unjudged.items() if state in APPLYING for case in cases)
        return tuple(sorted((*self.judged, *self.recorded, *unjudged)))

    @property
    def recorded(self) -> RecordIds:
        """The cases in which a value is recorded."""
        return self.value.recorded if self.value else ()

    @property
    def by_case(self) -> dict[str, str]:
        """What stands for the answer of each case counted: its outcome, its value, or why there is none."""
        found = {case: outcome for outcome, cases in self.outcomes.items() for case in cases}
        found |= self.value.by_case if self.value else {}
        return found | {case: state.value for state, cases in self.unjudged.items() for case in cases}

    @property
    def value_words(self) -> str:
        """How the values came out: "8 of 10 recorded; median 3, from 0 to 9"; "" for judgements."""
        if self.value is None:
            return ""
        k, n = len(self.recorded), len(self.asked)
        if self.value.fact.kind == "text":
            return f"written in {k} of {n}"
        return "; ".join(filter(None, (f"{k} of {n} recorded", self.value.words if k else "")))

    @property
    def n(self) -> int:
        """How many cases were judged."""
        return sum(len(cases) for cases in self.outcomes.values())

    @property
    def k(self) -> int:
        """How many cases were judged sufficient."""
        return len(self.sufficient_cases)

    @property
    def sufficient_cases(self) -> RecordIds:
        """The cases judged sufficient."""
        return tuple(sorted(case for o in self.sufficient for case in self.outcomes.get(o, ())))

    @property
    def other_cases(self) -> RecordIds:
        """The cases judged, but not sufficient."""
        return tuple(
            sorted(case for o, cases in self.outcomes.items() if o not in self.sufficient for case in cases)
        )

    @property
    def share(self) -> Fraction | None:
        """Cases judged sufficient as a share of those judged; None where none was: no score."""
        return Fraction(self.k, self.n) if self.n else None


def grade_counts(criteria: Criteria, tally: Tally) -> tuple[tuple[Outcome, int], ...]:
    """Return how many cases were given each grade of a question, the best first; none where it has none."""
    question = tally.question
    if not criteria.has_question(question):
        return ()
    grades = criteria.grades_of(criteria.question(question))
    return tuple((grade, len(tally.outcomes.get(grade.id, ()))) for grade in grades)


def prompt_counts(criteria: Criteria, tally: Tally) -> tuple[tuple[Prompt, int, int], ...]:
    """Return the points weighed yes or no in some case: each with how many were yes, and among how many."""
    prompts = criteria.asking(tally.question).question(tally.question).prompts
    found = ((prompt, tally.prompts.get(prompt.id, {})) for prompt in prompts)
    counts = ((prompt, len(w.get("yes", ())), len(w.get("no", ()))) for prompt, w in found)
    return tuple((prompt, yes, yes + no) for prompt, yes, no in counts if yes + no)


class TallyBuilder:
    """Counts one question record by record."""

    def __init__(self, criteria: Criteria, question: Question) -> None:
        judged = criteria.judgements_of(question)
        self._values: list[tuple[str, FactValue]] = []
        self._question = question
        self._outcomes: dict[str, list[str]] = {o.id: [] for o in judged}
        self._sufficient = frozenset(o.id for o in judged if o.counts == "sufficient")
        self._unjudged: dict[State, list[str]] = {s: [] for s in State if s is not State.ANSWERED}
        self._reasons: dict[str, list[str]] = {r.id: [] for r in criteria.reasons_of(question)}
        # A reason stays in the record when the outcome no longer takes it, but is not counted then.
        self._allowed = {o.id: {r.id for r in criteria.reasons_of(question, o.id)} for o in judged}
        self._prompts: dict[str, dict[Weight, list[str]]] = {
            prompt.id: {weight: [] for weight in get_args(Weight)} for prompt in question.prompts
        }

    def add(
        self,
        record: str,
        state: State,
        outcome: str | None,
        reasons: tuple[str, ...] = (),
        prompts: Mapping[str, Weight] = NONE_WEIGHED,
        value: FactValue | None = None,
    ) -> None:
        """Count the record called ``record``, in which the question is in ``state``."""
        if state is State.ANSWERED and not self._question.is_judged:
            self._values.append((record, "" if value is None else value))
            return
        if state is not State.ANSWERED or outcome is None:
            self._unjudged[state].append(record)
            return
        self._outcomes[outcome].append(record)
        for reason in reasons:
            if reason in self._allowed[outcome]:
                self._reasons[reason].append(record)
        for prompt, weight in prompts.items():
            self._prompts[prompt][weight].append(record)

    def tally(self) -> Tally:
        """Return the tally so far."""
        return Tally(
            question=self._question.id,
            theme=self._question.theme,
            outcomes={o: tuple(records) for o, records in self._outcomes.items()},
            sufficient=self._sufficient,
            unjudged={s: tuple(records) for s, records in self._unjudged.items()},
            reasons={r: tuple(records) for r, records in self._reasons.items() if records},
            prompts={
                prompt: {weight: tuple(records) for weight, records in weighed.items()}
                for prompt, weighed in self._prompts.items()
            },
            value=None if self._question.is_judged else count_values(self._question.as_fact, self._values),
        )
