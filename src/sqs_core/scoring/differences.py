"""Two markings of one case side by side, and how far markers agree over many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from attrs import frozen

from sqs_core.criteria import Criteria, Question
from sqs_core.criteria.questions import Prompt, Weight
from sqs_core.records.case import CaseRecord
from sqs_core.records.second_marking import recorded_value
from sqs_core.scoring.agreement import Measures, measures
from sqs_core.scoring.rated_units import Ratings
from sqs_core.scoring.states import RATED, State, question_states

Pairs = Iterable[tuple[CaseRecord, CaseRecord]]


@frozen
class MarkingDifference:
    """One question or fact on which two markings differ.

    ``first`` and ``second`` are outcomes or facts, "" where nothing was recorded; ``asked_first``
    and ``asked_second`` whether the question was asked at all, as each marking's facts stand.
    ``kind`` "reasons" means the same outcome for different reasons: nothing to settle, but worth discussing.
    So does "points": the same outcome and reasons, but a point that both weighed has different weights.
    """

    item: str
    kind: Literal["fact", "outcome", "reasons", "points"]
    first: str
    second: str
    asked_first: bool = True
    asked_second: bool = True

    @property
    def same_outcome(self) -> bool:
        """Whether both gave the same outcome, so that nothing has to be settled."""
        return self.kind in ("reasons", "points")


def compare_markings(
    criteria: Criteria, first: CaseRecord, second: CaseRecord
) -> tuple[MarkingDifference, ...]:
    """Return where the two markings of a case differ: facts first, then questions in the version's order."""
    found = [
        MarkingDifference(fact.id, "fact", *views)
        for fact in criteria.facts
        if len(set(views := _views(criteria, first, second, fact.id))) > 1
    ]
    asked = [question_states(criteria, record) for record in (first, second)]
    for question in (question for question in criteria.questions if not question.is_computed):
        here = [at[question.id] not in (State.NOT_ASKED, State.PARKED) for at in asked]
        if not any(here):
            continue
        views = _views(criteria, first, second, question.id)
        if views[0] != views[1] or here[0] != here[1]:
            found.append(MarkingDifference(question.id, "outcome", *views, *here))
        elif set(first.answer(question.id).reasons) != set(second.answer(question.id).reasons):
            found.append(MarkingDifference(question.id, "reasons", *views, *here))
        elif any(mine and theirs for _, mine, theirs in differing_points(question, first, second)):
            found.append(MarkingDifference(question.id, "points", *views, *here))
    return tuple(found)


def differing_points(
    question: Question, first: CaseRecord, second: CaseRecord
) -> tuple[tuple[Prompt, Weight | None, Weight | None], ...]:
    """Return the points that two markings weighed differently, each with both weights (None: not weighed)."""
    mine, theirs = first.answer(question.id).prompts, second.answer(question.id).prompts
    pairs = ((prompt, mine.get(prompt.id), theirs.get(prompt.id)) for prompt in question.prompts)
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def judged_questions(criteria: Criteria) -> tuple[Question, ...]:
    """Return the questions that people judge; computed ones follow from what was agreed."""
    return tuple(q for q in criteria.questions if q.is_judged and not q.is_computed)


def _views(criteria: Criteria, first: CaseRecord, second: CaseRecord, item: str) -> tuple[str, str]:
    return recorded_value(criteria, first, item), recorded_value(criteria, second, item)


@frozen(repr=False)
class PairAgreement:
    """How far pairs of markings agree.

    ``questions``, ``themes`` and ``whole`` hold the figures; a unit is a question in a case that
    both answered.  ``asked_of_one`` counts, for each question, the cases in which one marking
    answered it and the other did not (not asked, not known or left out): those are no units.
    ``points`` holds the figures of each question that has points to weigh, and ``all_points`` those of
    all: a unit is a point that both weighed, apart from how they judged.

    >>> agreement(open_inspection("darlington-2012"))
    <PairAgreement: 0 cases, raw agreement undefined (0 units)>
    """

    cases: tuple[str, ...]
    questions: Mapping[str, Measures]
    themes: Mapping[str, Measures]
    whole: Measures
    asked_of_one: Mapping[str, int]
    points: Mapping[str, Measures]
    all_points: Measures

    def __repr__(self) -> str:
        return f"<PairAgreement: {len(self.cases)} cases, {self.whole.raw}>"


def measure_agreement(criteria: Criteria, pairs: Pairs) -> PairAgreement:
    """Return the agreement of ``pairs`` of markings, for every question, for every theme and for all.

    A rating is an outcome, and no value; "not applicable" is one, "not known" is none.  The outcomes possible
    for a question are those that AC1 takes into account; for a theme, those of all its questions.
    """
    kept = tuple(pairs)
    judged = judged_questions(criteria)
    ratings: dict[str, list[list[str | None]]] = {q.id: [] for q in judged}
    weights: dict[str, list[list[str | None]]] = {q.id: [] for q in judged if q.prompts}
    for first, second in kept:
        found = [question_states(criteria, record) for record in (first, second)]
        for name, rows in ratings.items():
            row = [
                record.answer(name).outcome if at[name] in RATED else None
                for record, at in zip((first, second), found, strict=True)
            ]
            rows.append(row)
            if name in weights and None not in row:
                views = [record.answer(name).prompts for record in (first, second)]
                shared = (prompt for prompt in views[0] if prompt in views[1])
                weights[name] += [[weighed[prompt] for weighed in views] for prompt in shared]
    one_sided = {name: sum(row.count(None) == 1 for row in rows) for name, rows in ratings.items()}

    def measured(names: Iterable[str]) -> Measures:
        chosen = tuple(names)
        possible = {o for name in chosen for o in _possible(criteria, name)}
        # Single ratings are no second opinion: they would only blur what chance would give.
        rows: Ratings = [row for name in chosen for row in ratings[name] if None not in row]
        return measures(rows, possible if len(possible) > 1 else None)

    return PairAgreement(
        cases=tuple(first.case for first, _ in kept),
        questions={name: measured([name]) for name in ratings},
        themes={
            t.id: measured(q.id for q in criteria.theme_questions(t.id) if q.id in ratings)
            for t in criteria.themes
        },
        whole=measured(ratings),
        asked_of_one={name: count for name, count in one_sided.items() if count},
        points={name: measures(rows, get_args(Weight)) for name, rows in weights.items()},
        all_points=measures([row for rows in weights.values() for row in rows], get_args(Weight)),
    )


def _possible(criteria: Criteria, question: str) -> tuple[str, ...]:
    outcomes = criteria.outcomes_of(criteria.question(question))
    return tuple(o.id for o in outcomes if o.counts != "not-known")
