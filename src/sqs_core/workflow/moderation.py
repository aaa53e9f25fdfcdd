"""Moderate where two markings of a case differ: read, choose, see the effect, write.

    >>> found = read_moderation(folder)                          # doctest: +SKIP
    >>> one = found.disagreements[0]
    >>> taken_called(folder.criteria, one, "2")
    'second'
    >>> choice = keep_choice(folder.path, KIND, one.case, one.item, taken="second", why="the log has it")
    >>> effect_of_choice(folder, one, choice)                    # before anything is written
    >>> write_decisions(folder, to_write(folder, found.disagreements))

Nothing of a case is read while its second marking is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve, frozen

from sqs_core.criteria import Criteria, Reason
from sqs_core.criteria.questions import RECORDED, Weight
from sqs_core.criteria.vocabulary import outcome_called
from sqs_core.errors import UsageError
from sqs_core.letter.effect import Effect
from sqs_core.records.case import CaseRecord, parse_answer
from sqs_core.records.second_marking import (
    BOTH,
    OPEN,
    Agreed,
    Decision,
    NotesKept,
    decide,
    format_fact,
    value_in_words,
)
from sqs_core.scoring.agreement import Agreement, Measures
from sqs_core.scoring.differences import (
    MarkingDifference,
    PairAgreement,
    compare_markings,
    differing_points,
    measure_agreement,
)
from sqs_core.storage.blinding import blinded_cases
from sqs_core.storage.folder import InspectionFolder
from sqs_core.storage.merge.effects import effect_of
from sqs_core.storage.moderation.agreed import markings, save_decisions, settled_case
from sqs_core.storage.moderation.pending_decisions import DecisionKind, PendingChoice
from sqs_core.storage.moderation.second import second_ids
from sqs_core.text import capitalised
from sqs_core.workflow.answering import WEIGHT_WORDS, answer_words
from sqs_core.workflow.choosing import forget_choices, kept_choice

KIND: Final[DecisionKind] = "agree"
FIRST, SECOND, OTHER = "first", "second", "other"
NO_REASON: Final = "(no reason written yet)"
"""Stands in the effect for the reason while none was written."""
NOTES_KEPT: Final[Mapping[str, NotesKept]] = {"": "", "both": "both", "first": "first", "second": "second"}
"""Whose notes can go with what is agreed; "" for those of the view taken."""


@frozen
class Disagreement:
    """One question or fact on which the two markings of a case differ, and what was agreed about it."""

    case: str
    first: CaseRecord
    second: CaseRecord
    difference: MarkingDifference
    agreed: Decision | None = None

    @property
    def item(self) -> str:
        """The question or fact."""
        return self.difference.item


@frozen
class Moderation:
    """The disagreements of ``cases``, how far the markers agree, and the cases that are ``blinded``.

    ``agreement`` is that of every case marked twice, ``by_case`` that of each.
    """

    cases: tuple[str, ...]
    disagreements: tuple[Disagreement, ...]
    agreement: PairAgreement
    by_case: Mapping[str, Measures]
    blinded: tuple[str, ...]


def cases_to_compare(folder: InspectionFolder) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the cases whose two markings can be compared, and those still being marked, blind."""
    blinded = blinded_cases(folder.path)
    return tuple(case for case in second_ids(folder) if case not in blinded), blinded


def read_moderation(folder: InspectionFolder, only: Sequence[str] = ()) -> Moderation:
    """Read both markings of every case marked twice; the disagreements are those of ``only``, or of all."""
    criteria = folder.criteria
    cases, blinded = cases_to_compare(folder)
    pairs: dict[str, tuple[CaseRecord, CaseRecord]] = {}
    agreed: dict[str, Agreed] = {}
    for case in cases:
        both = markings(folder, case)
        pairs[case], agreed[case] = (both.first.record, both.second.record), both.agreed.record
    return Moderation(
        tuple(only) or cases,
        tuple(
            Disagreement(case, *pairs[case], difference, agreed[case].decided(difference.item))
            for case in (only or cases)
            for difference in compare_markings(criteria, *pairs[case])
        ),
        measure_agreement(criteria, pairs.values()),
        {case: measure_agreement(criteria, [pair]).whole for case, pair in pairs.items()},
        blinded,
    )


# ---------------------------------------------------------------- in words


def agreement_words(agreement: Agreement) -> str:
    """Return a coefficient of agreement with two decimals, or that it is not defined."""
    return "not defined" if agreement.value is None else f"{float(agreement.value):z.2f}"


def agreement_sentence(found: PairAgreement) -> str:
    """Return how far the markers agree over all cases; "" where nothing was answered by both."""
    whole, points = found.whole, found.all_points
    if whole.raw.value is None:
        return ""
    weighed = ""
    if points.raw.value is not None:
        weighed = (
            f" Points weighed the same: {int(points.raw.value * points.raw.units)} of {points.raw.units}."
        )
    return (
        f"Agreement of the inspection: {int(whole.raw.value * whole.raw.units)} of {whole.raw.units} "
        f"questions were given the same answer; alpha {agreement_words(whole.alpha)}, "
        f"AC1 {agreement_words(whole.ac1)}.{weighed}"
    )


def name_of_item(criteria: Criteria, item: str) -> str:
    """Return the question with its number, or the fact."""
    if criteria.has_question(item):
        return f"{criteria.question_numbers[item]} {criteria.question(item).text}"
    return f"Fact: {criteria.fact(item).text}."


def same_words(one: Disagreement) -> str:
    """Return what differs where the answer does not; "" where it does."""
    other = {"reasons": "other reasons", "points": "points weighed otherwise"}.get(one.difference.kind)
    return f"Same answer, {other}." if other else ""


def points_of(criteria: Criteria, one: Disagreement, side: str) -> tuple[tuple[str, Weight | None], ...]:
    """Return the points weighed differently, each with its weight in one marking."""
    difference = one.difference
    if difference.kind == "fact" or not (difference.asked_first and difference.asked_second):
        return ()
    return tuple(
        (str(prompt.text), mine if side == FIRST else theirs)
        for prompt, mine, theirs in differing_points(criteria.question(one.item), one.first, one.second)
    )


NOT_ASKED = "not asked, as the facts of this marking stand"


def view_sentences(criteria: Criteria, one: Disagreement, side: str) -> Iterator[str]:
    """Yield what one marking (``side`` "first" or "second") says, with its reasons and notes."""
    record = one.first if side == FIRST else one.second
    asked = one.difference.asked_first if side == FIRST else one.difference.asked_second
    whose = f"{side.capitalize()}, by {record.inspector or 'nobody named'}"
    if not criteria.has_question(one.item):
        yield f"{whose}: {format_fact(record.facts.get(one.item)) or 'nothing recorded'}."
        return
    question, answer = criteria.question(one.item), record.answer(one.item)
    given = answer_words(criteria, record, one.item) or "no answer"
    yield f"{whose}: {given if asked else NOT_ASKED}."
    if answer.reasons:
        yield f"Reasons: {'; '.join(str(criteria.reason_of(question, r).text) for r in answer.reasons)}."
    if points := points_of(criteria, one, side):
        weights = (
            f"{words}: {WEIGHT_WORDS[weight] if weight else 'not weighed'}" for words, weight in points
        )
        yield f"Points weighed otherwise: {'; '.join(weights)}."
    if answer.evidence:
        yield f"Evidence: {answer.evidence}"
    if answer.said:
        yield f"{capitalised(criteria.in_its_words('the case manager said'))}: {answer.said}"


def view_in_words(criteria: Criteria, item: str, view: str, *, brief: bool = False) -> str:
    """Return an outcome, value or fact as :func:`recorded_value` gives it in words; "" where there is none.

    "no, not good enough" and brief "no"; choices in the words of the version.
    """
    if not view or not criteria.has_question(item):
        return view
    question = criteria.question(item)
    if question.is_judged or view in (RECORDED.id, *(o.id for o in criteria.outcomes_of(question))):
        outcome = criteria.outcome_of(question, view)
        return outcome.brief_word if brief else str(outcome.text)
    value = parse_answer(question, view)
    return value_in_words(question, value) if value is not None else view


def options_of(one: Disagreement) -> tuple[tuple[str, str], ...]:
    """Return what can be agreed, each with its words: "first", "second", "other", "open", "both"."""
    options = (
        (FIRST, "first"),
        (SECOND, "second"),
        (OTHER, "something else"),
        (OPEN, "leave open for the lead"),
    )
    return (*options, (BOTH, "both reasons")) if one.difference.kind == "reasons" else options


# ---------------------------------------------------------------- choosing


def option_called(one: Disagreement, words: str) -> str:
    """Return the option meant by its place in :func:`options_of` or in words; "" where none is."""
    word = words.strip().lower()
    for place, (name, text) in enumerate(options_of(one), 1):
        if word in (str(place), name, text, "else" if name == OTHER else name):
            return name
    return ""


def other_called(criteria: Criteria, one: Disagreement, words: str) -> str:
    """Return the outcome or the value meant as "something else"; "" where ``words`` are no outcome."""
    if not criteria.has_question(one.item):
        return words.strip()
    question = criteria.question(one.item)
    outcome = outcome_called(criteria, question, words)
    if outcome is None and question.answer not in ("judgement", "text"):
        try:
            return format_fact(parse_answer(question, words))
        except UsageError:
            return ""
    return outcome.id if outcome else ""


def reasons_to_tick(criteria: Criteria, one: Disagreement, taken: str) -> tuple[Reason, ...]:
    """Return the reasons that go with an outcome that is neither marking's; none with any other choice."""
    if not criteria.has_question(one.item) or taken in ("", FIRST, SECOND, BOTH, OPEN):
        return ()
    question = criteria.question(one.item)
    return criteria.reasons_of(question, taken) if question.is_judged else ()


def decision_of(folder: InspectionFolder, one: Disagreement, choice: PendingChoice) -> Decision:
    """Return the decision that ``choice`` makes; UsageError as :func:`decide`."""
    return decide(
        folder.criteria,
        one.first,
        one.second,
        one.item,
        choice.taken,
        choice.why,
        folder.actor.who,
        choice.kept,
        choice.reasons,
    )


def effect_of_choice(folder: InspectionFolder, one: Disagreement, choice: PendingChoice) -> Effect:
    """Return what ``choice`` alone would do to board and letter, also before a reason is written."""
    decision = decision_of(folder, one, evolve(choice, why=choice.why or NO_REASON))
    return effect_of(folder, settled_case(folder, one.case, {one.item: decision}))


# ---------------------------------------------------------------- writing

Decisions = Mapping[str, Mapping[str, Decision]]
"""Decisions by case, and then by question or fact."""


def to_write(
    folder: InspectionFolder, disagreements: Iterable[Disagreement]
) -> tuple[Decisions, tuple[Disagreement, ...]]:
    """Return the decisions that the choices kept make, and what was chosen without saying why."""
    decisions: dict[str, dict[str, Decision]] = {}
    silent: list[Disagreement] = []
    for one in disagreements:
        choice = kept_choice(folder.path, KIND, one.case, one.item)
        if not choice.taken:
            continue
        if choice.why.strip():
            decisions.setdefault(one.case, {})[one.item] = decision_of(folder, one, choice)
        else:
            silent.append(one)
    return decisions, tuple(silent)


def effect_of_decisions(folder: InspectionFolder, decisions: Decisions) -> Effect:
    """Return what all ``decisions`` together would do to board and letter."""
    return effect_of(folder, *(settled_case(folder, case, items) for case, items in decisions.items()))


def write_decisions(folder: InspectionFolder, decisions: Decisions) -> int:
    """Write the agreed records, carry them out in the cases, forget the choices; gives how many there were.

    Both markings stay as they were.
    """
    for case, items in decisions.items():
        save_decisions(folder, case, items)
        forget_choices(folder.path, KIND, case, items)
    return sum(map(len, decisions.values()))
